"""Names, aliases and the nearest ones."""

import pytest

from netlytics import names
from netlytics.errors import UsageError

ENTRIES = [
    {"name": "zeek_to_DNS", "aliases": ["connectors.bro_to_DNS.Bro_To_DNS"]},
    {"name": "squid_to_HTTP", "aliases": []},
]


@pytest.mark.parametrize("name", ["zeek_to_DNS", "connectors.bro_to_DNS.Bro_To_DNS"])
def test_own_name_and_alias_are_one_entry(name):
    assert names.resolve(name, ENTRIES) is ENTRIES[0]


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("zeek_to_dns", "zeek_to_DNS"),
        ("zeek_DNS", "zeek_to_DNS"),
        ("squid_to_HTPP", "squid_to_HTTP"),
        ("connectors.bro_to_DNS.BroToDNS", "connectors.bro_to_DNS.Bro_To_DNS"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(wrong, near):
    with pytest.raises(UsageError, match=f'unknown connector "{wrong}": did you mean {near}'):
        names.require("connector", wrong, ENTRIES)


def test_a_name_like_no_other_is_answered_with_all():
    with pytest.raises(UsageError, match="valid are zeek_to_DNS, squid_to_HTTP"):
        names.require("connector", "99", ENTRIES)
