"""run_anomaly_detection.py as users run it."""

import csv

import logs

QUERY = (
    "SELECT floor(time_start / 60) * 60 AS time, sum(s_bytes) AS value FROM netlytics GROUP BY 1"
)


def test_bytes_per_minute_of_squid(submit, tmp_path):
    folder = submit.checkout / "examples" / "logs" / "squid"
    result = submit.script(
        "run_anomaly_detection.py",
        *("--connector", "connectors.squid_to_named_flows.Squid_To_Named_Flows"),
        *("--input_path", folder, "--algo", "algos.anomaly_detection.S_H_ESD.S_H_ESD"),
        *("--query", QUERY, "--numerical_features", "value", "--params", '{"gaps": "ignore"}'),
        *("--output_path", "out"),
    )
    assert result.returncode == 0, result.stderr
    with (tmp_path / "out" / "results.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["time", "value", "trend", "residual", "outlier"]
    assert [row["time"] for row in rows] == sorted(row["time"] for row in rows)
    assert rows[0]["time"].endswith("Z")


def test_mistakes_of_the_command_line(submit, tmp_path):
    folder = logs.squid_tree(tmp_path / "squid")
    place = ("--connector", "squid_to_NamedFlows", "--input_path", folder, "--output_path", "out")
    for arguments, message in [
        (("--algo", "s_h_esd"), "names 0 columns"),
        (("--algo", "s_h_es", "--numerical_features", "s_bytes"), "did you mean s_h_esd"),
        (("--algo", "domain_traffic", "--numerical_features", "s_bytes"), "is run by run_job.py"),
    ]:
        result = submit.script("run_anomaly_detection.py", *place, *arguments)
        assert result.returncode == 2
        assert message in result.stderr
