"""The three jobs, called as programs written for the reference call them."""

import pytest

import core.utils
from algos.domain_traffic import DomainTraffic
from algos.save_Dataframe import SaveDataFrame
from algos.top_DNS_servers import TopDNSServers
from logs import SQUID_MARCH
from netlytics.errors import UsageError
from tables import read_csv

MARCH = ("2017_03_01", "2017_03_31")


@pytest.fixture
def flows(spark, squid_folder):
    """The Squid month as flows."""
    return core.utils.get_dataset(
        spark.sparkContext,
        spark,
        ".",
        "connectors.squid_to_named_flows.Squid_To_Named_Flows",
        str(squid_folder),
        *MARCH,
    )


def test_domain_traffic(flows):
    DomainTraffic(flows, "out", "/tmp", "staging", "", "").run()
    assert read_csv("out/report.csv") == [["domain", "bytes"], *SQUID_MARCH]


@pytest.mark.parametrize("name", ["N", "N_TOP"])
def test_domain_traffic_cut_short(flows, name):
    job = DomainTraffic(flows, "out")
    job.parameters[name] = 1
    job.run()
    assert read_csv("out/report.csv") == [["domain", "bytes"], SQUID_MARCH[0]]


def test_domain_traffic_of_ties_and_nulls(spark):
    rows = [("b", 1, 1), ("a", 2, None), (None, None, None), ("z", None, 7), (None, 1, None)]
    table = spark.createDataFrame(rows, "name string, s_bytes long, c_bytes long")
    DomainTraffic(table, "out").run()
    assert read_csv("out/report.csv")[1:] == [["z", "7"], ["a", "2"], ["b", "2"], ["", "1"]]


def test_top_dns_servers(spark, zeek_folder):
    dns = core.utils.get_dataset(
        spark.sparkContext, spark, ".", "zeek_to_DNS", str(zeek_folder), *MARCH
    )
    TopDNSServers(dns, "out").run()
    assert read_csv("out/report.csv") == [
        ["resolver", "queries"],
        ["8.8.8.8", "3"],
        ["9.9.9.9", "3"],
    ]


def test_save_dataframe(flows):
    SaveDataFrame(flows, "out").run()
    head, *rows = read_csv("out/dataframe.csv")
    assert head == flows.columns
    assert len(rows) == 4
    starts = [row[head.index("time_start")] for row in rows]
    assert sorted(starts)[0] == "1488326400.0"
    job = SaveDataFrame(flows, "out")
    job.parameters["N"] = 2
    job.run()
    assert len(read_csv("out/dataframe.csv")) == 3


def test_wrong_parameters_are_refused(flows):
    job = DomainTraffic(flows, "out")
    job.parameters["NTOP"] = 2
    with pytest.raises(UsageError, match="did you mean N_TOP"):
        job.run()
