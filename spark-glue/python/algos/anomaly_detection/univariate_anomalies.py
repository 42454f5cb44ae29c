"""Outliers of a column of numbers."""

from netlytics.anomaly.univariate import Univariate as UnivariateAnomalies

__all__ = ["UnivariateAnomalies"]
