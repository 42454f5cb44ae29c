"""Clusterings that learn a model in passes, and then label each row by it."""

from netlytics import kernels, names, parameters, registry
from netlytics.feature_algo import FeatureAlgo

FEATURES = "features"
PREDICTION = "prediction"


class CentreClustering(FeatureAlgo):
    """A clustering by an estimator of the native library, ``clustering.<name>``.

    The table has a column ``features``: a vector, or an array of numbers. ``parameters`` of an
    instance may have any name that the registry knows for them.
    """

    @classmethod
    def entry(cls):
        """Its registry entry."""
        return registry.algorithm(cls._name)

    @property
    def kernel(self):
        """Name of its estimator; its score kernel is called so too, with ``.score``."""
        return f"clustering.{self._name}"

    def run(self, input_dataframe):
        """The table with a column ``prediction`` (long, from 0): which cluster a row belongs to."""
        return self.predict(input_dataframe, self.fit(input_dataframe))

    def fit(self, table):
        """The model of the table's rows. Raises UsageError for parameters that are not there,
        NetlyticsError for rows that cannot be clustered.
        """
        names.require("column", FEATURES, [{"name": known} for known in table.columns])
        chosen = parameters.effective(self.entry(), self.parameters)
        given = {name.lower(): value for name, value in chosen.items() if value is not None}
        self.model = kernels.fit(table.select(FEATURES), self.kernel, given)
        return self.model

    def predict(self, table, model):
        """The table with a column ``prediction``: the clusters of a model that ``fit`` gave."""
        return kernels.append(table, f"{self.kernel}.score", {}, model, [FEATURES])
