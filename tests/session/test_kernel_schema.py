"""``netlytics.kernel`` and the schema that ``mapInArrow`` is given."""

import pytest

import netlytics
from algos.clustering.KMeans import KMeans
from netlytics import UsageError

SCORE = "clustering.kmeans.score"


@pytest.fixture
def table(spark):
    """Rows of two groups, with two columns of one type."""
    return spark.range(40).selectExpr(
        "id", "id * 2 AS twice", "array(double(id % 2) * 10, double(id % 5)) AS features"
    )


@pytest.fixture
def model(table):
    """Their clusters."""
    return KMeans({"K": 2}).fit(table)


def test_the_schema_is_offered(table, model):
    score = netlytics.kernel(SCORE, model, append=True, input=table)
    expected = "`id` bigint, `twice` bigint, `features` array<double>, `prediction` bigint"
    assert score.schema == expected
    found = table.mapInArrow(score, score.schema)
    assert sorted(found.collect()) == sorted(KMeans({"K": 2}).predict(table, model).collect())


def test_without_the_input_there_is_no_schema(model):
    with pytest.raises(UsageError, match="make the function with input=df"):
        _ = netlytics.kernel(SCORE, model).schema


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (
            "twice bigint, id bigint, features array<double>, prediction bigint",
            "column 1 of the schema is twice bigint, but .* gives id bigint there",
        ),
        (
            "id bigint, twice bigint, features array<double>, prediction int",
            "column 4 of the schema is prediction int, but .* gives prediction bigint there",
        ),
        (
            "id bigint, twice bigint, features array<double>",
            "the schema has 3 columns, but .* gives 4",
        ),
    ],
)
def test_a_schema_that_differs_is_refused_before_the_job(table, model, declared, expected):
    with pytest.raises(UsageError, match=expected):
        netlytics.kernel(SCORE, model, append=True, input=table, schema=declared)


def test_a_schema_that_differs_is_refused_in_the_worker(table, model):
    declared = "twice bigint, id bigint, features array<double>, prediction bigint"
    score = netlytics.kernel(SCORE, model, append=True, schema=declared)
    with pytest.raises(Exception, match="column 1 of the schema is twice bigint"):
        table.mapInArrow(score, declared).collect()


def test_columns_of_one_name_both_stay(spark, model):
    table = spark.range(10).selectExpr(
        "array(double(id % 2) * 10, 1D) AS features", "id", "id AS ID"
    )
    scored = model.score(table)
    assert scored.columns == ["features", "id", "ID", "prediction"]
    assert [tuple(row)[1:3] for row in scored.collect()] == [
        (number, number) for number in range(10)
    ]
