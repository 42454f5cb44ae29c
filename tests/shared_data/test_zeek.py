"""Zeek logs of many versions, writers and hands: each is read or refused, and nothing is lost."""

import gzip
import zlib

import pytest

import netlytics
from netlytics.errors import NetlyticsError, translated
from netlytics.summary import Summary

ROWS_OF_TWINS = 53615
# The JSON twin has intervals in full, the TSV one in microseconds.
MICROSECOND = 1e-6


@pytest.fixture(scope="module")
def zeek(shared_data):
    """The folder of Zeek logs."""
    return shared_data / "zeek"


def test_tsv_and_json_twins_are_one_table(spark, zeek):
    folder = zeek / "zed-sample-data"
    tables = [
        netlytics.read(spark, "zeek_to_DNS", str(folder / name), mode="FAILFAST")
        for name in ("zeek-default/dns.log.gz", "zeek-json/dns.json.gz")
    ]
    # Both files have the same order, and a gzip file is read by one task.
    tsv, json = [table.collect() for table in tables]
    assert len(tsv) == len(json) == ROWS_OF_TWINS
    for number, (one, other) in enumerate(zip(tsv, json)):
        one, other = one.asDict(), other.asDict()
        times = [row.pop("resp_time") for row in (one, other)]
        assert one == other, number
        assert times[0] == pytest.approx(times[1], rel=0, abs=MICROSECOND), number


def logs_in(folder):
    """Every file under the folder that is, or claims to be, a Zeek log."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(found) > 100
    return [path for path in found if path.suffix != ".tsv"]


def lines_of(path):
    """Lines of a file that are not empty; those before the tear if it is a torn gzip file."""
    data = path.read_bytes()
    if data.startswith(b"\x1f\x8b"):
        inflate = zlib.decompressobj(wbits=31)
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            data = inflate.decompress(data)
    return [line for line in data.split(b"\n") if line.strip(b"\r")]


def records_of(path):
    """Lines that are records: no header lines, whatever the log's own prefix for them is."""
    lines = lines_of(path)
    prefix = b"PREFIX<>" if any(line.startswith(b"PREFIX<>") for line in lines) else b"#"
    return [line for line in lines if not line.startswith(prefix)]


def stream_of(path):
    """The stream a log says it is of, or None."""
    for line in lines_of(path)[:12]:
        if line.startswith(b"#path"):
            return line.split()[1].decode()
    return None


@pytest.mark.parametrize(
    ("connector", "stream"), [("zeek_to_DNS", "dns"), ("zeek_to_HTTP", "http")]
)
def test_every_file_is_read_or_refused_and_the_counts_add_up(spark, zeek, connector, stream):
    read, refused, wrong = [], [], []
    for path in logs_in(zeek):
        summary = Summary(spark)
        try:
            with translated():
                table = netlytics.read(spark, connector, str(path))
                rows = len(table.collect())
        except NetlyticsError as error:
            refused.append(path)
            if path.name not in str(error):
                wrong.append(f"{path}: the refusal does not name the file: {error}")
            if stream_of(path) == stream:
                wrong.append(f"{path}: refused: {error}")
            continue
        read.append(path)
        bad, expected = summary.counts()["malformed"], len(records_of(path))
        if rows + bad != expected:
            wrong.append(f"{path}: {rows} rows + {bad} bad records, but {expected} lines")
        if stream_of(path) == stream and expected and not rows:
            wrong.append(f"{path}: no row of {expected} lines")
    assert wrong == []
    assert len(read) >= 15
    assert len(read) + len(refused) == len(logs_in(zeek))
