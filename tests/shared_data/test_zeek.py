"""Zeek logs of many versions, writers and hands: nothing is lost."""

import gzip
import json
import zlib
from collections import Counter
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest

import netlytics
from netlytics.errors import translated
from netlytics.summary import Summary

ROWS_OF_TWINS = 53615


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
    rows = [table.collect() for table in tables]
    assert [len(twin) for twin in rows] == [ROWS_OF_TWINS] * 2
    for number, (one, other) in enumerate(zip(*rows)):
        assert one == other, number


def logs_in(folder):
    """Every file under the folder that is, or claims to be, a Zeek log."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(found) > 100
    return [path for path in found if path.suffix != ".tsv"]


def text_of(path):
    """(bytes of a log, whether it is torn): what comes before the tear of a torn gzip file."""
    data = path.read_bytes()
    if not data.startswith(b"\x1f\x8b"):
        return data, False
    try:
        return gzip.decompress(data), False
    except (OSError, EOFError, zlib.error):
        return zlib.decompressobj(wbits=31).decompress(data), True


def lines_of(path):
    """Lines of a file that are not empty."""
    return [line for line in text_of(path)[0].split(b"\n") if line.strip(b"\r")]


def prefix_of(path):
    """What header lines of a log begin with."""
    return "PREFIX<>" if any(line.startswith(b"PREFIX<>") for line in lines_of(path)) else "#"


def records_of(path):
    """How many records and bad records a log must give together."""
    lines = lines_of(path)
    heads = (b"#", prefix_of(path).encode())
    records = [line for line in lines if not line.startswith(heads)]
    # A line of names alone is a header as well; a tear is one more bad record.
    only_names = bool(records) and records[0].startswith((b"t\t", b"ts\t"))
    return len(records) - only_names + text_of(path)[1]


def has_times(path):
    """Whether a log has its times: Zeek's own tests put XXXXXXXXXX.XXXXXX in their place."""
    return not any(line.startswith(b"XXXXXXXXXX.XXXXXX") for line in lines_of(path))


def stream_of(path):
    """The stream a log says it is of, or None."""
    for line in lines_of(path)[:12]:
        if line.startswith(b"#path"):
            return line[len(b"#path") + 1 :].decode()
    return None


STREAMS = [("zeek_to_DNS", "dns"), ("zeek_to_HTTP", "http")]
OTHER_STREAMS = ("conn", "ssl", "ssh", "files", "weird", "x509")


@pytest.mark.parametrize(("connector", "stream"), STREAMS)
def test_every_line_of_every_file_is_a_row_or_a_bad_record(
    spark, zeek, tmp_path, connector, stream
):
    """One scan of all files: a line is a row, a bad record, or counted under another log's name."""
    files = logs_in(zeek)
    bad, skipped, rows = Counter(), Counter(), 0
    for prefix in ("#", "PREFIX<>"):
        summary, place = Summary(spark), tmp_path / f"bad{len(prefix)}"
        paths = [str(path) for path in files if prefix_of(path) == prefix]
        options = {"metaPrefix": prefix, "badRecordsPath": str(place)}
        with translated():
            table = netlytics.read(spark, connector, paths, **options)
            table.write.format("noop").mode("overwrite").save()
        rows += summary.counts()["records"]
        skipped.update(summary.counts()["skipped"])
        bad.update(path for path, reason in bad_records(place) if reason)
    wrong, others = [], Counter()
    for path in files:
        of_file = records_of(path) - bad[str(path)]
        if of_file < 0:
            wrong.append(f"{path}: {bad[str(path)]} bad records, but {records_of(path)} lines")
        if stream_of(path) in OTHER_STREAMS:
            others[stream_of(path)] += of_file
        if stream_of(path) == stream and records_of(path) and has_times(path) and not of_file:
            wrong.append(f"{path}: no row of {records_of(path)} lines")
    wrong += [
        f"{name}: {lines} lines, but {skipped[name]} skipped"
        for name, lines in others.items()
        if skipped[name] < lines
    ]
    assert not wrong, "\n".join(wrong)
    read = rows + sum(bad.values()) + sum(skipped.values())
    assert read == sum(records_of(path) for path in files)


def bad_records(place):
    """(file, reason) of every record that a scan wrote to its badRecordsPath."""
    for file in place.glob("*.json"):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield url2pathname(urlparse(record["path"]).path), record["reason"]
