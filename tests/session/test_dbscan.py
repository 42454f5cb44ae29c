"""DBSCAN through Spark, against its definition."""

import pytest
from pyspark.sql import functions as F

from algos.clustering.DBScan import DBScan
from netlytics import NetlyticsError, UsageError

EPS, MIN_POINTS = 0.15, 5


@pytest.fixture(scope="module")
def table(spark):
    """Two rings, points about them, and each third row twice; an id that no kernel takes."""
    rows = spark.range(600).selectExpr(
        "id",
        "IF(id % 2 = 0, 1.0, 2.0) + 0.05 * randn(1) AS radius",
        "2 * pi() * rand(2) AS angle",
        "id % 10 = 0 AS stray",
    )
    place = "array(IF(stray, 6 * rand(3) - 3, radius * cos(angle)), radius * sin(angle))"
    rows = rows.selectExpr("CAST(id AS STRING) AS name", f"{place} AS features", "id")
    rows = rows.unionByName(rows.where("id % 3 = 0").withColumn("name", F.lit("twin"))).cache()
    rows.count()
    return rows


def defined(rows):
    """Core rows, and clusters as sets of names of them, by brute force."""
    points = [row["features"] for row in rows]
    near = [
        [
            other
            for other, b in enumerate(points)
            if (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 <= EPS**2
        ]
        for a in points
    ]
    core = {one for one, others in enumerate(near) if len(others) >= MIN_POINTS}
    noise = {one for one, others in enumerate(near) if not core.intersection(others)}
    clusters, left = set(), set(core)
    while left:
        cluster, work = set(), [left.pop()]
        while work:
            one = work.pop()
            cluster.add(one)
            found = left.intersection(near[one])
            left -= found
            work.extend(found)
        clusters.add(frozenset(cluster))
    return core, noise, clusters


def labels(table, **parameters):
    """The label of each row by its id and name."""
    found = DBScan({"eps": EPS, "min_points": MIN_POINTS, **parameters}).run(table)
    assert found.columns == ["name", "features", "id", "prediction"]
    assert found.schema["prediction"].dataType.simpleString() == "bigint"
    return {(row["id"], row["name"]): row["prediction"] for row in found.collect()}


def test_clusters_are_those_of_the_definition(table):
    rows = table.collect()
    core, noise, clusters = defined(rows)
    found = labels(table)
    predictions = [found[row["id"], row["name"]] for row in rows]
    assert len(found) == len(rows)
    assert {place for place, label in enumerate(predictions) if label == -1} == noise
    ours = {}
    for place in core:
        ours.setdefault(predictions[place], set()).add(place)
    assert {frozenset(cluster) for cluster in ours.values()} == clusters
    assert len(clusters) > 1
    assert noise
    sizes = [predictions.count(label) for label in range(len(clusters))]
    assert sizes == sorted(sizes, reverse=True)


def test_partitions_and_boxes_do_not_matter(table):
    expected = labels(table)
    for partitions, box_points in ((1, 100), (3, 200000), (17, 64)):
        assert labels(table.repartition(partitions), box_points=box_points) == expected


def test_vectors_are_features_too(spark, table):
    from pyspark.ml.functions import array_to_vector

    vectors = table.withColumn("features", array_to_vector("features"))
    assert labels(vectors, box_points=100) == labels(table)


def test_a_table_without_rows_has_no_clusters(table):
    algorithm = DBScan()
    assert algorithm.run(table.where("id < 0")).collect() == []
    assert algorithm.summary["clusters"] == 0


def test_too_many_neighbours_are_refused_with_advice(table):
    with pytest.raises(NetlyticsError, match="a smaller eps"):
        DBScan({"eps": 10.0, "max_pairs": 100.0}).run(table)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"metric": "cosine"}, "There is no metric cosine"),
        ({"eps": -1.0}, "eps is -1"),
        ({"min_points": 0}, "min_points is 0"),
    ],
)
def test_parameters_out_of_range_are_named(table, parameters, expected):
    with pytest.raises(NetlyticsError, match=expected):
        DBScan(parameters).run(table)


def test_unknown_parameters_and_columns_are_named(table):
    with pytest.raises(UsageError, match="eps"):
        DBScan({"epss": 1.0}).run(table)
    with pytest.raises(UsageError, match="features"):
        DBScan().run(table.drop("features"))


def test_a_feature_that_is_no_number_is_refused(spark):
    rows = spark.createDataFrame([(1, [1.0, float("nan")])], "id long, features array<double>")
    with pytest.raises(NetlyticsError, match="features"):
        DBScan().run(rows)
