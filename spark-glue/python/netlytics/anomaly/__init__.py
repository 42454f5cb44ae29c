"""Anomaly detection over tables of times and values."""
