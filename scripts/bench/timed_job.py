#!/usr/bin/env python3
"""One measurement in a JVM of its own. `run` starts this; it prints one line of JSON.

The job runs once on the warm-up files (classes loaded, code generated), then once on all, timed
from the call that reads to the end of the result: planning and listing files are in it.
"""

import argparse
import json
import time

import csv_reader
import rdd_connector
import rdd_flows
from pyspark.sql import SparkSession


def netlytics(spark, days):
    return spark.read.format("netlytics").option("connector", "zeek_to_DNS").load(days)


def flows(spark, days):
    return spark.read.format("netlytics").option("connector", "zeek_to_NamedFlows").load(days)


READERS = {
    "netlytics": netlytics,
    "rdd": rdd_connector.read,
    "csv": csv_reader.read,
    "flows": flows,
    "rdd-flows": rdd_flows.read,
}


def queries(table) -> int:
    """SELECT query, count(*) … GROUP BY query, the whole result fetched; returns rows counted."""
    return sum(row["count"] for row in table.groupBy("query").count().collect())


def columns(table) -> None:
    """Every column of every row, made and thrown away."""
    table.write.format("noop").mode("overwrite").save()


def named(table) -> int:
    """Rows, and every column of every row made; returns how many rows are named."""
    return table.selectExpr("count(name)", "count(hash(*))").collect()[0][0]


JOBS = {"queries": queries, "columns": columns, "named": named}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=READERS, required=True)
    parser.add_argument("--job", choices=JOBS, required=True)
    parser.add_argument("--jar")
    parser.add_argument("--warm-up", required=True)
    parser.add_argument("days", nargs="+")
    args = parser.parse_args()
    builder = (
        SparkSession.builder.master("local[2]")
        .appName(f"{args.reader} {args.job}")
        .config("spark.driver.memory", "2g")
        .config("spark.ui.enabled", "false")
    )
    if args.jar:
        builder = builder.config("spark.jars", args.jar)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    read, job = READERS[args.reader], JOBS[args.job]
    job(read(spark, [args.warm_up]))
    begin = time.perf_counter()
    rows = job(read(spark, args.days))
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "rows": rows, "spark": spark.version}))
    spark.stop()


if __name__ == "__main__":
    main()
