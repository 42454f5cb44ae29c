package io.netlytics.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.NetlyticsException;
import io.netlytics.jni.Json;
import io.netlytics.jni.NativeLibrary;
import io.netlytics.jni.NativeModel;
import io.netlytics.spark.config.SessionConf;
import io.netlytics.spark.kernel.CastColumns;
import io.netlytics.spark.kernel.Fit;
import io.netlytics.spark.kernel.ModelFile;
import io.netlytics.spark.rows.NamedColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What an algorithm learned: one Arrow message that says what it is. Saved here it can be loaded by
 * Python without Spark, and the other way round.
 *
 * <pre>{@code
 * NetlyticsModel model = NetlyticsModel.fit(flows, "clustering.kmeans", "{\"k\": 8}");
 * model.save(spark, "hdfs:///models/flows", false);
 * NetlyticsModel.load(spark, "hdfs:///models/flows").score(others, "{}").show();
 * }</pre>
 */
public final class NetlyticsModel {
  private static final String FEATURES = "features";

  private final byte[] message;
  private final JsonNode description;

  private NetlyticsModel(byte[] message) {
    NativeLibrary.load(SessionConf.active().nativePath());
    this.message = message;
    this.description = Json.parse(NativeModel.describe(message));
  }

  /**
   * The model that a message is.
   *
   * @param message an Arrow IPC stream of one row
   * @throws NetlyticsException of kind BadOption when it is no model of NetLytics
   */
  public static NetlyticsModel of(byte[] message) {
    return new NetlyticsModel(message.clone());
  }

  /** The model of a fit that has found it. */
  public static NetlyticsModel of(Fit fit) {
    return new NetlyticsModel(fit.model());
  }

  /** Learns a model from the rows of a query; arguments and errors as of NetlyticsKernels.fit. */
  public static NetlyticsModel fit(Dataset<Row> query, String estimator, String params) {
    return new NetlyticsModel(NetlyticsKernels.fit(query, estimator, params));
  }

  /**
   * Reads a model from any Hadoop file system.
   *
   * @param path a URI, or a path on the default file system
   * @throws NetlyticsException of kind BadOption when nothing is there, or no model of NetLytics; Io
   *     when it cannot be read
   */
  public static NetlyticsModel load(SparkSession spark, String path) {
    byte[] bytes = ModelFile.read(SessionConf.of(spark).hadoop(), path);
    try {
      return new NetlyticsModel(bytes);
    } catch (NetlyticsException refused) {
      String message = path + ": " + refused.getMessage();
      throw NetlyticsException.of(refused.getKind(), message, path, refused);
    }
  }

  /**
   * Writes the model to any Hadoop file system, as a whole or not at all.
   *
   * @param path a URI, or a path on the default file system
   * @param overwrite whether a file that is there is replaced
   * @throws NetlyticsException of kind BadOption when a file is there that is not to be replaced; Io
   *     when it cannot be written
   */
  public void save(SparkSession spark, String path, boolean overwrite) {
    ModelFile.write(SessionConf.of(spark).hadoop(), path, message, overwrite);
  }

  /** The Arrow IPC stream of one row that it is. */
  public byte[] message() {
    return message.clone();
  }

  /** Name of the estimator that learned it, for instance {@code clustering.kmeans}. */
  public String estimator() {
    return description.get("estimator").asText();
  }

  /** What it says of itself, as JSON: see {@link NativeModel#describe}. */
  public String description() {
    return description.toString();
  }

  /**
   * The model together with the transform that made its features, so that it scores raw columns.
   *
   * @param transform a model of {@code features.transform}
   */
  public NetlyticsModel withTransform(NetlyticsModel transform) {
    return new NetlyticsModel(NativeModel.withTransform(message, transform.message));
  }

  /** The transform that it holds, or null. */
  public NetlyticsModel transform() {
    byte[] transform = NativeModel.transform(message);
    return transform == null ? null : new NetlyticsModel(transform);
  }

  /**
   * The query with the columns that the model gives for each of its rows.
   *
   * @param query has the columns that the model, or the transform that it holds, was learned from;
   *     numbers of other types are cast
   * @param params JSON object with parameters of the score, for instance {@code {"details": true}}
   * @throws NetlyticsException of kind BadOption when a column is missing, of another type, or has
   *     the name of one that the model gives
   */
  public Dataset<Row> score(Dataset<Row> query, String params) {
    NetlyticsModel transform = transform();
    CastColumns columns = new CastColumns(query, (transform == null ? this : transform).types());
    Dataset<Row> given = columns.cast();
    if (transform != null) {
      if (Arrays.asList(query.columns()).contains(FEATURES)) {
        throw NetlyticsException.badOption(
            "There is a column " + FEATURES + " already, which the model makes of others: rename it.");
      }
      given = transform.appended(given, "{}");
      if ("drop".equals(transform.description.at("/parameters/null_policy").asText())) {
        given = given.where(NamedColumn.of(FEATURES).isNotNull());
      }
    }
    Dataset<Row> scored = appended(given, params);
    List<String> made =
        Arrays.asList(scored.columns()).subList(given.columns().length, scored.columns().length);
    for (String name : made) {
      if (Arrays.stream(query.columns()).anyMatch(name::equalsIgnoreCase)) {
        throw NetlyticsException.badOption(
            "There is a column " + name + " already, which the model gives: rename it in the query.");
      }
    }
    return columns.restored(scored, new ArrayList<>(made));
  }

  /** How many models this process has decoded so far: each one once, however many tasks use it. */
  public static long decoded() {
    NativeLibrary.load(SessionConf.active().nativePath());
    return NativeModel.decoded();
  }

  private Dataset<Row> appended(Dataset<Row> query, String params) {
    String[] inputs = types().keySet().toArray(new String[0]);
    return NetlyticsKernels.append(query, estimator() + ".score", params, message, inputs);
  }

  private Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    for (JsonNode feature : description.get(FEATURES)) {
      types.put(feature.get("name").asText(), feature.get("type").asText());
    }
    return types;
  }
}
