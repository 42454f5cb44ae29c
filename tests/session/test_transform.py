"""transform: columns as features, beside Spark ML's own stages."""

import math

import pytest
from pyspark.ml import Pipeline
from pyspark.ml.feature import Normalizer, OneHotEncoder, StringIndexer, VectorAssembler
from pyspark.sql import functions as F

import core.utils
import netlytics
from netlytics import NetlyticsError, UsageError, translated
from netlytics.transform import transform, transformed

NUMERICAL, CATEGORICAL = ["response_body_len", "elapsed"], ["method", "host", "content_type"]
QUERY = "SELECT *, resp_time - req_time AS elapsed FROM netlytics"


@pytest.fixture(scope="session")
def requests(spark, checkout):
    """Requests of the sample logs of Squid."""
    table = netlytics.read(spark, "squid_to_HTTP", str(checkout / "examples/logs/squid"))
    return table.repartition(3).cache()


@pytest.fixture
def small(spark):
    """A table with a null in each column."""
    rows = [(1, 3.0, "GET"), (2, None, "PUT"), (3, 0.0, None), (4, 1.0, "GET"), (5, 4.0, "a.b=c")]
    return spark.createDataFrame(rows, "id INT, size DOUBLE, method STRING")


def names(table):
    """The features' names, by their places."""
    attributes = table.schema["features"].metadata["ml_attr"]
    found = {each["idx"]: each["name"] for kind in attributes["attrs"].values() for each in kind}
    assert sorted(found) == list(range(attributes["num_attrs"]))
    return [found[place] for place in range(len(found))]


def values(vector, known):
    """The values of a vector that are not zero, by name."""
    return {known[at]: value for at, value in enumerate(vector.toArray()) if value != 0}


def rows(table):
    """Of each row its first column and its features, in the order of the first column."""
    known = names(table)
    key = table.columns[0]
    found = table.select(key, "features").orderBy(key).collect()
    return {row[0]: row[1] and values(row[1], known) for row in found}


def test_as_the_stages_of_spark_ml(spark, requests):
    found = transform(requests, spark, QUERY, NUMERICAL, CATEGORICAL)
    assert found.columns == [*requests.columns, "elapsed", "features"]
    filled = found.fillna("__NA__", CATEGORICAL)
    stages = [
        StringIndexer(
            inputCols=CATEGORICAL,
            outputCols=[f"{name}_index" for name in CATEGORICAL],
            stringOrderType="frequencyDesc",
        ),
        OneHotEncoder(
            inputCols=[f"{name}_index" for name in CATEGORICAL],
            outputCols=[f"{name}_slots" for name in CATEGORICAL],
        ),
        VectorAssembler(
            inputCols=NUMERICAL + [f"{name}_slots" for name in CATEGORICAL], outputCol="plain"
        ),
        Normalizer(inputCol="plain", outputCol="theirs", p=2.0),
    ]
    pipeline = Pipeline(stages=stages).fit(filled)
    expected = list(NUMERICAL)
    for name, labels in zip(CATEGORICAL, pipeline.stages[0].labelsArray):
        expected += [f"{name}={label}" for label in labels[:-1]]
    assert names(found) == expected
    both = pipeline.transform(filled).select("features", "theirs").collect()
    assert len(both) == requests.count() > 0
    for ours, theirs in both:
        ours, theirs = values(ours, expected), values(theirs, expected)
        assert ours.keys() == theirs.keys()
        assert all(math.isclose(ours[name], theirs[name], rel_tol=1e-12) for name in ours)


def test_the_same_for_any_number_of_partitions(spark, requests):
    table = requests.withColumn("id", F.xxhash64(*requests.columns)).select("id", *requests.columns)
    for more in ({"scale": "standard"}, {"scale": "minmax", "order": "name", "normalize_p": 3}):
        found = [
            transform(table.repartition(parts, "id"), spark, QUERY, NUMERICAL, CATEGORICAL, **more)
            for parts in (1, 3, 17)
        ]
        assert rows(found[0]) == rows(found[1]) == rows(found[2])
        assert names(found[0]) == names(found[1]) == names(found[2])


def test_through_core_utils_as_old_programs_call_it(spark, small):
    query = "SELECT id, size, method FROM netlytics WHERE size IS NOT NULL"
    found = core.utils.transform(small, spark, query, ["size"], ["method"], False, 2)
    assert rows(found) == {
        1: {"size": 3.0, "method=GET": 1.0},
        3: {"method=__NA__": 1.0},
        4: {"size": 1.0, "method=GET": 1.0},
        5: {"size": 4.0},
    }
    assert found.drop("features").collect() == small.where("size IS NOT NULL").collect()


