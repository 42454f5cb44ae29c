package io.netlytics.spark;

import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** Where a row's line starts; only in results that ask for it by name. */
final class OffsetColumn implements MetadataColumn {
  static final String NAME = "_offset";
  static final StructField FIELD =
      new StructField(NAME, DataTypes.LongType, true, Metadata.empty());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DataType dataType() {
    return DataTypes.LongType;
  }

  @Override
  public String comment() {
    return "Byte at which the row's line starts in the (decompressed) text of its file";
  }
}
