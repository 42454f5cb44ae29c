#!/usr/bin/env python3
"""Rows a second of scikit-learn's steps on one core; prints one line of JSON.

A step's time is the difference between many steps and few of the same fit, in CPU seconds, the
least of three.
"""

import json
import time
import warnings

import numpy
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

WIDTH = 16
FEW, MANY = 2, 8


def heaps(rows: int, count: int) -> numpy.ndarray:
    """Rows about so many places, as in algos/clustering/benches/centers.rs."""
    random = numpy.random.default_rng(1)
    places = random.random((count, WIDTH)) * 10
    return places[numpy.arange(rows) % count] + random.random((rows, WIDTH, 4)).sum(axis=2) - 2


def rate(rows: numpy.ndarray, fitted) -> float:
    """Rows a second. fitted: gives a fitted estimator of at most so many steps."""
    seconds = []
    for _ in range(3):
        took = []
        for most in (FEW, MANY):
            begin = time.process_time()
            made = fitted(most)
            took.append((time.process_time() - begin, made.n_iter_))
        (few, few_steps), (many, many_steps) = took
        seconds.append((many - few) / (many_steps - few_steps))
    return len(rows) / min(seconds)


def kmeans(rows: numpy.ndarray, count: int) -> float:
    start = rows[numpy.random.default_rng(3).permutation(len(rows))[:count]].copy()
    return rate(
        rows,
        lambda most: KMeans(
            count, init=start, n_init=1, max_iter=most, tol=0, algorithm="lloyd"
        ).fit(rows),
    )


def mixture(rows: numpy.ndarray, covariance: str) -> float:
    return rate(
        rows,
        lambda most: GaussianMixture(
            8,
            covariance_type=covariance,
            init_params="random_from_data",
            random_state=0,
            max_iter=most,
            tol=0,
        ).fit(rows),
    )


def main():
    warnings.simplefilter("ignore")
    with threadpool_limits(1):
        many, few = heaps(1_000_000, 16), heaps(100_000, 8)
        rates = {f"kmeans {count}": kmeans(many, count) for count in (16, 5, 2)}
        rates |= {f"mixture {kind}": mixture(few, kind) for kind in ("full", "diag")}
    print(json.dumps(rates))


if __name__ == "__main__":
    main()
