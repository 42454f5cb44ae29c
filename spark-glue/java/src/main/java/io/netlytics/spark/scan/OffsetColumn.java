package io.netlytics.spark.scan;

import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** Where a row's line starts; only in results that ask for it by name. */
public final class OffsetColumn implements MetadataColumn {
  /** The column's name. */
  public static final String NAME = "_offset";

  /** The column as a field of a schema. */
  public static final StructField FIELD =
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
