"""Lines that cannot be read: counted, kept, dropped, or the end of the job. None is lost."""

import gzip
import json

import pytest

import logs
import netlytics
from netlytics.errors import NetlyticsError, translated
from netlytics.summary import Summary

GOOD = "\t".join(logs.DNS_ROW[field] for field in logs.ZEEK_DNS_FIELDS.split())
SHORT = "1488326400.000000\tC9\t10.0.0.9"
NO_PORT = GOOD.replace("\t40000\t", "\tforty\t")
LINES = [GOOD, SHORT, GOOD, NO_PORT, GOOD]
GOOD_ROWS, BAD_ROWS = 3, 2


@pytest.fixture
def folder(tmp_path):
    """A day with two bad lines among five."""
    log = logs.zeek_lines("dns", logs.ZEEK_DNS_FIELDS, LINES)
    logs.write(tmp_path / "zeek" / "2017-03-01" / "dns.log", log)
    return str(tmp_path / "zeek")


@pytest.mark.parametrize("mode", ["PERMISSIVE", "DROPMALFORMED"])
def test_bad_lines_are_left_out_and_counted(spark, folder, mode):
    summary = Summary(spark)
    table = netlytics.read(spark, "zeek_to_DNS", folder, mode=mode)
    assert len(table.collect()) == GOOD_ROWS
    assert summary.counts()["malformed"] == BAD_ROWS
    assert summary.counts()["records"] == GOOD_ROWS
    assert "2 malformed" in summary.line()


def test_the_hidden_column_holds_them(spark, folder):
    table = netlytics.read(spark, "zeek_to_DNS", folder)
    assert "_corrupt_record" not in table.columns
    rows = table.select("*", "_corrupt_record").collect()
    assert sorted(row["_corrupt_record"] for row in rows if row["_corrupt_record"]) == sorted(
        [SHORT, NO_PORT]
    )
    assert [(row["query"], row["c_ip"]) for row in rows if row["_corrupt_record"]] == [
        (None, None)
    ] * BAD_ROWS
    assert len(rows) == len(LINES)


def test_the_hidden_column_by_another_name(spark, folder):
    table = netlytics.read(spark, "zeek_to_DNS", folder, columnNameOfCorruptRecord="bad")
    rows = table.select("*", "bad").collect()
    assert len([row for row in rows if row["bad"] is not None]) == BAD_ROWS


def test_bad_records_path_says_where_and_why(spark, folder, tmp_path):
    place = tmp_path / "bad"
    table = netlytics.read(spark, "zeek_to_DNS", folder, badRecordsPath=str(place))
    assert len(table.collect()) == GOOD_ROWS
    found = [
        json.loads(line) for file in place.glob("*.json") for line in file.read_text().splitlines()
    ]
    assert sorted(record["text"] for record in found) == sorted([SHORT, NO_PORT])
    text = (tmp_path / "zeek" / "2017-03-01" / "dns.log").read_bytes()
    for record in found:
        assert record["path"].endswith("2017-03-01/dns.log")
        assert text[record["offset"] :].startswith(record["text"].encode())
        assert record["reason"]
    by_text = {record["text"]: record for record in found}
    assert by_text[NO_PORT]["column"] in ("c_port", "id.orig_p")


def test_failfast_ends_with_file_and_offset(spark, folder, tmp_path):
    table = netlytics.read(spark, "zeek_to_DNS", folder, mode="FAILFAST")
    with pytest.raises(NetlyticsError) as raised, translated():
        table.collect()
    error = raised.value
    text = (tmp_path / "zeek" / "2017-03-01" / "dns.log").read_bytes()
    assert error.kind == "BadInput"
    assert error.path.endswith("2017-03-01/dns.log")
    assert error.offset == text.index(SHORT.encode())
    assert "dns.log" in str(error)
    assert str(error.offset) in str(error)


def test_a_file_of_another_kind_is_refused(spark, tmp_path):
    logs.write(tmp_path / "dns.log", "This is a shopping list.\neggs\nmilk\n")
    with pytest.raises(NetlyticsError, match=r"dns\.log") as raised, translated():
        netlytics.read(spark, "zeek_to_DNS", str(tmp_path), mode="FAILFAST").collect()
    assert raised.value.kind == "BadInput"


def test_an_empty_file_is_an_empty_table(spark, tmp_path):
    logs.write(tmp_path / "dns.log", "")
    assert netlytics.read(spark, "zeek_to_DNS", str(tmp_path)).count() == 0


def test_splits_cover_every_line_once(spark, tmp_path):
    rows = logs.dns_rows([f"h{number}.org" for number in range(3000)])
    log = logs.zeek("dns", logs.ZEEK_DNS_FIELDS, rows)
    logs.write(tmp_path / "dns.log", log)
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(len(log) // 7))
    try:
        table = netlytics.read(spark, "zeek_to_DNS", str(tmp_path))
        assert table.rdd.getNumPartitions() >= 7
        names = [row["query"] for row in table.select("query").collect()]
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
    assert sorted(names) == sorted(row["query"] for row in rows)


def test_a_file_that_cannot_be_opened_any_more_is_named(spark, tmp_path):
    log = tmp_path / "dns.log"
    logs.write(log, "#fields\tts\tquery\n1.5\twww.example.com\n")
    table = netlytics.read(spark, "zeek_to_DNS", str(tmp_path))
    assert len(table.collect()) == 1
    log.unlink()
    with pytest.raises(NetlyticsError, match=r"dns\.log") as raised, translated():
        table.collect()
    assert raised.value.kind == "Io"


def test_a_torn_gzip_gives_the_rows_before_the_tear_and_one_bad_record(spark, tmp_path):
    lines = [f"{number}.5\tname{number * 7919 % 10007}.example.com\n" for number in range(20000)]
    packed = gzip.compress("".join(["#fields\tts\tquery\n", *lines]).encode())
    (tmp_path / "dns.log.gz").write_bytes(packed[: len(packed) // 2])
    table = netlytics.read(spark, "zeek_to_DNS", str(tmp_path)).select(
        "req_time", "_corrupt_record"
    )
    rows = table.collect()
    good = [row.req_time for row in rows if row._corrupt_record is None]
    assert good == [number + 0.5 for number in range(len(good))]
    assert 5000 < len(good) < 15000
    assert len(rows) == len(good) + 1
