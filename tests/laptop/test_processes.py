"""Errors and reads where there are several processes."""

import multiprocessing
import pickle
import subprocess
import sys

import pytest

import netlytics
from netlytics.errors import NetlyticsError, UsageError

# Long enough for a slow machine; only what hangs takes it.
SECONDS = 120


@pytest.mark.parametrize(
    "error",
    [
        NetlyticsError("BadInput", "no time", "dns.log", 1, 2, 3, "ts", "a time"),
        NetlyticsError("Io", "gone"),
        UsageError("no such name"),
    ],
)
def test_errors_can_be_pickled(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def rows_of(path):
    return netlytics.open("zeek_to_DNS", path).to_arrow().num_rows


def test_an_error_in_a_pool_reaches_the_parent(zeek, tmp_path):
    with multiprocessing.Pool(2) as pool:
        with pytest.raises(NetlyticsError, match="does not exist") as raised:
            pool.map_async(rows_of, [zeek, tmp_path / "nothing"]).get(SECONDS)
        assert raised.value.path == str(tmp_path / "nothing")
        assert pool.map_async(rows_of, [zeek, zeek]).get(SECONDS) == [6, 6]


FORKED = """
import os, sys
import pyarrow
import netlytics

table = netlytics.open("zeek_to_DNS", sys.argv[1])
reader = pyarrow.RecordBatchReader.from_stream(table)
rows = reader.read_next_batch().num_rows
child = os.fork()
if child == 0:
    try:
        reader.read_next_batch()
    except pyarrow.ArrowInvalid as error:
        print("spawn" in str(error), table.failure.kind)
    del reader
    print(netlytics.open("zeek_to_DNS", sys.argv[2]).to_arrow().num_rows, flush=True)
    os._exit(0)
print(os.waitpid(child, 0)[1], rows + sum(batch.num_rows for batch in reader))
"""


def test_a_forked_child_is_told_to_read_anew(large, zeek, checkout):
    path, count = large
    done = subprocess.run(
        [sys.executable, "-c", FORKED, str(path), str(zeek)],
        env={"PYTHONPATH": str(checkout / "spark-glue" / "python")},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.stdout.splitlines() == ["True Io", "6", f"0 {count}"], done.stderr


UTF_16 = """
import sys
import netlytics

try:
    netlytics.open("zeek_to_DNS", sys.argv[1], mode="FAILFAST").to_arrow()
except netlytics.NetlyticsError as error:
    print(error.kind, error.message)
"""


def test_odd_bytes_in_a_message_do_not_end_the_process(tmp_path, checkout):
    log = tmp_path / "dns.log"
    log.write_bytes("#fields\tts\tquery\n1.5\ta.org\n".encode("utf-16-le"))
    done = subprocess.run(
        [sys.executable, "-c", UTF_16, str(log)],
        env={"PYTHONPATH": str(checkout / "spark-glue" / "python")},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("BadInput ")
    assert r"\x00" in done.stdout
    assert "\0" not in done.stdout
