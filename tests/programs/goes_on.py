"""Reads a log in which the library of the tests panics, then one in which it does not."""

import json
import sys

from pyspark.sql import SparkSession

import netlytics

spark = SparkSession.builder.getOrCreate()
try:
    with netlytics.translated():
        netlytics.read(spark, "zeek_to_DNS", sys.argv[1]).collect()
except netlytics.NetlyticsError as error:
    print(json.dumps({"kind": error.kind, "message": str(error)}))
print(netlytics.read(spark, "zeek_to_DNS", sys.argv[2]).count())
