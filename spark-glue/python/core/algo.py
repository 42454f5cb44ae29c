"""Base class of people's own algorithms."""

from netlytics.algo import Algo

__all__ = ["Algo"]
