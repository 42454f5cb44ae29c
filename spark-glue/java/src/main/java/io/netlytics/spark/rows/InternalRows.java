package io.netlytics.spark.rows;

import java.lang.reflect.InvocationTargetException;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The rows of a query as Spark's operators exchange them. */
public final class InternalRows {
  private InternalRows() {}

  /** Plans the query and runs nothing. Rows are valid until the next one is asked for. */
  @SuppressWarnings("unchecked") // It is declared as RDD[InternalRow].
  public static JavaRDD<InternalRow> of(Dataset<Row> query) {
    return ((RDD<InternalRow>) called(execution(query), "toRdd")).toJavaRDD();
  }

  /**
   * The same rows for somebody who reads their columns once: where the query ends in columnar
   * batches, rows are views of those, not made of them.
   */
  public static JavaRDD<InternalRow> views(Dataset<Row> query) {
    SparkPlan columnar = columnar((SparkPlan) called(execution(query), "executedPlan"));
    if (columnar == null) {
      return of(query);
    }
    return columnar.executeColumnar().toJavaRDD().mapPartitions(InternalRows::rowsOf);
  }

  /** The rows as those relations declare them that ask for no conversion. */
  @SuppressWarnings("unchecked") // Without conversion the declared Row is an InternalRow.
  public static RDD<Row> asDeclared(JavaRDD<InternalRow> rows) {
    return (RDD<Row>) (RDD<?>) rows.rdd();
  }

  /** What is below a plan's last step, if that only makes rows of batches; null otherwise. */
  private static SparkPlan columnar(SparkPlan plan) {
    SparkPlan at = plan;
    if (at instanceof WholeStageCodegenExec) {
      at = ((WholeStageCodegenExec) at).child();
    }
    if (!(at instanceof ColumnarToRowExec)) {
      return null;
    }
    at = ((ColumnarToRowExec) at).child();
    if (at instanceof InputAdapter) {
      at = ((InputAdapter) at).child();
    }
    return at.supportsColumnar() ? at : null;
  }

  private static Iterator<InternalRow> rowsOf(Iterator<ColumnarBatch> batches) {
    return new Iterator<InternalRow>() {
      private Iterator<InternalRow> rows = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!rows.hasNext() && batches.hasNext()) {
          rows = batches.next().rowIterator();
        }
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        return rows.next();
      }
    };
  }

  private static Object execution(Dataset<Row> query) {
    return called(query, "queryExecution");
  }

  /** Looked up by name: these methods' classes are others in Spark 4. */
  private static Object called(Object object, String method) {
    try {
      return object.getClass().getMethod(method).invoke(object);
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof RuntimeException) {
        throw (RuntimeException) failed.getCause();
      }
      throw new IllegalStateException("The query cannot be planned", failed);
    } catch (ReflectiveOperationException notHere) {
      throw new IllegalStateException("This Spark's queries give no RDD", notHere);
    }
  }
}