def test_null_numbers(small):
    with pytest.raises(NetlyticsError, match="The column size is null in"), translated():
        transformed(small, ["size"], ["method"]).collect()
    with pytest.raises(NetlyticsError, match="The column size is null in"), translated():
        transformed(small, ["size", "id"], []).collect()
    zero = transformed(small, ["size"], [], normalize=False, null_policy="zero")
    assert rows(zero) == {1: {"size": 3.0}, 2: {}, 3: {}, 4: {"size": 1.0}, 5: {"size": 4.0}}
    drop = transformed(small, ["size"], ["method"], scale="minmax", null_policy="drop")
    assert list(rows(drop)) == [1, 3, 4, 5]
    assert names(drop) == ["size", "method=GET", "method=__NA__"]


def test_numbers_that_are_none(small):
    table = small.withColumn("ratio", F.expr("IF(id = 3, double('NaN'), 1.5)"))
    with pytest.raises(NetlyticsError, match="The column ratio is NaN"), translated():
        transformed(table, ["ratio"], []).collect()


def test_every_type_that_is_a_number_or_a_value(spark):
    table = spark.sql(
        "SELECT 1 AS id, CAST(2 AS TINYINT) AS a, CAST(1.5 AS DECIMAL(9, 2)) AS b, true AS c,"
        " DATE'2017-03-01' AS d UNION ALL SELECT 2, 3, 4, false, NULL"
        " UNION ALL SELECT 3, 3, 4, false, NULL"
    )
    found = transformed(table, ["a", "b", "c"], ["d", "id"], normalize=False)
    assert names(found)[:4] == ["a", "b", "c", "d=__NA__"]
    assert rows(found)[1] == {"a": 2.0, "b": 1.5, "c": 1.0, "id=1": 1.0}
    assert found.schema["b"] == table.schema["b"]


def test_the_order_of_names_and_names_of_any_characters(small):
    table = small.select("id", F.col("size").alias("z.a`b"), F.lit(1.0).alias("y"), "method")
    found = transformed(table, ["z.a`b", "y"], ["method"], null_policy="zero", order="name")
    assert names(found) == ["method=GET", "method=PUT", "method=__NA__", "y", "z.a`b"]


@pytest.mark.parametrize(
    ("numerical", "categorical", "more", "message"),
    [
        (["sise"], [], {}, '"sise": did you mean size'),
        (["method"], [], {}, "the numerical feature method is text: cast it"),
        (["list"], [], {}, "the numerical feature list is array<int>: expected a number"),
        ([], ["list"], {}, "the categorical feature list is array<int>: expected one value"),
        (["size"], ["size"], {}, "the feature size is named twice"),
        ([], [], {}, "there are no features"),
        (["size"], [], {"order": "nane"}, 'order "nane": did you mean name'),
        (["size"], [], {"scale": "unit"}, "unknown variant `unit`"),
        (["size"], [], {"null_policy": "skip"}, "unknown variant `skip`"),
        (["size"], [], {"normalize_p": 0.5}, "normalize_p: expected a number from 1"),
    ],
)
def test_wrong_columns_and_parameters_are_told(small, numerical, categorical, more, message):
    table = small.withColumn("list", F.array(F.lit(1)))
    with pytest.raises(NetlyticsError, match=message) as raised:
        transformed(table, numerical, categorical, **more)
    assert raised.value.kind == "BadOption"


def test_columns_that_give_no_features(small):
    with pytest.raises(UsageError, match="a column features already"):
        transformed(small.withColumn("features", F.lit(1)), ["size"], [])
    with pytest.raises(NetlyticsError, match="method has the same value in all rows"):
        transformed(small.where("method = 'GET'"), [], ["method"])
    with pytest.raises(NetlyticsError, match="there are no rows"):
        transformed(small.where("id > 9"), [], ["method"])


def test_categories_of_very_many_values(spark):
    table = spark.range(200_000).withColumn("name", F.concat(F.lit("host-"), "id"))
    with pytest.raises(NetlyticsError, match="The column name has more than 1000 different values"):
        transformed(table, [], ["name"], max_categories=1000)
    found = transformed(table, ["id"], ["name"], normalize=False)
    assert found.schema["features"].metadata == {"ml_attr": {"num_attrs": 200_000}}
    last = found.where("name = 'host-199998'").first()["features"]
    assert (last.size, last.numNonzeros(), last[0]) == (200_000, 2, 199_998.0)
