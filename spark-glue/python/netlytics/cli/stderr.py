"""The standard error of spark-submit.

spark-submit merges a Python program's stderr into its own stdout. What is said about a run (errors,
summary) must not end up among a program's output, so it goes through the JVM, whose stderr is the
user's.
"""

import io
import os
import sys

from pyspark import SparkContext


class JvmStderr(io.TextIOBase):
    """A text stream that writes to ``System.err`` of the JVM."""

    def __init__(self, jvm):
        super().__init__()
        self._system = jvm.java.lang.System

    def writable(self):
        return True

    def write(self, text):
        if text:
            self._system.err.print(text)
        return len(text)

    def isatty(self):
        # Null unless spark-submit's own input and output are a terminal.
        return self._system.console() is not None


def use_that_of_spark_submit():
    """Makes sys.stderr the stderr of spark-submit; nothing changes where Python runs by itself."""
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        SparkContext._ensure_initialized()
        sys.stderr = JvmStderr(SparkContext._jvm)
