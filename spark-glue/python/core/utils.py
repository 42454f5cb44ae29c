"""``get_dataset``, ``transform`` and ``my_import`` with the reference's names and arguments."""

from netlytics import lookup, own_connectors
from netlytics.errors import UsageError
from netlytics.own_classes import load_class
from netlytics.reading import read
from netlytics.transform import transform

__all__ = ["get_dataset", "my_import", "transform"]


def get_dataset(sc, spark, base_path, connector, input_path, start_day=None, end_day=None):
    """The Data Table of log files.

    connector: a name, a class name of the reference, or the dotted name of an own class.
    base_path: a folder that may hold ``schema/<Table>.json`` of the user's own tables. Days are
    ``YYYY_MM_DD``, inclusive. Raises NetlyticsError, UsageError.
    """
    entry, own_class = lookup.connector(connector)
    if entry is not None:
        return read(spark, entry["name"], input_path, start_day, end_day)
    return own_connectors.data_table(spark, own_class, input_path, start_day, end_day, base_path)


def my_import(name, sc=None):
    """The class of a dotted name. Raises UsageError if there is none."""
    found = load_class(name)
    if found is None:
        raise UsageError(f'there is no class "{name}"')
    return found
