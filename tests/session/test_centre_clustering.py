"""KMeans, bisecting KMeans and Gaussian mixtures through Spark."""

import pytest
from pyspark.sql import functions as F

import netlytics
from algos.clustering.BisectingKMeans import BisectingKMeans
from algos.clustering.GaussianMixture import GaussianMixture
from algos.clustering.KMeans import KMeans
from netlytics import NetlyticsError, UsageError, translated

ALGORITHMS = (KMeans, BisectingKMeans, GaussianMixture)
GROUPS = 4


def points(spark, rows=3000):
    """Rows about four points far apart, with a column that no kernel takes."""
    return spark.range(rows).selectExpr(
        "id",
        f"CAST(id % {GROUPS} AS INT) AS truth",
        "timestamp_seconds(id) AS moment",
        f"array(10 * (id % {GROUPS}) + rand(7), 5 * (id % {GROUPS} % 2) + rand(8)) AS features",
    )


def groups(found):
    """Rows by what they are and where they were put."""
    return {
        (row["truth"], row["prediction"]): row["count"]
        for row in found.groupBy("truth", "prediction").count().collect()
    }


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_groups_that_are_far_apart_are_found(spark, algorithm):
    found = algorithm({"K": GROUPS}).run(points(spark))
    assert found.columns == ["id", "truth", "moment", "features", "prediction"]
    assert found.schema["prediction"].dataType.simpleString() == "bigint"
    put = groups(found)
    assert len(put) == GROUPS
    assert {prediction for _, prediction in put} == set(range(GROUPS))
    assert set(put.values()) == {3000 // GROUPS}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_partitions_do_not_matter(spark, algorithm):
    # Kept: rand() would give other rows in other partitions.
    table = points(spark).cache()
    models = [
        algorithm({"K": 6}).fit(table.repartition(partitions)).message
        for partitions in (1, 3, 17, 40, 3)
    ]
    assert len(set(models)) == 1


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_many_rows_take_a_job_for_each_pass(spark, algorithm):
    # More than what is finished in one task: 16 MiB.
    table = points(spark, 700_000).cache()
    found = algorithm({"K": GROUPS, "max_iter": 5}).run(table)
    assert len(groups(found)) == GROUPS
    table.unpersist()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_python_worker_gives_what_the_jvm_gives(spark, algorithm):
    table = points(spark).select("id", "features")
    fitted = algorithm({"K": GROUPS})
    model = fitted.fit(table)
    score = netlytics.kernel(f"{fitted.kernel}.score", model, append=True)
    schema = "id bigint, features array<double>, prediction bigint"
    by_python = table.mapInArrow(score, schema)
    assert sorted(by_python.collect()) == sorted(fitted.predict(table, model).collect())


def test_shares_and_densities_of_a_mixture(spark):
    table = points(spark)
    plain = GaussianMixture({"K": GROUPS}).run(table)
    found = GaussianMixture({"K": GROUPS, "details": True}).run(table)
    assert found.columns == [*plain.columns, "probability", "log_density"]
    assert found.schema["probability"].dataType.simpleString() == "array<double>"
    odd = found.where(
        f"size(probability) != {GROUPS} OR probability[prediction] != array_max(probability)"
        " OR abs(aggregate(probability, 0D, (sum, share) -> sum + share) - 1) > 1e-12"
        " OR log_density IS NULL OR isnan(log_density)"
    )
    assert odd.count() == 0
    assert found.select(*plain.columns).exceptAll(plain).count() == 0


def test_vectors_of_ml_dense_and_sparse(spark):
    from pyspark.ml.functions import array_to_vector
    from pyspark.ml.linalg import Vectors

    table = points(spark)
    dense = table.withColumn("features", array_to_vector("features"))
    same = KMeans({"K": GROUPS}).fit(table).message
    assert KMeans({"K": GROUPS}).fit(dense).message == same
    sparse = spark.createDataFrame(
        [(Vectors.sparse(1000, [7 * (i % 3)], [1.0]),) for i in range(300)], ["features"]
    )
    found = KMeans({"K": 3}).run(sparse)
    assert [row["count"] for row in found.groupBy("prediction").count().collect()] == [100] * 3
    assert found.schema["features"].dataType == sparse.schema["features"].dataType


def test_what_a_fit_tells(spark):
    kmeans = KMeans({"K": GROUPS})
    kmeans.run(points(spark))
    summary = kmeans.summary
    assert summary["sizes"] == [3000 // GROUPS] * GROUPS
    assert summary["iterations"] >= 1
    assert 0 < summary["cost"] < 3000


@pytest.mark.parametrize(
    ("features", "message"),
    [
        ("array(double(id), double('NaN'))", "finite number"),
        ("array(double(id), double('Infinity'))", "finite number"),
        ("array(double(id), CAST(NULL AS DOUBLE))", "null"),
        ("IF(id = 7, NULL, array(double(id)))", "null"),
        ("IF(id = 7, array(1D, 2D), array(double(id)))", "width|wide|numbers"),
        ("CAST(id AS STRING)", "features"),
    ],
)
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_rows_that_cannot_be_clustered_are_told(spark, algorithm, features, message):
    table = spark.range(20).select(F.expr(features).alias("features"))
    with pytest.raises(NetlyticsError, match=message), translated():
        algorithm({"K": 2}).run(table)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_parameters_that_are_not_valid_are_told(spark, algorithm):
    table = points(spark)
    with pytest.raises(NetlyticsError, match="k"):
        algorithm({"K": 0}).fit(table)
    with pytest.raises(UsageError, match="did you mean seed"):
        algorithm({"sed": 1}).fit(table)
    with pytest.raises(UsageError, match='"features"'):
        algorithm({}).fit(table.withColumnRenamed("features", "feature"))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_more_clusters_than_distinct_rows(spark, algorithm):
    table = spark.range(50).selectExpr("array(double(id % 3), 1D) AS features")
    found = algorithm({"K": 8}).run(table)
    assert found.select("prediction").distinct().count() <= 3
    # Equal rows are never put apart.
    assert found.distinct().count() == 3


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_no_rows_at_all(spark, algorithm):
    with pytest.raises(NetlyticsError, match="row"), translated():
        algorithm({}).fit(points(spark).where("id < 0"))
