"""A program written for the reference: a Data Table, then the three jobs."""

import os
import sys

from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession

import core.utils
from algos.domain_traffic import DomainTraffic
from algos.save_Dataframe import SaveDataFrame
from algos.top_DNS_servers import TopDNSServers

conf = SparkConf().setAppName("my program")
sc = SparkContext(conf=conf)
spark = SparkSession(sc)
base_path = os.path.dirname(os.path.realpath(__file__))
squid, zeek, out = sys.argv[1:]

dataframe = core.utils.get_dataset(
    sc,
    spark,
    base_path,
    "connectors.squid_to_named_flows.Squid_To_Named_Flows",
    squid,
    "2017_03_01",
    "2017_03_31",
)
traffic = DomainTraffic(dataframe, out + "/traffic", "/tmp", "tmp", "", "")
traffic.parameters["N"] = 2
traffic.run()
SaveDataFrame(dataframe, out + "/all", "/tmp", "tmp", "", "").run()

dataframe = core.utils.get_dataset(
    sc, spark, base_path, "connectors.bro_to_DNS.Bro_To_DNS", zeek, "2017_03_01", "2017_03_02"
)
TopDNSServers(dataframe, out + "/resolvers", "/tmp", "tmp", "", "").run()
