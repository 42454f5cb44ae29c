"""Time series as DataFrames."""

import json

STEP = 300


def series(spark, folder, values, host="a"):
    """A DataFrame time (s), value, host, its rows in no order over several partitions."""
    file = folder / f"series-{host}.json"
    rows = ({"time": at * STEP, "value": value, "host": host} for at, value in enumerate(values))
    file.write_text("\n".join(map(json.dumps, rows)))
    schema = "time BIGINT, value DOUBLE, host STRING"
    return spark.read.schema(schema).json(str(file)).repartition(5)


def outliers(found):
    """The places of a series' outliers, ascending."""
    return [round(row["time"] / STEP) for row in found.where("outlier").orderBy("time").collect()]
