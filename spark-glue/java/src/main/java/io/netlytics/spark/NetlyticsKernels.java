package io.netlytics.spark;

import io.netlytics.spark.kernel.Algorithm;
import io.netlytics.spark.kernel.AppendingRelation;
import io.netlytics.spark.kernel.Fit;
import io.netlytics.spark.kernel.KernelRelation;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs NetLytics' algorithms on DataFrames, inside the executors' JVMs: no Python takes part. */
public final class NetlyticsKernels {
  private NetlyticsKernels() {}

  /**
   * Runs a kernel over each partition of a query.
   *
   * @param query its columns, of types bigint, double, string, boolean, vector or arrays of these,
   *     are what the kernel takes; rows that belong together must be in one partition, in order
   * @param kernel for instance {@code anomaly.s_h_esd}
   * @param params JSON object with the kernel's parameters
   * @param model what a fit found, or null for a kernel that takes none
   * @return the kernel's rows
   * @throws io.netlytics.NetlyticsException of kind BadOption when the name, a parameter, the model
   *     or a column is not valid
   */
  public static Dataset<Row> mapInArrow(
      Dataset<Row> query, String kernel, String params, byte[] model) {
    Algorithm algorithm = new Algorithm(kernel, params, model, query.schema());
    return query.sparkSession().baseRelationToDataFrame(KernelRelation.of(query, algorithm));
  }

  /**
   * Appends to each row of a query what a kernel makes of it.
   *
   * @param query any columns
   * @param kernel one that gives a row for each that it takes, for instance {@code
   *     clustering.kmeans.score}
   * @param params JSON object with the kernel's parameters
   * @param model what a fit found, or null for a kernel that takes none
   * @param inputs the columns that the kernel takes
   * @return the query's columns, then the kernel's; where two have one name both are there
   * @throws io.netlytics.NetlyticsException as for {@link #mapInArrow}, and when the query has
   *     several columns of an input's name
   */
  public static Dataset<Row> append(
      Dataset<Row> query, String kernel, String params, byte[] model, String[] inputs) {
    return AppendingRelation.append(query, kernel, params, model, Arrays.asList(inputs));
  }

  /**
   * Learns a model from the rows of a query, pass by pass.
   *
   * @param query its columns are what the estimator takes
   * @param estimator for instance {@code clustering.kmeans}
   * @param params JSON object with its parameters
   * @return the fit, before its first pass; to be closed
   * @throws io.netlytics.NetlyticsException as for {@link #mapInArrow}
   */
  public static Fit fitting(Dataset<Row> query, String estimator, String params) {
    return new Fit(query, estimator, params);
  }

  /** All passes of {@link #fitting}: the model, an Arrow IPC stream of one row. */
  public static byte[] fit(Dataset<Row> query, String estimator, String params) {
    try (Fit fit = fitting(query, estimator, params)) {
      boolean done = false;
      while (!done) {
        done = fit.advance();
      }
      return fit.model();
    }
  }
}
