"""DBSCAN in Spark beside scikit-learn on one core."""

import statistics
import sys

import report

COUNTS = {2: "1,000,000", 10: "100,000"}


def measure(fresh_jvm, jar, peers: str, folder, repeat: int) -> str:
    """The table of both, which take turns.

    fresh_jvm: runs a program of this folder, gives its JSON. peers: a Python with scikit-learn.
    folder: where the points are kept.
    """
    rows = []
    for columns, count in COUNTS.items():
        how = ["--columns", str(columns)]
        ours, theirs = [], []
        for turn in range(repeat):
            ours.append(fresh_jvm("timed_density.py", *how, "--jar", str(jar), str(folder)))
            theirs.append(fresh_jvm("reference_density.py", *how, python=peers))
            told = f"{turn + 1}/{repeat} {columns} columns: {ours[-1]}, scikit-learn {theirs[-1]}"
            print(told, file=sys.stderr, flush=True)
        wall, cpu = (statistics.median(one["seconds"] for one in each) for each in (ours, theirs))
        rows.append([count, str(columns), "netlytics, local[2]", f"{wall:.1f}", ""])
        ratio = f"{cpu / wall:.1f} (aim: 1)"
        rows.append([count, str(columns), "scikit-learn, one core", f"{cpu:.1f}", ratio])
    return report.table(["points", "columns", "who", "s", "times ours"], rows)
