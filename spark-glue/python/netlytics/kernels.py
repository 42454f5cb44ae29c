"""The algorithms of the native library, run over DataFrames inside the executors' JVMs."""

import json

from netlytics import jar
from netlytics.errors import translated
from netlytics.progress import Progress


def map_in_arrow(table, kernel, params, model=None):
    """Runs a kernel over each partition of a table; no Python worker takes part.

    table: its columns, of types bigint, double, string, boolean, vector or arrays of these, are
    what the kernel takes. kernel: for instance ``anomaly.s_h_esd``. params: a dict. model: what
    ``fit`` found, for a kernel that takes one. Returns a DataFrame. Raises NetlyticsError when a
    name, a parameter or a column is not valid; what the rows bring is raised by the action that
    runs it.
    """
    with translated():
        result = entry_points(table).mapInArrow(
            table._jdf, kernel, json.dumps(params), message_of(model)
        )
    return of_jvm(result, table)


def append(table, kernel, params, model, inputs):
    """The table, with the columns that a kernel gives for each of its rows.

    kernel: one that gives a row for each that it takes, for instance ``clustering.kmeans.score``.
    inputs: names of the columns it takes; the others may be of any type. Returns a DataFrame;
    raises as ``map_in_arrow``.
    """
    gateway = table.sparkSession.sparkContext._gateway
    names = gateway.new_array(gateway.jvm.java.lang.String, len(inputs))
    for place, name in enumerate(inputs):
        names[place] = name
    with translated():
        result = entry_points(table).append(
            table._jdf, kernel, json.dumps(params), message_of(model), names
        )
    return of_jvm(result, table)


def learned(table, estimator, params):
    """The model that an estimator learns from the rows of a DataFrame: its message, description.

    Each pass is a Spark job, and rows stay on the executors. table: its columns are what the
    estimator takes. Shows its progress when stderr is a terminal. Raises NetlyticsError when a
    name, a parameter or a column is not valid, or the rows are not what the algorithm works on.
    """
    with translated(), Progress(estimator) as progress:
        fitting = entry_points(table).fitting(table._jdf, estimator, json.dumps(params))
        try:
            while not fitting.advance():
                progress.tell(fitting.told())
            return described(models_of(table).of(fitting))
        finally:
            fitting.close()


def entry_points(table):
    """The JVM's class with the entry points. Raises NetlyticsError without the jar."""
    from py4j.java_gateway import JavaClass

    kernels = table.sparkSession.sparkContext._jvm.io.netlytics.spark.NetlyticsKernels
    if not isinstance(kernels, JavaClass):
        raise jar.missing_from_class_path()
    return kernels


def models_of(table):
    """The JVM's class of models."""
    return table.sparkSession.sparkContext._jvm.io.netlytics.spark.NetlyticsModel


def described(model):
    """The message of a model of the JVM, and what it says of itself, as JSON."""
    return bytes(model.message()), model.description()


def of_jvm(result, table):
    """The JVM's DataFrame as PySpark's, of the session of a table."""
    # Not above: this package is also used where there is no Spark.
    from pyspark.sql import DataFrame

    return DataFrame(result, table.sparkSession)


def message_of(model):
    """What the JVM takes of a model that may be none."""
    return None if model is None else bytearray(model.message)
