"""How numbers are distributed, and the bounds that outliers are outside of."""

import operator
from functools import reduce

from pyspark.sql import functions as F

from netlytics.output.csv_text import quoted
from netlytics.plots import canvas, groups
from netlytics.plots.histogram import Histogram


class Panel:
    """A column of numbers, or one group of it.

    condition: which rows, as a column. low, high: the bounds. least, greatest: of the numbers.
    """

    def __init__(self, name, condition, low, high, least, greatest):
        self.name = name
        self.condition = condition
        self.low, self.high = low, high
        self.histogram = Histogram(least, greatest)
        self.outside = 0

    def title(self):
        """``host a: 3 of 1,440 outside -1 to 5``."""
        rows = sum(self.histogram.counts)
        told = f"{self.outside:,} of {rows:,} outside {self.low:,.6g} to {self.high:,.6g}"
        return f"{self.name}: {told}" if self.name else told


def draw(valued, feature, bounds, group, found, target):
    """Draws the histograms of a column and its bounds, to a .png or .html file.

    bounds: a dict of low, high, least and greatest; with ``group``, the columns that name groups, a
    DataFrame of these columns, low and high. found: the rows outside; the six groups with most of
    them are drawn. Only the heights of bars reach the driver; the table is read once more, with
    groups three times.
    """
    canvas.check(target)
    value = F.col(quoted(feature))
    if group:
        shown, total = panels_of_groups(valued, value, bounds, group, found)
    else:
        ends = [bounds[name] for name in ("low", "high", "least", "greatest")]
        shown, total = [Panel("", F.lit(True), *ends)], 1
    count(valued, value, shown)
    title = f"Distribution of {feature}"
    if total > len(shown):
        title += f": the {len(shown)} of {total:,} groups with most outliers"
    canvas.save(valued.sparkSession, picture(shown, feature, title), target, title)


def panels_of_groups(valued, value, bounds, group, found):
    """The groups with most rows outside, and how many groups have a number at all."""
    keys = [F.col(quoted(name)) for name in group]
    most = found.groupBy(*keys).agg(F.count(F.lit(1)).alias("__outside"))
    rows, _ = groups.with_most(most, group, "__outside")
    total = bounds.where("low IS NOT NULL").count()
    made = []
    if rows:
        any_group = reduce(operator.or_, [groups.is_group(group, row) for row in rows])
        extents = valued.where(any_group).groupBy(*keys)
        extents = extents.agg(F.min(value).alias("__least"), F.max(value).alias("__greatest"))
        of_group = {key_of(group, row): row for row in bounds.where(any_group).collect()}
        ends = {key_of(group, row): row for row in extents.collect()}
        for row in rows:
            key = key_of(group, row)
            made.append(
                Panel(
                    groups.name_of(group, row),
                    groups.is_group(group, row),
                    *(of_group[key]["low"], of_group[key]["high"]),
                    *(ends[key]["__least"], ends[key]["__greatest"]),
                )
            )
    return made, total


def key_of(group, row):
    """The values of a row that name its group."""
    return tuple(row[name] for name in group)


def count(valued, value, shown):
    """Counts the numbers of every panel into its bars, in one job."""
    if not shown:
        return
    panel, bar = F.lit(None).cast("int"), F.lit(None).cast("int")
    outside = F.lit(False)
    for place, one in enumerate(shown):
        off = (value < F.lit(one.low)) | (value > F.lit(one.high))
        panel = F.when(one.condition, F.lit(place)).otherwise(panel)
        bar = F.when(one.condition, one.histogram.bar(value)).otherwise(bar)
        outside = F.when(one.condition, off).otherwise(outside)
    bars = valued.where(value.isNotNull()).select(
        panel.alias("panel"), bar.alias("bar"), outside.cast("long").alias("outside")
    )
    counted = bars.where("panel IS NOT NULL").groupBy("panel", "bar")
    for row in counted.agg(
        F.count(F.lit(1)).alias("rows"), F.sum("outside").alias("off")
    ).collect():
        shown[row["panel"]].histogram.counts[row["bar"]] = row["rows"]
        shown[row["panel"]].outside += row["off"]


def picture(shown, feature, title):
    """The figure of some panels; without any it says that nothing is outside."""
    rows = (len(shown) + 1) // 2
    if not shown:
        made = canvas.figure(11, 1.2, title)
        made.text(0.01, 0.3, "No group has a value outside its bounds.", fontsize=10)
        return made
    size = (11, 4.6) if len(shown) == 1 else (13, 1 + 2.9 * rows)
    made = canvas.figure(*size, title)
    every = canvas.grid(made, len(shown))
    for panel, axes in zip(shown, every):
        draw_panel(panel, axes)
        axes.set_title(panel.title(), loc="left", fontsize=10)
        axes.set_xlabel(feature)
        axes.set_ylabel("rows")
    canvas.legend(made, every[0])
    return made


def draw_panel(panel, axes):
    """Bars over a logarithmic axis of rows, so that one row is seen beside many."""
    from matplotlib.ticker import EngFormatter, LogLocator, NullFormatter

    edges = panel.histogram.edges()
    axes.stairs(panel.histogram.counts, edges, fill=True, color=canvas.VALUE, label="rows")
    axes.set_yscale("log")
    axes.set_ylim(0.7, max(panel.histogram.counts) * 2)
    begin, end = edges[0], edges[-1]
    if panel.histogram.logarithmic:
        axes.set_xscale("log")
        # Bounds at or below 0 have no place on this axis.
        begin = min(begin, panel.low) if panel.low > 0 else begin
        end = max(end, panel.high)
        axes.xaxis.set_major_locator(LogLocator(numticks=10))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_xlim(begin / 1.3, end * 1.3)
    else:
        # Bounds far off the values would leave no room for these.
        room = end - begin
        begin, end = max(min(begin, panel.low), begin - room), min(max(end, panel.high), end + room)
        axes.set_xlim(begin - 0.03 * (end - begin), end + 0.03 * (end - begin))
    left, right = axes.get_xlim()
    for from_, to in ((left, panel.low), (panel.high, right)):
        if from_ < to:
            axes.axvspan(from_, to, color=canvas.OUTLIER, alpha=0.08, linewidth=0)
    visible = [bound for bound in (panel.low, panel.high) if left < bound < right]
    for place, bound in enumerate(visible):
        label = None if place else "bounds"
        axes.axvline(bound, color=canvas.OUTLIER, linestyle="--", linewidth=1.4, label=label)
    axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.yaxis.set_major_formatter(EngFormatter(sep=""))
    axes.yaxis.set_minor_formatter(NullFormatter())
