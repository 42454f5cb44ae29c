"""What algorithms over a ``features`` column have in common."""

from netlytics.feature_algo import FeatureAlgo

__all__ = ["FeatureAlgo"]
