"""run_query.py and run_job.py with logs and output on HDFS: the answers of one machine."""

import json

import pytest

import netlytics
from algos.domain_traffic import DomainTraffic
from algos.top_DNS_servers import TopDNSServers
from tables import read_csv

pytestmark = pytest.mark.cluster

DAYS = ("2017_03_01", "2017_03_31")
QUERY = """SELECT resp_code, count(*) AS n FROM netlytics
           WHERE query LIKE '%example%' GROUP BY resp_code ORDER BY n DESC, resp_code"""


def between(days):
    """A range of days as arguments."""
    return "--start_day", days[0], "--end_day", days[1]


def query_of(folder):
    """Arguments of run_query.py but for its output."""
    return "--connector", "zeek_to_DNS", "--input_path", folder, *between(DAYS), "--query", QUERY


def job_of(connector, folder, algorithm):
    """Arguments of run_job.py but for its output."""
    source = ("--connector", connector, "--input_path", folder, *between(DAYS))
    return *source, "--algo", algorithm


@pytest.fixture
def answer(spark, zeek):
    """Rows of QUERY on local[2] from local files."""
    netlytics.read(spark, "zeek_to_DNS", str(zeek[0]), *DAYS).createOrReplaceTempView("netlytics")
    return [list(row) for row in spark.sql(QUERY).collect()]


@pytest.fixture
def local_report(spark, tmp_path):
    """The report.csv of an algorithm on local[2] from local files."""

    def report(algorithm, connector, folder):
        place = tmp_path / "here"
        algorithm(netlytics.read(spark, connector, str(folder), *DAYS), str(place)).run()
        return read_csv(place / "report.csv")

    return report


def json_rows(hdfs, directory):
    """Rows of the JSON files that a job left on HDFS, in the order of the parts."""
    names = hdfs.names(directory)
    assert "_SUCCESS" in names
    texts = [hdfs.text(f"{directory}/{name}") for name in names if name.startswith("part-")]
    return [json.loads(line) for text in texts for line in text.splitlines()]


def csv_rows(text):
    """Rows of a CSV text without quotes."""
    return [line.split(",") for line in text.splitlines()]


def test_query_into_a_local_file(on_yarn, zeek, answer, tmp_path):
    read, _ = on_yarn.client("run_query.py", *query_of(zeek[1]), "--output_file_local", "out.csv")
    assert read > 0
    assert read_csv(tmp_path / "out.csv")[1:] == [[code or "", str(n)] for code, n in answer]


@pytest.mark.parametrize("mode", ["client", "cluster"])
def test_query_into_hdfs(mode, on_yarn, hdfs, zeek, answer):
    output = f"/out/query-{mode}.json"
    run = getattr(on_yarn, mode)
    run("run_query.py", *query_of(zeek[1]), "--output_file_HDFS", hdfs.uri + output)
    assert [[row.get("resp_code"), row["n"]] for row in json_rows(hdfs, output)] == answer


def test_job_into_a_local_folder(on_yarn, squid, local_report, tmp_path):
    arguments = job_of("squid_to_NamedFlows", squid[1], "domain_traffic")
    on_yarn.client("run_job.py", *arguments, "--output_path", "there")
    expected = local_report(DomainTraffic, "squid_to_NamedFlows", squid[0])
    assert read_csv(tmp_path / "there" / "report.csv") == expected
    assert len(expected) > 5


def test_job_with_its_driver_on_the_cluster(on_yarn, hdfs, zeek, local_report):
    arguments = job_of("zeek_to_DNS", zeek[1], "top_dns_servers")
    read, _ = on_yarn.cluster("run_job.py", *arguments, "--output_path", f"{hdfs.uri}/out/servers")
    assert read > 0
    expected = local_report(TopDNSServers, "zeek_to_DNS", zeek[0])
    assert csv_rows(hdfs.text("/out/servers/report.csv")) == expected
