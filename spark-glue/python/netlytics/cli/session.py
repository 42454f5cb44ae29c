"""The Spark session of a script."""

import sys
from contextlib import contextmanager

from pyspark import SparkConf
from pyspark.sql import SparkSession

from netlytics.summary import Summary


@contextmanager
def session(script, name):
    """A session that ends with the block; prints the summary at its end if nothing failed."""
    conf = SparkConf()
    # spark-submit names a program after its file unless it is given --name.
    if conf.get("spark.app.name", script) == script:
        conf.setAppName(name)
    if sys.stderr.isatty():
        conf.setIfMissing("spark.ui.showConsoleProgress", "true")
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    try:
        summary = Summary(spark)
        yield spark
        for line in summary.lines():
            print(line, file=sys.stderr)
    finally:
        spark.stop()
