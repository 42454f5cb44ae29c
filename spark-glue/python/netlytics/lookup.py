"""A connector or algorithm by any name: registered, alias, or a person's own class."""

import importlib

from netlytics import names, own_classes, registry


def connector(name):
    """(registry entry, None) or (None, own class). Raises UsageError with the nearest names."""
    part = names.resolve(name, registry.parts())
    return (part, None) if part else entry_or_class("connector", name, registry.connectors())


def algorithm(name):
    """(registry entry, its class) or (None, own class). Raises UsageError, nearest names in it."""
    entry, own = entry_or_class("algorithm", name, registry.algorithms())
    if own is not None:
        return None, own
    module, _, class_name = entry["implementation"].partition(":")
    return entry, getattr(importlib.import_module(module), class_name)


def entry_or_class(what, name, entries):
    """(entry, None) for a registered name, (None, class) for the dotted name of a class."""
    entry = names.resolve(name, entries)
    own = None if entry is not None else own_classes.load_class(name)
    if entry is None and own is None:
        raise names.unknown(what, name, entries)
    return entry, own
