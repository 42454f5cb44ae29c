package io.netlytics.spark.kernel;

import io.netlytics.jni.NativePass;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.unsafe.Platform;

/** One pass of a fit over the batches of a partition: gives its partial result. */
final class PassOver implements FlatMapFunction<Iterator<byte[]>, byte[]> {
  private static final long serialVersionUID = 1L;

  private final Algorithm estimator;
  private final Broadcast<byte[]> state;

  PassOver(Algorithm estimator, Broadcast<byte[]> state) {
    this.estimator = estimator;
    this.state = state;
  }

  @Override
  public Iterator<byte[]> call(Iterator<byte[]> batches) {
    return Collections.singleton(partial(estimator, state.value(), batches)).iterator();
  }

  /** The partial result of batches. */
  static byte[] partial(Algorithm estimator, byte[] state, Iterator<byte[]> batches) {
    TaskContext task = TaskContext.get();
    long pass = estimator.openPass(state);
    try {
      while (batches.hasNext()) {
        if (task != null && task.isInterrupted()) {
          throw new TaskKilledException("the task was cancelled");
        }
        byte[] piece = batches.next();
        long memory = NativePass.reserve(pass, piece.length);
        Platform.copyMemory(piece, Platform.BYTE_ARRAY_OFFSET, null, memory, piece.length);
        NativePass.push(pass);
      }
      return NativePass.finish(pass);
    } finally {
      NativePass.close(pass);
    }
  }
}
