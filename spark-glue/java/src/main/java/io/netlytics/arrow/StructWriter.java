package io.netlytics.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Writes structs: each member is a column of its own. */
final class StructWriter extends ColumnWriter {
  private final List<ColumnWriter> members = new ArrayList<>();

  StructWriter(StructType type) {
    for (StructField member : type.fields()) {
      members.add(ColumnWriter.of(member.dataType()));
    }
  }

  @Override
  void writeValue(SpecializedGetters from, int at) {
    InternalRow struct = from.getStruct(at, members.size());
    for (int i = 0; i < members.size(); i++) {
      members.get(i).write(struct, i);
    }
  }

  @Override
  void writeNothing() {
    members.forEach(ColumnWriter::writeNull);
  }

  @Override
  void addNodes(List<Long> nodes) {
    super.addNodes(nodes);
    members.forEach(member -> member.addNodes(nodes));
  }

  @Override
  void addBuffers(List<NativeBuffer> buffers) {
    super.addBuffers(buffers);
    members.forEach(member -> member.addBuffers(buffers));
  }

  @Override
  void clear() {
    super.clear();
    members.forEach(ColumnWriter::clear);
  }

  @Override
  public void close() {
    super.close();
    members.forEach(ColumnWriter::close);
  }
}
