package io.netlytics.spark.kernel;

import io.netlytics.jni.NativeFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** All passes that are left of a fit, in one task: gives the model and what it tells people. */
final class RestOfFit implements FlatMapFunction<Iterator<byte[]>, byte[]> {
  private static final long serialVersionUID = 1L;

  private final Algorithm estimator;
  private final byte[] state;

  RestOfFit(Algorithm estimator, byte[] state) {
    this.estimator = estimator;
    this.state = state;
  }

  @Override
  public Iterator<byte[]> call(Iterator<byte[]> given) {
    List<byte[]> batches = new ArrayList<>();
    given.forEachRemaining(batches::add);
    long fit = estimator.openFit(state);
    try {
      boolean done = false;
      while (!done) {
        byte[] now = NativeFit.state(fit);
        done = NativeFit.advance(fit, PassOver.partial(estimator, now, batches.iterator()));
      }
      return Arrays.asList(NativeFit.state(fit), NativeFit.told(fit)).iterator();
    } finally {
      NativeFit.close(fit);
    }
  }
}
