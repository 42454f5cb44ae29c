"""Reads one file with every connector in every error mode; prints what came out as JSON.

Arguments: folder of the package, then one folder a connector as name=folder.
"""

import json
import sys

sys.path.insert(0, sys.argv[1])

from pyspark.sql import SparkSession

import netlytics
from netlytics.errors import NetlyticsError, translated
from netlytics.summary import Summary

spark = SparkSession.builder.getOrCreate()
spark.sparkContext.setLogLevel("OFF")
answers = {}
for argument in sys.argv[2:]:
    connector, _, folder = argument.partition("=")
    for mode in ("PERMISSIVE", "DROPMALFORMED", "FAILFAST"):
        table = netlytics.read(spark, connector, folder, mode=mode)
        summary = Summary(spark)
        try:
            with translated():
                rows = len(table.collect())
            answers[f"{connector} {mode}"] = [rows, summary.counts()["malformed"]]
        except NetlyticsError as error:
            answers[f"{connector} {mode}"] = [error.kind, error.path is not None, error.offset]
    bad = netlytics.read(spark, connector, folder).select("_corrupt_record")
    answers[f"{connector} bad"] = sorted(
        row[0] for row in bad.where("_corrupt_record IS NOT NULL").collect()
    )
print("ANSWERS " + json.dumps(answers))
