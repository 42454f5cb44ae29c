"""The reference's names of the clustering algorithms."""
