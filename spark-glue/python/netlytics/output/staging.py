"""A directory of our own on a file system all executors share, gone at the end."""

import uuid
from contextlib import contextmanager

from netlytics.errors import UsageError
from netlytics.output.hadoop_path import located
from netlytics.output.targets import has_scheme

# As the reference: a directory beneath the user's home on HDFS.
DEFAULT_TEMP_DIR = "tmp"


@contextmanager
def staging(spark, temp_dir):
    """Yields (file system, path) of a fresh name under ``temp_dir``; removes it at the end.

    A ``temp_dir`` without scheme is on the default Hadoop file system. If it had to be made and is
    empty afterwards, it is removed as well.
    """
    temp_dir = temp_dir or DEFAULT_TEMP_DIR
    fs, parent = located(spark, temp_dir)
    refuse_unshared(spark, fs, temp_dir)
    parent_is_ours = not fs.exists(parent)
    hadoop_path = spark.sparkContext._jvm.org.apache.hadoop.fs.Path
    path = fs.makeQualified(hadoop_path(parent, f"netlytics-{uuid.uuid4().hex}"))
    # For the case that this process dies before the end of the block.
    fs.deleteOnExit(path)
    try:
        yield fs, path
    finally:
        fs.delete(path, True)
        fs.cancelDeleteOnExit(path)
        if parent_is_ours and fs.exists(parent) and not fs.listStatus(parent):
            fs.delete(parent, False)


def refuse_unshared(spark, fs, temp_dir):
    """Raises UsageError when executors on other machines would write to disks of their own."""
    is_disk = fs.getUri().getScheme() == "file"
    if is_disk and not spark.sparkContext.master.startswith("local") and not has_scheme(temp_dir):
        raise UsageError(
            f"the default file system is the local disk, which the executors of "
            f"{spark.sparkContext.master} do not share: set --temp_dir_HDFS to a directory they do "
            f"share (hdfs://…, or file:///… on a shared mount)"
        )
