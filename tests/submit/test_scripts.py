"""The scripts as users run them: outputs, messages, exit status."""

import json
import re

import pytest

import logs
from tables import read_csv

MARCH = ("--start_day", "2017_03_01", "--end_day", "2017_03_31")
SUMMARY = re.compile(r"^NetLytics: ([\d,]+) rows read, ([\d,]+) malformed, .* s$", re.MULTILINE)


def succeeded(result):
    """Checks a run's exit status; returns (rows read, malformed) of its summary."""
    assert result.returncode == 0, result.stderr
    found = SUMMARY.search(result.stderr)
    assert found, result.stderr
    return tuple(int(number.replace(",", "")) for number in found.groups())


def failed(result, status):
    """Checks that a run ended with one clear line and no Python traceback; returns the line."""
    assert result.returncode == status, result.stderr
    assert "Traceback (most recent call last)" not in result.stderr
    lines = [line for line in result.stderr.splitlines() if ".py: error: " in line]
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_query_with_the_names_of_the_reference(submit, squid_folder, tmp_path):
    result = submit.script(
        "run_query.py",
        "--connector",
        "connectors.squid_to_named_flows.Squid_To_Named_Flows",
        "--input_path",
        squid_folder,
        *MARCH,
        "--query",
        "SELECT name, SUM(s_bytes) AS traffic FROM netlytics GROUP BY name ORDER BY 2 DESC",
        "--output_file_local",
        "traffic_name.csv",
    )
    assert succeeded(result) == (4, 0)
    assert read_csv(tmp_path / "traffic_name.csv") == [["name", "traffic"], *logs.SQUID_MARCH]
    assert not (tmp_path / "tmp").exists()


def test_query_into_a_directory(submit, zeek_folder, tmp_path):
    result = submit.script(
        "run_query.py",
        *("--connector", "zeek_to_DNS", "--input_path", zeek_folder, "--query"),
        "SELECT query, answers FROM netlytics WHERE query = 'b.org'",
        *("--output_file_HDFS", "answers.json", "--mode", "failfast", "--option", "batchrows=1"),
    )
    assert succeeded(result)[1] == 0
    parts = sorted((tmp_path / "answers.json").glob("part-*.json"))
    rows = [json.loads(line) for part in parts for line in part.read_text().splitlines()]
    assert rows == [{"query": "b.org", "answers": ["192.0.2.1", "192.0.2.2"]}] * 3


def test_query_of_bad_lines(submit, tmp_path):
    good = "\t".join(logs.DNS_ROW[field] for field in logs.ZEEK_DNS_FIELDS.split())
    log = logs.zeek_lines("dns", logs.ZEEK_DNS_FIELDS, [good, "not a row", good])
    logs.write(tmp_path / "zeek" / "dns.log", log)
    result = submit.script(
        "run_query.py",
        *("--connector", "zeek_to_DNS", "--input_path", tmp_path / "zeek", "--query"),
        "SELECT _corrupt_record FROM netlytics WHERE _corrupt_record IS NOT NULL",
        *("--output_file_local", "bad.csv"),
    )
    assert succeeded(result)[1] == 1
    assert read_csv(tmp_path / "bad.csv") == [["_corrupt_record"], ["not a row"]]


def test_job_with_the_names_of_the_reference(submit, squid_folder, tmp_path):
    result = submit.script(
        "run_job.py",
        *("--connector", "connectors.squid_to_named_flows.Squid_To_Named_Flows"),
        *("--input_path", squid_folder, *MARCH, "--algo", "algos.domain_traffic.DomainTraffic"),
        *("--params", '{"N":2}', "--output_path", "results_DOMAIN_TRAFFIC"),
    )
    assert succeeded(result) == (4, 0)
    report = read_csv(tmp_path / "results_DOMAIN_TRAFFIC" / "report.csv")
    assert report == [["domain", "bytes"], *logs.SQUID_MARCH[:2]]


def test_job_into_a_uri_with_a_temporary_directory(submit, zeek_folder, tmp_path):
    result = submit.script(
        "run_job.py",
        *("--connector", "zeek_to_DNS", "--input_path", zeek_folder.as_uri()),
        *("--algo", "top_dns_servers", "--output_path", (tmp_path / "out").as_uri()),
        *("--temp_dir_HDFS", (tmp_path / "staging").as_uri()),
    )
    assert succeeded(result) == (6, 0)
    assert read_csv(tmp_path / "out" / "report.csv")[1:] == [["8.8.8.8", "3"], ["9.9.9.9", "3"]]
    assert not (tmp_path / "staging").exists()


def query_of(folder, *more):
    """Arguments of a query over all columns."""
    return (
        *("--connector", "zeek_to_DNS", "--input_path", folder, "--output_file_local", "out.csv"),
        *("--query", "SELECT * FROM netlytics", *more),
    )


def test_a_missing_path_is_status_1(submit, tmp_path):
    line = failed(submit.script("run_query.py", *query_of(tmp_path / "no" / "such")), 1)
    assert "no/such" in line


def test_days_without_logs_are_status_1(submit, zeek_folder):
    days = ("--start_day", "2018_01_01", "--end_day", "2018_01_02")
    line = failed(submit.script("run_query.py", *query_of(zeek_folder, *days)), 1)
    assert "2018_01_01" in line


def test_failfast_is_status_1_with_file_and_offset(submit, tmp_path):
    log = logs.zeek_lines("dns", logs.ZEEK_DNS_FIELDS, ["not a row"])
    path = logs.write(tmp_path / "zeek" / "dns.log", log)
    result = submit.script("run_query.py", *query_of(path.parent, "--mode", "FAILFAST"))
    line = failed(result, 1)
    assert "dns.log" in line
    assert str(log.index("not a row")) in line
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "tmp").exists()


def test_wrong_sql_is_status_1(submit, zeek_folder):
    arguments = query_of(zeek_folder)[:-1]
    line = failed(submit.script("run_query.py", *arguments, "SELEC * FROM netlytics"), 1)
    assert "SELEC" in line


def test_an_unknown_connector_is_status_2(submit, zeek_folder):
    result = submit.script("run_query.py", *query_of(zeek_folder, "--connector", "zeek_to_DSN"))
    assert result.returncode == 2
    assert "did you mean zeek_to_DNS" in result.stderr


def test_without_the_jar_the_message_names_it(submit, zeek_folder):
    line = failed(submit.script("run_query.py", *query_of(zeek_folder), with_jar=False), 1)
    assert "--jars" in line
    assert "netlytics-spark.jar" in line


@pytest.mark.parametrize("script", ["run_query.py", "run_job.py", "convert.py"])
def test_help(submit, script):
    result = submit.script(script, "--help")
    assert result.returncode == 0
    assert "squid_to_NamedFlows" in result.stdout
