"""What a summary says of lines that were skipped."""

from netlytics.summary import skipped_lines


def test_kinds_are_told_the_most_frequent_first():
    assert skipped_lines({"zone transfers": 1, "query-errors": 2}) == (
        "skipped 3 lines: 2 query-errors, 1 zone transfers"
    )
    assert skipped_lines({"responses": 1}) == "skipped 1 line: 1 responses"
    assert skipped_lines({"b": 1000, "a": 1000}) == "skipped 2,000 lines: 1,000 a, 1,000 b"
