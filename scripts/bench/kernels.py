"""The algorithms alone, one core, beside scikit-learn's."""

import criterion

BENCHES = (("netlytics-clustering", ["centers", "dbscan"]), ("netlytics-anomaly", ["anomaly"]))
# Benchmark -> the step of reference_steps.py that does the same.
STEPS = {
    "kmeans step, 1M rows of 16, k=16": "kmeans 16",
    "kmeans step, 1M rows of 16, k=5": "kmeans 5",
    "bisecting step, 1M rows of 16, first level": "kmeans 2",
    "gaussian mixture step, 100k rows of 16, k=8, full": "mixture full",
    "gaussian mixture step, 100k rows of 16, k=8, diag": "mixture diag",
}
# Benchmark -> what was asked of it.
AIMS = {"1M points, period given": "under 5 s", "1M points, period sought": "under 5 s"}
COLUMNS = ["benchmark", "s", "million rows or points a second", "scikit-learn's", "times as fast"]


def measure(fresh_jvm, peers: str) -> list:
    """The table's rows. fresh_jvm: runs a program of this folder, gives its JSON; peers: a Python
    with scikit-learn.
    """
    theirs = fresh_jvm("reference_steps.py", python=peers)
    rows = []
    for package, benches in BENCHES:
        for group, name, seconds, rate in criterion.measured(package, benches):
            step = theirs.get(STEPS.get(name))
            peer = "" if step is None else f"{step / 1e6:.2f}"
            ratio = AIMS.get(name, "") if step is None else f"{rate / step:.2f} (aim: 1)"
            rows.append([f"{group}: {name}", f"{seconds:.3g}", f"{rate / 1e6:.2f}", peer, ratio])
    return rows
