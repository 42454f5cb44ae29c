"""Tables on a terminal: they fit, and logs send no commands to it."""

import pytest

from netlytics.laptop import text_table
from netlytics.laptop.progress import drawn

HEADER = ["time", "query", "answers"]
ROWS = [
    (1.5, "www.example.com", ["192.0.2.1", None]),
    (None, "a" * 200, None),
    (2.0, "日本語.example", []),
]


@pytest.mark.parametrize("width", [16, 40, 80, 400])
def test_no_line_is_wider_than_the_terminal(width):
    lines, hidden = text_table.lines(HEADER, ROWS, width)
    assert max(map(text_table.cells, lines)) <= width
    assert len(lines) == 4
    assert hidden == (1 if width == 16 else 0)


def test_what_fits_is_whole():
    lines, _ = text_table.lines(HEADER, ROWS[:1], 80)
    assert lines == [
        "time  query            answers",
        "1.5   www.example.com  [192.0.2.1, -]",
    ]


def test_control_characters_are_escaped():
    assert text_table.shown("a\x1b[2Jb\n\u202e") == r"a\x1b[2Jb\n\u202e"


def test_a_table_without_rows_is_its_header():
    assert text_table.lines(HEADER, [], 80) == (["time  query  answers"], 0)


def test_the_bar_fits_and_never_passes_its_end():
    assert (
        drawn(50, 100, 2.0, 80) == "[" + "#" * 20 + "." * 20 + "]  50% of 0 MB, 0 MB/s, 0:02 left"
    )
    for width in (10, 30, 50, 200):
        for done in (0, 1, 100, 120):
            assert len(drawn(done, 100, 1.0, width)) < width
