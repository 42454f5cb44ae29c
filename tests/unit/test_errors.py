"""Exceptions of the JVM as ours; the Java side is played by Python objects."""

import pytest

from netlytics.errors import NetlyticsError, from_spark, one_line, translated


class JavaClass:
    def __init__(self, name):
        self._name = name

    def getName(self):
        return self._name

    def getSimpleName(self):
        return self._name.rpartition(".")[2]


class JavaException:
    def __init__(self, name, message, cause=None, **fields):
        self._name, self._message, self._cause, self._fields = name, message, cause, fields

    def getClass(self):
        return JavaClass(self._name)

    def getMessage(self):
        return self._message

    def getCause(self):
        return self._cause

    def __getattr__(self, name):
        return lambda: self._fields.get(name)


class Py4JError(Exception):
    def __init__(self, java_exception):
        super().__init__("An error occurred while calling o1.collect\n\tat Spark.java:1")
        self.java_exception = java_exception


OURS = JavaException(
    "io.netlytics.NetlyticsException",
    "hdfs:/l/dns.log, byte 812: expected 24 columns, found 3.",
    getKind="BadInput",
    getPath="hdfs:/l/dns.log",
    getOffset=812,
    getRecord=4,
)
WRAPPED = JavaException(
    "org.apache.spark.SparkException",
    "Job aborted",
    JavaException("org.apache.spark.SparkException", "Task failed", OURS),
)


def test_our_exception_is_found_under_those_of_spark():
    with pytest.raises(NetlyticsError, match="expected 24 columns") as raised, translated():
        raise Py4JError(WRAPPED)
    error = raised.value
    assert (error.kind, error.path, error.offset, error.record, error.column) == (
        "BadInput",
        "hdfs:/l/dns.log",
        812,
        4,
        None,
    )
    assert isinstance(error.__cause__, Py4JError)


def test_other_exceptions_pass():
    error = Py4JError(JavaException("java.io.IOException", "disk full\n\tat X"))
    assert from_spark(error) is None
    with pytest.raises(Py4JError), translated():
        raise error
    assert one_line(error) == "IOException: disk full"
    assert one_line(KeyError("x")) == "'x'"
    worker = JavaException(
        "a.PythonException", "Traceback (most recent …):\n  File x\nKeyError: 1\n"
    )
    assert one_line(Py4JError(worker)) == "KeyError: 1"


def test_a_loop_of_causes_ends():
    endless = JavaException("a.B", "c")
    endless._cause = endless
    assert from_spark(Py4JError(endless)) is None
