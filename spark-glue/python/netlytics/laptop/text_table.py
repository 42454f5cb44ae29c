"""Rows as text that fits a terminal."""

import unicodedata

GAP = 2
NARROWEST = 10
NULL = "-"


def lines(header, rows, width):
    """The table's lines, none wider than ``width``, and how many columns had no room.

    header: names. rows: tuples of numbers, texts, lists of them, and None.
    """
    texts = [header, *([shown(value) for value in row] for row in rows)]
    widest = [max(map(cells, column)) for column in zip(*texts)]
    widths = fitting(widest, width)
    return [line(row, widths) for row in texts], len(widest) - len(widths)


def shown(value):
    """One value as text. Nothing of a log may reach a terminal as a command to it."""
    if value is None:
        return NULL
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    if isinstance(value, str):
        return "".join(letter if letter.isprintable() else escaped(letter) for letter in value)
    return str(value)


def escaped(letter):
    return letter.encode("unicode_escape").decode("ascii")


def cells(text):
    """Columns of a terminal that the text takes."""
    return sum(cells_of(letter) for letter in text)


def cells_of(letter):
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def fitting(widest, width):
    """Widths of as many columns as fit: the widest ones are made narrower first."""
    count = len(widest)
    while count > 1 and sum(min(each, NARROWEST) + GAP for each in widest[:count]) - GAP > width:
        count -= 1
    widths = list(widest[:count])
    while sum(widths) + GAP * (count - 1) > width and max(widths) > 1:
        most = max(widths)
        widths[widths.index(most)] = most - 1
    return widths


def line(texts, widths):
    return (" " * GAP).join(cut(text, width) for text, width in zip(texts, widths)).rstrip()


def cut(text, width):
    """The text in exactly ``width`` cells, an ellipsis at its end if it was longer."""
    if cells(text) <= width:
        return text + " " * (width - cells(text))
    kept, room = "", width - 1
    for letter in text:
        room -= cells_of(letter)
        if room < 0:
            break
        kept += letter
    return kept + "…" + " " * (width - 1 - cells(kept))
