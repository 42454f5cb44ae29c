"""The columns of a table as CSV can hold them, in expressions of Spark SQL."""

from pyspark.sql import functions as F
from pyspark.sql import types as T

NESTED = (T.ArrayType, T.MapType, T.StructType)
# Java writes a double from here on as 1.4883264E9.
FIRST_SCIENTIFIC = 1e7
# Below this a double fits decimal(38,18) with all its digits.
FIRST_TOO_LARGE = 1e19


def as_text(table):
    """The table with nested columns as JSON text, binary as base64, large doubles without exponent.

    A table of one column writes null as the empty string: the line would be empty otherwise, and
    Spark leaves empty lines out.
    """
    columns = [cell(field).alias(field.name) for field in table.schema.fields]
    if len(columns) == 1:
        name = table.columns[0]
        columns = [F.coalesce(columns[0].cast("string"), F.lit("")).alias(name)]
    return table.select(columns)


def cell(field):
    """One column as CSV can hold it."""
    column = F.col(quoted(field.name))
    if isinstance(field.dataType, NESTED):
        return F.to_json(column, {"ignoreNullFields": "false"})
    if isinstance(field.dataType, T.BinaryType):
        return F.base64(column)
    if isinstance(field.dataType, T.DoubleType):
        return plain_double(column)
    if isinstance(field.dataType, T.NullType):
        return column.cast("string")
    return column


def plain_double(column):
    """A double in decimal notation where it is a time or a count, with the digits Java gives it."""
    size = F.abs(column)
    in_full = column.cast("decimal(38,18)").cast("string")
    without_zeros = F.regexp_replace(in_full, r"(\.[0-9]+?)0+$", "$1")
    is_large = (size >= FIRST_SCIENTIFIC) & (size < FIRST_TOO_LARGE)
    return F.when(is_large, without_zeros).otherwise(column.cast("string"))


def quoted(name):
    """A column name that may hold dots or backticks, for F.col."""
    return "`" + name.replace("`", "``") + "`"
