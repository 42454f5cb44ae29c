"""Lines that cannot be read, in the logs of tables that are put together from parts."""

import json

import pytest

import netlytics
import part_logs
from netlytics.errors import NetlyticsError, translated
from netlytics.summary import Summary

# Connector -> writes its logs, how many files it reads (a bad line each), reads its rows, the rows.
TABLES = {
    "zeek_to_NamedFlows": (part_logs.zeek_day, 4, part_logs.flows, part_logs.FLOWS),
    "tstat_to_DNS": (part_logs.tstat_day, 1, part_logs.exchanges, part_logs.EXCHANGES),
    "tstat_to_HTTP": (part_logs.tstat_day, 1, part_logs.transactions, part_logs.TRANSACTIONS),
}


@pytest.fixture(params=TABLES)
def case(request, tmp_path):
    """(connector, folder of its logs, bad lines, reads the rows, the rows)."""
    write, *answers = TABLES[request.param]
    return (request.param, str(write(tmp_path / "logs", bad=True)), *answers)


@pytest.mark.parametrize("mode", ["PERMISSIVE", "DROPMALFORMED"])
def test_bad_lines_are_left_out_and_counted(spark, case, mode):
    connector, folder, bad, rows, expected = case
    summary = Summary(spark)
    assert rows(netlytics.read(spark, connector, folder, mode=mode)) == expected
    assert summary.counts()["malformed"] == bad
    assert f"{bad} malformed" in summary.line()


def test_failfast_ends_with_file_and_offset(spark, case):
    connector, folder, *_ = case
    with pytest.raises(NetlyticsError) as raised, translated():
        netlytics.read(spark, connector, folder, mode="FAILFAST").collect()
    error = raised.value
    assert error.kind == "BadInput"
    with open(error.path.replace("file:", ""), "rb") as file:
        assert error.offset == file.read().index(part_logs.BAD.encode())


def test_the_hidden_column_holds_them_beside_the_rows(spark, case):
    connector, folder, bad, rows, expected = case
    table = netlytics.read(spark, connector, folder)
    assert "_corrupt_record" not in table.columns
    summary = Summary(spark)
    found = table.select("*", "_corrupt_record").collect()
    assert len(found) == len(expected) + bad
    texts = [row for row in found if row["_corrupt_record"] is not None]
    assert [row["_corrupt_record"] for row in texts] == [part_logs.BAD] * bad
    assert {value for row in texts for value in row[:-1]} == {None}
    # Read for the rows and again for the bad lines, they count once.
    assert summary.counts()["malformed"] == bad
    assert rows(table.select("*", "_corrupt_record").where("_corrupt_record IS NULL")) == expected


def test_the_bad_lines_alone(spark, case):
    connector, folder, bad, *_ = case
    summary = Summary(spark)
    table = netlytics.read(spark, connector, folder).select("_corrupt_record")
    assert [row[0] for row in table.where("_corrupt_record IS NOT NULL").collect()] == [
        part_logs.BAD
    ] * bad
    assert summary.counts()["malformed"] == bad
    with pytest.raises(NetlyticsError) as raised, translated():
        failing = netlytics.read(spark, connector, folder, mode="FAILFAST")
        failing.select("_corrupt_record").where("_corrupt_record IS NOT NULL").collect()
    assert raised.value.kind == "BadInput"


def test_bad_records_path_says_where_and_why(spark, case, tmp_path):
    connector, folder, bad, rows, expected = case
    place = tmp_path / "bad"
    table = netlytics.read(spark, connector, folder, badRecordsPath=str(place))
    assert rows(table) == expected
    found = [
        json.loads(line) for file in place.glob("*.json") for line in file.read_text().splitlines()
    ]
    assert [record["text"] for record in found] == [part_logs.BAD] * bad
    assert len({record["path"] for record in found}) == bad
    assert all(record["reason"] for record in found)
