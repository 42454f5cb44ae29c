#!/usr/bin/env python3
"""One measurement of an algorithm in Spark, in a JVM of its own; prints one line of JSON.

    timed_fit.py --engine netlytics|mllib --algorithm kmeans|… --rows N [--jar JAR]

The rows are made by Spark and cached before the clock starts. The algorithm runs once on a
hundredth of them (classes loaded, code generated), then once on all, timed from the call to the
model (transform: to the last row written to nowhere).
"""

import argparse
import json
import time

import fit_input
from pyspark.sql import SparkSession

ITERATIONS = 10
CLUSTERS = 10


def netlytics_fit(algorithm, table):
    import netlytics

    params = {"k": CLUSTERS, "max_iter": ITERATIONS}
    if algorithm != "bisecting_kmeans":
        params["tol"] = 0.0
    model = netlytics.fit(table.select("features"), f"clustering.{algorithm}", params)
    return model.summary


def mllib_fit(algorithm, table):
    from pyspark.ml import clustering

    made = {
        "kmeans": lambda: clustering.KMeans(k=CLUSTERS, maxIter=ITERATIONS, tol=0.0, seed=1),
        "bisecting_kmeans": lambda: clustering.BisectingKMeans(
            k=CLUSTERS, maxIter=ITERATIONS, seed=1
        ),
        "gaussian_mixture": lambda: clustering.GaussianMixture(
            k=CLUSTERS, maxIter=ITERATIONS, tol=0.0, seed=1
        ),
    }[algorithm]()
    model = made.fit(table)
    cost = None if algorithm == "gaussian_mixture" else model.summary.trainingCost
    return {"iterations": getattr(model.summary, "numIter", ITERATIONS), "cost": cost}


def netlytics_transform(table):
    from netlytics.transform import transformed

    return transformed(table, fit_input.NUMBERS, fit_input.CATEGORIES, normalize=True)


def mllib_transform(table):
    from pyspark.ml import Pipeline, feature

    indexed = [f"{name}_index" for name in fit_input.CATEGORIES]
    hot = [f"{name}_hot" for name in fit_input.CATEGORIES]
    stages = [
        feature.StringIndexer(inputCols=fit_input.CATEGORIES, outputCols=indexed),
        feature.OneHotEncoder(inputCols=indexed, outputCols=hot),
        feature.VectorAssembler(inputCols=[*fit_input.NUMBERS, *hot], outputCol="assembled"),
        feature.Normalizer(inputCol="assembled", outputCol="features", p=2.0),
    ]
    return Pipeline(stages=stages).fit(table).transform(table)


FITS = {"netlytics": netlytics_fit, "mllib": mllib_fit}
TRANSFORMS = {"netlytics": netlytics_transform, "mllib": mllib_transform}


def work(engine, algorithm, table):
    """Runs the algorithm; returns what it says of itself."""
    if algorithm != "transform":
        return FITS[engine](algorithm, table)
    made = TRANSFORMS[engine](table).select("features")
    made.write.format("noop").mode("overwrite").save()
    return {}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=FITS, required=True)
    parser.add_argument("--algorithm", required=True)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--jar")
    args = parser.parse_args()
    builder = (
        SparkSession.builder.master("local[2]")
        .appName(f"{args.engine} {args.algorithm}")
        .config("spark.driver.memory", "8g")
        .config("spark.ui.enabled", "false")
    )
    if args.jar:
        builder = builder.config("spark.jars", args.jar)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    make = fit_input.texts if args.algorithm == "transform" else fit_input.blobs
    few, all_rows = (make(spark, rows).persist() for rows in (args.rows // 100, args.rows))
    few.count(), all_rows.count()
    work(args.engine, args.algorithm, few)
    begin = time.perf_counter()
    told = work(args.engine, args.algorithm, all_rows)
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "told": told, "spark": spark.version}))
    spark.stop()


if __name__ == "__main__":
    main()
