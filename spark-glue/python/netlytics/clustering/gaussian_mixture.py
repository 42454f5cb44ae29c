"""Gaussian mixture: clusters as normal distributions of any shape."""

from netlytics.clustering.centres import CentreClustering


class GaussianMixture(CentreClustering):
    """K normal distributions, by expectation maximisation. A row belongs to the likeliest."""

    _name = "gaussian_mixture"

    @property
    def gives(self):
        """Names of the columns that it gives."""
        details = ("probability", "log_density") if self.chosen()["details"] else ()
        return ("prediction", *details)

    def shown(self):
        """With ``details`` ``probability`` (doubles, one a cluster) and ``log_density`` as well."""
        return {"details": self.chosen()["details"]}
