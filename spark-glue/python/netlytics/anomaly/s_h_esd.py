"""Seasonal-Hybrid-ESD: outliers of time series off their trend and season."""

from pyspark.sql import functions as F

from netlytics.anomaly import columns
from netlytics.anomaly.detector import Detector
from netlytics.kernels import map_in_arrow
from netlytics.output.csv_text import quoted

KERNEL = "anomaly.s_h_esd"
TIME, VALUE = "time", "value"
SERIES = (TIME, VALUE, "trend", "residual", "outlier")
# In UTC; fractions of a second only where there are some.
ISO_TIME = (
    "date_format(to_utc_timestamp(timestamp_seconds(time), current_timezone()),"
    " CASE WHEN time = floor(time) THEN \"yyyy-MM-dd'T'HH:mm:ss'Z'\""
    " ELSE \"yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'\" END)"
)


class SHEsd(Detector):
    """Finds outliers of one series, or of many at once with the parameter ``group_by``.

    The table has a column ``time`` (seconds since the epoch), a column ``features`` (a vector or
    array of length 1) or a number named by ``feature``, and the columns of ``group_by``.
    """

    _name = "s_h_esd"

    def run(self, input_dataframe):
        """A pandas DataFrame indexed by time: value, trend, residual, outlier."""
        found = self.detect(input_dataframe).drop("gaps_ignored").toPandas()
        import pandas

        found[TIME] = pandas.to_datetime(found[TIME], unit="s")
        return found.set_index(TIME)

    def detect(self, table, feature="features"):
        """A DataFrame: the group's columns, time (s), value, trend, residual, outlier, and whether
        gaps in the series were ignored (gaps_ignored).

        It stays in Spark. Raises UsageError for columns or parameters that are not there.
        """
        chosen = self.chosen()
        group = chosen.pop("group_by")
        columns.require(table, TIME, feature, *group)
        self._feature = feature
        series = table.select(
            *[columns.key(table, name) for name in group],
            F.col(TIME).cast("double").alias(TIME),
            columns.number(table, feature).cast("double").alias(VALUE),
        )
        params = {name: value for name, value in chosen.items() if value is not None}
        params.update(time=TIME, value=VALUE, group_by=group)
        return map_in_arrow(columns.together(series, group), KERNEL, params)

    def results(self, found):
        """Each point of a series in order of time, the time as ISO 8601 in UTC."""
        group = [quoted(name) for name in group_of(found)]
        columns = [f"{ISO_TIME} AS {TIME}", *SERIES[1:]]
        return found.orderBy(*group, TIME).selectExpr(*group, *columns)

    def told(self, found):
        """How many points are outliers; how many series could not be told, or had gaps ignored."""
        group = [F.col(quoted(name)) for name in group_of(found)]
        is_outlier = F.coalesce(F.col("outlier"), F.lit(False))
        each = found.groupBy(*group).agg(
            F.count(F.lit(1)).alias("points"),
            F.sum(is_outlier.cast("long")).alias("outliers"),
            F.first("gaps_ignored").cast("long").alias("gaps_ignored"),
            F.first("outlier").isNull().cast("long").alias("unknown"),
        )
        of_all = [F.sum(name).alias(name) for name in each.columns[len(group) :]]
        told = each.agg(F.count(F.lit(1)).alias("series"), *of_all).first()
        if not told["series"]:
            return ["no rows, no outliers"]
        count = f"{told['outliers']:,} outliers of {told['points']:,} points"
        lines = [f"{count} in {told['series']:,} series"]
        if told["gaps_ignored"]:
            lines.append(
                f"{told['gaps_ignored']:,} series mostly without rows or of irregular times: their"
                " rows were taken as equally spaced (see the parameter gaps)"
            )
        if told["unknown"]:
            lines.append(f"{told['unknown']:,} series too short to tell")
        return lines

    def draw(self, found, target):
        """Series, trend and outliers; of many series the six with most outliers."""
        from netlytics.plots import series

        series.draw(found, group_of(found), self._feature, target)


def group_of(found):
    """The columns that name a series, of what ``detect`` gives."""
    return found.columns[: found.columns.index(TIME)]
