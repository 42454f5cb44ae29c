"""The Arrow PyCapsule interface: how often a consumer asks, and what it may ask for."""

import duckdb
import polars
import pyarrow
import pytest

import logs
import netlytics
from netlytics import UsageError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A log of three queries."""
    place = tmp_path_factory.mktemp("three")
    lines = [{**logs.DNS_ROW, "id.orig_p": str(port)} for port in range(3)]
    logs.write(place / "dns.log", logs.zeek("dns", logs.ZEEK_DNS_FIELDS, lines))
    return place


class Counted:
    """A table that counts the streams it is asked for."""

    def __init__(self, table):
        self.table = table
        self.streams = 0

    def __arrow_c_schema__(self):
        return self.table.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema=None):
        self.streams += 1
        return self.table.__arrow_c_stream__(requested_schema)


CONSUMERS = {
    "duckdb": lambda log: duckdb.sql("SELECT c_port FROM log").fetchall(),
    "duckdb execute": lambda log: duckdb.execute("SELECT c_port FROM log").fetchall(),
    "polars": lambda log: polars.DataFrame(log).select("c_port").rows(),
    "pyarrow": lambda log: pyarrow.table(log)["c_port"].to_pylist(),
}


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_a_query_reads_the_files_once(folder, consumer):
    # DuckDB 2.0.0 asks a table without __arrow_c_schema__ for a stream more, for its schema alone.
    table = Counted(netlytics.open("zeek_to_DNS", folder, columns=["c_port"]))
    assert len(CONSUMERS[consumer](table)) == 3
    assert table.streams == 1


def test_a_table_can_be_read_again(folder):
    table = netlytics.open("zeek_to_DNS", folder, columns=["c_port"])
    for _ in range(2):
        assert len(CONSUMERS["duckdb execute"](table)) == 3


def test_the_same_columns_of_other_types_may_be_asked_for(folder):
    table = netlytics.open("zeek_to_DNS", folder, columns=["query", "c_port"])
    wished = pyarrow.schema([("query", pyarrow.large_string()), ("c_port", pyarrow.int64())])
    read = pyarrow.RecordBatchReader.from_stream(table, schema=wished).read_all()
    assert read.schema.names == ["query", "c_port"]
    assert read.num_rows == 3


@pytest.mark.parametrize("names", [["c_port"], ["c_port", "query"], ["query", "c_port", "other"]])
def test_other_columns_than_the_tables_are_an_error(folder, names):
    table = netlytics.open("zeek_to_DNS", folder, columns=["query", "c_port"])
    wished = pyarrow.schema([(name, pyarrow.string()) for name in names])
    with pytest.raises(
        UsageError, match=f"asked for has the columns {', '.join(names)}, the table"
    ):
        table.__arrow_c_stream__(wished.__arrow_c_schema__())
