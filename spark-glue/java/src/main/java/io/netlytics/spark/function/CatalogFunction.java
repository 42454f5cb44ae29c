package io.netlytics.spark.function;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A function as the catalog hands it out, before Spark knows the arguments' types. */
public final class CatalogFunction implements UnboundFunction {
  private static final long serialVersionUID = 1L;

  private final FunctionSignature signature;
  private final String nativePath;

  public CatalogFunction(FunctionSignature signature, String nativePath) {
    this.signature = signature;
    this.nativePath = nativePath;
  }

  @Override
  public String name() {
    return signature.name;
  }

  @Override
  public String description() {
    return signature.name + "(" + String.join(", ", signature.argumentNames) + "): "
        + signature.description;
  }

  /** @throws UnsupportedOperationException when the arguments are not the function's */
  @Override
  public BoundFunction bind(StructType given) {
    if (given.length() != signature.arguments.size()) {
      throw new UnsupportedOperationException(signature.name + " takes ("
          + String.join(", ", signature.argumentNames) + "): " + given.length()
          + " arguments were given");
    }
    for (int i = 0; i < given.length(); i++) {
      DataType expected = signature.arguments.get(i);
      StructField field = given.fields()[i];
      // By class: in Spark 4 a string type may have a collation.
      boolean fits = field.dataType().getClass() == expected.getClass()
          || field.dataType().equals(DataTypes.NullType);
      if (!fits) {
        throw new UnsupportedOperationException("the argument " + signature.argumentNames.get(i)
            + " of " + signature.name + " is " + field.dataType().catalogString() + ": cast it to "
            + expected.catalogString());
      }
    }
    return TextFunction.of(signature, nativePath);
  }
}
