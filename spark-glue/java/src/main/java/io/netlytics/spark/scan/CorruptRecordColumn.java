package io.netlytics.spark.scan;

import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The raw text of a line that could not be read; only in results that ask for it by name. */
public final class CorruptRecordColumn implements MetadataColumn {
  private final String name;

  /** @param name as the user calls it */
  public CorruptRecordColumn(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DataType dataType() {
    return DataTypes.StringType;
  }

  @Override
  public String comment() {
    return "Raw text of a line that could not be read; all other columns are null then";
  }
}
