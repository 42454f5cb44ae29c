#!/usr/bin/env python3
"""CPU seconds of scikit-learn's DBSCAN on one core; prints one line of JSON."""

import argparse
import json
import time

from density_input import CASES, MIN_POINTS, points
from sklearn.cluster import DBSCAN


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--columns", type=int, choices=CASES, required=True)
    args = parser.parse_args()
    count, eps = CASES[args.columns]
    made = points(count, args.columns)
    begin = time.process_time()
    labels = DBSCAN(eps=eps, min_samples=MIN_POINTS, n_jobs=1).fit_predict(made)
    seconds = time.process_time() - begin
    print(json.dumps({"seconds": seconds, "clusters": int(labels.max()) + 1}))


if __name__ == "__main__":
    main()
