"""What Spark is told of a table that is put together from parts, and what that costs."""

import pytest

import netlytics
import part_logs
from netlytics.errors import NetlyticsError, translated
from netlytics.summary import Summary


@pytest.fixture
def table(spark, tmp_path):
    """Four flows."""
    return netlytics.read(
        spark, "zeek_to_NamedFlows", str(part_logs.zeek_day(tmp_path)), "2017_03_01", "2017_03_02"
    )


def explained(table):
    """The physical plan as EXPLAIN prints it."""
    return table._jdf.queryExecution().executedPlan().toString()


def jobs(spark):
    """How many jobs have been started."""
    context = spark.sparkContext._jsc.sc()
    context.listenerBus().waitUntilEmpty()
    return context.statusStore().jobsList(None).size()


def test_explain_shows_parts_columns_filters_and_days(spark, table):
    plan = explained(table.where("c_ip = '10.0.0.1' AND name LIKE 'a%'").select("s_bytes"))
    assert "netlytics.zeek_to_NamedFlows" in plan
    for part in ("names?", "dns?", "flows"):
        assert f"zeek_to_NamedFlows/{part}" in plan
    assert "days=2017_03_01..2017_03_02" in plan
    assert "ReadSchema: struct<s_bytes:bigint>" in plan
    pushed = plan.split("PushedFilters: ")[1].split("]")[0]
    assert "EqualTo(c_ip,10.0.0.1)" in pushed
    assert "StringStartsWith(name,a)" in pushed
    # They are done below, not above.
    assert "Filter" not in plan.replace("PushedFilters", "")


def test_explain_starts_no_job(spark, table):
    before = jobs(spark)
    query = table.where("s_bytes > 1000").groupBy("name").count()
    query._jdf.queryExecution().explainString(
        spark._jvm.org.apache.spark.sql.execution.ExplainMode.fromString("extended")
    )
    assert table._jdf.rdd().getNumPartitions() > 0
    assert jobs(spark) == before
    query.collect()
    assert jobs(spark) > before


def test_filters_and_columns_are_exact(table):
    assert part_logs.flows(table.where("name = 's.org'")) == part_logs.FLOWS[1:2]
    assert part_logs.flows(table.where("name IS NULL")) == part_logs.FLOWS[3:]
    assert (
        part_logs.flows(table.where("name IN ('a.org', 'd.org') AND s_bytes >= 3000"))
        == (part_logs.FLOWS[2:3])
    )
    assert part_logs.flows(table.where("NOT name <=> 'a.org' OR c_port = 40000")) == part_logs.FLOWS
    assert (
        part_logs.flows(table.where("length(name) = 5 AND s_bytes < 2500")) == part_logs.FLOWS[:2]
    )
    assert table.select("s_pkt").where("s_pkt > 6").collect() == [(8,)]
    assert table.select().count() == 4


def test_filters_and_columns_are_taken_on_into_the_parts(spark, tmp_path):
    """The reader decodes a value only for a row and a column that is wanted of it."""
    folder = part_logs.zeek_day(tmp_path)
    log = folder / "2017-03-01" / "conn.log"
    log.write_bytes(log.read_bytes().replace(b"\t1000\t", b"\tmany\t"))
    table = netlytics.read(spark, "zeek_to_NamedFlows", str(folder), mode="FAILFAST")
    with pytest.raises(NetlyticsError, match="many"), translated():
        table.select("c_ip", "s_bytes").collect()
    assert table.select("c_ip").count() == 4
    assert table.where("c_ip = '10.0.0.2'").select("s_bytes").collect() == [(0,)]


def test_a_table_is_planned_once_and_read_once(spark, table):
    table = table.where("s_bytes > 0")
    summary = Summary(spark)
    assert len(table.collect()) == 3
    counted = summary.counts()
    # conn, http, ssl and dns.
    assert counted["files"] == 4
    assert counted["records"] == 8
    assert counted["malformed"] == 0


def test_the_number_of_partitions_goes_by_the_input(spark, table):
    # A few lines are one partition, whatever Spark's setting says.
    assert table.rdd.getNumPartitions() == 1
