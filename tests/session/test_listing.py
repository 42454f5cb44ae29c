"""Which files a read finds: each once, and none left out in silence."""

import pytest

import logs
import netlytics
from netlytics.errors import NetlyticsError, translated
from netlytics.summary import Summary


def test_links_make_no_file_two(spark, tmp_path):
    logs.zeek_files(tmp_path, "2017-03-01/dns.log", "2017-03-02/dns.log")
    for link in ("up", "up2"):
        (tmp_path / "2017-03-01" / link).symlink_to("..")
    (tmp_path / "again").symlink_to("2017-03-02")
    (tmp_path / "dns.copy.log").symlink_to("2017-03-02/dns.log")
    assert netlytics.read(spark, "zeek_to_DNS", str(tmp_path)).count() == 4
    second = netlytics.read(spark, "zeek_to_DNS", str(tmp_path), "2017_03_02", "2017_03_02")
    assert second.count() == 2


@pytest.mark.parametrize("below", ["", "*/dns.log", "2017-03-0[12]"])
def test_only_days_below_the_given_path_count(spark, tmp_path, below):
    folder = tmp_path / "archive-2016-05-01"
    logs.zeek_files(folder, "2017-03-01/dns.log", "2017-03-02/dns.log")
    path = f"{folder}/{below}"
    assert netlytics.read(spark, "zeek_to_DNS", path, "2017_03_02", "2017_03_02").count() == 2
    with pytest.raises(NetlyticsError, match="2 of other days"), translated():
        netlytics.read(spark, "zeek_to_DNS", path, "2016_05_01", "2016_05_01").count()


def test_what_is_left_out_is_told(spark, tmp_path):
    names = ["2017-03-01/dns.log", "2017-03-02/dns.log", "dns.log", b"dns.\xff.log"]
    logs.zeek_files(tmp_path, *names)
    summary = Summary(spark)
    first = netlytics.read(spark, "zeek_to_DNS", str(tmp_path), "2017_03_01", "2017_03_01")
    assert first.count() == 2
    assert summary.counts()["leftOut"] == {
        "of other days": {"count": 1, "examples": ["2017-03-02"]},
        "without a day in their path": {"count": 1, "examples": ["dns.log"]},
        "with names that cannot be read": {"count": 1, "examples": ["dns.\\xff.log"]},
    }
    assert "1 with names that cannot be read (dns.\\xff.log)" in summary.lines()[-1]


def test_a_file_that_is_rotated_before_it_is_read_is_an_error(spark, tmp_path):
    logs.zeek_files(tmp_path, "dns.log")
    rows = netlytics.read(spark, "zeek_to_DNS", str(tmp_path))
    # Makes the plan, for which files are listed.
    rows._jdf.queryExecution().executedPlan().toString()
    path = tmp_path / "dns.log"
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(NetlyticsError, match=r"dns\.log") as raised, translated():
        rows.collect()
    assert "has changed since the query was planned" in str(raised.value)
