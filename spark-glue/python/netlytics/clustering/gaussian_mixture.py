"""Gaussian mixture: clusters as normal distributions of any shape."""

from netlytics.clustering.centres import CentreClustering


class GaussianMixture(CentreClustering):
    """K normal distributions, by expectation maximisation. A row belongs to the likeliest."""

    _name = "gaussian_mixture"

    def shown(self):
        """With ``details`` ``probability`` (doubles, one a cluster) and ``log_density`` as well."""
        return {"details": self.chosen()["details"]}
