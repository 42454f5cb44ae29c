"""A Data Table as Parquet in one directory a day, for programs that read it many times."""

import re
import uuid

from pyspark.sql import functions as F

from netlytics.errors import NetlyticsError, UsageError
from netlytics.output.csv_text import quoted
from netlytics.output.forms import refuse_twins, without_void
from netlytics.output.hadoop_path import located

DAY = "day"
# What tells when a row happened, the better first: a response may come without its request.
TIMES = ("req_time", "resp_time", "time_start", "time")
SECONDS_OF_A_DAY = 86400
# Seconds from year 1 to 9999, which is what a date can be.
EARLIEST, LATEST = -62135596800, 253402300799
OWN_ENTRIES = re.compile(r"day=.*|_SUCCESS|_metadata|_common_metadata|\..*")
# About 100 MB of Parquet for 256 MB of shuffled rows.
SETTINGS = {
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "256MB",
    # A task that meets a few days has a writer for each at once, instead of sorting its rows.
    "spark.sql.maxConcurrentOutputFileWriters": "4",
}


def write_by_day(table, path, overwrite=False, gather=True):
    """Writes ``path/day=YYYY-MM-DD/*.parquet`` (zstd): the table's columns, lists as lists.

    The day is that of the row's time in UTC; rows without one go to Spark's default partition.
    gather: shuffle each day's rows together, into files of a good size; without it every task
    writes a file for every day that it meets. A ``path`` without scheme is on the default file
    system. An older output is replaced, with ``overwrite`` only, once the new one is whole. Raises
    NetlyticsError, UsageError.
    """
    spark = table.sparkSession
    rows = with_day(table)
    refuse_twins(rows)
    fs, target = located(spark, path)
    target = fs.makeQualified(target)
    place = target
    if fs.exists(target):
        refuse_to_replace(fs, target, path, overwrite)
        hadoop_path = spark.sparkContext._jvm.org.apache.hadoop.fs.Path
        place = hadoop_path(target.getParent(), f".netlytics-{uuid.uuid4().hex}")
    configure(spark)
    if gather:
        rows = by_day(rows)
    try:
        rows.write.partitionBy(DAY).option("compression", "zstd").parquet(place.toString())
    except BaseException:
        fs.delete(place, True)
        raise
    if not place.equals(target):
        fs.delete(target, True)
        if not fs.rename(place, target):
            raise NetlyticsError(
                "Output", f"cannot rename {place.toString()} to {target.toString()}", path=path
            )


def with_day(table):
    """The table with the day of its rows in UTC, whatever the session's time zone."""
    times = [name for name in TIMES if name in table.columns]
    if not times:
        raise UsageError(
            f"the table has no time to take the day from: expected one of {', '.join(TIMES)} "
            f"among {', '.join(table.columns)}"
        )
    time = F.coalesce(*[F.col(quoted(name)) for name in times])
    # Whole days since 1970, as long as that is a date; NaN is none.
    days = F.when(
        time.between(EARLIEST, LATEST), F.floor(time / F.lit(SECONDS_OF_A_DAY)).cast("int")
    )
    day = F.date_add(F.lit("1970-01-01").cast("date"), days)
    return without_void(table).select("*", day.alias(DAY))


def by_day(rows):
    """Each day's rows in a task of their own; adaptive execution cuts a large day into several."""
    spark = rows.sparkSession
    # DataFrame.hint takes no column in every Spark, SQL does.
    view = f"netlytics_{uuid.uuid4().hex}"
    rows.createTempView(view)
    try:
        return spark.sql(f"SELECT /*+ REBALANCE({DAY}) */ * FROM {view}")
    finally:
        spark.catalog.dropTempView(view)


def refuse_to_replace(fs, target, path, overwrite):
    """Raises NetlyticsError unless an older output is there and may be replaced."""
    where = target.toString()
    if not overwrite:
        raise NetlyticsError(
            "Output", f"{where} exists already: give another path, or --overwrite", path=path
        )
    names = [status.getPath().getName() for status in fs.listStatus(target)]
    foreign = [name for name in names if not OWN_ENTRIES.fullmatch(name)]
    if foreign or not fs.getFileStatus(target).isDirectory():
        what = foreign[0] if foreign else "a file"
        raise NetlyticsError(
            "Output",
            f"{where} holds more than days of Parquet ({what}): it is not replaced",
            path=path,
        )


def configure(spark):
    """Sets what the user has not."""
    for name, value in SETTINGS.items():
        if not spark.sparkContext.getConf().contains(name):
            spark.conf.set(name, value)
