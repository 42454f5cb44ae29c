"""A panic in the native library is an exception in Python, and the executor lives on."""

import json
import os

import pytest

import logs

LIBRARY = os.environ.get("NETLYTICS_FAULTS_LIBRARY")


@pytest.mark.skipif(not LIBRARY, reason="NETLYTICS_FAULTS_LIBRARY names no library that can panic")
def test_a_panic_arrives_in_python(submit, checkout, tmp_path, zeek_folder):
    whole = next(zeek_folder.glob("2017-03-01/dns*"))
    panicking = tmp_path / "dns_panic.log"
    logs.write(panicking, "#fields\tts\tquery\n1.5\twww.example.com\n")
    done = submit(
        checkout / "tests" / "programs" / "goes_on.py",
        *(panicking, whole),
        options=("--conf", f"spark.netlytics.native.path={LIBRARY}"),
        environment={"PYTHONPATH": str(checkout / "spark-glue" / "python")},
    )
    assert done.returncode == 0, done.stderr
    error, rows = done.stdout.splitlines()
    error = json.loads(error)
    assert error["kind"] == "Internal"
    assert "a fault on purpose" in error["message"]
    assert "faults.rs" in error["message"]
    assert int(rows) > 0
