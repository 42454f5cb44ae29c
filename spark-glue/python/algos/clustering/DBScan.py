"""DBSCAN."""

from netlytics.clustering.dbscan import DBScan

__all__ = ["DBScan"]
