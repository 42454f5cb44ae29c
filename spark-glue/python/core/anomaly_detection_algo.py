"""Base class of anomaly detection algorithms."""

from core.feature_algo import FeatureAlgo


class AnomalyDetectionAlgo(FeatureAlgo):
    """``run(dataframe)``: a pandas DataFrame with the anomalies, small by nature."""
