"""Base class of clustering algorithms."""

from core.feature_algo import FeatureAlgo


class ClusteringAlgo(FeatureAlgo):
    """``run(dataframe)``: the DataFrame with its column ``features``, and ``prediction`` added."""
