"""What all tests share: the checkout, the jar, one Spark session, spark-submit."""

import os
import sys
from pathlib import Path

import pytest

from spark_submit import Submit

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def checkout():
    """Top folder of the checkout."""
    return CHECKOUT


@pytest.fixture(scope="session")
def jar(checkout):
    """The jar with the data source and the native library in it; NETLYTICS_JAR names another."""
    place = Path(os.environ.get("NETLYTICS_JAR", checkout / "build/jars/netlytics-spark.jar"))
    if not place.is_file():
        pytest.fail(f"no jar at {place}: run make build")
    return place


@pytest.fixture(scope="session")
def python():
    """The Python of the Spark the tests run on."""
    return os.environ.get("NETLYTICS_PYTHON", sys.executable)


@pytest.fixture
def submit(checkout, jar, python, tmp_path):
    """Runs programs with spark-submit in a folder of their own, with the jar."""
    return Submit(python, jar, checkout, tmp_path)


@pytest.fixture(scope="session")
def spark(jar, checkout, tmp_path_factory):
    """One Spark session with the jar, for all tests that need no process of their own."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    home = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master("local[2]")
        .appName("NetLytics tests")
        .config("spark.jars", str(jar))
        # For the tests in which Python workers take part, which would have the wheel.
        .config("spark.executorEnv.PYTHONPATH", str(checkout / "spark-glue" / "python"))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(home / "warehouse"))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def shared_data(checkout):
    """The folder of real logs; tests that need it are skipped where it is absent."""
    place = Path(os.environ.get("NETLYTICS_SHARED_DATA", checkout.parent / "shared" / "data"))
    if not place.is_dir():
        pytest.skip(f"no folder of real logs at {place}: set NETLYTICS_SHARED_DATA")
    return place
