"""run_anomaly_detection.py as users run it."""

import csv

import pytest

import logs
import reference_commands
from spark_versions import VERSIONS, submit_of

QUERY = (
    "SELECT floor(time_start / 60) * 60 AS time, sum(s_bytes) AS value FROM netlytics GROUP BY 1"
)


def rows_of(file):
    """The rows of a CSV file as dicts."""
    with file.open() as opened:
        return list(csv.DictReader(opened))


def test_the_command_of_the_reference(submit, tmp_path, sample_logs):
    result = submit.script(
        "run_anomaly_detection.py", *reference_commands.ANOMALIES, "--plot", "out.png"
    )
    assert result.returncode == 0, result.stderr
    rows = rows_of(tmp_path / "S_H_ESD_output" / "results.csv")
    assert list(rows[0]) == ["time", "value", "trend", "residual", "outlier"]
    assert [row["time"] for row in rows] == sorted(row["time"] for row in rows)
    assert rows[0]["time"].startswith("2017-03-01T")
    assert rows[0]["time"].endswith("Z")
    outliers = sum(row["outlier"] == "true" for row in rows)
    assert f"NetLytics: {outliers:,} outliers of {len(rows):,} points in 1 series" in result.stderr
    # The month has flows in few of its minutes.
    assert "their rows were taken as equally spaced" in result.stderr
    # The logs were read as another table than the connector's.
    assert "squid_to_NamedFlows" in result.stderr
    assert (tmp_path / "out.png").stat().st_size > 10_000


@pytest.mark.versions
@pytest.mark.parametrize("version", VERSIONS)
def test_each_spark_finds_the_same(version, jar, checkout, tmp_path, sample_logs):
    submit = submit_of(version, jar, checkout, tmp_path)
    result = submit.script("run_anomaly_detection.py", *reference_commands.ANOMALIES)
    assert result.returncode == 0, result.stderr
    assert "NetLytics: 70 outliers of 317 points in 1 series" in result.stderr


def test_executors_need_only_the_jar(submit, tmp_path, sample_logs):
    places = ("logs/squid", "S_H_ESD_output")
    arguments = [
        f"{tmp_path}/{argument}" if argument in places else argument
        for argument in reference_commands.ANOMALIES
    ]
    result = submit.script("run_anomaly_detection.py", *arguments, master="local-cluster[2,1,1024]")
    assert result.returncode == 0, result.stderr
    assert len(rows_of(tmp_path / "S_H_ESD_output" / "results.csv")) == 317


def test_large_transfers(submit, tmp_path, sample_logs):
    result = submit.script(
        "run_anomaly_detection.py",
        *("--connector", "squid_to_NamedFlows", "--input_path", "logs/squid"),
        *("--algo", "algos.anomaly_detection.univariate_anomalies.UnivariateAnomalies"),
        *("--params", '{"method": "boxplot", "group_by": ["c_ip"]}'),
        *("--numerical_features", "s_bytes", "--output_path", "out", "--plot", "out.html"),
    )
    assert result.returncode == 0, result.stderr
    rows = rows_of(tmp_path / "out" / "results.csv")
    assert rows
    assert f"NetLytics: {len(rows):,} rows outside their bounds" in result.stderr
    assert {"c_ip", "name", "s_bytes", "time_start"} <= set(rows[0])
    assert "<svg" in (tmp_path / "out.html").read_text()


def test_mistakes_of_the_command_line(submit, tmp_path):
    folder = logs.squid_tree(tmp_path / "squid")
    place = ("--connector", "squid_to_NamedFlows", "--input_path", folder, "--output_path", "out")
    feature = ("--numerical_features", "s_bytes")
    for arguments, message in [
        (("--algo", "s_h_esd"), "names 0 columns"),
        (("--algo", "s_h_es", *feature), "did you mean s_h_esd"),
        (("--algo", "domain_traffic", *feature), "is run by run_job.py"),
        (("--algo", "s_h_esd", *feature, "--plot", "out.pdf"), "ends with .png or .html"),
        (("--algo", "univariate", *feature, "--params", '{"method": "box"}'), "boxplot"),
    ]:
        result = submit.script("run_anomaly_detection.py", *place, *arguments)
        assert result.returncode == 2
        assert message in result.stderr
