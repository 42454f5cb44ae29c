"""The scripts with nothing but the wheel, as on a cluster's edge node."""

import shutil
import zipfile

import pytest

import logs
from spark_submit import Submit
from tables import read_csv


@pytest.fixture
def wheel(checkout):
    """The wheel that make build made."""
    found = sorted((checkout / "build" / "dist").glob("netlytics-*.whl"))
    if not found:
        pytest.skip("no wheel in build/dist: run make build")
    return found[-1]


def test_the_script_runs_from_the_wheel_alone(wheel, checkout, python, tmp_path):
    for name in ("run_query.py", "run_job.py"):
        shutil.copy(checkout / "scripts" / name, tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        jar = archive.extract("netlytics/jars/netlytics-spark.jar", tmp_path)
    logs.squid_tree(tmp_path / "squid")
    result = Submit(python, jar, checkout, tmp_path)(
        *(tmp_path / "run_job.py", "--connector", "squid_to_NamedFlows", "--input_path", "squid"),
        *("--algo", "domain_traffic", "--end_day", "2017_03_31", "--output_path", "out"),
        options=("--py-files", str(wheel)),
    )
    assert result.returncode == 0, result.stderr
    assert read_csv(tmp_path / "out" / "report.csv")[1:] == logs.SQUID_MARCH
