"""What run_anomaly_detection.py asks of an algorithm."""

from netlytics.registered_algo import RegisteredAlgo


class Detector(RegisteredAlgo):
    """An anomaly detection of NetLytics' own.

    What it finds stays in Spark; ``run`` alone brings it to Python.
    """

    def detect(self, table, feature):
        """A DataFrame of what is found in a table by one numerical feature of it."""
        raise NotImplementedError(f"{type(self).__name__} has no detect()")

    def results(self, found):
        """What ``detect`` found, in the columns and the order of results.csv."""
        raise NotImplementedError(f"{type(self).__name__} has no results()")

    def told(self, found):
        """What people are told at the end, as lines; a job over ``found``."""
        raise NotImplementedError(f"{type(self).__name__} has no told()")

    def draw(self, found, target):
        """Writes the picture of what was found: a .png or .html file."""
        raise NotImplementedError(f"{type(self).__name__} has no draw()")
