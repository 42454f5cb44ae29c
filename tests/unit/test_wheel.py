"""What the wheel that make build made holds."""

import json
import zipfile

import pytest

from netlytics import registry


def test_the_wheel_holds_one_jar_one_module_and_the_lists(checkout):
    wheels = sorted((checkout / "build" / "dist").glob("netlytics-*.whl"))
    if not wheels:
        pytest.skip("no wheel in build/dist: run make build")
    with zipfile.ZipFile(wheels[-1]) as wheel:
        names = wheel.namelist()
        assert [name for name in names if name.endswith(".jar")] == [
            "netlytics/jars/netlytics-spark.jar"
        ]
        assert [name for name in names if name.endswith(".so")] == ["netlytics/_native.abi3.so"]
        for package in ("netlytics", "core", "algos"):
            assert f"{package}/__init__.py" in names
        connectors = json.loads(wheel.read("netlytics/data/connectors.json"))["connectors"]
        assert connectors == registry.connectors()
        algorithms = json.loads(wheel.read("netlytics/data/algorithms.json"))["algorithms"]
        assert algorithms == registry.algorithms()
        for table in ("DNS", "HTTP", "NamedFlows"):
            schema = json.loads(wheel.read(f"netlytics/data/{table}.json"))
            assert schema == registry.table_schema(table)
