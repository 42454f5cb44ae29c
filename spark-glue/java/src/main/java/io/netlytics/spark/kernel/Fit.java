package io.netlytics.spark.kernel;

import io.netlytics.jni.NativeFit;
import io.netlytics.spark.rows.InternalRows;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * A fit at work: each {@link #advance} is one pass over the rows, a Spark job. The rows are read
 * once and, where there are several passes, kept by Spark (memory, then disk) as Arrow batches
 * until {@link #close}; only states and partial results, which are of the size of a model, come to
 * the driver. Where there are few rows, the passes after the first are one job of one task.
 */
public final class Fit implements AutoCloseable {
  /** Bytes of rows below which a job for each pass costs more than the pass. */
  private static final long FEW_BYTES = 16L << 20;

  /** Partial results that the driver merges by itself; more are merged on executors before. */
  private static final int FEW_PARTIALS = 32;

  private final JavaSparkContext spark;
  private final Algorithm estimator;
  private final JavaRDD<byte[]> batches;
  private final LongAccumulator bytes;
  private final long handle;
  private byte[] state;
  private String told = "";
  private int passes;

  /** @param params JSON object with the estimator's parameters */
  public Fit(Dataset<Row> query, String name, String params) {
    this.spark = JavaSparkContext.fromSparkContext(query.sparkSession().sparkContext());
    this.estimator = new Algorithm(name, params, null, query.schema());
    this.handle = estimator.openFit(null);
    this.state = NativeFit.state(handle);
    this.bytes = spark.sc().longAccumulator();
    JavaRDD<byte[]> packed =
        InternalRows.views(query).mapPartitions(new PackedBatches(query.schema(), bytes));
    this.batches =
        NativeFit.isOnePass(handle) ? packed : packed.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * One pass, or all that are left.
   *
   * @return whether the model is found
   */
  public boolean advance() {
    passes++;
    return passes > 1 && bytes.value() <= FEW_BYTES ? finishInOneTask() : pass();
  }

  /** A line of progress; once the model is found, a summary as JSON. */
  public String told() {
    return told;
  }

  /** The model, an Arrow IPC stream of one row, once it is found. */
  public byte[] model() {
    return state;
  }

  /** Lets go of the rows. */
  @Override
  public void close() {
    NativeFit.close(handle);
    batches.unpersist(false);
  }

  private boolean pass() {
    Broadcast<byte[]> known = spark.broadcast(state);
    try {
      boolean done = NativeFit.advance(handle, partial(known));
      state = NativeFit.state(handle);
      told = text(NativeFit.told(handle));
      return done;
    } finally {
      known.destroy();
    }
  }

  private byte[] partial(Broadcast<byte[]> known) {
    int partitions = batches.getNumPartitions();
    if (partitions == 0) {
      return PassOver.partial(estimator, state, Collections.emptyIterator());
    }
    JavaRDD<byte[]> partials = batches.mapPartitions(new PassOver(estimator, known));
    if (partitions > FEW_PARTIALS) {
      return partials.treeReduce(new MergePartials(estimator));
    }
    byte[] merged = null;
    for (byte[] partial : partials.collect()) {
      merged = merged == null ? partial : NativeFit.merge(handle, merged, partial);
    }
    return merged;
  }

  private boolean finishInOneTask() {
    RestOfFit rest = new RestOfFit(estimator, state);
    List<byte[]> found = batches.coalesce(1).mapPartitions(rest).collect();
    state = found.get(0);
    told = text(found.get(1));
    return true;
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
