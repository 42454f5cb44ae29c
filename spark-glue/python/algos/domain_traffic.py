"""Traffic per server name."""

from netlytics.jobs.domain_traffic import DomainTraffic

__all__ = ["DomainTraffic"]
