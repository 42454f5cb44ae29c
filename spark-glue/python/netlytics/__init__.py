"""NetLytics: network logs as Spark tables, and as Arrow tables without Spark.

>>> import netlytics
>>> flows = netlytics.read(spark, "squid_to_NamedFlows", "hdfs:///logs/squid",
...                        "2017_03_01", "2017_03_31")
>>> names = netlytics.open("zeek_to_DNS", "logs/zeek", columns=["query"]).to_pandas()
"""

from netlytics.errors import NetlyticsError, UsageError, translated
from netlytics.jar import jar_path
from netlytics.laptop.reading import LogTable
from netlytics.laptop.reading import open as open
from netlytics.reading import read

# Not `open`, which `from netlytics import *` must not put in the place of Python's own.
__all__ = ["LogTable", "NetlyticsError", "UsageError", "jar_path", "read", "translated"]
