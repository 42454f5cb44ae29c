"""Seasonal-Hybrid-ESD through Spark: the kernel sees what it would see alone."""

import math

import pytest
from pyspark.sql import functions as F

from algos.anomaly_detection.S_H_ESD import S_H_ESD
from netlytics import NetlyticsError, UsageError, translated
from series import STEP, outliers, series


def wave(points=240, spike=100):
    season = [math.sin(i / 24 * 2 * math.pi) + i % 7 * 0.01 for i in range(points)]
    season[spike] += 9
    return season


def test_many_series_at_once_are_as_each_alone(spark, tmp_path):
    spikes = {"a": 100, "b": 31}
    each = {host: series(spark, tmp_path, wave(spike=at), host) for host, at in spikes.items()}
    all_of_them = each["a"].union(each["b"]).union(series(spark, tmp_path, [1.0, 2.0], "short"))
    found = S_H_ESD({"group_by": ["host"]}).detect(all_of_them, "value")
    points = ["time", "value", "trend", "residual", "outlier"]
    assert found.columns == ["host", *points, "gaps_ignored"]
    for host, spike in spikes.items():
        alone = outliers(S_H_ESD({}).detect(each[host], "value"))
        assert outliers(found.where(F.col("host") == host)) == alone
        assert spike in alone
    assert found.where("host = 'short' AND outlier IS NULL").count() == 2


def test_a_pandas_frame_of_a_vector_column_as_the_reference_gives(spark, tmp_path):
    table = series(spark, tmp_path, wave()).withColumn("features", F.array("value"))
    frame = S_H_ESD({"period": 24}).run(table)
    assert list(frame.columns) == ["value", "trend", "residual", "outlier"]
    assert len(frame) == 240
    assert frame["outlier"].sum() >= 1


def test_what_is_told_of_many_series(spark, tmp_path):
    sparse = series(spark, tmp_path, wave(), "sparse").withColumn("time", F.expr("time * time"))
    each = [series(spark, tmp_path, wave(), "a"), series(spark, tmp_path, [1.0, 2.0], "b"), sparse]
    algorithm = S_H_ESD({"group_by": ["host"], "mad_scale": 1.4826, "max_anoms": 0.02})
    found = algorithm.detect(each[0].union(each[1]).union(sparse.select(each[0].columns)), "value")
    told = algorithm.told(found)
    outliers_found = found.where("outlier").count()
    assert told[0] == f"{outliers_found} outliers of 482 points in 3 series"
    assert told[1].startswith("1 series mostly without rows")
    assert told[2] == "1 series too short to tell"
    assert algorithm.results(found).columns == [
        "host",
        "time",
        "value",
        "trend",
        "residual",
        "outlier",
    ]


def test_a_feature_of_several_numbers_is_told(spark, tmp_path):
    table = series(spark, tmp_path, wave()).withColumn("features", F.array("value", "value"))
    with pytest.raises(Exception, match="holds several numbers"):
        S_H_ESD({}).detect(table).collect()


def test_wrong_columns_and_parameters_are_told_before_anything_runs(spark, tmp_path):
    table = series(spark, tmp_path, wave())
    with pytest.raises(UsageError, match='"valu": did you mean value'):
        S_H_ESD({}).detect(table, "valu")
    with pytest.raises(UsageError, match='"perod": did you mean period'):
        S_H_ESD({"perod": 3}).detect(table, "value")
    with pytest.raises(NetlyticsError, match=r"other.*netlytics"):
        S_H_ESD({"variant": "other"}).detect(table, "value")
    with pytest.raises(UsageError, match="expected a number"):
        S_H_ESD({}).detect(table.withColumn("value", F.lit("x")), "value")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("IF(time = 0, NULL, value)", "value is null in 1 rows"),
        ("IF(time = 0, double('NaN'), value)", "finite numbers are expected"),
    ],
)
def test_values_that_are_no_numbers_are_told(spark, tmp_path, change, message):
    table = series(spark, tmp_path, wave()).withColumn("value", F.expr(change))
    with pytest.raises(NetlyticsError, match=message), translated():
        S_H_ESD({}).detect(table, "value").collect()


def test_two_rows_of_one_time_need_a_rule(spark, tmp_path):
    table = series(spark, tmp_path, wave())
    twice = table.union(table)
    with pytest.raises(NetlyticsError, match="two rows at time 0"), translated():
        S_H_ESD({}).detect(twice, "value").collect()
    summed = S_H_ESD({"duplicates": "sum"}).detect(twice, "value")
    at = summed.where(F.col("time") == 100 * STEP).collect()
    assert [row["value"] for row in at] == [2 * wave()[100]]
