"""Fixtures of the tests that share one Spark session."""

import pytest

import logs


@pytest.fixture(autouse=True)
def working_folder(tmp_path, monkeypatch):
    """Local output goes to a folder of the test. (The JVM keeps its own working folder.)"""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def zeek_folder(tmp_path_factory):
    """Three days of Zeek logs."""
    return logs.zeek_tree(tmp_path_factory.mktemp("zeek"))


@pytest.fixture(scope="session")
def squid_folder(tmp_path_factory):
    """A month of Squid logs and a day more."""
    return logs.squid_tree(tmp_path_factory.mktemp("squid"))
