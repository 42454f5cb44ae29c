"""Errors with the place they happened at, on this side of the JVM.

The jar throws ``io.netlytics.NetlyticsException``; Spark wraps it in its own exceptions on the way
to the driver. ``translated()`` finds it again and raises it as ``NetlyticsError``.
"""

from contextlib import contextmanager

JAVA_CLASS = "io.netlytics.NetlyticsException"
# A chain of causes is a handful long; the bound only guards against one that loops.
LONGEST_CAUSE_CHAIN = 64


class NetlyticsError(Exception):
    """What went wrong, as a full sentence, and where. It can be pickled.

    kind: BadInput, BadOption, Io or Internal (the native library's), MissingJar, MissingLibrary or
    Output (this package's). path: the file. split_start: first byte of the task's part of the file.
    offset: byte in the (decompressed) text. record: number of the record in the split. column: its
    name. expected: what should have stood there. All but kind and message may be None.
    """

    def __init__(
        self,
        kind,
        message,
        path=None,
        split_start=None,
        offset=None,
        record=None,
        column=None,
        expected=None,
    ):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.path = path
        self.split_start = split_start
        self.offset = offset
        self.record = record
        self.column = column
        self.expected = expected

    def __reduce__(self):
        # Exceptions are rebuilt from their args, which are those of Exception: the message alone.
        return type(self), self._arguments(), self.__dict__

    def _arguments(self):
        """What an equal error is made with."""
        return (
            self.kind,
            self.message,
            self.path,
            self.split_start,
            self.offset,
            self.record,
            self.column,
            self.expected,
        )


class UsageError(NetlyticsError):
    """The request itself is wrong: an unknown name, an invalid value. Nothing was read."""

    def __init__(self, message):
        super().__init__("BadOption", message)

    def _arguments(self):
        return (self.message,)


@contextmanager
def translated():
    """Around an action (``collect``, ``write``, …): raises NetlyticsError for errors of our reader.

    Errors that are not ours pass unchanged. Works as a decorator too.
    """
    try:
        yield
    except NetlyticsError:
        raise
    except Exception as error:
        found = from_spark(error)
        if found is None:
            raise
        raise found from error


def from_spark(error):
    """The NetlyticsError inside an exception of PySpark or py4j, or None."""
    for cause in causes(java_side(error)):
        if cause.getClass().getName() == JAVA_CLASS:
            return from_java(cause)
    return None


def from_java(exception):
    """A NetlyticsException of the JVM as a NetlyticsError."""
    return NetlyticsError(
        exception.getKind(),
        exception.getMessage(),
        exception.getPath(),
        exception.getSplitStart(),
        exception.getOffset(),
        exception.getRecord(),
        exception.getColumn(),
        exception.getExpected(),
    )


def java_side(error):
    """The Java exception behind a Python one, or None.

    py4j keeps it as ``java_exception``, PySpark's captured exceptions as ``_origin``.
    """
    return getattr(error, "java_exception", None) or getattr(error, "_origin", None)


def causes(exception):
    """A Java exception and its causes, outermost first."""
    for _ in range(LONGEST_CAUSE_CHAIN):
        if exception is None:
            return
        yield exception
        exception = exception.getCause()


def one_line(error):
    """The reason in one line, without stack traces."""
    chain = list(causes(java_side(error)))
    text = str(error) if isinstance(error, NetlyticsError) or not chain else reason(chain)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return type(error).__name__
    # The text of an error in a Python worker is its traceback, which ends with the error.
    return lines[-1] if "Traceback" in lines[0] else lines[0]


def reason(chain):
    """The innermost message of a chain of Java exceptions; a class name if none has one."""
    for exception in reversed(chain):
        message = (exception.getMessage() or "").strip()
        if message:
            simple = exception.getClass().getSimpleName()
            return message if simple == "AnalysisException" else f"{simple}: {message}"
    return chain[-1].getClass().getName()
