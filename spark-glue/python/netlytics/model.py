"""What an estimator of the native library learned: saved, loaded and scored with by every host."""

import json
import os
import sys

from netlytics import kernels
from netlytics.laptop import learning
from netlytics.laptop.learning import LaptopModels
from netlytics.spark_models import SparkModels


class Model:
    """A model: one Arrow message that says what it is.

    message: an Arrow IPC stream of one row, bytes, which any Arrow library can read. estimator:
    the name of what learned it, for instance ``clustering.kmeans``. parameters: what the estimator
    was given, a dict. features: the columns it was learned from, ``[{"name", "type"}]``; of a
    column of vectors whose numbers have names, ``members`` too. summary: how the fit went, a dict
    (iterations, cost, sizes and so on). transform: the model that makes its features of raw
    columns, or None.
    """

    def __init__(self, message, description):
        self.message = message
        self.description = description

    @property
    def estimator(self):
        """Name of the estimator."""
        return self.description["estimator"]

    @property
    def parameters(self):
        """The estimator's parameters."""
        return self.description["parameters"]

    @property
    def features(self):
        """The columns that it was learned from."""
        return self.description["features"]

    @property
    def summary(self):
        """How the fit went."""
        return self.description["summary"]

    @property
    def transform(self):
        """The model that makes its features, or None."""
        if self.description["transform"] is None:
            return None
        return Model(models().transform(self.message), self.description["transform"])

    def with_transform(self, transform):
        """This model together with the one that made its features: it then takes raw columns."""
        return made(*models().with_transform(self.message, transform.message))

    def save(self, path, overwrite=False, spark=None):
        """Writes the model to a file, as a whole or not at all.

        path: in a Spark session any Hadoop file system's, as a URI or on the default one; elsewhere
        a path of this machine. overwrite: replace a file that is there. spark: the session; by
        default the active one. Raises UsageError where a file is that is not to be replaced,
        NetlyticsError (Io) when it cannot be written.
        """
        models(spark).save(self.message, os.fspath(path), overwrite)

    def score(self, data, **params):
        """The data with the columns that the model gives for each row, for instance ``prediction``.

        data: a Spark DataFrame, for a DataFrame; or anything with ``__arrow_c_stream__`` (a table
        of pyarrow, polars, DuckDB or ``netlytics.open``), for a ``pyarrow.Table``, without Spark.
        It has the columns that the model, or its transform, was learned from. params: of the score,
        for instance ``details=True`` of a Gaussian mixture. Both hosts give the same numbers.
        Raises UsageError for a column that is missing, of another type, or of a name that the model
        gives.
        """
        host = SparkModels(data.sparkSession) if is_data_frame(data) else LaptopModels()
        return host.score(self.message, data, params)

    def __repr__(self):
        told = ", ".join(f"{name}={value!r}" for name, value in self.summary.items())
        return f"Model({self.estimator}: {told})"


def load_model(path, spark=None):
    """The model in a file that ``Model.save``, or NetlyticsModel of the JVM, wrote.

    path: as for ``Model.save``; without Spark ``hdfs://`` too. spark: the session; by default the
    active one. Raises UsageError when nothing is there or it is no model of NetLytics,
    NetlyticsError (Io) when it cannot be read.
    """
    return made(*models(spark).load(os.fspath(path)))


def fit(table, estimator, params):
    """Learns a model from the rows of a table.

    table: a Spark DataFrame (each pass is a Spark job, and rows stay on the executors), or Arrow
    data, as for ``Model.score``, which is learned from here without Spark. estimator: for instance
    ``clustering.kmeans``. params: a dict. Returns a Model; raises NetlyticsError when a name, a
    parameter or a column is not valid, or the rows are not what the algorithm works on.
    """
    if is_data_frame(table):
        return made(*kernels.learned(table, estimator, params))
    return made(*learning.learned(table, estimator, params))


def made(message, description):
    """The model of a message and of what it says of itself, as JSON."""
    return Model(message, json.loads(description))


def models(spark=None):
    """What takes models apart and keeps them: the session, by default the active one; without any,
    this machine.
    """
    spark = spark or active_session()
    return LaptopModels() if spark is None else SparkModels(spark)


def active_session():
    """The Spark session of this thread, or None. PySpark is not imported for that."""
    if "pyspark.sql" not in sys.modules:
        return None
    from pyspark.sql import SparkSession

    return SparkSession.getActiveSession()


def is_data_frame(data):
    """Whether it is a DataFrame of Spark's."""
    return any(kind.__module__.startswith("pyspark.sql") for kind in type(data).__mro__)
