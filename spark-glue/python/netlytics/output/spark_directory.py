"""A table as a directory of part files, as Spark writes it."""

from netlytics.errors import NetlyticsError
from netlytics.output.forms import form_of, writer


def write_directory(table, path):
    """Writes the table to a new directory; without a scheme it is on the default file system.

    The form goes by the path's extension. Every CSV part has a header. Raises NetlyticsError if
    something is there already.
    """
    spark = table.sparkSession
    where = spark.sparkContext._jvm.org.apache.hadoop.fs.Path(path)
    fs = where.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    if fs.exists(where):
        raise NetlyticsError(
            "Output",
            f"{fs.makeQualified(where).toString()} exists already: remove it or give another path",
            path=path,
        )
    form = form_of(path)
    writer(table, form, header=True).format(form).save(path)
