"""Data Tables made by people's own connectors, written to the reference's protocol."""

import json
import os

from pyspark.sql.types import StructType

from netlytics import days, own_classes, registry
from netlytics.errors import UsageError


def data_table(spark, connector_class, path, start_day, end_day, base_path=None):
    """The DataFrame of an own connector.

    ``Class(path, first date, last date)``, then ``set_schema`` and ``get_DF`` are called.
    base_path: a folder with the user's ``schema/<Table>.json`` for tables NetLytics does not have.
    Raises UsageError without both days: the protocol knows no open range.
    """
    if start_day is None or end_day is None:
        raise UsageError(
            f"{connector_class.__name__} needs a first and a last day (--start_day, --end_day)"
        )
    first, last = days.parse(start_day), days.parse(end_day)
    days.check_order(first, last)
    for module in ("netlytics", "core", connector_class.__module__):
        own_classes.ship(spark.sparkContext, module)
    connector = connector_class(path, first, last)
    connector.set_schema(StructType.fromJson(schema_of(connector.output_type, base_path)))
    return connector.get_DF(spark.sparkContext, spark)


def schema_of(table, base_path):
    """The StructType JSON of a table: the user's file, else ours."""
    own = os.path.join(base_path or "", "schema", f"{table}.json")
    if base_path and os.path.isfile(own):
        with open(own, encoding="utf-8") as file:
            return json.load(file)
    return registry.table_schema(table)
