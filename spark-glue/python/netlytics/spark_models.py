"""Models by the jar of a Spark session: taken apart, kept on Hadoop file systems, scored with."""

import json
from contextlib import contextmanager

from netlytics import jar
from netlytics.errors import NetlyticsError, UsageError, translated
from netlytics.kernels import described, of_jvm


class SparkModels:
    """What a session does with models; each is its message, bytes."""

    def __init__(self, spark):
        """Raises NetlyticsError without the jar."""
        from py4j.java_gateway import JavaClass

        self._spark = spark
        self._models = spark.sparkContext._jvm.io.netlytics.spark.NetlyticsModel
        if not isinstance(self._models, JavaClass):
            raise jar.missing_from_class_path()

    def transform(self, message):
        """The message of the transform that a model holds, or None."""
        with told():
            found = self._of(message).transform()
            return None if found is None else bytes(found.message())

    def with_transform(self, message, transform):
        """The message and the description of a model together with a transform."""
        with told():
            return described(self._of(message).withTransform(self._of(transform)))

    def save(self, message, path, overwrite):
        """Writes a model to a Hadoop file system; see ``Model.save``."""
        with told():
            self._of(message).save(self._spark._jsparkSession, path, overwrite)

    def load(self, path):
        """The message and the description of the model in a file of a Hadoop file system; see
        ``netlytics.load_model``.
        """
        with told():
            return described(self._models.load(self._spark._jsparkSession, path))

    def score(self, message, table, params):
        """A DataFrame with the columns that a model gives; see ``Model.score``."""
        with told():
            return of_jvm(self._of(message).score(table._jdf, json.dumps(params)), table)

    def _of(self, message):
        return self._models.of(bytearray(message))


@contextmanager
def told():
    """As ``translated``; a request that is itself wrong is a UsageError, as without Spark."""
    try:
        with translated():
            yield
    except NetlyticsError as error:
        if error.kind != "BadOption" or isinstance(error, UsageError):
            raise
        raise UsageError(error.message) from error
