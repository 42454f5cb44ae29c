"""NetLytics: network logs as Spark tables.

>>> import netlytics
>>> flows = netlytics.read(spark, "squid_to_NamedFlows", "hdfs:///logs/squid",
...                        "2017_03_01", "2017_03_31")
"""

from netlytics.errors import NetlyticsError, UsageError, translated
from netlytics.jar import jar_path
from netlytics.reading import read

__all__ = ["NetlyticsError", "UsageError", "jar_path", "read", "translated"]
