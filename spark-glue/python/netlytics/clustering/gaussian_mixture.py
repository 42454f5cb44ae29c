"""Gaussian mixture: clusters as normal distributions of any shape."""

from netlytics.clustering.centres import CentreClustering


class GaussianMixture(CentreClustering):
    """K normal distributions, by expectation maximisation. A row belongs to the likeliest."""

    _name = "gaussian_mixture"
