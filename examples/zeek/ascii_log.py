"""Zeek's ASCII log format: header lines, escapes, missing and empty values; and its JSON form.

After src/logging/writers/ascii/Ascii.cc and src/threading/formatters of Zeek. Values come in as
Python ones: None is unset, str, bool, int (count, port), float (time, interval), list (containers).
"""

import json
import time

SEPARATOR, SET_SEPARATOR, EMPTY, UNSET = "\t", ",", "(empty)", "-"


def escaped(text: str, utf8: bool, inside: bool) -> str:
    """One string as Zeek writes it. `inside`: it is a member of a container.

    Without `utf8` (the default before Zeek 4.2) every byte beyond ASCII is `\\xHH`.
    """
    if text in (UNSET, EMPTY):
        return f"\\x{ord(text[0]):02x}{text[1:]}"
    special = {SEPARATOR, SET_SEPARATOR} if inside else {SEPARATOR}
    out = []
    for character in text:
        if character == "\\":
            out.append("\\\\")
        elif character in special or not character.isprintable():
            out += [f"\\x{byte:02x}" for byte in character.encode("utf-8")]
        elif character.isascii() or utf8:
            out.append(character)
        else:
            out += [f"\\x{byte:02x}" for byte in character.encode("utf-8")]
    return "".join(out)


def field(value, utf8: bool, inside: bool = False) -> str:
    """One value as text."""
    if value is None:
        return UNSET
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, float):
        return f"{value:.6f}"
    if isinstance(value, list):
        return SET_SEPARATOR.join(field(v, utf8, True) for v in value) if value else EMPTY
    if value == "":
        return EMPTY
    return escaped(value, utf8, inside) if isinstance(value, str) else str(value)


def stamp(epoch: float) -> str:
    """The form of #open and #close, here in UTC."""
    return time.strftime("%Y-%m-%d-%H-%M-%S", time.gmtime(epoch))


def header(path: str, columns: list, opened: float) -> list:
    """The lines every log begins with; `columns` as "name:type"."""
    names, types = zip(*(column.split(":", 1) for column in columns))
    return [
        "#separator \\x09",
        f"#set_separator\t{SET_SEPARATOR}",
        f"#empty_field\t{EMPTY}",
        f"#unset_field\t{UNSET}",
        f"#path\t{path}",
        f"#open\t{stamp(opened)}",
        SEPARATOR.join(["#fields", *names]),
        SEPARATOR.join(["#types", *types]),
    ]


def row(record: dict, columns: list, utf8: bool) -> str:
    """One record's line. A line that would begin as a comment does not."""
    line = SEPARATOR.join(field(record.get(c.split(":", 1)[0]), utf8) for c in columns)
    return f"\\x23{line[1:]}" if line.startswith("#") else line


def json_row(record: dict, columns: list) -> str:
    """One record as a JSON object: flat keys, unset fields left out."""
    names = [column.split(":", 1)[0] for column in columns]
    return json.dumps(
        {n: record[n] for n in names if record.get(n) is not None},
        ensure_ascii=False,
        separators=(",", ":"),
    )
