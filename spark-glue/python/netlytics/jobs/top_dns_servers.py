"""Queries per resolver."""

from pyspark.sql import functions as F

from netlytics.jobs.registered import RegisteredJob


class TopDnsServers(RegisteredJob):
    """report.csv: resolver (its address), queries; most used first, ties by address.

    Queries whose log has no resolver address are one row with an empty resolver.
    """

    _name = "top_dns_servers"

    def run(self):
        queries = self.input_DF.groupBy(F.col("s_ip").alias("resolver")).agg(
            F.count(F.lit(1)).alias("queries")
        )
        busiest = queries.orderBy(F.desc("queries"), F.asc_nulls_last("resolver"))
        self.write(self.limited(busiest), "report.csv")
