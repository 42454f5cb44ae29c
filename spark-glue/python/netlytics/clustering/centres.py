"""Clusterings that learn a model in passes, and then label each row by it."""

from netlytics import kernels
from netlytics.clustering.clusterer import FEATURES, Clusterer
from netlytics.errors import UsageError
from netlytics.model import fit


class CentreClustering(Clusterer):
    """A clustering by an estimator of the native library, ``clustering.<name>``."""

    @property
    def kernel(self):
        """Name of its estimator; its score kernel is called so too, with ``.score``."""
        return f"clustering.{self._name}"

    def run(self, input_dataframe):
        """The table with a column ``prediction``, from 0."""
        return self.predict(input_dataframe, self.fit(input_dataframe))

    def fit(self, table):
        """The model of the table's rows. Raises UsageError for parameters that are not there,
        NetlyticsError for rows that cannot be clustered.
        """
        params = self.given(table)
        model = fit(table.select(FEATURES), self.kernel, params)
        self.summary = model.summary
        return model

    def predict(self, table, model):
        """The table with a column ``prediction``: the clusters of a model that ``fit`` gave, or
        that was loaded. Raises UsageError for a model of another algorithm.
        """
        if model.estimator != self.kernel:
            raise UsageError(
                f"the model was learned by {model.estimator}: expected one of {self.kernel}"
            )
        self.check(table)
        return kernels.append(table, f"{self.kernel}.score", self.shown(), model, [FEATURES])

    def shown(self):
        """What is to be shown of each row: parameters of its score kernel."""
        return {}
