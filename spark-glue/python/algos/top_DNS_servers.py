"""Queries per resolver."""

from netlytics.jobs.top_dns_servers import TopDnsServers as TopDNSServers

__all__ = ["TopDNSServers"]
