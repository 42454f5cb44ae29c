"""Bisecting KMeans: clusters that are split in two until there are K."""

from netlytics.clustering.centres import CentreClustering


class BisectingKMeans(CentreClustering):
    """A tree of clusters, each split in two by KMeans.

    M. Steinbach, G. Karypis and V. Kumar, 2000.
    """

    _name = "bisecting_kmeans"
