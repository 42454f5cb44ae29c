"""Where the jar with the data source is."""

import os

from netlytics.errors import NetlyticsError
from netlytics.registry import checkout_root

NAME = "netlytics-spark.jar"


def jar_path():
    """Path of the jar for ``spark.jars`` or ``--jars``: the wheel's, or the checkout's build.

    Raises NetlyticsError (MissingJar) when neither is on disk, as inside a zip given to --py-files.
    """
    packaged = os.path.join(os.path.dirname(os.path.abspath(__file__)), "jars", NAME)
    built = os.path.join(checkout_root(), "build", "jars", NAME)
    for path in (packaged, built):
        if os.path.isfile(path):
            return path
    raise NetlyticsError(
        "MissingJar",
        f"no {NAME} at {packaged} or {built}: install the wheel, or run make build in the checkout",
        path=built,
    )


def missing_from_class_path():
    """The error for a session that was started without the jar."""
    try:
        jar = jar_path()
    except NetlyticsError:
        jar = NAME
    return NetlyticsError(
        "MissingJar",
        f'the data source "netlytics" is not on the class path of this Spark: '
        f"start it with --jars {jar}",
        path=jar,
    )
