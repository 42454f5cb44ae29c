"""Bisecting KMeans."""

from netlytics.clustering.bisecting_kmeans import BisectingKMeans

__all__ = ["BisectingKMeans"]
