"""KMeans."""

from netlytics.clustering.kmeans import KMeans

__all__ = ["KMeans"]
