"""A real HDFS and a real YARN, the sample logs on it, and spark-submit to it."""

import shutil
import subprocess

import pytest

from cluster.hdfs import Hdfs
from cluster.mini_cluster import MiniCluster
from cluster.on_yarn import OnYarn


@pytest.fixture(scope="session")
def cluster(checkout, tmp_path_factory):
    """The mini-cluster; skips where its artifacts cannot be had."""
    command = ["make", "--no-print-directory", "minicluster"]
    made = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip(f"no mini-cluster of Hadoop: make minicluster failed:\n{made.stderr[-2000:]}")
    running = MiniCluster(checkout / "build" / "minicluster", tmp_path_factory.mktemp("cluster"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def hdfs(spark, cluster):
    """The cluster's HDFS."""
    return Hdfs(spark, cluster.uri)


@pytest.fixture(scope="session")
def squid(hdfs, checkout):
    """(local, HDFS) folder of the sample Squid logs."""
    local = checkout / "examples" / "logs" / "squid"
    return local, hdfs.put(local, "/logs/squid")


@pytest.fixture(scope="session")
def zeek(hdfs, checkout, tmp_path_factory):
    """(local, HDFS) folder of the sample Zeek logs.

    HDFS has no colons in names. Zeek writes them (``dns.08:00:00-09:00:00.log.gz``), so whoever
    copies logs to HDFS renames them; we put dots.
    """
    sample = checkout / "examples" / "logs" / "zeek"
    local = tmp_path_factory.mktemp("logs") / "zeek"
    for file in sample.rglob("*.log*"):
        place = local / file.relative_to(sample).parent / file.name.replace(":", ".")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
    return local, hdfs.put(local, "/logs/zeek")


@pytest.fixture(scope="session")
def wheel(checkout):
    """The wheel that make build made."""
    found = sorted((checkout / "build" / "dist").glob("netlytics-*.whl"))
    if not found:
        pytest.fail("no wheel in build/dist: run make build")
    return found[-1]


@pytest.fixture
def on_yarn(submit, cluster, wheel):
    """Runs our scripts on the cluster."""
    return OnYarn(submit, cluster, wheel)
