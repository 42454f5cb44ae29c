"""The reference's names of the anomaly detection algorithms."""
