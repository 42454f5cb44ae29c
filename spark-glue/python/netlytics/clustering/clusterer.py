"""What run_clustering.py asks of an algorithm."""

from netlytics import names
from netlytics.errors import UsageError
from netlytics.registered_algo import RegisteredAlgo

FEATURES = "features"
PREDICTION = "prediction"


class Clusterer(RegisteredAlgo):
    """A clustering of NetLytics' own.

    ``run`` takes a table with a column ``features`` (a vector, or an array of numbers) and gives it
    with a column ``prediction`` (long): the cluster of each row. ``summary`` is, after that, a dict
    of what people are told.
    """

    summary = None
    # Names of the columns that it gives.
    gives = (PREDICTION,)

    def given(self, table):
        """Its parameters as the native library takes them.

        Raises UsageError for parameters that are not there, a table without features, or one with a
        column of a name that this clustering gives.
        """
        self.check(table)
        return {name.lower(): value for name, value in self.chosen().items() if value is not None}

    def check(self, table):
        """Raises UsageError for a table without features, or with columns that this one gives."""
        names.require("column", FEATURES, [{"name": known} for known in table.columns])
        gives = self.gives
        for name in table.columns:
            # Spark SQL does not tell upper from lower case.
            if name.lower() in gives:
                raise UsageError(
                    f"the table has a column {name} already, which {self._name} gives: rename it in"
                    f" the query, for instance SELECT {name} AS old_{name}"
                )

    def told(self):
        """What people are told at the end, as lines."""
        return [f"{name}: {shown(value)}" for name, value in (self.summary or {}).items()]


def shown(value):
    """A value of a summary as people read it."""
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)
