"""Filters as the command line has them: ``resp_code == NXDOMAIN``."""

import re

from netlytics import names
from netlytics.errors import UsageError

FORM = re.compile(
    r"\s*(?P<column>\w+)\s*"
    r"(?P<operator>==|!=|<=|>=|<|>|=|"
    r"(?:is\s+not\s+null|is\s+null|not\s+in|in|startswith|endswith|contains)\b)"
    r"(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
NUMBERS = {"long": int, "double": float}


def condition(text, schema):
    """(column, operator, value) or (column, operator) that the text says.

    schema: the table's StructType JSON, by which a value is a number or a text. Raises UsageError.
    """
    found = FORM.fullmatch(text)
    if found is None:
        raise UsageError(f'"{text}" is no filter: expected for instance "resp_code == NXDOMAIN"')
    fields = schema["fields"]
    column = names.require("column", found["column"], fields)
    operator = " ".join(found["operator"].lower().split())
    value = found["value"].strip()
    if operator.endswith("null"):
        if value:
            raise UsageError(f'"{text}" is no filter: nothing follows "{operator}"')
        return column["name"], operator
    if operator.endswith("in"):
        members = value.strip("()[]").split(",")
        return column["name"], operator, [typed(member.strip(), column) for member in members]
    return column["name"], operator, typed(value, column)


def typed(text, column):
    """A value as the column has it. Quotes around it are not part of it."""
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    number = NUMBERS.get(column["type"]) if isinstance(column["type"], str) else None
    try:
        return number(text) if number else text
    except ValueError as error:
        raise UsageError(
            f'the column {column["name"]} holds numbers, and "{text}" is none'
        ) from error
