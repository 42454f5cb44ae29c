"""Six formats of the same 20 transactions, logged by one Squid."""

import math

import pytest

import netlytics

TRANSACTIONS = 20
# Format -> columns of HTTP that its lines hold.
COLUMNS = {
    "squid": "c_ip method host path s_port status_code response_body_len req_time resp_time",
    "common": "c_ip method host path s_port status_code response_body_len resp_time",
    "combined": "c_ip method host path s_port status_code response_body_len referrer user_agent "
    "resp_time",
    "referrer": "c_ip host path s_port referrer resp_time",
    "useragent": "c_ip user_agent resp_time",
    "ext": "c_ip method host path s_port status_code response_body_len req_time resp_time referrer "
    "user_agent",
}
# The same requests, but logged in another run, where a few went otherwise.
SQUIDMIME = "squidmime"
# Their times have no fraction.
WHOLE_SECONDS = ("common", "combined", "useragent")


def shape(folder, form):
    """The reader option that says what the file of this format looks like."""
    if form != "ext":
        return {"format": form}
    for line in (folder / "squid.conf").read_text().splitlines():
        if line.startswith("logformat ext "):
            return {"logformat": line.split(None, 2)[2]}
    raise AssertionError("squid.conf has no logformat ext")


@pytest.fixture(scope="module")
def transactions(spark, shared_data):
    """Format -> its rows, in the order of the file."""
    folder = shared_data / "squid" / "squid-5.7-local"
    rows = {}
    for form in [*COLUMNS, SQUIDMIME]:
        path = str(folder / f"access_{form}.log")
        options = shape(folder, form)
        rows[form] = netlytics.read(
            spark, "squid_to_HTTP", path, mode="FAILFAST", **options
        ).collect()
    return rows


@pytest.mark.parametrize("form", [*COLUMNS, SQUIDMIME])
def test_every_line_is_a_row(transactions, form):
    assert len(transactions[form]) == TRANSACTIONS


@pytest.mark.parametrize("first", COLUMNS)
@pytest.mark.parametrize("second", COLUMNS)
def test_formats_agree_on_what_they_share(transactions, first, second):
    shared = [name for name in COLUMNS[first].split() if name in COLUMNS[second].split()]
    rough = first in WHOLE_SECONDS or second in WHOLE_SECONDS
    for one, other in zip(transactions[first], transactions[second]):
        for column in shared:
            values = [row[column] for row in (one, other)]
            if rough and column == "resp_time":
                values = [math.floor(value) for value in values]
            assert values[0] == values[1], (column, one, other)


@pytest.mark.parametrize("form", [form for form in [*COLUMNS, SQUIDMIME] if form != "ext"])
def test_the_format_is_found_out(spark, shared_data, transactions, form):
    path = shared_data / "squid" / "squid-5.7-local" / f"access_{form}.log"
    found = netlytics.read(spark, "squid_to_HTTP", str(path), mode="FAILFAST").collect()
    assert found == transactions[form]
