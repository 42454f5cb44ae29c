"""The scripts on tables that are put together from parts."""

import pytest

import part_logs
from processes import Watch, python_workers
from tables import read_csv

CASES = {
    "zeek_to_NamedFlows": (part_logs.zeek_day, "name, s_bytes", part_logs.FLOWS, (2, 3)),
    "tstat_to_DNS": (part_logs.tstat_day, "query, resp_code", part_logs.EXCHANGES, (1, 4)),
    "tstat_to_HTTP": (part_logs.tstat_day, "path, status_code", part_logs.TRANSACTIONS, (1, 4)),
}


@pytest.mark.parametrize("connector", CASES)
def test_run_query(submit, tmp_path, connector):
    write, columns, rows, places = CASES[connector]
    result = submit.script(
        *("run_query.py", "--connector", connector, "--input_path", write(tmp_path / "logs")),
        *("--start_day", "2017_03_01", "--end_day", "2017_03_01", "--output_file_local", "o.csv"),
        *("--query", f"SELECT {columns} FROM netlytics", "--mode", "FAILFAST"),
    )
    assert result.returncode == 0, result.stderr
    expected = [["" if row[place] is None else str(row[place]) for place in places] for row in rows]
    assert sorted(read_csv(tmp_path / "o.csv")[1:]) == sorted(expected)


def test_run_query_of_the_bad_lines(submit, tmp_path):
    result = submit.script(
        *("run_query.py", "--connector", "zeek_to_NamedFlows", "--output_file_local", "bad.csv"),
        *("--input_path", part_logs.zeek_day(tmp_path / "logs", bad=True), "--query"),
        "SELECT _corrupt_record FROM netlytics WHERE _corrupt_record IS NOT NULL",
    )
    assert result.returncode == 0, result.stderr
    assert read_csv(tmp_path / "bad.csv")[1:] == [[part_logs.BAD]] * 4
    assert "4 malformed" in result.stderr


def test_run_job_on_a_cluster_of_two(submit, tmp_path):
    """Domain traffic, with executors that have only the jar, and no Python worker."""
    process = submit.start(
        *(submit.checkout / "scripts" / "run_job.py", "--connector"),
        *("connectors.bro_to_named_flows.Bro_To_Named_Flows", "--algo", "domain_traffic"),
        *("--input_path", part_logs.zeek_day(tmp_path / "logs"), "--output_path", "out"),
        master="local-cluster[2,1,1024]",
    )
    watch = Watch(process.pid)
    _, err = process.communicate(timeout=240)
    lines = watch.stop()
    assert process.returncode == 0, err
    assert any("CoarseGrainedExecutorBackend" in line for line in lines)
    assert python_workers(lines) == []
    assert read_csv(tmp_path / "out" / "report.csv")[1:] == [
        *(["d.org", "3300"], ["s.org", "2200"], ["a.org", "1100"], ["", "0"]),
    ]
