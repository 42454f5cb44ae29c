"""Which processes run: no Python worker for our scripts, and executors that have only the jar."""

import sys

import pytest

import logs
from processes import Watch, python_workers
from tables import read_csv

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches processes through /proc")

JOBS = [
    ("domain_traffic", "squid_to_NamedFlows", "squid"),
    ("top_dns_servers", "zeek_to_DNS", "zeek"),
    ("save_dataframe", "zeek_to_HTTP", "zeek"),
]


def watched(submit, *arguments, **how):
    """Runs a script to its end; returns the command lines of all processes below it."""
    process = submit.start(*arguments, **how)
    watch = Watch(process.pid)
    _, err = process.communicate(timeout=240)
    lines = watch.stop()
    assert process.returncode == 0, err
    return lines


@pytest.mark.parametrize(("algorithm", "connector", "tool"), JOBS)
def test_our_jobs_start_no_python_worker(submit, tmp_path, algorithm, connector, tool):
    place = {"squid": logs.squid_tree, "zeek": logs.zeek_tree}[tool](tmp_path / tool)
    lines = watched(
        *(submit, submit.checkout / "scripts" / "run_job.py", "--connector", connector),
        *("--input_path", place, "--algo", algorithm, "--output_path", "out"),
    )
    assert any("run_job.py" in line for line in lines)
    assert python_workers(lines) == []


def test_the_watch_sees_workers_where_there_are_some(submit, checkout, tmp_path):
    (tmp_path / "lines.txt").write_text("a.org 10\n")
    lines = watched(
        *(submit, checkout / "scripts" / "run_query.py", "--query", "SELECT name FROM netlytics"),
        *("--connector", "own_code.LinesToNamedFlows", "--input_path", tmp_path / "lines.txt"),
        *("--start_day", "2017_03_01", "--end_day", "2017_03_01", "--output_file_local", "o.csv"),
        environment={"PYTHONPATH": str(checkout / "tests" / "programs")},
    )
    assert python_workers(lines)


def test_executors_of_a_cluster_get_the_library_from_the_jar(submit, checkout, tmp_path):
    logs.zeek_tree(tmp_path / "zeek")
    lines = watched(
        *(submit, checkout / "scripts" / "run_query.py", "--connector", "zeek_to_DNS"),
        *("--input_path", tmp_path / "zeek", "--output_file_local", "out.csv", "--query"),
        "SELECT query, count(*) AS n FROM netlytics GROUP BY query ORDER BY n DESC, query",
        master="local-cluster[2,1,1024]",
        options=("--conf", "spark.sql.files.openCostInBytes=134217728"),
    )
    executors = {line for line in lines if "CoarseGrainedExecutorBackend" in line}
    assert len({line.split("--executor-id ")[1].split()[0] for line in executors}) == 2
    assert python_workers(lines) == []
    assert read_csv(tmp_path / "out.csv")[1:] == [["b.org", "3"], ["a.org", "2"], ["c.org", "1"]]
