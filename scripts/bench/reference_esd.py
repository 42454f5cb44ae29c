#!/usr/bin/env python3
"""Seconds that the reference's method takes for a series, on one core; prints one line of JSON.

The method of the Python NetLytics: trend and season by the package `seasonal`, then a test that
computes median and MAD of a masked array anew for each of n/2 outliers.
"""

import argparse
import json
import time

import numpy
from scipy import stats
from seasonal import adjust_seasons, fit_seasons
from series_input import STEPS, value


def series(number: int, points: int) -> numpy.ndarray:
    return numpy.array([value(number, step) for step in range(points)])


def outliers(values: numpy.ndarray) -> int:
    seasons, trend = fit_seasons(values)
    adjusted = adjust_seasons(values, seasons=seasons)
    residual = numpy.ma.array((values if adjusted is None else adjusted) - trend)
    count, found = len(values), 0
    for number in range(1, count // 2):
        centre = numpy.ma.median(residual)
        off = numpy.ma.abs(residual - centre)
        place = int(numpy.ma.argmax(off))
        largest = off[place] / numpy.ma.median(off)
        share = 1 - 0.025 / (2 * (count - number + 1))
        t = stats.t.ppf(share, count - number - 1)
        bound = (
            (count - number) * t / numpy.sqrt((count - number - 1 + t * t) * (count - number + 1))
        )
        found = number if largest > bound else found
        residual[place] = numpy.ma.masked
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=5)
    args = parser.parse_args()
    each = [series(number, STEPS) for number in range(args.series)]
    begin = time.process_time()
    found = sum(map(outliers, each))
    seconds = (time.process_time() - begin) / args.series
    print(json.dumps({"seconds": seconds, "outliers": found}))


if __name__ == "__main__":
    main()
