package io.netlytics.spark;

import io.netlytics.spark.config.SessionConf;
import io.netlytics.spark.function.CatalogFunction;
import io.netlytics.spark.function.FunctionSignature;
import java.util.Locale;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The SQL functions as a catalog of Spark: with {@code
 * spark.sql.catalog.netlytics=io.netlytics.spark.NetlyticsCatalog} a query calls {@code
 * netlytics.registered_domain(name)}. It holds functions only: tables are in Spark's own catalog.
 */
public final class NetlyticsCatalog implements FunctionCatalog {
  private String name;

  @Override
  public void initialize(String name, CaseInsensitiveStringMap options) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
    if (namespace.length > 0) {
      throw new NoSuchNamespaceException(namespace);
    }
    return FunctionSignature.all(nativePath()).stream()
        .map(signature -> Identifier.of(namespace, signature.name)).toArray(Identifier[]::new);
  }

  /** @throws NoSuchFunctionException when there is none of this name, in whatever case */
  @Override
  public UnboundFunction loadFunction(Identifier function) throws NoSuchFunctionException {
    String wanted = function.name().toLowerCase(Locale.ROOT);
    String nativePath = nativePath();
    if (function.namespace().length == 0) {
      for (FunctionSignature signature : FunctionSignature.all(nativePath)) {
        if (signature.name.equals(wanted)) {
          return new CatalogFunction(signature, nativePath);
        }
      }
    }
    throw new NoSuchFunctionException(function);
  }

  private static String nativePath() {
    return SessionConf.active().nativePath();
  }
}
