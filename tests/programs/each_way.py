"""Reads one folder with every connector through SQL, run_query.py and run_job.py; prints the rows.

Arguments: folder of the package, then one folder a connector as name=folder.
"""

import csv
import json
import pathlib
import sys

sys.path.insert(0, sys.argv[1])

from pyspark.sql import SparkSession

from netlytics.cli import job, query


def rows(path):
    """Rows below the header of a CSV file."""
    with pathlib.Path(path).open(newline="", encoding="utf-8") as file:
        return len(list(csv.reader(file))) - 1


answers = {}
for argument in sys.argv[2:]:
    connector, _, folder = argument.partition("=")
    spark = SparkSession.builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW logs USING netlytics "
        f"OPTIONS (connector '{connector}', path '{folder}')"
    )
    answers[f"{connector} SQL"] = spark.sql("SELECT count(*) FROM logs").collect()[0][0]
    source = ["--connector", connector, "--input_path", folder]
    file, directory = f"{connector}.csv", f"{connector}-job"
    asked = ["--query", "SELECT * FROM netlytics", "--output_file_local", file]
    status = query.main([*source, *asked])
    answers[f"{connector} run_query.py"] = [status, rows(file)]
    saved = ["--algo", "save_dataframe", "--output_path", directory]
    status = job.main([*source, *saved])
    answers[f"{connector} run_job.py"] = [status, rows(f"{directory}/dataframe.csv")]
print("ANSWERS " + json.dumps(answers))
