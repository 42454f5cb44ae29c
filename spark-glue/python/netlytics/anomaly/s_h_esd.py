"""Seasonal-Hybrid-ESD: outliers of time series off their trend and season."""

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, NumericType

from netlytics import names, parameters, registry
from netlytics.errors import UsageError
from netlytics.feature_algo import FeatureAlgo
from netlytics.kernels import map_in_arrow

KERNEL = "anomaly.s_h_esd"
TIME, VALUE = "time", "value"


class SHEsd(FeatureAlgo):
    """Finds outliers of one series, or of many at once with the parameter ``group_by``.

    The table has a column ``time`` (seconds since the epoch), a column ``features`` (a vector or
    array of length 1) or a number named by ``feature``, and the columns of ``group_by``.
    """

    _name = "s_h_esd"

    @classmethod
    def entry(cls):
        """Its registry entry."""
        return registry.algorithm(cls._name)

    def run(self, input_dataframe):
        """A pandas DataFrame indexed by time: value, trend, residual, outlier."""
        found = self.detect(input_dataframe).toPandas()
        import pandas

        found[TIME] = pandas.to_datetime(found[TIME], unit="s")
        return found.set_index(TIME)

    def detect(self, table, feature="features"):
        """A DataFrame: the group's columns, time (s), value, trend, residual, outlier.

        It stays in Spark. Raises UsageError for columns or parameters that are not there.
        """
        chosen = parameters.effective(self.entry(), self.parameters)
        group = chosen.pop("group_by")
        for column in [TIME, feature, *group]:
            names.require("column", column, [{"name": known} for known in table.columns])
        series = table.select(
            *group,
            F.col(TIME).cast("double").alias(TIME),
            number(table, feature).cast("double").alias(VALUE),
        )
        params = {name: value for name, value in chosen.items() if value is not None}
        params.update(time=TIME, value=VALUE, group_by=group)
        return map_in_arrow(together(series, group), KERNEL, params)


def together(series, group):
    """The rows of a series in one partition, one series after the other."""
    if not group:
        return series.repartition(1)
    return series.repartition(*group).sortWithinPartitions(*group)


def number(table, feature):
    """The column that holds the values: a number, or the only member of a vector or array."""
    kind = table.schema[feature].dataType
    if isinstance(kind, NumericType):
        return F.col(feature)
    if isinstance(kind, ArrayType):
        return F.col(feature)[0]
    if kind.typeName() == "vector" or type(kind).__name__ == "VectorUDT":
        from pyspark.ml.functions import vector_to_array

        return vector_to_array(feature)[0]
    raise UsageError(f"the feature {feature} is {kind.simpleString()}: expected a number")


SHEsd.parameters = parameters.defaults(SHEsd.entry())
