#!/usr/bin/env python3
"""What memory one task needs beside the heap: local[1], a 1 GB heap, one large plain file.

`run --big` starts this. The heap is touched as a whole before anything else, so that it cannot
grow later. Prints one line of JSON, sizes in bytes:
  rows         counted while every column of them was made
  peak_rss     the largest resident set of the JVM (VmHWM)
  grown        how much anonymous memory the JVM had at most during the scan, above what it had
               after a job without us
  jvm          how much more classes and compiled code the JVM had then, resident or not
  direct       direct buffers at their largest
`grown` is an upper bound of the task's native memory: our library's and the direct buffers' it
reads into, but also what the JVM took meanwhile for classes, compiled code and its own work.
"""

import argparse
import json
import threading

from pyspark.sql import SparkSession
from pyspark.sql.functions import expr

EVERY_S = 0.1


def status(pid: int, name: str) -> int:
    """One line of /proc/<pid>/status, in bytes."""
    with open(f"/proc/{pid}/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":"))


class Watch(threading.Thread):
    """Samples the JVM until `stop`; keeps the largest values."""

    def __init__(self, jvm, pid: int):
        super().__init__(daemon=True)
        factory = jvm.java.lang.management.ManagementFactory
        self.memory = factory.getMemoryMXBean()
        pools = factory.getPlatformMXBeans(
            jvm.java.lang.Class.forName("java.lang.management.BufferPoolMXBean")
        )
        self.direct_pool = next(pool for pool in pools if pool.getName() == "direct")
        self.pid, self.over = pid, threading.Event()
        self.anonymous = self.jvm = self.direct = 0

    def sample(self):
        self.anonymous = max(self.anonymous, status(self.pid, "RssAnon"))
        self.jvm = max(self.jvm, self.memory.getNonHeapMemoryUsage().getCommitted())
        self.direct = max(self.direct, self.direct_pool.getMemoryUsed())

    def run(self):
        while not self.over.wait(EVERY_S):
            self.sample()

    def stop(self):
        self.over.set()
        self.join()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jar", required=True)
    parser.add_argument("file")
    args = parser.parse_args()
    spark = (
        SparkSession.builder.master("local[1]")
        .appName("scan memory")
        .config("spark.jars", args.jar)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "1g")
        .config("spark.driver.extraJavaOptions", "-Xms1g -XX:+AlwaysPreTouch")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.range(10_000_000).selectExpr("sum(id)").collect()
    jvm = spark.sparkContext._jvm
    pid = jvm.java.lang.ProcessHandle.current().pid()
    before = Watch(jvm, pid)
    before.sample()

    during = Watch(jvm, pid)
    during.start()
    table = spark.read.format("netlytics").option("connector", "zeek_to_DNS").load(args.file)
    # A hash of every column keeps all of them in the scan; one row comes back.
    rows, _ = (
        table.select(expr("xxhash64(*)").alias("h"))
        .selectExpr("count(*)", "bit_xor(h)")
        .collect()[0]
    )
    during.stop()
    print(
        json.dumps(
            {
                "rows": rows,
                "peak_rss": status(pid, "VmHWM"),
                "grown": during.anonymous - before.anonymous,
                "jvm": during.jvm - before.jvm,
                "direct": during.direct,
            }
        )
    )
    spark.stop()


if __name__ == "__main__":
    main()
