"""The columns that anomaly detection takes out of a table."""

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, NumericType

from netlytics import names
from netlytics.errors import UsageError
from netlytics.output.csv_text import quoted

WHOLE_NUMBERS = ("tinyint", "smallint", "int")
FLOATS = ("float", "double")


def require(table, *columns):
    """Raises UsageError, naming the nearest, for a column that the table lacks."""
    for column in columns:
        names.require("column", column, [{"name": known} for known in table.columns])


def number(table, feature):
    """The column that holds the values: a number, or the only member of a vector or array."""
    kind = table.schema[feature].dataType
    if isinstance(kind, NumericType):
        return F.col(quoted(feature))
    if isinstance(kind, ArrayType):
        return only_number(F.col(quoted(feature)), feature)
    if kind.typeName() == "vector" or type(kind).__name__ == "VectorUDT":
        from pyspark.ml.functions import vector_to_array

        return only_number(vector_to_array(F.col(quoted(feature))), feature)
    raise UsageError(f"the feature {feature} is {kind.simpleString()}: expected a number")


def only_number(array, feature):
    """The number of an array; the job fails where there are several."""
    several = F.raise_error(
        f"the feature {feature} holds several numbers: expected one in each row"
    )
    return F.when(F.size(array) > 1, several.cast("double")).otherwise(array[0].cast("double"))


def key(table, name):
    """A column that names a group, of a type that kernels take."""
    kind, column = table.schema[name].dataType.simpleString(), F.col(quoted(name))
    if kind in WHOLE_NUMBERS:
        return column.cast("bigint").alias(name)
    # Spark takes -0.0 and 0.0 for one key, but keeps both.
    return (column.cast("double") + F.lit(0.0)).alias(name) if kind in FLOATS else column


def together(table, group):
    """The rows of a group in one partition, one group after the other."""
    if not group:
        return table.repartition(1)
    columns = [F.col(quoted(name)) for name in group]
    return table.repartition(*columns).sortWithinPartitions(*columns)
