"""run_anomaly_detection.py as users run it."""

import csv

import pytest

import logs

QUERY = (
    "SELECT floor(time_start / 60) * 60 AS time, sum(s_bytes) AS value FROM netlytics GROUP BY 1"
)
# The reference's example, word for word. Its connector gives no such columns.
OF_THE_REFERENCE = (
    *("--connector", "connectors.squid_to_HTTP.Squid_To_HTTP"),
    *("--input_path", "logs/squid"),
    *("--start_day", "2017_03_01", "--end_day", "2017_03_31"),
    *("--algo", "algos.anomaly_detection.S_H_ESD.S_H_ESD"),
    "--query",
    "select FLOOR(time_start/60)*60 as time, sum(s_bytes) as value from netlytics "
    "group by FLOOR(time_start/60) * 60 order by time",
    *("--numerical_features", "value"),
    *("--output_path", "S_H_ESD_output"),
)


def rows_of(file):
    """The rows of a CSV file as dicts."""
    with file.open() as opened:
        return list(csv.DictReader(opened))


@pytest.fixture
def sample_logs(submit, tmp_path):
    """The folder ``logs`` of examples, in the working folder."""
    (tmp_path / "logs").symlink_to(submit.checkout / "examples" / "logs")


def test_the_command_of_the_reference(submit, tmp_path, sample_logs):
    result = submit.script("run_anomaly_detection.py", *OF_THE_REFERENCE, "--plot", "out.png")
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
