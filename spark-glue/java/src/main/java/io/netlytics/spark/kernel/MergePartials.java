package io.netlytics.spark.kernel;

import io.netlytics.jni.NativeFit;
import org.apache.spark.api.java.function.Function2;

/** Two partial results of a pass as one. */
final class MergePartials implements Function2<byte[], byte[], byte[]> {
  private static final long serialVersionUID = 1L;

  private final Algorithm estimator;

  MergePartials(Algorithm estimator) {
    this.estimator = estimator;
  }

  @Override
  public byte[] call(byte[] left, byte[] right) {
    long fit = estimator.openFit(null);
    try {
      return NativeFit.merge(fit, left, right);
    } finally {
      NativeFit.close(fit);
    }
  }
}
