"""The classic way to name Zeek's flows in PySpark, to compare with: keyed RDDs and joins.

Written as people write it, by position, and for this benchmark's input only. It does the same
work: names by uid from http.log and ssl.log, for the other flows the last DNS answer of the client.
"""

import bisect

from pyspark.sql import DataFrame, Row, SparkSession


def fields(spark: SparkSession, path: str, log: str):
    lines = spark.sparkContext.textFile(f"{path}/{log}.*.log.gz")
    return lines.filter(lambda line: line[:1] != "#").map(lambda line: line.split("\t"))


def flow(f: list) -> tuple:
    """A record of conn.log as (uid, columns of the table without the name)."""
    number = [0 if field == "-" else int(field) for field in (f[9], f[10], f[16], f[18])]
    start = float(f[0])
    end = start if f[8] == "-" else start + float(f[8])
    return f[1], (number[0], f[2], number[2], int(f[3]), number[1], f[4], number[3], int(f[5]),
                  end, start)  # fmt: skip


def answers(f: list) -> list:
    """A record of dns.log as ((client, address), (time, query)) for each address answered."""
    end = float(f[0]) + (0 if f[8] == "-" else float(f[8]))
    found = f[21].split(",") if f[21] != "-" else []
    return [((f[2], a), (end, f[9])) for a in found if a.replace(".", "").isdigit() or ":" in a]


def resolved(pair: tuple) -> list:
    """The flows of one client to one server, named by the last answer before each."""
    flows, asked = pair
    asked = sorted(asked)
    times = [time for time, _ in asked]
    out = []
    for columns, name in flows:
        before = bisect.bisect_right(times, columns[9])
        out.append((columns, name or (asked[before - 1][1] if before else None)))
    return out


def row(named: tuple) -> Row:
    (c_bytes, c_ip, c_pkt, c_port, s_bytes, s_ip, s_pkt, s_port, end, start), name = named
    return Row(c_bytes=c_bytes, c_ip=c_ip, c_pkt=c_pkt, c_port=c_port, name=name, s_bytes=s_bytes,
               s_ip=s_ip, s_pkt=s_pkt, s_port=s_port, time_end=end, time_start=start)  # fmt: skip


SCHEMA = (
    "c_bytes long, c_ip string, c_pkt long, c_port long, name string, s_bytes long, s_ip string, "
    "s_pkt long, s_port long, time_end double, time_start double"
)


def read(spark: SparkSession, days: list) -> DataFrame:
    (path,) = days
    spark.sparkContext.addPyFile(__file__)  # as --py-files does for people's own modules
    hosts = fields(spark, path, "http").filter(lambda f: f[8] != "-")
    servers = fields(spark, path, "ssl").filter(lambda f: f[9] != "-")
    names = (
        hosts.map(lambda f: (f[1], (0, float(f[0]), f[8])))
        .union(servers.map(lambda f: (f[1], (1, float(f[0]), f[9]))))
        .reduceByKey(min)
        .mapValues(lambda best: best[2])
    )
    flows = fields(spark, path, "conn").map(flow).leftOuterJoin(names).values()
    by_pair = flows.map(lambda named: ((named[0][1], named[0][5]), named))
    asked = fields(spark, path, "dns").flatMap(answers)
    named = by_pair.cogroup(asked).values().flatMap(resolved)
    return spark.createDataFrame(named.map(row), SCHEMA)
