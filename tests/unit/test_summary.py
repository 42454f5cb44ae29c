"""What a summary says of lines that were skipped."""

from netlytics import left_out
from netlytics.summary import skipped_lines


def test_kinds_are_told_the_most_frequent_first():
    assert skipped_lines({"zone transfers": 1, "query-errors": 2}) == (
        "skipped 3 lines: 2 query-errors, 1 zone transfers"
    )
    assert skipped_lines({"responses": 1}) == "skipped 1 line: 1 responses"
    assert skipped_lines({"b": 1000, "a": 1000}) == "skipped 2,000 lines: 1,000 a, 1,000 b"


def test_what_was_left_out_is_told_with_reasons_and_examples():
    by_reason = {
        "of other days": {"count": 1204, "examples": ["2017-03-01", "2017-03-02"]},
        "without a day in their path": {"count": 1, "examples": ["dns.log"]},
    }
    assert left_out.told(by_reason) == (
        "left out: 1,204 of other days (2017-03-01, 2017-03-02, …); "
        "1 without a day in their path (dns.log)"
    )
