"""What run_anomaly_detection.py asks of an algorithm."""

from netlytics import parameters, registry
from netlytics.feature_algo import FeatureAlgo


class Detector(FeatureAlgo):
    """An anomaly detection of NetLytics' own, listed in algos/registry.json under ``_name``.

    What it finds stays in Spark; ``run`` alone brings it to Python.
    """

    @classmethod
    def entry(cls):
        """Its registry entry."""
        return registry.algorithm(cls._name)

    def __init_subclass__(cls, **arguments):
        super().__init_subclass__(**arguments)
        cls.parameters = parameters.defaults(cls.entry())

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
