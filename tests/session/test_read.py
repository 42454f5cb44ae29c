"""netlytics.read and core.utils.get_dataset."""

import pytest

import core.utils
import logs
import netlytics
from netlytics import registry
from netlytics.errors import NetlyticsError, UsageError, translated


def queries(table):
    """Sorted names of a DNS table."""
    return sorted(row["query"] for row in table.select("query").collect())


def test_a_row_has_all_its_columns(spark, zeek_folder):
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder), "2017_03_03", "2017_03_03")
    names = [field["name"] for field in registry.table_schema("DNS")["fields"]]
    assert table.columns == names
    assert [row.asDict() for row in table.collect()] == [
        {
            "answer_ttls": [60, 30],
            "answer_types": ["A", "A"],
            "answers": ["192.0.2.1", "192.0.2.2"],
            "c_ip": "10.0.0.1",
            "c_port": 40000,
            "flags_req": 8,
            "flags_resp": 12,
            "query": "c.org",
            "req_class": "C_INTERNET",
            "req_time": 1488326400.25,
            "req_type": "A",
            "resp_code": "NOERROR",
            "resp_time": 1488326400.375,
            "s_ip": "8.8.8.8",
            "s_port": 53,
            "trans_id": "4660",
        }
    ]


def test_squid_times_are_those_of_the_end(spark, squid_folder):
    table = netlytics.read(
        spark, "squid_to_NamedFlows", str(squid_folder), "2017_03_01", "2017_03_01"
    )
    flows = table.orderBy("time_start").collect()
    assert [flow["name"] for flow in flows] == ["a.org", "b.org", "a.org"]
    assert (flows[0]["time_start"], flows[0]["time_end"]) == (1488326400.0, 1488326400.1)
    assert (flows[1]["s_ip"], flows[1]["s_port"], flows[1]["c_bytes"]) == ("192.0.2.2", 443, None)


def test_days_are_inclusive_and_may_be_left_out(spark, zeek_folder):
    place = str(zeek_folder)
    assert len(queries(netlytics.read(spark, "zeek_to_DNS", place))) == 6
    first = netlytics.read(spark, "zeek_to_DNS", place, end_day="2017_03_01")
    assert queries(first) == ["a.org", "b.org"]
    both = netlytics.read(spark, "zeek_to_DNS", place, "2017-03-02", "2017_03_03")
    assert queries(both) == ["a.org", "b.org", "b.org", "c.org"]


def test_several_paths_and_globs(spark, zeek_folder):
    days = [str(zeek_folder / day) for day in ("2017-03-01", "2017-03-03")]
    assert queries(netlytics.read(spark, "zeek_to_DNS", days)) == ["a.org", "b.org", "c.org"]
    glob = str(zeek_folder / "2017-03-0[13]" / "dns*")
    assert queries(netlytics.read(spark, "zeek_to_DNS", glob)) == ["a.org", "b.org", "c.org"]


@pytest.mark.parametrize(
    ("name", "alias", "folder"),
    [
        ("zeek_to_DNS", "connectors.bro_to_DNS.Bro_To_DNS", "zeek_folder"),
        ("zeek_to_HTTP", "connectors.bro_to_HTTP.Bro_To_HTTP", "zeek_folder"),
        ("squid_to_HTTP", "connectors.squid_to_HTTP.Squid_To_HTTP", "squid_folder"),
        (
            "squid_to_NamedFlows",
            "connectors.squid_to_named_flows.Squid_To_Named_Flows",
            "squid_folder",
        ),
    ],
)
def test_the_reference_function_gives_the_same(spark, request, name, alias, folder):
    place = str(request.getfixturevalue(folder))
    days = ("2017_03_01", "2017_03_31")
    ours = netlytics.read(spark, name, place, *days)
    theirs = core.utils.get_dataset(spark.sparkContext, spark, "/nowhere", alias, place, *days)
    assert ours.count() > 0
    assert ours.schema == theirs.schema
    assert ours.exceptAll(theirs).count() == theirs.exceptAll(ours).count() == 0
    aliased = spark.read.format("netlytics").option("connector", alias).load(place)
    assert aliased.schema == ours.schema


def test_names_with_colons_as_zeekctl_gives_them(spark, tmp_path):
    log = logs.zeek("dns", logs.ZEEK_DNS_FIELDS, logs.dns_rows(["a.org"]))
    for name in ("dns.00:00:00-01:00:00.log.gz", "dns.01:00:00-02:00:00.log"):
        logs.write(tmp_path / "2017-03-01" / name, log)
    assert queries(netlytics.read(spark, "zeek_to_DNS", str(tmp_path))) == ["a.org", "a.org"]


def test_sql_over_a_view(spark, zeek_folder):
    netlytics.read(spark, "zeek_to_DNS", str(zeek_folder)).createOrReplaceTempView("dns")
    answer = spark.sql("SELECT query, count(*) AS n FROM dns GROUP BY query ORDER BY n DESC, query")
    assert [tuple(row) for row in answer.collect()] == [("b.org", 3), ("a.org", 2), ("c.org", 1)]


def test_wrong_names_are_refused_with_the_nearest(spark, zeek_folder):
    place = str(zeek_folder)
    with pytest.raises(UsageError, match="did you mean zeek_to_DNS"):
        netlytics.read(spark, "zeek_to_DSN", place)
    with pytest.raises(UsageError, match="did you mean batchRows"):
        netlytics.read(spark, "zeek_to_DNS", place, batchrow="5")
    with pytest.raises(UsageError, match="give it as start_day"):
        netlytics.read(spark, "zeek_to_DNS", place, startDay="2017_03_01")


def test_the_jar_refuses_wrong_names_too(spark, zeek_folder):
    reader = spark.read.format("netlytics")
    with pytest.raises(NetlyticsError, match="zeek_to_DNS") as raised, translated():
        reader.option("connector", "zeek_to_DSN").load(str(zeek_folder)).collect()
    assert raised.value.kind == "BadOption"
    with pytest.raises(NetlyticsError, match="batchRows") as raised, translated():
        netlytics_option = reader.option("connector", "zeek_to_DNS").option("batchRow", "5")
        netlytics_option.load(str(zeek_folder)).collect()
    assert raised.value.kind == "BadOption"


def test_a_missing_path_is_named(spark, tmp_path):
    with pytest.raises(NetlyticsError, match="no/such") as raised, translated():
        netlytics.read(spark, "zeek_to_DNS", str(tmp_path / "no" / "such")).collect()
    assert raised.value.kind == "Io"


def test_no_matching_days_says_what_was_there(spark, zeek_folder):
    with pytest.raises(NetlyticsError, match="2018_01_01") as raised, translated():
        netlytics.read(spark, "zeek_to_DNS", str(zeek_folder), "2018_01_01", "2018_01_31").collect()
    assert "2017-03-01" in str(raised.value)
