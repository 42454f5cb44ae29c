"""The lists of connectors, algorithms and tables: data files, read once.

They are ``connectors/registry.json``, ``algos/registry.json`` and ``schema/*.json`` of the project.
A wheel carries copies of them in ``netlytics/data``; a checkout has the files themselves.
"""

import json
import os
import pkgutil
from functools import lru_cache

from netlytics import names
from netlytics.errors import NetlyticsError

# Name in netlytics/data -> place in a checkout.
CONNECTORS = ("connectors.json", "connectors/registry.json")
ALGORITHMS = ("algorithms.json", "algos/registry.json")


def connectors():
    """The connectors: name, aliases, tool, table, files, description, options (of its tool)."""
    return load(*CONNECTORS)["connectors"]


def parts():
    """The logs that tables are put together from, as connectors called ``connector/part``."""
    return [
        {**entry, **part, "name": f"{entry['name']}/{part['name']}", "aliases": [], "parts": []}
        for entry in connectors()
        for part in entry.get("parts", ())
    ]


def algorithms():
    """The algorithms: name, aliases, table, script, implementation, parameters, output, …"""
    return load(*ALGORITHMS)["algorithms"]


def functions():
    """The SQL functions: name, description, arguments, returns, examples."""
    return load(*ALGORITHMS)["functions"]


def connector(name):
    """The connector (or part) of that name or alias. Raises UsageError with the nearest names."""
    return names.resolve(name, parts()) or names.require("connector", name, connectors())


def algorithm(name):
    """The algorithm of that name or alias. Raises UsageError with the nearest names."""
    return names.require("algorithm", name, algorithms())


def reader_options(connector_entry):
    """The reader options a connector takes: the common ones, then its tool's."""
    registry = load(*CONNECTORS)
    own = [
        option for group in connector_entry["options"] for option in registry["tool_options"][group]
    ]
    return registry["options"] + own


def table_schema(table):
    """The StructType JSON of a Data Table, as a dict. Raises UsageError for one we do not have."""
    known = sorted({entry["table"] for entry in connectors()})
    names.require("Data Table", table, [{"name": name} for name in known])
    return load(f"{table}.json", f"schema/{table}.json")


def checkout_root():
    """The top folder of the checkout this package lies in (meaningless when it is installed)."""
    here = os.path.abspath(__file__)
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(here))))


@lru_cache()
def load(packaged, in_checkout):
    """A JSON file of the package (also inside a zip), else of the checkout."""
    try:
        text = pkgutil.get_data("netlytics", f"data/{packaged}")
    except OSError:
        path = os.path.join(checkout_root(), *in_checkout.split("/"))
        try:
            with open(path, "rb") as file:
                text = file.read()
        except OSError as error:
            raise NetlyticsError(
                "Internal",
                f"netlytics/data/{packaged} is not in this package and {path} is not there: "
                "use the wheel (make build), or the package inside a checkout",
                path=path,
            ) from error
    return json.loads(text.decode("utf-8"))
