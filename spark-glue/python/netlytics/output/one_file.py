"""A table as ONE file, on the driver's disk or any Hadoop file system."""

import re
import uuid

from pyspark.sql import functions as F

from netlytics.errors import NetlyticsError
from netlytics.output.forms import csv_header, form_of, writer
from netlytics.output.staging import staging
from netlytics.output.targets import Target

COPY_BUFFER_BYTES = 1 << 20
# part-<task>-<job>-c<file of the task>.<extension>
PART = re.compile(r"part-(\d+)-.*?(?:-c(\d+))?\.")
ORDER = "__netlytics_order"


def write_one_file(table, path, temp_dir=None):
    """Writes the table, in its order, as one file; the form goes by the path's extension.

    Spark writes parts to a directory under ``temp_dir``, the JVM of the driver streams them into
    the file. The file appears only when it is whole and replaces an older one. Costs: the table is
    written twice, and for Parquet shuffled into one task. Raises NetlyticsError, UsageError.
    """
    spark = table.sparkSession
    target = Target(spark, path)
    target.refuse_directory()
    form = form_of(path)
    parts_table = in_one_part(table) if form == "parquet" else table
    with staging(spark, temp_dir) as (fs, directory):
        writer(parts_table, form, header=False).format(form).save(directory.toString())
        parts = parts_in_order(fs, directory)
        head = csv_header(table.columns) if form == "csv" else b""
        concatenate(spark, fs, parts, head, target)


def write_content(spark, content, path):
    """Writes bytes that the driver holds as one file, as ``write_one_file`` writes a table."""
    target = Target(spark, path)
    target.refuse_directory()
    concatenate(spark, target.fs, [], content, target)


def in_one_part(table):
    """The table in one partition, in the order of its partitions.

    A shuffle into one partition keeps no order, so rows carry their place. It is computed, not
    deterministic in Spark's eyes, which keeps the optimizer from dropping a sort below it.
    """
    numbered = table.withColumn(ORDER, F.monotonically_increasing_id())
    return numbered.repartition(1).sortWithinPartitions(ORDER).drop(ORDER)


def parts_in_order(fs, directory):
    """The part files of a directory, by task and then by file of the task."""
    numbered = []
    for status in fs.listStatus(directory):
        found = PART.match(status.getPath().getName())
        if found:
            numbered.append(((int(found.group(1)), int(found.group(2) or 0)), status.getPath()))
    if not numbered:
        raise NetlyticsError(
            "Output",
            f"Spark left no part files in {directory.toString()}: set --temp_dir_HDFS to a "
            "directory that the driver and all executors share",
            path=directory.toString(),
        )
    return [path for _, path in sorted(numbered, key=lambda part: part[0])]


def concatenate(spark, fs, parts, head, target):
    """Streams ``head`` and the parts into the target, inside the driver's JVM."""
    copy = spark.sparkContext._jvm.org.apache.hadoop.io.IOUtils.copyBytes
    target.make_parents()
    unfinished = target.sibling(f".netlytics-{uuid.uuid4().hex}")
    out = target.fs.create(unfinished, True)
    try:
        try:
            if head:
                out.write(head)
            for part in parts:
                stream = fs.open(part)
                try:
                    copy(stream, out, COPY_BUFFER_BYTES)
                finally:
                    stream.close()
        finally:
            out.close()
        target.take(unfinished)
    finally:
        # Nothing is there any more when it has become the target.
        target.fs.delete(unfinished, False)
