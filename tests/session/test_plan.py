"""What Spark is told: pruned columns, pushed filters, days; and what its SQL tab shows."""

import pytest
from pyspark.sql import functions as F

import netlytics


def explained(table):
    """The physical plan as EXPLAIN prints it."""
    return table._jdf.queryExecution().executedPlan().toString()


def test_explain_shows_columns_filters_and_days(spark, zeek_folder):
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder), "2017_03_01", "2017_03_02")
    plan = explained(table.where("s_port = 53 AND query LIKE 'a%'").select("query"))
    assert "2017_03_01" in plan
    assert "2017_03_02" in plan
    assert "ReadSchema: struct<" in plan
    read = plan.split("ReadSchema: ")[1].split(">")[0]
    assert "query" in read
    assert "answers" not in read
    pushed = plan.split("PushedFilters: ")[1].split("ReadSchema")[0]
    assert "s_port" in pushed
    assert "query" in pushed


def test_filters_are_done_by_the_reader(spark, zeek_folder):
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder)).where("query = 'b.org'")
    assert "Filter" not in explained(table).split("BatchScan")[0]
    assert table.count() == 3


def test_counts_per_group_are_made_by_the_reader(spark, zeek_folder):
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder))
    counts = table.groupBy("query").count()
    assert "PushedAggregates: [COUNT(*)], PushedGroupBy: [query]" in explained(counts)
    assert sorted(counts.collect()) == [("a.org", 2), ("b.org", 3), ("c.org", 1)]

    by_spark = table.groupBy(F.lower("query")).count()
    assert "PushedAggregates" not in explained(by_spark)
    assert sorted(by_spark.collect()) == sorted(counts.collect())

    # Together with a filter; more columns and functions than one, or no function.
    of_b = table.where("s_ip = '9.9.9.9'").groupBy("s_port", "query")
    counts = of_b.agg(F.count("*"), F.count("resp_time"), F.count("c_ip"))
    plan = explained(counts)
    assert "s_ip" in plan.split("PushedFilters: ")[1].split("PushedAggregates")[0]
    assert "[COUNT(*), COUNT(resp_time), COUNT(c_ip)], PushedGroupBy: [s_port, query]" in plan
    assert counts.collect() == [(53, "b.org", 3, 3, 3)]
    assert table.select("query").distinct().count() == 3


@pytest.mark.parametrize(
    ("function", "found"),
    [
        ("count(distinct s_ip)", [("a.org", 1), ("b.org", 1), ("c.org", 1)]),
        ("sum(s_port)", [("a.org", 106), ("b.org", 159), ("c.org", 53)]),
        ("count(answers)", [("a.org", 2), ("b.org", 3), ("c.org", 1)]),
        ("count(*) filter (where s_ip = '9.9.9.9')", [("a.org", 0), ("b.org", 3), ("c.org", 0)]),
    ],
)
def test_what_the_reader_cannot_count_stays_with_spark(spark, zeek_folder, function, found):
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder))
    results = table.groupBy("query").agg(F.expr(function))
    assert "PushedAggregates" not in explained(results)
    assert sorted(results.collect()) == found


def test_a_count_of_no_rows_is_0(spark, zeek_folder):
    none = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder)).where("query = 'x.org'")
    assert none.count() == 0
    assert none.agg(F.count("*"), F.count("query")).collect() == [(0, 0)]


def test_a_limit_reaches_the_reader(spark, zeek_folder):
    plan = explained(netlytics.read(spark, "zeek_to_DNS", str(zeek_folder)).limit(2))
    assert "PushedLimit: 2" in plan


def test_columns_arrive_in_batches(spark, zeek_folder):
    assert "ColumnarToRow" in explained(netlytics.read(spark, "zeek_to_DNS", str(zeek_folder)))


@pytest.mark.parametrize("mode", ["PERMISSIVE", "DROPMALFORMED"])
def test_the_sql_tab_shows_what_was_read(spark, zeek_folder, mode):
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder), end_day="2017_03_02", mode=mode)
    assert len(table.collect()) == 5
    shown = sql_tab_metrics(spark)
    assert shown["records read"] == "5"
    assert shown["malformed records"] == "0"
    assert shown["lines skipped"] == "0"
    assert shown["files read"] == "2"
    assert shown["bytes read"].endswith("B")
    assert "decode time" in shown
    assert "I/O wait" in shown


def sql_tab_metrics(spark):
    """Name and shown value of every metric of the last SQL execution."""
    status = spark._jsparkSession.sharedState().statusStore()
    spark.sparkContext._jsc.sc().listenerBus().waitUntilEmpty()
    last = status.executionsList().last().executionId()
    values = status.executionMetrics(last)
    shown = {}
    nodes = status.planGraph(last).allNodes()
    for place in range(nodes.size()):
        metrics = nodes.apply(place).metrics()
        for number in range(metrics.size()):
            metric = metrics.apply(number)
            if values.contains(metric.accumulatorId()):
                shown[metric.name()] = values.apply(metric.accumulatorId())
    return shown
