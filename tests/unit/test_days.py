"""Days and ranges of days."""

from datetime import date

import pytest

from netlytics import days
from netlytics.errors import UsageError
from netlytics.reading import day_options


@pytest.mark.parametrize("text", ["2017_03_31", "2017-03-31"])
def test_both_forms_are_one_day(text):
    assert days.parse(text) == date(2017, 3, 31)


@pytest.mark.parametrize("text", ["2017_3_1", "2017/03/31", "2017_02_29", "20170331", "", "today"])
def test_anything_else_is_refused(text):
    with pytest.raises(UsageError, match="expected YYYY_MM_DD"):
        days.parse(text)


def test_a_range_may_be_open_on_either_side():
    assert day_options(None, None) == {}
    assert day_options("2017-03-01", None) == {"startDay": "2017_03_01"}
    assert day_options(None, "2017_03_01") == {"endDay": "2017_03_01"}


def test_a_range_that_ends_before_it_starts_is_refused():
    with pytest.raises(UsageError, match="starts on 2017_03_02 and ends on 2017_03_01"):
        day_options("2017_03_02", "2017_03_01")
