"""Which files ``netlytics.open`` finds: the same as Spark, each once, none left out in silence."""

import os
import pickle

import pytest

import logs
import netlytics
from netlytics.__main__ import main
from netlytics.errors import NetlyticsError


def test_links_make_no_file_two(tmp_path):
    logs.zeek_files(tmp_path, "2017-03-01/dns.log", "2017-03-02/dns.log")
    for link in ("up", "up2"):
        (tmp_path / "2017-03-01" / link).symlink_to("..")
    (tmp_path / "again").symlink_to("2017-03-02")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "dns.copy.log").symlink_to("2017-03-02/dns.log")
    assert netlytics.open("zeek_to_DNS", tmp_path).to_arrow().num_rows == 4
    second = netlytics.open("zeek_to_DNS", tmp_path, start_day="2017_03_02", end_day="2017_03_02")
    assert second.to_arrow().num_rows == 2


@pytest.mark.parametrize("below", ["", "*/dns.log", "2017-03-0[12]"])
def test_only_days_below_the_given_path_count(tmp_path, below):
    folder = tmp_path / "archive-2016-05-01"
    logs.zeek_files(folder, "2017-03-01/dns.log", "2017-03-02/dns.log")
    path = f"{folder}/{below}"
    second = netlytics.open("zeek_to_DNS", path, start_day="2017_03_02", end_day="2017_03_02")
    assert second.to_arrow().num_rows == 2
    with pytest.raises(NetlyticsError, match="2 of other days"):
        netlytics.open("zeek_to_DNS", path, start_day="2016_05_01", end_day="2016_05_01")


def test_what_is_left_out_is_told(tmp_path, capsys):
    names = ["2017-03-01/dns.log", "2017-03-02/dns.log", "dns.log", b"dns.\xff.log"]
    logs.zeek_files(tmp_path, *names)
    days = {"start_day": "2017_03_01", "end_day": "2017_03_01"}
    first = netlytics.open("zeek_to_DNS", tmp_path, **days)
    assert first.to_arrow().num_rows == 2
    assert first.left_out == {
        "of other days": {"count": 1, "examples": ["2017-03-02"]},
        "without a day in their path": {"count": 1, "examples": ["dns.log"]},
        "with names that cannot be read": {"count": 1, "examples": ["dns.\\xff.log"]},
    }
    assert main(["show", "--connector", "zeek_to_DNS", str(tmp_path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "left out: 1 with names that cannot be read (dns.\\xff.log)" in told


@pytest.mark.parametrize("name", [b"dns.\xff.log", os.fsdecode(b"dns.\xff.log")])
def test_a_name_that_is_not_utf8_is_an_error_of_ours(tmp_path, name):
    logs.zeek_files(tmp_path, name)
    folder = os.fsencode(tmp_path) if isinstance(name, bytes) else str(tmp_path)
    with pytest.raises(NetlyticsError, match="not UTF-8") as raised:
        netlytics.open("zeek_to_DNS", os.path.join(folder, name))
    assert raised.value.path == str(tmp_path / r"dns.\xff.log")
    # Neither a terminal nor another process stumbles over the message.
    assert str(pickle.loads(pickle.dumps(raised.value))).encode()
    with pytest.raises(NetlyticsError, match=r"1 with names that cannot be read \(dns\.\\xff"):
        netlytics.open("zeek_to_DNS", tmp_path)
