#!/usr/bin/env python3
"""Checks a built wheel: exactly one jar, the lists and tables, the three packages.

Usage: check_wheel.py <wheel>. Says what is wrong on stderr and returns 1, or nothing and 0.
"""

import sys
import zipfile

JAR = "netlytics/jars/netlytics-spark.jar"
DATA = {f"netlytics/data/{name}.json" for name in ("connectors", "algorithms", "DNS", "HTTP")}
DATA.add("netlytics/data/NamedFlows.json")
FOLDERS = ("netlytics/", "core/", "algos/", "netlytics-")


def faults(names):
    """What is wrong with a wheel that holds these files."""
    jars = [name for name in names if name.endswith(".jar")]
    if jars != [JAR]:
        yield f"expected exactly the jar {JAR}, found {jars or 'none'}"
    for missing in sorted(DATA - set(names)):
        yield f"{missing} is missing"
    for name in names:
        if not name.startswith(FOLDERS):
            yield f"{name} belongs to none of our packages"
        if name.endswith((".pyc", ".so")):
            yield f"{name} has no place in a wheel for every machine"


def main(arguments):
    """Checks the one wheel named in the arguments."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    with zipfile.ZipFile(arguments[0]) as wheel:
        found = list(faults(wheel.namelist()))
    for fault in found:
        print(f"{arguments[0]}: {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
