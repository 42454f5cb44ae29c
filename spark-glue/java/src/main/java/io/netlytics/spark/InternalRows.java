package io.netlytics.spark;

import java.lang.reflect.InvocationTargetException;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a query as Spark's operators exchange them. */
final class InternalRows {
  private InternalRows() {}

  /** Plans the query and runs nothing. */
  static RDD<?> of(Dataset<Row> query) {
    try {
      // Looked up by name: these methods' classes are others in Spark 4.
      Object execution = query.getClass().getMethod("queryExecution").invoke(query);
      return (RDD<?>) execution.getClass().getMethod("toRdd").invoke(execution);
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof RuntimeException) {
        throw (RuntimeException) failed.getCause();
      }
      throw new IllegalStateException("The query over the parts cannot be planned", failed);
    } catch (ReflectiveOperationException notHere) {
      throw new IllegalStateException("This Spark's queries give no RDD", notHere);
    }
  }
}
