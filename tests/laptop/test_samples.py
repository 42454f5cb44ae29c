"""Every connector's sample logs, by every library that reads Arrow, beside what Spark reads."""

import pyarrow
import pytest

import netlytics
from laptop import rows
from netlytics import registry

ARROW = {
    "long": pyarrow.int64(),
    "double": pyarrow.float64(),
    "string": pyarrow.string(),
}
# Connector -> options that make another table of the same logs.
OPTIONS = {
    "tstat_to_HTTP": {"pairResponses": "false"},
    "tstat_to_NamedFlows": {"udp": "true"},
    "bind_to_DNS": {"pairResponses": "true"},
    "zeek_to_NamedFlows": {"nameFromDns": "false", "namedOnly": "true"},
}
CASES = [
    (entry["name"], options)
    for entry in registry.connectors()
    for options in ({}, OPTIONS.get(entry["name"]))
    if options is not None
]


@pytest.fixture(params=CASES, ids=lambda case: "-".join([case[0], *case[1]]))
def sample(request, checkout):
    """(connector, path, options) of one sample."""
    connector, options = request.param
    return connector, checkout / "examples" / "logs" / connector.partition("_")[0], options


def test_pandas_polars_and_duckdb_read_the_same(sample):
    connector, path, options = sample
    table = netlytics.open(connector, path, **options)
    expected = rows.of_pyarrow(table)
    assert expected
    assert table.totals["rows"] == len(expected)
    assert rows.of_pandas(table) == expected
    assert rows.of_polars(table) == expected
    assert rows.counted(rows.of_duckdb(table)) == rows.counted(expected)


def test_rows_are_those_of_spark(sample, spark):
    connector, path, options = sample
    frame = netlytics.read(spark, connector, str(path), **options)
    table = netlytics.open(connector, path, **options)
    assert [name for name, _ in table.columns] == frame.columns
    assert rows.counted(rows.of_pyarrow(table)) == rows.counted(rows.of_spark(frame))


def test_the_schema_is_the_table_s(sample):
    connector, path, options = sample
    entry = registry.connector(connector)
    expected = [
        (field["name"], arrow(field["type"]))
        for field in registry.table_schema(entry["table"])["fields"]
    ]
    schema = netlytics.open(connector, path, **options).schema
    assert [(field.name, field.type) for field in schema] == expected


def arrow(kind):
    """The Arrow type of a column of a StructType."""
    return ARROW[kind] if isinstance(kind, str) else pyarrow.list_(ARROW[kind["elementType"]])


def test_every_line_is_accounted_for(sample):
    connector, path, options = sample
    table = netlytics.open(connector, path, **options)
    table.to_arrow()
    totals = table.totals
    assert totals["files"] == table.files
    assert totals["bytes"] == table.bytes
    counted = totals["records"] + totals["malformed"] + sum(totals["skipped"].values())
    assert 0 < counted <= totals["lines"] + totals["files"]
    assert sum(reason["count"] for reason in table.bad_records) == totals["malformed"]
