"""Univariate outliers through Spark."""

import statistics

import pytest
from pyspark.sql import functions as F

from algos.anomaly_detection.univariate_anomalies import UnivariateAnomalies
from netlytics import NetlyticsError, UsageError, translated


@pytest.fixture
def flows(spark):
    """1,000 flows of two hosts and of none, whose sizes are far from normal; some have no size."""
    size = F.when(F.col("id") % 100 == 7, F.col("id") * 1000).otherwise(F.col("id") % 13)
    host = F.when(F.col("id") % 10 == 0, None).otherwise(F.concat(F.lit("h"), F.col("id") % 2))
    return spark.range(1000).select(
        F.col("id").alias("c_port"),
        host.alias("host"),
        F.when(F.col("id") % 50 != 0, size).alias("s_bytes"),
    )


def boxplot(values):
    """Bounds by the quartiles as elements of the values."""
    ordered = sorted(values)
    lower, upper = (ordered[-(-len(ordered) * part // 4) - 1] for part in (1, 3))
    return lower - 1.5 * (upper - lower), upper + 1.5 * (upper - lower)


def gaussian(values):
    """Bounds by the mean and the population standard deviation."""
    mean, deviation = statistics.fmean(values), statistics.pstdev(values)
    return mean - 3 * deviation, mean + 3 * deviation


METHODS = {"gaussian": gaussian, "boxplot": boxplot}


@pytest.mark.parametrize("method", METHODS)
def test_rows_outside_with_all_their_columns_however_they_are_partitioned(flows, method):
    values = [row["s_bytes"] for row in flows.where("s_bytes IS NOT NULL").collect()]
    low, high = METHODS[method](values)
    expected = [row["c_port"] for row in flows.collect() if is_outside(row["s_bytes"], low, high)]
    assert expected
    bounds = set()
    for partitions in (1, 3, 17):
        algorithm = UnivariateAnomalies({"method": method})
        found = algorithm.detect(flows.repartition(partitions), "s_bytes")
        assert found.dtypes == [("c_port", "bigint"), ("host", "string"), ("s_bytes", "double")]
        assert sorted(row["c_port"] for row in found.collect()) == expected
        assert algorithm.bounds["values"] == len(values)
        assert algorithm.bounds["nulls"] == 1000 - len(values)
        bounds.add((algorithm.bounds["low"], algorithm.bounds["high"]))
    assert len(bounds) == 1
    assert bounds.pop() == pytest.approx((low, high), rel=1e-12)


def is_outside(value, low, high):
    return value is not None and (value < low or value > high)


@pytest.mark.parametrize("method", METHODS)
def test_groups_have_bounds_of_their_own_and_null_is_a_group(flows, method):
    rows = flows.collect()
    expected = []
    for host in (None, "h0", "h1"):
        of_host = [row for row in rows if row["host"] == host and row["s_bytes"] is not None]
        low, high = METHODS[method]([row["s_bytes"] for row in of_host])
        expected += [row["c_port"] for row in of_host if is_outside(row["s_bytes"], low, high)]
    algorithm = UnivariateAnomalies({"method": method, "group_by": ["host"]})
    found = algorithm.detect(flows.repartition(5), "s_bytes")
    assert found.columns == flows.columns
    assert sorted(row["c_port"] for row in found.collect()) == sorted(expected)
    counts = {row["host"]: (row["values"], row["nulls"]) for row in algorithm.bounds.collect()}
    assert counts[None] == (80, 20)
    assert algorithm.told(found) == [f"{len(expected)} rows outside their bounds"]


def test_a_pandas_frame_of_a_vector_column_as_the_reference_gives(flows):
    from pyspark.ml.feature import VectorAssembler

    known = flows.where("s_bytes IS NOT NULL")
    table = VectorAssembler(inputCols=["s_bytes"], outputCol="features").transform(known)
    frame = UnivariateAnomalies({"factor": 2.5}).run(table)
    assert list(frame.columns) == ["c_port", "host", "s_bytes", "features"]
    assert len(frame)
    assert (frame["features"] == frame["s_bytes"]).all()


def test_groups_by_numbers_of_any_kind(spark):
    table = spark.range(60).select(
        F.when(F.col("id") < 30, 0.0).otherwise(-0.0).alias("double"),
        (F.col("id") % 2).cast("int").alias("int"),
        F.when(F.col("id") == 10, 1000.0).otherwise(1.0).alias("value"),
    )
    algorithm = UnivariateAnomalies({"group_by": ["double", "int"]})
    found = algorithm.detect(table.repartition(4), "value").collect()
    assert [row["value"] for row in found] == [1000.0]
    assert algorithm.bounds.count() == 2


def test_mistakes_are_told(flows):
    with pytest.raises(UsageError, match='"s_byte": did you mean s_bytes'):
        UnivariateAnomalies({}).detect(flows, "s_byte")
    with pytest.raises(UsageError, match='"metod": did you mean method'):
        UnivariateAnomalies({"metod": "boxplot"}).detect(flows, "s_bytes")
    with pytest.raises(UsageError, match="expected a number"):
        UnivariateAnomalies({}).detect(flows, "host")
    with pytest.raises(NetlyticsError, match=r"gaussian.*boxplot"):
        UnivariateAnomalies({"method": "box"}).detect(flows, "s_bytes")
    with pytest.raises(NetlyticsError, match="factor is -1"):
        UnivariateAnomalies({"factor": -1}).detect(flows, "s_bytes")
    with pytest.raises(NetlyticsError, match="holds no value"):
        UnivariateAnomalies({}).detect(flows.where("false"), "s_bytes")
    for value in ("NaN", "Infinity"):
        table = flows.withColumn("s_bytes", F.lit(value).cast("double"))
        for method in METHODS:
            with pytest.raises(NetlyticsError, match="finite numbers"):
                UnivariateAnomalies({"method": method}).detect(table, "s_bytes")
        grouped = UnivariateAnomalies({"group_by": ["host"]}).detect(table, "s_bytes")
        with pytest.raises(NetlyticsError, match="Group of host"), translated():
            grouped.collect()


def test_a_constant_has_no_rows_outside(spark):
    table = spark.range(100).select(F.lit(0.1).alias("value"))
    for method in METHODS:
        assert UnivariateAnomalies({"method": method}).detect(table, "value").count() == 0
