"""An executor or a data node is killed in mid job: the answer is the same."""

import json
import os
import signal
import time

import pytest

import logs
import netlytics
from tables import read_csv

pytestmark = pytest.mark.cluster

FILES = 8
ROWS = 15
SLEEP_MILLIS = 150
# Each row takes its time, and every file has the same names: lost or doubled rows show.
SLOW = f"""SELECT query, count(slept) AS n FROM (
    SELECT query, reflect('java.lang.Thread', 'sleep', {SLEEP_MILLIS}L) AS slept FROM netlytics
) GROUP BY query ORDER BY query"""


@pytest.fixture(scope="module")
def slow_logs(hdfs, tmp_path_factory):
    """HDFS folder of eight plain Zeek logs, on both data nodes: 15 rows and a bad line each."""
    folder = tmp_path_factory.mktemp("logs") / "slow"
    for number in range(FILES):
        good = [f"{row}.example" for row in range(ROWS)]
        lines = logs.zeek("dns", logs.ZEEK_DNS_FIELDS, logs.dns_rows(good)).splitlines()
        lines.insert(-1, f"bad line {number}")
        text = "\n".join([*lines, ""])
        logs.write(folder / "2017-03-01" / f"dns.{number:02}.log", text)
    return hdfs.put(folder, "/slow", replication=2)


def test_an_executor_is_killed(on_yarn, cluster, hdfs, slow_logs, tmp_path):
    job = on_yarn.start(
        *("run_query.py", "--connector", "zeek_to_DNS", "--input_path", slow_logs),
        *("--query", SLOW, "--option", f"badRecordsPath={hdfs.uri}/bad/slow"),
        *("--output_file_local", "out.csv"),
        **{
            "spark.executor.instances": "2",
            "spark.executor.cores": "1",
            # A task a file.
            "spark.sql.files.maxPartitionBytes": "1MB",
        },
    )
    await_that(lambda: len(finished(hdfs, "/bad/slow")) >= 3, job)
    # With it go the results of the tasks it has finished: they have to run again.
    os.kill(cluster.executors()[0], signal.SIGKILL)
    assert job.poll() is None
    out, err = job.communicate(timeout=120)
    assert job.returncode == 0, out + err + cluster.said()
    assert read_csv(tmp_path / "out.csv")[1:] == sorted(
        [f"{row}.example", str(FILES)] for row in range(ROWS)
    )
    texts = [hdfs.text(f"/bad/slow/{name}") for name in finished(hdfs, "/bad/slow")]
    bad = [json.loads(line)["text"] for text in texts for line in text.splitlines()]
    assert sorted(bad) == [f"bad line {number}" for number in range(FILES)]


def test_a_data_node_is_stopped(spark, cluster, hdfs, slow_logs):
    table = netlytics.read(spark, "zeek_to_DNS", slow_logs)
    assert table.count() == FILES * ROWS
    cluster.tell("stop-data-node", "127.0.0.2")
    try:
        assert table.count() == FILES * ROWS
    finally:
        cluster.tell("start-data-node", "127.0.0.2")


def finished(hdfs, directory):
    """Names of the files of bad records of the tasks that have ended."""
    return [name for name in hdfs.names(directory) if name.startswith("bad-records-")]


def await_that(happened, job, seconds=90):
    """Waits for something that a running job does."""
    end = time.monotonic() + seconds
    while not happened():
        assert job.poll() is None, job.communicate()
        assert time.monotonic() < end, "the job was too slow"
        time.sleep(0.1)
