"""Rows of a table, however it was read, as Python values that can be compared and counted."""

import math
from collections import Counter

import duckdb
import pandas
import polars
import pyarrow


def plain(value):
    """A number, a text, a tuple of them, or None."""
    if value is None or value is pandas.NA:
        return None
    if isinstance(value, str):
        return value
    if hasattr(value, "__len__"):
        return tuple(plain(member) for member in value)
    if math.isnan(value):
        return None
    return float(value)


def of_pyarrow(table):
    """Rows through pyarrow."""
    read = pyarrow.RecordBatchReader.from_stream(table).read_all()
    return [tuple(map(plain, row.values())) for row in read.to_pylist()]


def of_pandas(table):
    """Rows through pandas, which has NaN for a missing number."""
    frame = pandas.DataFrame.from_arrow(table)
    return [tuple(map(plain, row)) for row in frame.itertuples(index=False, name=None)]


def of_polars(table):
    """Rows through polars."""
    return [tuple(map(plain, row)) for row in polars.DataFrame(table).iter_rows()]


def of_duckdb(netlytics):
    """Rows through DuckDB, which finds the table by the variable's name."""
    with duckdb.connect() as connection:
        found = connection.sql("SELECT * FROM netlytics").fetchall()
    return [tuple(map(plain, row)) for row in found]


def of_spark(frame):
    """Rows of a DataFrame of Spark, in no order."""
    return [tuple(map(plain, row)) for row in frame.collect()]


def counted(rows):
    """How often each row is there."""
    return Counter(rows)
