"""The Sparks that tests run on: the oldest, the usual and the newest."""

import os
import subprocess
import sys

import pytest

from spark_submit import Submit

# The variable that names a Python with this PySpark.
VERSIONS = {
    "3.5": "NETLYTICS_PYTHON",
    "3.3": "NETLYTICS_PYTHON_33",
    "4": "NETLYTICS_PYTHON_4",
}


def submit_of(version, jar, checkout, folder):
    """spark-submit of a version; the test is skipped where that is not there."""
    usual = sys.executable if version == "3.5" else None
    python = os.environ.get(VERSIONS[version], usual)
    if not python:
        pytest.skip(f"no Spark {version}: set {VERSIONS[version]} to its Python")
    check_version(python, version)
    return Submit(python, jar, checkout, folder)


def check_version(python, version):
    """Fails if a Python has not the Spark it stands for."""
    code = "import pyspark; print(pyspark.__version__)"
    found = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.startswith(f"{version}."), f"{python} has Spark {found.stdout.strip()}"
