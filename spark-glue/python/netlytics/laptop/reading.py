"""``open``: log files as a table that any Arrow library reads."""

import os
import re
from contextlib import contextmanager

from netlytics.errors import NetlyticsError
from netlytics.laptop import native
from netlytics.laptop.termination import cleaned_up_when_terminated


def open(
    connector,
    path,
    columns=None,
    filter=None,
    start_day=None,
    end_day=None,
    mode=None,
    limit=None,
    **options,
):
    """The Data Table that ``connector`` makes of the log files under ``path``, without Spark.

    connector: a name or alias of connectors/registry.json, or one of its parts
    (``"zeek_to_NamedFlows/names"``). path: a file, directory or glob of this machine or of
    ``hdfs://``, or a list of them. columns: names, in the order wanted; default all. filter:
    ``[("resp_code", "==", "NXDOMAIN"), …]``, all of which must hold, or a list of such lists, one
    of which must; operators ``== != < <= > >= in``, ``not in``, ``is null``, ``is not null``,
    ``startswith endswith contains``. start_day, end_day: ``YYYY_MM_DD`` or a ``date``, both
    inclusive. mode: PERMISSIVE, DROPMALFORMED or FAILFAST. limit: most rows. options: the
    reader's, as in docs/options.md.

    Files are found at once and read when the table is, as they were when they were found: rows that
    were appended since are left out, and a file that was cut, written anew or replaced since is an
    error. Raises UsageError, NetlyticsError.

    >>> import netlytics, polars
    >>> polars.DataFrame(netlytics.open("zeek_to_DNS", "logs/zeek", columns=["query", "answers"]))
    """
    paths = [path] if isinstance(path, (str, bytes, os.PathLike)) else path
    return LogTable(
        native.load().Table(
            connector,
            [path_text(each) for each in paths],
            None if columns is None else list(columns),
            filter,
            start_day and str(start_day),
            end_day and str(end_day),
            mode,
            limit,
            {name: written(value) for name, value in options.items()},
        )
    )


def path_text(path):
    """A path as the native module takes it; NetlyticsError if it is not UTF-8."""
    text = os.path.expanduser(os.fsdecode(path))
    try:
        text.encode()
    except UnicodeEncodeError:
        # Python writes each odd byte of a name as a lone surrogate.
        shown = re.sub("[\udc80-\udcff]", lambda odd: f"\\x{ord(odd[0]) - 0xDC00:02x}", text)
        shown = shown.encode("utf-8", "backslashreplace").decode()
        message = f"{shown}: The name cannot be read: it is not UTF-8. Rename the file."
        raise NetlyticsError("BadInput", message, shown) from None
    return text


def written(value):
    """An option's value as the reader takes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class LogTable:
    """A table over log files, for whatever takes the Arrow PyCapsule interface.

    ``pyarrow.table(t)``, ``pyarrow.RecordBatchReader.from_stream(t)``, ``polars.DataFrame(t)``,
    ``pandas.DataFrame.from_arrow(t)`` and ``duckdb.sql("FROM t")`` read it, each time anew, all
    cores at work and only some batches in memory. Those libraries raise errors of their own when
    the files cannot be read or Ctrl-C ends a read; ``failure`` has ours, and the ``to_…`` methods
    raise it (KeyboardInterrupt for Ctrl-C). A read cannot go on in a forked child: begin it there,
    or use multiprocessing's method "spawn".
    """

    def __init__(self, table):
        self._table = table

    def __arrow_c_schema__(self):
        return self._table.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)

    @property
    def schema(self):
        """The columns as a ``pyarrow.Schema``."""
        import pyarrow

        return pyarrow.schema(self)

    @property
    def columns(self):
        """(name, type) of each column, without pyarrow."""
        return self._table.columns

    @property
    def files(self):
        """Number of files found."""
        return self._table.files

    @property
    def bytes(self):
        """Bytes of the files found."""
        return self._table.bytes

    @property
    def left_out(self):
        """{reason: {"count", "examples"}} of the files and directories left out.

        Only of those of this connector; a directory that was not entered counts as one.
        """
        return self._table.left_out

    @property
    def totals(self):
        """Counts of the last read, None before it has ended.

        rows: given. records: lines that could be read, filtered out or not. malformed: lines that
        could not. skipped: lines the table does not take, by kind. lines, files, bytes; text_bytes:
        bytes when inflated. After a read that was left early they count what was read until then.
        """
        return self._table.totals

    @property
    def bad_records(self):
        """Bad records of the last read by reason, most frequent first; None before it has ended.

        Each is {"column", "expected", "count", "examples"}, an example {"path", "offset", "reason",
        "text"}; the offset is that of the line in the decompressed file, in bytes.
        """
        return self._table.bad_records

    @property
    def failure(self):
        """The NetlyticsError that ended the last read; None if it went well."""
        return self._table.failure

    def to_arrow(self):
        """Everything, as a ``pyarrow.Table``. Raises NetlyticsError."""
        import pyarrow

        with self._failing():
            return pyarrow.table(self)

    def to_pandas(self):
        """Everything, as a ``pandas.DataFrame``. Raises NetlyticsError."""
        return self.to_arrow().to_pandas()

    def to_polars(self):
        """Everything, as a ``polars.DataFrame``. Raises NetlyticsError."""
        import polars

        with self._failing():
            return polars.DataFrame(self)

    def head(self, rows=10, progress=None):
        """The first rows as tuples; everything is read, and counted in ``totals``.

        progress: called about ten times a second with the bytes read so far. Raises NetlyticsError.
        """
        return self._table.head(rows, progress)

    def convert(self, output, progress=None, overwrite=False):
        """Writes everything as one zstd Parquet file; returns {"rows", "bytes"}.

        The file appears under its name only once it is whole and on disk. overwrite: whether an
        existing file is replaced; its mode is kept, and through a symbolic link the file it points
        to is written. progress: as in ``head``. In the main thread, SIGTERM and SIGHUP remove what
        has been written before they end the process, unless the program handles them itself.

        Raises UsageError if the output exists, is one of the files read or is not a regular file;
        NetlyticsError if it cannot be written, or was made meanwhile by somebody else.
        """
        path = os.path.expanduser(os.fspath(output))
        with cleaned_up_when_terminated():
            done = self._table.convert(path, overwrite, progress)
        return {"rows": done.rows, "bytes": done.bytes}

    @contextmanager
    def _failing(self):
        """Around another library's read: raises our error in place of the one it made of it."""
        try:
            yield
        except Exception as error:
            if self._table.interrupted:
                raise KeyboardInterrupt from None
            failure = self.failure
            if failure is None:
                raise
            raise failure from error
