"""Programs and classes written for the reference."""

import pytest

import logs
from tables import read_csv


@pytest.fixture
def programs(checkout):
    """Folder of the users' programs."""
    return checkout / "tests" / "programs"


def test_a_program_for_the_reference_runs_unchanged(submit, checkout, programs, tmp_path):
    squid, zeek = logs.squid_tree(tmp_path / "squid"), logs.zeek_tree(tmp_path / "zeek")
    where = {"PYTHONPATH": str(checkout / "spark-glue" / "python")}
    result = submit(programs / "library_use.py", squid, zeek, "out", environment=where)
    assert result.returncode == 0, result.stderr
    assert read_csv(tmp_path / "out/traffic/report.csv")[1:] == logs.SQUID_MARCH[:2]
    assert len(read_csv(tmp_path / "out/all/dataframe.csv")) == 5
    assert sorted(read_csv(tmp_path / "out/resolvers/report.csv")[1:]) == [
        ["8.8.8.8", "2"],
        ["9.9.9.9", "3"],
    ]


def test_own_connector_and_algorithm_by_dotted_name(submit, programs, tmp_path):
    (tmp_path / "lines.txt").write_text("a.org 10\nb.org 20\na.org 30\n")
    own = {"PYTHONPATH": str(programs)}
    arguments = (
        *("--connector", "own_code.LinesToNamedFlows", "--input_path", tmp_path / "lines.txt"),
        *("--start_day", "2017_03_01", "--end_day", "2017_03_01", "--output_path", "out"),
    )
    result = submit.script(
        *("run_job.py", *arguments, "--algo", "own_code.CountFlows"),
        *("--params", '{"unit": "rows"}'),
        environment=own,
    )
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out" / "count.txt").read_text() == "3 rows\n"
    result = submit.script("run_job.py", *arguments, "--algo", "domain_traffic", environment=own)
    assert result.returncode == 0, result.stderr
    assert read_csv(tmp_path / "out/report.csv")[1:] == [["a.org", "40"], ["b.org", "20"]]


def test_own_anomaly_detection_by_dotted_name(submit, programs, tmp_path):
    (tmp_path / "lines.txt").write_text("a.org 10\nb.org 20\na.org 30\n")
    arguments = (
        *("run_anomaly_detection.py", "--connector", "own_code.LinesToNamedFlows"),
        *("--input_path", tmp_path / "lines.txt", "--output_path", "out"),
        *("--start_day", "2017_03_01", "--end_day", "2017_03_01"),
        *("--algo", "own_code.FarFromZero", "--params", '{"length": 15}'),
    )
    own = {"PYTHONPATH": str(programs)}
    features = ("--numerical_features", "s_bytes", "--categorical_features", "name")
    result = submit.script(*arguments, *features, environment=own)
    assert result.returncode == 0, result.stderr
    header, *rows = read_csv(tmp_path / "out/results.csv")
    assert header == ["name", "s_bytes", "length"]
    assert [row[:2] for row in rows] == [["b.org", "20"], ["a.org", "30"]]
    result = submit.script(*arguments, environment=own)
    assert result.returncode == 2
    assert "there are no features" in result.stderr
    result = submit.script(*arguments, *features, "--plot", "out.png", environment=own)
    assert result.returncode == 2
    assert "only NetLytics' own algorithms draw" in result.stderr


def test_own_connector_takes_no_reader_options(submit, programs):
    result = submit.script(
        *("run_job.py", "--connector", "own_code.LinesToNamedFlows", "--input_path", "x"),
        *("--algo", "save_dataframe", "--output_path", "out", "--mode", "FAILFAST"),
        environment={"PYTHONPATH": str(programs)},
    )
    assert result.returncode == 2
    assert "do not reach own_code.LinesToNamedFlows" in result.stderr
