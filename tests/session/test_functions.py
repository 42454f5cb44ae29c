"""The SQL functions in Spark: through the catalog and by name."""

import pytest
from pyspark.sql.utils import AnalysisException

import netlytics
from netlytics import registry

CATALOG = "spark.sql.catalog.netlytics"
NAMES = ["WWW.Example.co.uk.", "a.example.com", None, "192.0.2.1:80", "b.EXAMPLE.com", "localhost"]


@pytest.fixture(params=["netlytics.", "netlytics_"], ids=["catalog", "by name"])
def prefix(request, spark):
    """What the functions' names begin with, once they can be called."""
    if request.param == "netlytics_":
        netlytics.register(spark)
        yield request.param
    else:
        spark.conf.set(CATALOG, "io.netlytics.spark.NetlyticsCatalog")
        yield request.param
        spark.conf.unset(CATALOG)


@pytest.fixture
def names(spark):
    """A view with a column of names, in several partitions."""
    table = spark.createDataFrame([(name,) for name in NAMES], "name string").repartition(3)
    table.createOrReplaceTempView("names")
    yield table
    spark.catalog.dropTempView("names")


def plan(table):
    return table._jdf.queryExecution().optimizedPlan().toString()


def test_the_examples_of_the_registry(spark, prefix):
    for function in registry.functions():
        arguments = [f"a{place}" for place in range(len(function["arguments"]))]
        columns = ", ".join(
            f"{name} {argument['type']}" for name, argument in zip(arguments, function["arguments"])
        )
        rows = [(*example["arguments"],) for example in function["examples"]]
        call = f"{prefix}{function['name']}({', '.join(arguments)}) AS result"
        found = spark.createDataFrame(rows, columns).selectExpr("*", call).collect()
        assert [row.result for row in found] == [one["result"] for one in function["examples"]]


def test_two_calls_in_one_row_do_not_disturb_each_other(spark, prefix):
    found = spark.sql(
        f"SELECT {prefix}registered_domain('x.first.com') AS a, b FROM "
        f"(SELECT {prefix}registered_domain(n) AS b FROM VALUES ('Y.SECOND.org'), (null) AS t(n))"
    )
    assert set(found.collect()) == {("first.com", None), ("first.com", "second.org")}


def test_in_where_and_group_by(spark, names, prefix):
    call = f"{prefix}registered_domain(name)"
    counts = spark.sql(f"SELECT {call} AS domain, count(*) FROM names GROUP BY {call}")
    expected = {(None, 3), ("example.co.uk", 1), ("example.com", 2)}
    assert set(counts.collect()) == expected
    kept = spark.sql(f"SELECT name FROM names WHERE {call} = 'example.com' ORDER BY name")
    assert [row.name for row in kept.collect()] == ["a.example.com", "b.EXAMPLE.com"]
    sums = spark.sql(f"SELECT min({call}), max({call}), count({call}) FROM names")
    assert sums.collect() == [("example.co.uk", "example.com", 3)]


def test_without_generated_code(spark, names, prefix):
    spark.conf.set("spark.sql.codegen.wholeStage", "false")
    spark.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    try:
        found = names.selectExpr(f"{prefix}registered_domain(name)").distinct().collect()
    finally:
        spark.conf.unset("spark.sql.codegen.wholeStage")
        spark.conf.unset("spark.sql.codegen.factoryMode")
    assert {row[0] for row in found} == {None, "example.co.uk", "example.com"}


def test_constants_are_folded(spark, names):
    # Spark folds functions of a catalog, but no UDF.
    spark.conf.set(CATALOG, "io.netlytics.spark.NetlyticsCatalog")
    try:
        folded = spark.sql("SELECT netlytics.registered_domain('www.example.com') AS d FROM names")
        assert "Project [example.com AS d" in plan(folded)
    finally:
        spark.conf.unset(CATALOG)


def test_long_texts_and_bytes_that_are_no_utf8(spark, prefix):
    found = spark.sql(
        f"SELECT {prefix}registered_domain(concat(repeat('a.', 40000), 'Example.com')) AS long, "
        f"{prefix}registered_domain(cast(x'61ff2e636f6d' AS string)) AS odd, "
        f"{prefix}registered_domain(null) AS nothing"
    )
    assert found.collect() == [("example.com", "a\ufffd.com", None)]


def test_over_a_table_of_logs(spark, zeek_folder, prefix):
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder))
    found = (
        table.selectExpr(f"{prefix}registered_domain(query) AS domain").groupBy("domain").count()
    )
    assert sorted(found.collect()) == [("a.org", 2), ("b.org", 3), ("c.org", 1)]


def test_other_arguments_are_refused(spark, prefix):
    for arguments, expected in [
        ("", "argument|parameter"),
        ("'a', 'b'", "argument|parameter"),
        ("5", "cast it to string"),
    ]:
        with pytest.raises(Exception, match=f"(?i){expected}"):
            spark.sql(f"SELECT {prefix}registered_domain({arguments})").collect()


def test_the_catalog_knows_its_functions_only(spark):
    spark.conf.set(CATALOG, "io.netlytics.spark.NetlyticsCatalog")
    try:
        assert spark.sql("SELECT netlytics.Registered_Domain('a.b.com')").collect() == [("b.com",)]
        for name in ("netlytics.registered_domian", "netlytics.x.registered_domain"):
            with pytest.raises(AnalysisException, match=name.rpartition(".")[2]):
                spark.sql(f"SELECT {name}('a')")
    finally:
        spark.conf.unset(CATALOG)


def test_a_view_called_as_the_catalog_is_still_found(spark, names):
    spark.conf.set(CATALOG, "io.netlytics.spark.NetlyticsCatalog")
    names.createOrReplaceTempView("netlytics")
    try:
        found = spark.sql(
            "SELECT netlytics.name, netlytics.registered_domain(name) AS domain FROM netlytics "
            "WHERE netlytics.name LIKE 'a%'"
        )
        assert found.collect() == [("a.example.com", "example.com")]
    finally:
        spark.catalog.dropTempView("netlytics")
        spark.conf.unset(CATALOG)
