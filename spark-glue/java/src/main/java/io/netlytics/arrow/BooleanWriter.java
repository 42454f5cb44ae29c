package io.netlytics.arrow;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/** Writes truth values, a bit each. */
final class BooleanWriter extends ColumnWriter {
  private final NativeBuffer bits = new NativeBuffer();

  @Override
  void writeValue(SpecializedGetters from, int at) {
    bits.putBit(length() - 1, from.getBoolean(at));
  }

  @Override
  void writeNothing() {
    bits.putBit(length() - 1, false);
  }

  @Override
  void addBuffers(List<NativeBuffer> buffers) {
    super.addBuffers(buffers);
    buffers.add(bits);
  }

  @Override
  void clear() {
    super.clear();
    bits.clear();
  }

  @Override
  public void close() {
    super.close();
    bits.close();
  }
}
