"""Outliers of a column of numbers, by bounds made from the whole column."""

import operator
from functools import reduce

from pyspark.sql import functions as F

from netlytics.anomaly import columns
from netlytics.anomaly.detector import Detector
from netlytics.kernels import map_in_arrow
from netlytics.model import fit
from netlytics.output.csv_text import quoted

ESTIMATOR = "anomaly.univariate"
GROUPS_KERNEL = "anomaly.univariate.groups"
VALUE = "value"
# Names that no column of a log has.
LOW, HIGH, KEY = "__netlytics_low", "__netlytics_high", "__netlytics_key_"


class Univariate(Detector):
    """Finds the rows whose number is outside bounds; with ``group_by`` those of their group.

    gaussian: mean ± factor · population standard deviation. boxplot: quartiles ± factor · their
    distance (J. Tukey, "Exploratory data analysis", 1977). After ``detect``, ``bounds`` is a dict
    of the bounds and what they were made from; with ``group_by`` a DataFrame: the group's columns,
    low, high, values (rows with one), nulls (rows with none). Without ``group_by`` ``model`` is
    what was learned, to be saved and scored with (a column ``outlier``).
    """

    _name = "univariate"
    model = None

    def run(self, input_dataframe):
        """A pandas DataFrame of the rows outside: all columns, the feature as a number."""
        return self.detect(input_dataframe).toPandas()

    def detect(self, table, feature="features"):
        """A DataFrame of the rows outside: all columns of the table, the feature as a double.

        The bounds are found at once, the rows when they are asked for. Rows whose feature is null
        take no part: they neither make bounds nor are outside of them. Raises UsageError for
        columns or parameters that are not there, NetlyticsError for NaN, infinity or no values.
        """
        chosen = self.chosen()
        group = chosen["group_by"]
        columns.require(table, feature, *group)
        valued = table.withColumn(feature, columns.number(table, feature).cast("double"))
        value = F.col(quoted(feature))
        params = {name: chosen[name] for name in ("method", "factor") if chosen[name] is not None}
        self._valued, self._feature, self._group = valued, feature, group
        if group:
            keyed = valued.select(
                *[columns.key(valued, name) for name in group], value.alias(VALUE)
            )
            params["value"] = VALUE
            params["group_by"] = group
            sorted_rows = columns.together(keyed, group)
            self.bounds = map_in_arrow(sorted_rows, GROUPS_KERNEL, params)
            return outside(valued, self.bounds, group, value)
        self.model = fit(valued.select(value), ESTIMATOR, {**params, "value": feature})
        self.bounds = self.model.summary
        low, high = self.bounds["low"], self.bounds["high"]
        return valued.where((value < F.lit(low)) | (value > F.lit(high)))

    def results(self, found):
        """The rows as they are, in no order of their own."""
        return found

    def told(self, found):
        """How many rows are outside; the bounds, if there are no groups."""
        lines = [f"{found.count():,} rows outside their bounds"]
        if self._group:
            return lines
        bounds = self.bounds
        lines.append(f"{self._feature} outside {bounds['low']:,.6g} to {bounds['high']:,.6g}")
        lines.append(f"bounds of {bounds['values']:,} values; {bounds['nulls']:,} rows have none")
        return lines

    def draw(self, found, target):
        """How the values are distributed, and the bounds."""
        from netlytics.plots import bounds

        bounds.draw(self._valued, self._feature, self.bounds, self._group, found, target)


def outside(valued, bounds, group, value):
    """The rows outside the bounds of their group; null is a key as any other."""
    renamed = [F.col(quoted(name)).alias(f"{KEY}{place}") for place, name in enumerate(group)]
    limits = bounds.select(*renamed, F.col("low").alias(LOW), F.col("high").alias(HIGH))
    same = [
        F.col(quoted(name)).eqNullSafe(F.col(f"{KEY}{place}")) for place, name in enumerate(group)
    ]
    off = (value < F.col(LOW)) | (value > F.col(HIGH))
    joined = valued.join(limits, reduce(operator.and_, [*same, off]))
    return joined.select(*[F.col(quoted(name)) for name in valued.columns])
