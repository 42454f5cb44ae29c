"""Parameters of registered algorithms: defaults, aliases, types."""

from netlytics import names
from netlytics.errors import UsageError

# bool is an int in Python, so it is checked before.
TYPES = {"long": int, "double": (int, float), "string": str, "boolean": bool, "list": list}


def defaults(entry):
    """The default of every parameter of a registry entry."""
    return {parameter["name"]: parameter["default"] for parameter in entry["parameters"]}


def effective(entry, given):
    """All parameters of an algorithm under their own names.

    An alias that was given wins over its parameter's default. Raises UsageError for an unknown name
    (with the nearest), a value of the wrong type, or a parameter given twice with different values.
    """
    valid = entry["parameters"]
    chosen = {}
    for name, value in given.items():
        parameter = names.resolve(name, valid)
        if parameter is None:
            raise names.unknown(f"parameter of {entry['name']}", name, valid)
        default = parameter["default"]
        # A boolean equals the number 0 or 1.
        if value == default and type(value) is type(default):
            continue
        check_type(entry, parameter, value)
        own = parameter["name"]
        if chosen.setdefault(own, value) != value:
            raise UsageError(f"{entry['name']} was given {own} twice, with different values")
    return {**defaults(entry), **chosen}


def check_type(entry, parameter, value):
    """Raises UsageError unless the value has the parameter's type."""
    wanted = TYPES[parameter["type"]]
    is_flag = isinstance(value, bool)
    if not isinstance(value, wanted) or (is_flag and wanted is not bool):
        raise UsageError(
            f"parameter {parameter['name']} of {entry['name']} is {value!r}: "
            f"expected a {parameter['type']}, for instance {parameter['default']!r}"
        )


def row_limit(entry, count):
    """How many rows a parameter asks for: None for all (-1). Raises UsageError below that."""
    if count == -1:
        return None
    if count < 0:
        raise UsageError(
            f"{entry['name']} was asked for {count} rows: expected 0 or more, or -1 for all"
        )
    return count
