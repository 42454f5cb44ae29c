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
    "squidmime": "c_ip method host path s_port status_code response_body_len referrer user_agent",
}
# Their times have no fraction.
WHOLE_SECONDS = ("common", "combined", "useragent")


@pytest.fixture(scope="module")
def transactions(spark, shared_data):
    """Format -> its rows, in the order of the file."""
    folder = shared_data / "squid" / "squid-5.7-local"
    return {
        form: netlytics.read(
            spark, "squid_to_HTTP", str(folder / f"access_{form}.log"), mode="FAILFAST", format=form
        ).collect()
        for form in COLUMNS
    }


@pytest.mark.parametrize("form", COLUMNS)
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


@pytest.mark.parametrize("form", COLUMNS)
def test_the_format_is_found_out(spark, shared_data, transactions, form):
    path = shared_data / "squid" / "squid-5.7-local" / f"access_{form}.log"
    found = netlytics.read(spark, "squid_to_HTTP", str(path), mode="FAILFAST").collect()
    assert found == transactions[form]


def test_a_logformat_string(spark, shared_data, transactions):
    """access_ext.log, by the line of its squid.conf."""
    folder = shared_data / "squid" / "squid-5.7-local"
    for line in (folder / "squid.conf").read_text().splitlines():
        if line.startswith("logformat ") and "ext" in line.split()[1]:
            form = line.split(None, 2)[2]
    table = netlytics.read(
        spark, "squid_to_HTTP", str(folder / "access_ext.log"), mode="FAILFAST", logformat=form
    )
    rows = table.collect()
    assert len(rows) == TRANSACTIONS
    for one, other in zip(rows, transactions["squid"]):
        for column in COLUMNS["squid"].split():
            assert one[column] == other[column], (column, one, other)
