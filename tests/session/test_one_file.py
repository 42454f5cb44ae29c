"""One file out of many parts: order, forms, and what is left behind when something fails."""

import json
import os

import pytest
from pyspark.sql import functions as F

from netlytics.errors import NetlyticsError, UsageError
from netlytics.output import write_directory, write_one_file
from tables import read_csv

# More than ten: names of parts are compared as numbers.
PARTS = 12


def descending(spark, rows=2000):
    """A sorted table of many partitions."""
    spark.conf.set("spark.sql.shuffle.partitions", str(PARTS))
    spark.conf.set("spark.sql.adaptive.enabled", "false")
    return spark.range(rows).orderBy(F.desc("id"))


@pytest.fixture(autouse=True)
def partitions(spark):
    """Gives the session its settings back."""
    yield
    spark.conf.set("spark.sql.shuffle.partitions", "2")
    spark.conf.unset("spark.sql.adaptive.enabled")


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_rows_stay_in_order(spark, tmp_path, form):
    staging = tmp_path / "staging"
    write_one_file(descending(spark), f"out/t.{form}", str(staging))
    if form == "csv":
        found = [int(row[0]) for row in read_csv("out/t.csv")[1:]]
    elif form == "json":
        with open("out/t.json", encoding="utf-8") as file:
            found = [json.loads(line)["id"] for line in file]
    else:
        parquet = pytest.importorskip("pyarrow.parquet")
        found = parquet.ParquetFile("out/t.parquet").read()["id"].to_pylist()
    assert found == list(range(1999, -1, -1))
    assert os.listdir("out") == [f"t.{form}"]
    assert not staging.exists()


def test_json_keeps_nulls(spark):
    write_one_file(spark.sql("SELECT 1 AS a, CAST(NULL AS string) AS b, NULL AS c"), "t.json")
    with open("t.json", encoding="utf-8") as file:
        assert json.loads(file.read()) == {"a": 1, "b": None, "c": None}


def test_an_older_file_is_replaced(spark):
    for rows in (5, 2):
        write_one_file(spark.range(rows), "t.csv")
    assert len(read_csv("t.csv")) == 3


def test_a_failure_leaves_the_older_file_and_nothing_else(spark, tmp_path):
    staging = str(tmp_path / "staging")
    write_one_file(spark.range(1), "t.csv", staging)
    failing = spark.range(10).selectExpr("CASE WHEN id = 7 THEN raise_error('seven') ELSE id END a")
    with pytest.raises(Exception, match="seven"):
        write_one_file(failing, "t.csv", staging)
    assert read_csv("t.csv") == [["id"], ["0"]]
    assert os.listdir(".") == ["t.csv"]


def test_a_temporary_directory_of_others_stays(spark, tmp_path):
    staging = tmp_path / "staging"
    staging.mkdir()
    write_one_file(spark.range(1), "t.csv", str(staging))
    assert list(staging.iterdir()) == []


def test_file_uris_and_odd_names(spark, tmp_path):
    write_one_file(spark.range(1), (tmp_path / "a b.csv").as_uri())
    write_one_file(spark.range(1), "at 12:30 [x].csv")
    assert sorted(os.listdir(".")) == ["a b.csv", "at 12:30 [x].csv"]


def test_a_directory_in_the_way_is_named(spark, tmp_path):
    with pytest.raises(NetlyticsError, match="is a directory: expected the name of a file"):
        write_one_file(spark.range(1), str(tmp_path))


@pytest.mark.parametrize("write", [write_one_file, write_directory])
def test_two_columns_of_one_name_are_refused(spark, tmp_path, write):
    with pytest.raises(UsageError, match='two columns named "ID"'):
        write(spark.sql("SELECT 1 AS id, 2 AS ID"), str(tmp_path / "t.csv"))


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_a_directory_of_parts(spark, tmp_path, form):
    place = str(tmp_path / f"d.{form}")
    write_directory(descending(spark, rows=5), place)
    reader = spark.read.option("header", "true") if form == "csv" else spark.read
    back = reader.format(form).load(place)
    assert sorted(int(row["id"]) for row in back.collect()) == [0, 1, 2, 3, 4]
    with pytest.raises(NetlyticsError, match="exists already"):
        write_directory(spark.range(1), place)
