"""The classic way to read a Zeek dns.log in PySpark, to compare with: lines, split, Row, DataFrame.

Written as people write it for Zeek 2.5 and later, by position. It reads what this benchmark's
input holds and nothing else: escapes, other widths and bad lines would need more work a line.
"""

from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql.types import (
    ArrayType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

TEXTS, LONGS = ArrayType(StringType()), ArrayType(LongType())
SCHEMA = StructType(
    [
        StructField(name, kind)
        for name, kind in [
            ("answer_ttls", LONGS),
            ("answer_types", TEXTS),
            ("answers", TEXTS),
            ("c_ip", StringType()),
            ("c_port", LongType()),
            ("flags_req", LongType()),
            ("flags_resp", LongType()),
            ("query", StringType()),
            ("req_class", StringType()),
            ("req_time", DoubleType()),
            ("req_type", StringType()),
            ("resp_code", StringType()),
            ("resp_time", DoubleType()),
            ("s_ip", StringType()),
            ("s_port", LongType()),
            ("trans_id", StringType()),
        ]
    ]
)


def is_address(text: str) -> bool:
    return text.replace(".", "").isdigit()


def row(line: str) -> Row:
    """One line of the log as a row of the table DNS."""
    f = line.split("\t")
    (
        ts,
        _,
        c_ip,
        c_port,
        s_ip,
        s_port,
        _,
        trans_id,
        rtt,
        query,
        _,
        req_class,
        _,
        req_type,
        _,
        rcode,
        aa,
        tc,
        rd,
        ra,
        _,
        answers,
        ttls,
        _,
    ) = f
    req_time = float(ts)
    names = [] if answers == "-" else answers.split(",")
    return Row(
        answer_ttls=[] if ttls == "-" else [int(float(ttl)) for ttl in ttls.split(",")],
        answer_types=[req_type if is_address(name) else "CNAME" for name in names],
        answers=names,
        c_ip=c_ip,
        c_port=int(c_port),
        flags_req=8 if rd == "T" else 0,
        flags_resp=(32 * (aa == "T") + 16 * (tc == "T") + 8 * (rd == "T") + 4 * (ra == "T")),
        query=query,
        req_class=req_class,
        req_time=req_time,
        req_type=req_type,
        resp_code=rcode,
        resp_time=req_time if rtt == "-" else req_time + float(rtt),
        s_ip=s_ip,
        s_port=int(s_port),
        trans_id=trans_id,
    )


def read(spark: SparkSession, days: list) -> DataFrame:
    spark.sparkContext.addPyFile(__file__)  # as --py-files does for people's own modules
    lines = spark.sparkContext.textFile(",".join(days))
    return spark.createDataFrame(lines.filter(lambda line: line[:1] != "#").map(row), SCHEMA)
