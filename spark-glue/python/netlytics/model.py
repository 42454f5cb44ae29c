"""What an estimator of the native library found."""


class Model:
    """A model: opaque to Spark, a table of one row to any Arrow library.

    estimator: its name. message: an Arrow IPC stream, bytes. summary: a dict of what the fit tells
    people (iterations, cost, sizes and so on).
    """

    def __init__(self, estimator, message, summary):
        self.estimator = estimator
        self.message = message
        self.summary = summary

    def __repr__(self):
        told = ", ".join(f"{name}={value!r}" for name, value in self.summary.items())
        return f"Model({self.estimator}: {told})"
