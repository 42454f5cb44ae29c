"""Gaussian mixture."""

from netlytics.clustering.gaussian_mixture import GaussianMixture

__all__ = ["GaussianMixture"]
