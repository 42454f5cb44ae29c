"""Seasonal-Hybrid-ESD."""

from netlytics.anomaly.s_h_esd import SHEsd as S_H_ESD

__all__ = ["S_H_ESD"]
