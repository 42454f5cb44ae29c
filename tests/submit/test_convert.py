"""convert.py as users run it."""

import re

import pytest

import part_logs
from processes import Watch, python_workers


def arguments(connector, folder, *more):
    """Arguments of convert.py, into ``out``."""
    return ("--connector", connector, "--input_path", folder, "--output_path", "out", *more)


def test_logs_become_parquet_by_day_and_back(submit, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = part_logs.tstat_day(tmp_path / "logs", bad=True)
    result = submit.script("convert.py", *arguments("connectors.tstat_to_DNS.Tstat_To_DNS", folder))
    assert result.returncode == 0, result.stderr
    assert re.search(r"^NetLytics: 5 rows read, 1 malformed, ", result.stderr, re.MULTILINE)
    assert [path.name for path in (tmp_path / "out").glob("day=*")] == ["day=2017-03-01"]
    (file,) = (tmp_path / "out" / "day=2017-03-01").glob("*.parquet")
    read = parquet.ParquetFile(file)
    assert read.metadata.row_group(0).column(0).compression == "ZSTD"
    rows = read.read().to_pylist()
    columns = ("c_ip", "query", "req_time", "resp_time", "resp_code", "answers")
    assert sorted(tuple(row[name] for name in columns) for row in rows) == part_logs.EXCHANGES
    assert not list(tmp_path.glob(".netlytics-*"))

    again = submit.script("convert.py", *arguments("tstat_to_DNS", folder))
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert file.exists()
    days = ("--start_day", "2017_03_01", "--end_day", "2017_03_01")
    again = submit.script("convert.py", *arguments("tstat_to_HTTP", folder, "--overwrite", *days))
    assert again.returncode == 0, again.stderr
    assert not file.exists()


def test_lines_skipped_are_told_by_kind(submit, tmp_path):
    folder = part_logs.bind_day(tmp_path / "logs")
    process = submit.start(
        submit.checkout / "scripts" / "convert.py", *arguments("bind_to_DNS", folder)
    )
    watch = Watch(process.pid)
    _, err = process.communicate(timeout=240)
    assert python_workers(watch.stop()) == []
    assert process.returncode == 0, err
    assert "NetLytics: 3 rows read, 0 malformed" in err
    assert "NetLytics: skipped 1 line: 1 query-errors" in err


def test_failfast_leaves_nothing(submit, tmp_path):
    folder = part_logs.tstat_day(tmp_path / "logs", bad=True)
    result = submit.script("convert.py", *arguments("tstat_to_HTTP", folder, "--mode", "FAILFAST"))
    assert result.returncode == 1
    assert "log_http_complete" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_wrong_options_are_status_2(submit, tmp_path):
    folder = part_logs.tstat_day(tmp_path / "logs")
    option = ("--option", "pairResponse=false")
    result = submit.script("convert.py", *arguments("tstat_to_HTTP", folder, *option))
    assert result.returncode == 2
    assert "did you mean pairResponses" in result.stderr
