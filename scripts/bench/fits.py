"""Clustering and features beside Spark MLlib: the same rows, the same number of iterations."""

import statistics
import sys

import report

TITLES = {
    "kmeans": "KMeans, 10 clusters, 10 iterations",
    "bisecting_kmeans": "BisectingKMeans, 10 clusters, 10 iterations",
    "gaussian_mixture": "GaussianMixture, 10 clusters, 10 iterations",
    "transform": "transform: 2 numbers, 3 categories, normalised",
}
ENGINES = ("netlytics", "mllib")
AIM = 3


def measure(fresh_jvm, jar, rows: dict, repeat: int) -> str:
    """The table of all algorithms of both engines, which take turns.

    fresh_jvm: runs a program of this folder, gives its JSON. rows: algorithm -> how many.
    """
    found = {}
    for turn in range(repeat):
        for algorithm in TITLES:
            for engine in ENGINES:
                place = ["--jar", str(jar)] if engine == "netlytics" else []
                how = ["--engine", engine, "--algorithm", algorithm, "--rows"]
                one = fresh_jvm("timed_fit.py", *how, str(rows[algorithm]), *place)
                told = f"{turn + 1}/{repeat} {algorithm} {engine}: {one['seconds']:.2f} s"
                print(told, one["told"], file=sys.stderr, flush=True)
                found.setdefault((algorithm, engine), []).append(one["seconds"])
    lines = [row(algorithm, engine, found, rows) for algorithm, engine in found]
    return report.table(["work", "rows", "engine", "min s", "median s", "times ours"], lines)


def row(algorithm: str, engine: str, found: dict, rows: dict) -> list:
    """One line of the table."""
    seconds = found[algorithm, engine]
    ours = statistics.median(found[algorithm, "netlytics"])
    middle = statistics.median(seconds)
    ratio = "" if engine == "netlytics" else f"{middle / ours:.1f} (aim: {AIM})"
    name = {"netlytics": "netlytics", "mllib": "Spark MLlib"}[engine]
    count = f"{rows[algorithm]:,}"
    return [TITLES[algorithm], count, name, f"{min(seconds):.2f}", f"{middle:.2f}", ratio]
