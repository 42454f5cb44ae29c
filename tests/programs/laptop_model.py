"""Models without Spark, in a process of its own: laptop_model.py score|fit ARGUMENTS…

score MODEL ROWS.parquet OUT.parquet PARAMETERS: the rows with what the model gives.
fit ESTIMATOR PARAMETERS ROWS.parquet MODEL [TRANSFORM_PARAMETERS]: learns the model of the rows, of
the features that a transform makes where its parameters are given.
"""

import json
import sys

import pyarrow.parquet

import netlytics


def main(verb, *arguments):
    """Runs a verb; fails if Spark was loaded for it."""
    {"score": score, "fit": fit}[verb](*arguments)
    assert "pyspark" not in sys.modules


def score(model, rows, out, params):
    """Writes the rows with what a model gives for them."""
    found = netlytics.load_model(model).score(
        pyarrow.parquet.read_table(rows), **json.loads(params)
    )
    pyarrow.parquet.write_table(found, out)


def fit(estimator, params, rows, target, transform_params=None):
    """Learns a model and saves it."""
    rows, transform = pyarrow.parquet.read_table(rows), None
    if transform_params is not None:
        transform = netlytics.fit(rows, "features.transform", json.loads(transform_params))
        rows = transform.score(rows)
    model = netlytics.fit(rows, estimator, json.loads(params))
    (model if transform is None else model.with_transform(transform)).save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
