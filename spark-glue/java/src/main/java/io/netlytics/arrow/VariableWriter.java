package io.netlytics.arrow;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes values of different lengths: where each ends, and what they hold. */
abstract class VariableWriter extends ColumnWriter {
  private final NativeBuffer offsets = new NativeBuffer();

  private VariableWriter() {
    offsets.putInt(0);
  }

  final void ends(long at) {
    offsets.putInt(Math.toIntExact(at));
  }

  @Override
  void addBuffers(List<NativeBuffer> buffers) {
    super.addBuffers(buffers);
    buffers.add(offsets);
  }

  @Override
  void clear() {
    super.clear();
    offsets.clear();
    offsets.putInt(0);
  }

  @Override
  public void close() {
    super.close();
    offsets.close();
  }

  static final class Texts extends VariableWriter {
    private final NativeBuffer bytes = new NativeBuffer();

    @Override
    void writeValue(SpecializedGetters from, int at) {
      UTF8String text = from.getUTF8String(at);
      bytes.putBytes(text.getBaseObject(), text.getBaseOffset(), text.numBytes());
      ends(bytes.length());
    }

    @Override
    void writeNothing() {
      ends(bytes.length());
    }

    @Override
    void addBuffers(List<NativeBuffer> buffers) {
      super.addBuffers(buffers);
      buffers.add(bytes);
    }

    @Override
    void clear() {
      super.clear();
      bytes.clear();
    }

    @Override
    public void close() {
      super.close();
      bytes.close();
    }
  }

  static final class Lists extends VariableWriter {
    private final ColumnWriter members;

    Lists(DataType member) {
      members = ColumnWriter.of(member);
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
      members.writeAll(from.getArray(at));
      ends(members.length());
    }

    @Override
    void writeNothing() {
      ends(members.length());
    }

    @Override
    void addNodes(List<Long> nodes) {
      super.addNodes(nodes);
      members.addNodes(nodes);
    }

    @Override
    void addBuffers(List<NativeBuffer> buffers) {
      super.addBuffers(buffers);
      members.addBuffers(buffers);
    }

    @Override
    void clear() {
      super.clear();
      members.clear();
    }

    @Override
    public void close() {
      super.close();
      members.close();
    }
  }
}
