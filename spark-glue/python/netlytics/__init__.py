"""NetLytics: network logs as Spark tables, and as Arrow tables without Spark.

>>> import netlytics
>>> flows = netlytics.read(spark, "squid_to_NamedFlows", "hdfs:///logs/squid",
...                        "2017_03_01", "2017_03_31")
>>> names = netlytics.open("zeek_to_DNS", "logs/zeek", columns=["query"]).to_pandas()
>>> model = netlytics.fit(flows.select("c_bytes", "s_bytes"), "clustering.kmeans", {"k": 8})
"""

from netlytics.errors import NetlyticsError, UsageError, translated
from netlytics.jar import jar_path
from netlytics.kernel_function import kernel
from netlytics.kernels import fit
from netlytics.laptop.reading import LogTable
from netlytics.laptop.reading import open as open
from netlytics.model import Model
from netlytics.reading import read

# Not `open`, which `from netlytics import *` must not put in the place of Python's own.
__all__ = [
    "LogTable",
    "Model",
    "NetlyticsError",
    "UsageError",
    "fit",
    "jar_path",
    "kernel",
    "read",
    "translated",
]
