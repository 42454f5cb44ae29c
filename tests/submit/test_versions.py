"""The same jar on other Sparks: every connector in every error mode."""

import json
import os
import subprocess

import pytest

import logs
from spark_submit import Submit

VERSIONS = {
    "3.5": "NETLYTICS_PYTHON",
    "3.3": "NETLYTICS_PYTHON_33",
    "4": "NETLYTICS_PYTHON_4",
}
BAD = "not a row"
GOOD_LINES = {
    "dns.log": "\t".join(logs.DNS_ROW[field] for field in logs.ZEEK_DNS_FIELDS.split()),
    "http.log": "\t".join(logs.HTTP_ROW.get(field, "-") for field in logs.ZEEK_HTTP_FIELDS.split()),
    "access.log": logs.SQUID_DAYS["20170301"][0],
}


@pytest.fixture
def folders(tmp_path):
    """connector -> (folder, offset of its one bad line)."""
    zeek, squid = tmp_path / "zeek", tmp_path / "squid"
    texts = {}
    for name, fields in (("dns", logs.ZEEK_DNS_FIELDS), ("http", logs.ZEEK_HTTP_FIELDS)):
        good = GOOD_LINES[f"{name}.log"]
        texts[name] = logs.zeek_lines(name, fields, [good, BAD, good])
        logs.write(zeek / f"{name}.log", texts[name])
    good = GOOD_LINES["access.log"]
    texts["squid"] = f"{good}\n{BAD}\n{good}\n"
    logs.write(squid / "access.log", texts["squid"])
    return {
        "zeek_to_DNS": (zeek, texts["dns"].index(BAD)),
        "zeek_to_HTTP": (zeek, texts["http"].index(BAD)),
        "squid_to_HTTP": (squid, texts["squid"].index(BAD)),
        "squid_to_NamedFlows": (squid, texts["squid"].index(BAD)),
    }


@pytest.mark.versions
@pytest.mark.parametrize("version", VERSIONS)
def test_each_connector_in_each_mode(version, folders, request, jar, checkout, tmp_path):
    python = os.environ.get(VERSIONS[version])
    if version == "3.5":
        python = request.getfixturevalue("python")
    if not python:
        pytest.skip(f"no Spark {version}: set {VERSIONS[version]} to its Python")
    check_version(python, version)
    result = Submit(python, jar, checkout, tmp_path)(
        checkout / "tests" / "programs" / "each_mode.py",
        checkout / "spark-glue" / "python",
        *(f"{connector}={folder}" for connector, (folder, _) in folders.items()),
    )
    assert result.returncode == 0, result.stderr
    answers = json.loads(result.stdout.rpartition("ANSWERS ")[2])
    for connector, (_, offset) in folders.items():
        assert answers.pop(f"{connector} PERMISSIVE") == [2, 1]
        assert answers.pop(f"{connector} DROPMALFORMED") == [2, 1]
        assert answers.pop(f"{connector} FAILFAST") == ["BadInput", True, offset]
        assert answers.pop(f"{connector} bad") == [BAD]
    assert answers == {}


def check_version(python, version):
    """Fails if a Python has not the Spark it stands for."""
    code = "import pyspark; print(pyspark.__version__)"
    found = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.startswith(f"{version}."), f"{python} has Spark {found.stdout.strip()}"
