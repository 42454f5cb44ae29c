"""Traffic per server name."""

from pyspark.sql import functions as F

from netlytics.jobs.registered import RegisteredJob


class DomainTraffic(RegisteredJob):
    """report.csv: domain, bytes (s_bytes + c_bytes, null = 0), largest first, ties by domain.

    Flows without a name are one row with an empty domain, so that all rows together are all
    traffic.
    """

    _name = "domain_traffic"

    def run(self):
        zero = F.lit(0)
        both = F.coalesce("s_bytes", zero) + F.coalesce("c_bytes", zero)
        traffic = self.input_DF.groupBy(F.col("name").alias("domain")).agg(
            F.sum(both).alias("bytes")
        )
        largest = traffic.orderBy(F.desc("bytes"), F.asc_nulls_last("domain"))
        self.write(self.limited(largest), "report.csv")
