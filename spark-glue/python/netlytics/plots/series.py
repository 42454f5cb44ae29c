"""Time series with their trend and outliers."""

from pyspark.sql import functions as F

from netlytics.output.csv_text import quoted
from netlytics.plots import canvas, groups

# Of one series; more are thinned so that the extremes and the outliers of each stretch stay.
MOST_POINTS = 20_000
KEPT_OF_STRETCH = 4
STRETCHES = MOST_POINTS // KEPT_OF_STRETCH
POINT = ("time", "value", "trend", "outlier")
# Of ticks that are years, months, days, hours, minutes, seconds; and of those that begin the next
# larger unit.
TICKS = ["%Y", "%b %Y", "%d %b", "%H:%M", "%H:%M", "%H:%M:%S"]
FIRST_TICKS = ["", "%b %Y", "%d %b", "%d %b", "%H:%M", "%H:%M:%S"]


class Panel:
    """One series. points, outliers: how many it has, drawn or not. rows: (time in s, value, trend,
    outlier) to draw, in order of time.
    """

    def __init__(self, name, points, outliers, rows):
        self.name = name
        self.points = points
        self.outliers = outliers
        self.rows = rows

    def title(self):
        """``host a: 3 outliers of 1,440 points``."""
        told = f"{self.outliers:,} outliers of {self.points:,} points"
        if self.points > MOST_POINTS:
            told += f" (extremes of {STRETCHES:,} stretches drawn)"
        return f"{self.name}: {told}" if self.name else told


def draw(found, group, label, target):
    """Draws what Seasonal-Hybrid-ESD found, to a .png or .html file.

    found: its table. group: the columns that name a series; of many the six with most outliers are
    drawn. label: what the values are. At most 20,000 points of a series reach the driver.
    """
    canvas.check(target)
    shown, total = panels(found, group)
    title = "Seasonal-Hybrid-ESD"
    if total > len(shown):
        title += f": the {len(shown)} of {total:,} series with most outliers"
    canvas.save(found.sparkSession, picture(shown, label, title), target, title)


def panels(found, group):
    """The series to draw, most outliers first, and how many series there are."""
    keys = [F.col(quoted(name)) for name in group]
    each = found.groupBy(*keys).agg(
        F.count(F.lit(1)).alias("__points"),
        F.sum(F.coalesce(F.col("outlier"), F.lit(False)).cast("long")).alias("__outliers"),
        F.min("time").alias("__begin"),
        F.max("time").alias("__end"),
    )
    shown, total = groups.with_most(each, group, "__outliers")
    made = []
    for row in shown:
        points = found.where(groups.is_group(group, row)).select(*POINT)
        if row["__points"] > MOST_POINTS:
            points = thinned(points, row["__begin"], row["__end"])
        kept = sorted({tuple(point) for point in points.collect()})
        name = groups.name_of(group, row)
        made.append(Panel(name, row["__points"], row["__outliers"] or 0, kept))
    return made, total


def thinned(points, begin, end):
    """Of each stretch of time the least and greatest value, and the least and greatest outlier."""
    share = (F.col("time") - F.lit(begin)) / F.lit(end - begin)
    stretch = F.least(F.floor(share * STRETCHES), F.lit(STRETCHES - 1))
    point = F.struct("value", "time", "trend", "outlier")
    outlier = F.when(F.col("outlier"), point)
    kept = [F.min(point), F.max(point), F.min(outlier), F.max(outlier)]
    found = points.groupBy(stretch).agg(F.array(*kept).alias("kept"))
    each = found.select(F.explode("kept").alias("point")).where("point IS NOT NULL")
    return each.select(*[f"point.{name}" for name in POINT])


def picture(shown, label, title):
    """The figure of some panels."""
    from matplotlib.ticker import EngFormatter

    rows = (len(shown) + 1) // 2
    size = (11, 4.6) if len(shown) == 1 else (13, 1 + 2.9 * rows)
    made = canvas.figure(*size, title)
    every = canvas.grid(made, len(shown))
    for panel, axes in zip(shown, every):
        draw_panel(panel, axes)
        write_dates(axes)
        axes.yaxis.set_major_formatter(EngFormatter(sep=""))
        axes.set_title(panel.title(), loc="left", fontsize=10)
        axes.set_ylabel(label)
    canvas.legend(made, every[0])
    return made


def write_dates(axes):
    """Dates at the ticks; the years in the axis' name."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, num2date

    locator = AutoDateLocator()
    dates = ConciseDateFormatter(
        locator, formats=TICKS, zero_formats=FIRST_TICKS, show_offset=False
    )
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates)
    begin, end = (num2date(number).strftime("%Y-%m-%d") for number in axes.dataLim.intervalx)
    axes.set_xlabel(f"time (UTC), {begin}" if begin == end else f"time (UTC), {begin} to {end}")


def draw_panel(panel, axes):
    """Value and trend as lines, outliers as dots on the values."""
    import numpy

    times = numpy.array([row[0] for row in panel.rows], dtype=float)
    times = (times * 1e6).astype("datetime64[us]")
    values, trend = (
        numpy.array([row[place] for row in panel.rows], dtype=float) for place in (1, 2)
    )
    is_outlier = numpy.array([bool(row[3]) for row in panel.rows], dtype=bool)
    axes.plot(times, values, color=canvas.VALUE, linewidth=0.8, label="value")
    axes.plot(times, trend, color=canvas.TREND, linewidth=1.8, label="trend")
    axes.plot(
        *(times[is_outlier], values[is_outlier]),
        linestyle="none",
        marker="o",
        markersize=4,
        color=canvas.OUTLIER,
        label="outlier",
    )
    axes.margins(x=0.01)
