"""Clustering: which rows are alike."""
