"""NetLytics: network logs as Spark tables, and as Arrow tables without Spark.

>>> import netlytics
>>> flows = netlytics.read(spark, "squid_to_NamedFlows", "hdfs:///logs/squid",
...                        "2017_03_01", "2017_03_31")
>>> names = netlytics.open("zeek_to_DNS", "logs/zeek", columns=["query"]).to_pandas()
>>> model = netlytics.fit(flows, "clustering.kmeans", {"features": ["c_bytes", "s_bytes"]})
>>> model.save("hdfs:///models/flows")
>>> netlytics.load_model("flows.model").score(netlytics.open("squid_to_NamedFlows", "logs/squid"))
"""

from netlytics import functions
from netlytics.errors import NetlyticsError, UsageError, translated
from netlytics.jar import jar_path
from netlytics.kernel_function import kernel
from netlytics.laptop.reading import LogTable
from netlytics.laptop.reading import open as open
from netlytics.model import Model, fit, load_model
from netlytics.reading import read
from netlytics.sql_functions import register

# Not `open`, which `from netlytics import *` must not put in the place of Python's own.
__all__ = [
    "LogTable",
    "Model",
    "NetlyticsError",
    "UsageError",
    "fit",
    "functions",
    "jar_path",
    "kernel",
    "load_model",
    "read",
    "register",
    "translated",
]
