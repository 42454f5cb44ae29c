#!/usr/bin/env python3
"""Seconds of DBSCAN in Spark, from the call to the last labelled row; prints one line of JSON.

    timed_density.py --jar JAR --columns 2 FOLDER

The points are kept in the folder as Parquet, and cached before the clock starts; it runs once on a
tenth of them before.
"""

import argparse
import json
import pathlib
import time

from density_input import CASES, MIN_POINTS, parquet
from pyspark.sql import SparkSession


def labelled(table, eps):
    from netlytics.clustering.dbscan import DBScan

    dbscan = DBScan({"eps": eps, "min_points": MIN_POINTS})
    dbscan.run(table).write.format("noop").mode("overwrite").save()
    return dbscan.summary["clusters"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jar", required=True)
    parser.add_argument("--columns", type=int, choices=CASES, required=True)
    parser.add_argument("folder", type=pathlib.Path)
    args = parser.parse_args()
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", "8g")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.jars", args.jar)
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    eps = CASES[args.columns][1]
    table = spark.read.parquet(parquet(args.folder, args.columns)).persist()
    table.count()
    labelled(table.sample(0.1, seed=1), eps)
    begin = time.perf_counter()
    clusters = labelled(table, eps)
    print(json.dumps({"seconds": time.perf_counter() - begin, "clusters": clusters}))
    spark.stop()


if __name__ == "__main__":
    main()
