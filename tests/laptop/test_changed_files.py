"""Logs that are rotated, cut or written to while they are read."""

import os

import pyarrow
import pytest

import logs
import netlytics
from netlytics.errors import NetlyticsError

HEADER = "#fields\tts\tquery\n"


@pytest.fixture
def log(tmp_path):
    """A log of three rows and the table that was opened over it."""
    path = logs.write(
        tmp_path / "dns.log", HEADER + "".join(f"{n}.5\tn{n}.org\n" for n in range(3))
    )
    # Clocks of file systems are coarse: what is written next must not have the same time.
    os.utime(path, (0, 0))
    return path, netlytics.open("zeek_to_DNS", tmp_path, columns=["query"])


def test_a_log_that_is_rotated_while_it_is_read_is_read_to_its_end(large, tmp_path):
    path, count = large
    log = tmp_path / "dns.log"
    os.link(path, log)
    table = netlytics.open("zeek_to_DNS", log)
    reader = pyarrow.RecordBatchReader.from_stream(table)
    rows = reader.read_next_batch().num_rows
    log.rename(tmp_path / "dns.1.log")
    logs.write(log, HEADER + "1.5\tanother.org\n")
    assert rows + sum(batch.num_rows for batch in reader) == count
    assert table.totals["bytes"] == path.stat().st_size
    with pytest.raises(NetlyticsError, match="replaced by another") as raised:
        table.to_arrow()
    assert (raised.value.kind, raised.value.path) == ("Io", str(log))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda path: os.truncate(path, 30), "is 30 now"),
        (lambda path: path.write_text(path.read_text().replace("org", "com")), "written anew"),
        (
            lambda path: (path.rename(f"{path}.1"), path.write_text(HEADER + "1.5\ta.org\n" * 9)),
            "replaced",
        ),
    ],
)
def test_a_log_that_is_no_longer_the_one_that_was_listed_is_an_error(log, change, told):
    path, table = log
    change(path)
    with pytest.raises(NetlyticsError, match=told) as raised:
        table.to_arrow()
    assert raised.value.path == str(path)


def test_rows_appended_since_are_left_out(log):
    path, table = log
    with path.open("a") as out:
        out.write("9.5\tlater.org\n")
    assert table.to_arrow()["query"].to_pylist() == ["n0.org", "n1.org", "n2.org"]
    assert table.totals["bytes"] == table.bytes
