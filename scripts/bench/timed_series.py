#!/usr/bin/env python3
"""Seconds of Seasonal-Hybrid-ESD over many series in Spark; prints one line of JSON.

The rows are made and cached before the clock starts; the outliers are counted. It runs once on a
hundredth of the series before.
"""

import argparse
import json
import time

from pyspark.sql import SparkSession
from series_input import SQL, STEPS


def table(spark, series):
    number = f"CAST(floor(id / {STEPS}) AS BIGINT) AS number"
    rows = spark.range(0, series * STEPS, 1, 2).selectExpr(number, f"id % {STEPS} AS step")
    made = rows.selectExpr("number", "60.0D * step AS time", f"{SQL} AS value").persist()
    made.count()
    return made


def outliers(made):
    from netlytics.anomaly.s_h_esd import SHEsd

    return SHEsd({"group_by": ["number"]}).detect(made, "value").where("outlier").count()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, required=True)
    parser.add_argument("--jar", required=True)
    args = parser.parse_args()
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", "8g")
        .config("spark.ui.enabled", "false")
        .config("spark.jars", args.jar)
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    few, all_series = table(spark, max(args.series // 100, 1)), table(spark, args.series)
    outliers(few)
    begin = time.perf_counter()
    found = outliers(all_series)
    print(json.dumps({"seconds": time.perf_counter() - begin, "outliers": found}))
    spark.stop()


if __name__ == "__main__":
    main()
