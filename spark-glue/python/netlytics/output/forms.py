"""CSV, JSON and Parquet: how a table is prepared for each and handed to Spark's writer."""

import csv
import io
import posixpath

from pyspark.sql import functions as F
from pyspark.sql import types as T

from netlytics.errors import UsageError
from netlytics.output import csv_text

EXTENSIONS = {".csv": "csv", ".parquet": "parquet", ".json": "json"}

# RFC 4180 with \n line ends: quotes are doubled, the empty string is quoted and a null is nothing.
# Spark trims text and escapes quotes with a backslash unless it is told not to.
CSV_OPTIONS = {
    "quote": '"',
    "escape": '"',
    "emptyValue": '""',
    "nullValue": "",
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
    "lineSep": "\n",
    "encoding": "UTF-8",
    "compression": "none",
}
# A column stays in every line, also where it is null.
JSON_OPTIONS = {
    "ignoreNullFields": "false",
    "lineSep": "\n",
    "encoding": "UTF-8",
    "compression": "none",
}


def form_of(path):
    """csv, parquet or json, by the path's extension; csv for any other."""
    return EXTENSIONS.get(posixpath.splitext(path.rstrip("/"))[1].lower(), "csv")


def writer(table, form, header):
    """Spark's writer for the table. ``header``: whether every CSV part begins with the names."""
    refuse_twins(table)
    if form == "csv":
        return csv_text.as_text(table).write.options(**CSV_OPTIONS, header=str(header).lower())
    plain = without_void(table)
    return plain.write.options(**JSON_OPTIONS) if form == "json" else plain.write


def csv_header(names):
    """The header line, as bytes."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(names)
    return line.getvalue().encode("utf-8")


def refuse_twins(table):
    """Raises UsageError when two columns have one name; Spark compares names without case."""
    seen = set()
    for name in table.columns:
        if name.lower() in seen:
            raise UsageError(
                f'the result has two columns named "{name}": rename one in the query with AS'
            )
        seen.add(name.lower())


def without_void(table):
    """Columns that are NULL throughout have no type of their own; files need one: string."""
    return table.select(
        [
            F.col(csv_text.quoted(field.name)).cast("string").alias(field.name)
            if isinstance(field.dataType, T.NullType)
            else F.col(csv_text.quoted(field.name))
            for field in table.schema.fields
        ]
    )
