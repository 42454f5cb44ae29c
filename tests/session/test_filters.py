"""Conditions that the reader evaluates give the rows that Spark would."""

import functools
import operator
import random
import struct

import pytest
from pyspark.sql import functions as F

import logs
import netlytics

ROWS = 1000


@pytest.fixture(scope="module")
def times(tmp_path_factory):
    """A log of random times, and the times as doubles."""
    chance = random.Random(10)
    micros = [chance.randrange(10**15, 2 * 10**15) for _ in range(ROWS)]
    texts = [f"{each // 10**6}.{each % 10**6:06d}" for each in micros]
    place = tmp_path_factory.mktemp("times") / "dns.log"
    rows = [{**logs.DNS_ROW, "ts": text, "id.orig_p": str(port)} for port, text in enumerate(texts)]
    place.write_text(logs.zeek("dns", logs.ZEEK_DNS_FIELDS, rows))
    return place, [float(text) for text in texts]


OPERATORS = {
    "=": operator.eq,
    "<=>": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@pytest.mark.parametrize("sign", OPERATORS)
def test_a_double_is_compared_with_itself_and_its_neighbours(spark, times, sign):
    place, values = times
    table = netlytics.read(spark, "zeek_to_DNS", str(place))
    literals = [
        neighbour for value in values[:4] for neighbour in (value, next_up(value), next_down(value))
    ]
    # One query for all: each literal's count is a row of a union, each with its own pushed filter.
    counts = [
        table.where(f"req_time {sign} {literal!r}D").agg(
            F.lit(literal).alias("literal"), F.count("*").alias("rows")
        )
        for literal in literals
    ]
    found = functools.reduce(lambda left, right: left.union(right), counts).collect()
    expected = [sum(OPERATORS[sign](value, literal) for value in values) for literal in literals]
    assert [row["rows"] for row in found] == expected


def test_every_time_is_found_again(spark, times):
    place, values = times
    table = netlytics.read(spark, "zeek_to_DNS", str(place))
    assert table.where(F.col("req_time").isin(values)).count() == ROWS
    neighbours = [next_up(value) for value in values]
    assert table.where(F.col("req_time").isin(neighbours)).count() == 0


def test_conditions_as_long_as_programs_make_them(spark, times):
    place, _ = times
    table = netlytics.read(spark, "zeek_to_DNS", str(place))
    # Spark's own limit: its rules go through a condition level by level.
    chain = functools.reduce(operator.or_, [F.col("c_port") == port for port in range(0, 400, 2)])
    wanted = table.where(chain)
    assert wanted.count() == 200
    plan = wanted._jdf.queryExecution().executedPlan().toString()
    assert "Filter (" not in plan
    assert "PushedFilters: []" not in plan
    levels = functools.reduce(
        lambda nested, level: (
            (nested | (F.col("c_port") == level))
            if level % 2
            else (nested & (F.col("c_port") >= 0))
        ),
        range(1, 120),
        F.col("c_port") == 0,
    )
    assert table.where(levels).count() == 61


def test_ten_thousand_equalities(spark, times):
    place, _ = times
    table = netlytics.read(spark, "zeek_to_DNS", str(place))
    members = [F.col("c_port") == port for port in range(10_000)]
    while len(members) > 1:
        pairs = [members[at : at + 2] for at in range(0, len(members), 2)]
        members = [functools.reduce(operator.or_, pair) for pair in pairs]
    assert table.where(members[0]).count() == ROWS


def bits(value):
    """The bits of a double above 0, which are in the order of the doubles."""
    return struct.unpack("<q", struct.pack("<d", value))[0]


def double(of_bits):
    return struct.unpack("<d", struct.pack("<q", of_bits))[0]


def next_up(value):
    return double(bits(value) + 1)


def next_down(value):
    return double(bits(value) - 1)
