package io.netlytics.spark

import org.apache.spark.sql.DataFrameReader

/** `import io.netlytics.spark.implicits._` adds the data source to `spark.read`. */
object implicits {

  implicit final class NetlyticsReader(private val reader: DataFrameReader) extends AnyVal {

    /** Reads logs with a connector (name or alias):
      * `spark.read.netlytics("zeek_to_DNS").load(path)`.
      */
    def netlytics(connector: String): DataFrameReader =
      reader.format("netlytics").option("connector", connector)

    /** Keeps the days from `start` to `end`, both inclusive, written `YYYY_MM_DD`. */
    def days(start: String, end: String): DataFrameReader =
      reader.option("startDay", start).option("endDay", end)
  }
}
