"""Reading from HDFS without a JVM."""

import pytest

import logs
import netlytics
from netlytics.errors import NetlyticsError

pytestmark = pytest.mark.cluster

BLOCK_BYTES = 1 << 20


def test_hdfs_and_this_machine_give_the_same(zeek):
    local, there = zeek
    for path, days in [("", {}), ("", {"start_day": "2017_03_02"}), ("/2017-03-0[12]/dns*", {})]:
        expected = netlytics.open("zeek_to_DNS", f"{local}{path}", **days)
        found = netlytics.open("zeek_to_DNS", f"{there}{path}", **days)
        assert (found.files, found.bytes) == (expected.files, expected.bytes)
        assert found.to_arrow().equals(expected.to_arrow())
        assert found.totals == expected.totals


def test_a_file_of_many_blocks_is_read_in_pieces(hdfs, tmp_path):
    rows = logs.dns_rows([f"host-{number}.example" for number in range(120_000)])
    local = logs.write(tmp_path / "dns.log", logs.zeek("dns", logs.ZEEK_DNS_FIELDS, rows))
    there = hdfs.put(local, "/laptop/dns.log", block_bytes=BLOCK_BYTES)
    assert local.stat().st_size > 16 * BLOCK_BYTES
    found = netlytics.open("zeek_to_DNS", there).to_arrow()
    assert found.equals(netlytics.open("zeek_to_DNS", local).to_arrow())
    assert found.num_rows == len(rows)


def test_combined_tables_of_logs_on_hdfs(zeek):
    local, there = zeek
    expected = netlytics.open("zeek_to_NamedFlows", local).to_arrow()
    assert netlytics.open("zeek_to_NamedFlows", there).to_arrow().equals(expected)


@pytest.mark.parametrize(("rows", "replication"), [(5, 1), (30_000, 2)])
def test_a_file_that_is_still_being_written_is_named_and_counted(hdfs, rows, replication):
    lines = [f"{number}.5\tname{number:05}.example.com\n" for number in range(rows)]
    text = "".join(["#fields\tts\tquery\n", *lines])
    finished = len(text) // BLOCK_BYTES * BLOCK_BYTES
    path = f"/laptop/open/{rows}/dns.log"
    with hdfs.being_written(text, path, BLOCK_BYTES, replication) as there:
        table = netlytics.open("zeek_to_DNS", there)
        read = table.to_arrow().num_rows
        assert read in (text[:finished].count("\n") - 1, text[:finished].count("\n"), 0)
        assert read == 0 or finished > 0
        assert table.totals["bytes"] == finished
        record = table.bad_records[0]["examples"][0]
        assert (record["path"], record["offset"]) == (there, finished)
        assert "still being written" in record["reason"]
        assert table.totals["malformed"] >= 1
        with pytest.raises(NetlyticsError, match="still being written"):
            netlytics.open("zeek_to_DNS", there, mode="FAILFAST").to_arrow()
    table = netlytics.open("zeek_to_DNS", there)
    assert table.to_arrow().num_rows == rows
    assert table.totals["malformed"] == 0


def test_what_is_not_there_is_named(cluster):
    with pytest.raises(NetlyticsError, match="does not exist") as raised:
        netlytics.open("zeek_to_DNS", f"{cluster.uri}/nowhere/logs")
    assert raised.value.path == f"{cluster.uri}/nowhere/logs"
    with pytest.raises(NetlyticsError, match="HDFS") as raised:
        netlytics.open("zeek_to_DNS", "hdfs://127.0.0.1:1/logs")
    assert raised.value.kind == "Io"
