"""A table as a directory of part files, as Spark writes it."""

from netlytics.errors import NetlyticsError
from netlytics.output.forms import form_of, writer
from netlytics.output.hadoop_path import located


def write_directory(table, path):
    """Writes the table to a new directory; without a scheme it is on the default file system.

    The form goes by the path's extension. Every CSV part has a header. Raises NetlyticsError if
    something is there already.
    """
    fs, where = located(table.sparkSession, path)
    if fs.exists(where):
        raise NetlyticsError(
            "Output",
            f"{fs.makeQualified(where).toString()} exists already: remove it or give another path",
            path=path,
        )
    form = form_of(path)
    writer(table, form, header=True).format(form).save(path)
