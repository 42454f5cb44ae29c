"""The algorithms of the native library, run over DataFrames inside the executors' JVMs."""

import json

from py4j.java_gateway import JavaClass
from pyspark.sql import DataFrame

from netlytics import jar
from netlytics.errors import from_spark


def map_in_arrow(table, kernel, params):
    """Runs a kernel over each partition of a table; no Python worker takes part.

    table: its columns, of types bigint, double, string, boolean or arrays of these, are what the
    kernel takes. kernel: for instance ``anomaly.s_h_esd``. params: a dict. Returns a DataFrame.
    Raises NetlyticsError when a name, a parameter or a column is not valid; what the rows bring is
    raised by the action that runs it.
    """
    spark = table.sparkSession
    kernels = spark.sparkContext._jvm.io.netlytics.spark.NetlyticsKernels
    if not isinstance(kernels, JavaClass):
        raise jar.missing_from_class_path()
    try:
        result = kernels.mapInArrow(table._jdf, kernel, json.dumps(params))
    except Exception as error:
        found = from_spark(error)
        if found is None:
            raise
        raise found from error
    return DataFrame(result, spark)
