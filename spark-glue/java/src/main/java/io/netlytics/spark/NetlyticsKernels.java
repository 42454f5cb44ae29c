package io.netlytics.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs NetLytics' algorithms on DataFrames, inside the executors' JVMs: no Python takes part. */
public final class NetlyticsKernels {
  private NetlyticsKernels() {}

  /**
   * Runs a kernel over each partition of a query.
   *
   * @param query its columns, of types bigint, double, string, boolean or arrays of these, are what
   *     the kernel takes; rows that belong together must be in one partition, in order
   * @param kernel for instance {@code anomaly.s_h_esd}
   * @param params JSON object with the kernel's parameters
   * @return the kernel's rows
   * @throws io.netlytics.NetlyticsException of kind BadOption when the name, a parameter or a column
   *     is not valid
   */
  public static Dataset<Row> mapInArrow(Dataset<Row> query, String kernel, String params) {
    SparkSession session = query.sparkSession();
    return session.baseRelationToDataFrame(new KernelRelation(query, kernel, params));
  }
}
