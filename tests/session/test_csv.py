"""CSV that any reader takes: RFC 4180, whatever the values are."""

import json

import pytest
from pyspark.sql import functions as F

from netlytics.output import write_one_file
from tables import read_csv

VALUES = [
    "plain",
    "",
    "a,b",
    'say "hi"',
    '"',
    '""',
    " before",
    "after ",
    "\ttab\t",
    "line\nbreak",
    "return\ralone",
    "both\r\nof them",
    "#no comment",
    "back\\slash",
    '\\"',
    "at the end\\",
    "nul\x00byte",
    "é 漢 😀",
    "\u2028",
    "\ufeffmark",
    "None",
    "null",
    "-",
    " ",
]


def of_values(spark, values):
    """A table ``place, value`` in several partitions."""
    rows = [(place, value) for place, value in enumerate(values)]
    return spark.createDataFrame(rows, "place long, value string").repartition(3).orderBy("place")


def test_text_comes_back_as_it_was(spark):
    write_one_file(of_values(spark, VALUES).selectExpr("value", "place", "value AS again"), "t.csv")
    head, *rows = read_csv("t.csv")
    assert head == ["value", "place", "again"]
    assert rows == [[value, str(place), value] for place, value in enumerate(VALUES)]


def test_null_is_nothing_and_the_empty_string_is_quoted(spark):
    write_one_file(of_values(spark, [None, "", "x"]), "t.csv")
    with open("t.csv", "rb") as file:
        assert file.read() == b'place,value\n0,\n1,""\n2,x\n'


def test_a_lone_column_loses_no_null(spark):
    write_one_file(of_values(spark, ["a", None, "", "b"]).select("value"), "t.csv")
    with open("t.csv", "rb") as file:
        assert file.read() == b'value\na\n""\n""\nb\n'


def test_nested_columns_are_json(spark):
    table = spark.sql(
        "SELECT array('a', NULL) AS list, map('k', 1) AS map, "
        "named_struct('x', CAST(NULL AS int), 'y', 'z') AS struct, CAST(NULL AS array<long>) AS no"
    )
    write_one_file(table, "t.csv")
    _, (items, mapping, struct, nothing) = read_csv("t.csv")
    assert json.loads(items) == ["a", None]
    assert json.loads(mapping) == {"k": 1}
    assert json.loads(struct) == {"x": None, "y": "z"}
    assert nothing == ""


NUMBERS = [
    (1488326400.123456, "1488326400.123456"),
    (-1488326400.1, "-1488326400.1"),
    (1e7, "10000000.0"),
    (1.5, "1.5"),
    (0.0, "0.0"),
    (1e300, "1.0E300"),
    (1e-9, "1.0E-9"),
    (float("nan"), "NaN"),
    (float("inf"), "Infinity"),
    (None, ""),
]


@pytest.mark.parametrize("ansi", ["false", "true"])
def test_times_have_no_exponent(spark, ansi):
    spark.conf.set("spark.sql.ansi.enabled", ansi)
    try:
        table = spark.createDataFrame([(n,) for n, _ in NUMBERS], "time double").coalesce(1)
        write_one_file(table.withColumn("z", F.lit(1)), "t.csv")
    finally:
        spark.conf.unset("spark.sql.ansi.enabled")
    assert [row[0] for row in read_csv("t.csv")[1:]] == [text for _, text in NUMBERS]


def test_types_csv_does_not_know(spark):
    write_one_file(spark.sql("SELECT NULL AS nothing, CAST('ab' AS binary) AS bytes"), "t.csv")
    assert read_csv("t.csv") == [["nothing", "bytes"], ["", "YWI="]]


def test_column_names_of_any_kind(spark):
    table = spark.sql("SELECT 1 AS `id.orig_h`, 2 AS `a,b`, 3 AS `back``tick`, 4 AS `count(1)`")
    write_one_file(table, "t.csv")
    assert read_csv("t.csv") == [
        ["id.orig_h", "a,b", "back`tick", "count(1)"],
        ["1", "2", "3", "4"],
    ]


def test_a_table_without_rows_has_its_header(spark):
    write_one_file(of_values(spark, ["x"]).where("false"), "t.csv")
    assert read_csv("t.csv") == [["place", "value"]]
