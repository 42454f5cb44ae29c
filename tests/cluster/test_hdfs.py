"""Logs on HDFS: blocks and their hosts, days, what is missing, bad records."""

import json

import pytest

import logs
import netlytics
from netlytics.errors import NetlyticsError

pytestmark = pytest.mark.cluster

BLOCK_BYTES = 64 * 1024


@pytest.fixture
def conf(spark):
    """Sets configuration of the session for one test."""
    changed = []

    def change(name, value):
        changed.append(name)
        spark.conf.set(name, value)

    yield change
    for name in changed:
        spark.conf.unset(name)


@pytest.fixture(scope="module")
def blocks_of_dns(hdfs, tmp_path_factory):
    """(local, HDFS) path of one plain Zeek log of five blocks; lines lie across their borders."""
    names = [f"host-{number}.example" for number in range(2500)]
    text = logs.zeek("dns", logs.ZEEK_DNS_FIELDS, logs.dns_rows(names))
    local = logs.write(tmp_path_factory.mktemp("blocks") / "dns.log", text)
    return local, hdfs.put(local, "/blocks/dns.log", block_bytes=BLOCK_BYTES)


def preferred_hosts(spark, table):
    """For each task of a table's scan the hosts that Spark's scheduler will ask for, sorted."""
    rdd = table._jdf.queryExecution().toRdd()
    places = [
        spark.sparkContext._jsc.sc().getPreferredLocs(rdd, task)
        for task in range(rdd.getNumPartitions())
    ]
    return [sorted(place.apply(n).host() for n in range(place.size())) for place in places]


def rows(table):
    """All rows, sorted."""
    return sorted(map(str, table.select("query", "c_port", "req_time").collect()))


def test_a_file_is_cut_at_its_blocks_and_no_line_is_lost(spark, blocks_of_dns, conf):
    local, remote = blocks_of_dns
    conf("spark.sql.files.maxPartitionBytes", str(BLOCK_BYTES))
    table = netlytics.read(spark, "zeek_to_DNS", remote, mode="FAILFAST")
    assert table.rdd.getNumPartitions() >= 5
    assert len(rows(table)) == 2500
    conf("spark.sql.files.maxPartitionBytes", "128MB")
    assert rows(table) == rows(netlytics.read(spark, "zeek_to_DNS", str(local)))


def test_tasks_go_to_the_hosts_of_their_blocks(spark, hdfs, blocks_of_dns, conf):
    conf("spark.sql.files.maxPartitionBytes", str(BLOCK_BYTES))
    hosts = preferred_hosts(spark, netlytics.read(spark, "zeek_to_DNS", blocks_of_dns[1]))
    assert hosts == hdfs.block_hosts("/blocks/dns.log")
    assert {host for task in hosts for host in task} <= {"127.0.0.2", "127.0.0.3"}


@pytest.mark.parametrize("where", ["file", "folder", "glob"])
def test_locality_can_be_switched_off(where, spark, hdfs, blocks_of_dns, conf):
    path = {"file": "/dns.log", "folder": "", "glob": "/d*.log"}[where]
    conf("spark.netlytics.locality.enabled", "false")
    table = netlytics.read(spark, "zeek_to_DNS", f"{hdfs.uri}/blocks{path}")
    assert set(map(tuple, preferred_hosts(spark, table))) == {()}


def test_days_are_chosen_by_path(spark, zeek):
    local, remote = zeek
    days = ("2017_03_02", "2017_03_03")
    expected = netlytics.read(spark, "zeek_to_DNS", str(local), *days)
    found = netlytics.read(spark, "zeek_to_DNS", remote, *days)
    assert rows(found) == rows(expected)
    assert found.count() < netlytics.read(spark, "zeek_to_DNS", remote).count()


def test_a_missing_path_is_named_with_the_nearest_that_exists(spark, hdfs, squid):
    with pytest.raises(NetlyticsError) as raised, netlytics.errors.translated():
        netlytics.read(spark, "squid_to_HTTP", f"{hdfs.uri}/logs/quid/2017").collect()
    assert raised.value.kind == "Io"
    assert f"{hdfs.uri}/logs/quid/2017" in str(raised.value)
    assert "/logs)" in str(raised.value)


def bad_records(texts):
    """The records of badRecordsPath files with file names for paths, sorted."""
    records = [json.loads(line) for text in texts for line in text.splitlines()]
    for record in records:
        record["path"] = record["path"].rpartition("/")[2]
    return sorted(records, key=lambda record: (record["path"], record["offset"]))


def test_bad_records_are_written_to_hdfs(spark, hdfs, zeek, tmp_path):
    local, remote = zeek
    bad, days = "/bad/zeek", ("2017_03_02", "2017_03_04")
    netlytics.read(spark, "zeek_to_DNS", remote, *days, badRecordsPath=hdfs.uri + bad).collect()
    netlytics.read(
        spark, "zeek_to_DNS", str(local), *days, badRecordsPath=str(tmp_path / "bad")
    ).collect()
    names = hdfs.names(bad)
    assert names
    assert all(name.startswith("bad-records-") for name in names)
    found = bad_records(hdfs.text(f"{bad}/{name}") for name in names)
    assert found == bad_records(file.read_text() for file in (tmp_path / "bad").glob("bad-*.json"))
    assert len(found) == 6
