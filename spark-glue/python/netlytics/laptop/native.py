"""The native module: found when it is first needed, since a cluster's Python has no use for it."""

import importlib.util
import os
import sys

from netlytics.errors import NetlyticsError
from netlytics.registry import checkout_root

NAME = "netlytics._native"
FILE = "_native.abi3.so"
OLDEST_PYTHON = (3, 9)


def load():
    """The module: the wheel's, or the checkout's build. Raises NetlyticsError (MissingLibrary)."""
    if sys.version_info < OLDEST_PYTHON:
        raise missing(f"this is Python {sys.version.split()[0]}")
    try:
        return importlib.import_module(NAME)
    except ImportError as error:
        # There, but not to be loaded: another kind of machine, or a zip that code is run from.
        if error.name != NAME:
            raise missing(str(error)) from error
    built = os.path.join(checkout_root(), "build", "native", "linux-x86_64", FILE)
    if not os.path.isfile(built):
        raise missing(f"{FILE} is neither in this package nor at {built}")
    spec = importlib.util.spec_from_file_location(NAME, built)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[NAME] = module
    return module


def missing(why):
    """The error for a Python that cannot have the module."""
    needed = ".".join(str(number) for number in OLDEST_PYTHON)
    return NetlyticsError(
        "MissingLibrary",
        f"reading without Spark needs the wheel on Linux x86-64 with CPython {needed} or newer "
        f"(pip install netlytics-….whl, or make build in the checkout), but {why}",
    )
