"""What the tests without Spark share."""

import pytest

import logs
from netlytics.errors import NetlyticsError
from netlytics.laptop import native


@pytest.fixture(scope="session", autouse=True)
def module():
    """The native module; without it there is nothing to test."""
    try:
        return native.load()
    except NetlyticsError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
def zeek(tmp_path_factory):
    """Three days of Zeek logs: 2, 3 and 1 DNS rows."""
    return logs.zeek_tree(tmp_path_factory.mktemp("zeek"))


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """A log that takes seconds to read, and its number of rows."""
    rows = logs.dns_rows([f"host-{number}.example" for number in range(10_000)])
    text = logs.zeek("dns", logs.ZEEK_DNS_FIELDS, rows).encode()
    head, first, body = text.partition(text.split(b"\n")[8])
    lines = (first + body).rpartition(b"#close")[0]
    path = tmp_path_factory.mktemp("large") / "dns.log"
    copies = 300
    with path.open("wb") as out:
        out.write(head)
        for _ in range(copies):
            out.write(lines)
    return path, copies * len(rows)
