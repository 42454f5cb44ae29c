"""KMeans: clusters around K centres."""

from netlytics.clustering.centres import CentreClustering


class KMeans(CentreClustering):
    """K centres such that the squared distances of the rows to their nearest one are small.

    Starts by k-means|| (B. Bahmani et al., VLDB 2012), goes on by Lloyd's steps.
    """

    _name = "kmeans"
