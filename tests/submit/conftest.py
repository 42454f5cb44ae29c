"""Logs for the tests that start Spark as users do."""

import pytest

import logs


@pytest.fixture
def zeek_folder(tmp_path):
    """Three days of Zeek logs."""
    return logs.zeek_tree(tmp_path / "zeek")


@pytest.fixture
def squid_folder(tmp_path):
    """A month of Squid logs and a day more."""
    return logs.squid_tree(tmp_path / "squid")


@pytest.fixture
def sample_logs(checkout, tmp_path):
    """The folder ``logs`` of examples, in the working folder."""
    (tmp_path / "logs").symlink_to(checkout / "examples" / "logs")
