"""run_anomaly_detection.py: what is unusual in log files, as a CSV file."""

import sys

from pyspark.sql import DataFrame

from netlytics import lookup, parameters
from netlytics.cli import listing
from netlytics.cli.arguments import parser
from netlytics.cli.features import (
    add_feature_arguments,
    answer,
    feature_names,
    features_of,
    with_features,
)
from netlytics.cli.job import check_script, parameters_of
from netlytics.cli.run import run
from netlytics.cli.session import session
from netlytics.cli.source import Source
from netlytics.cli.stderr import use_that_of_spark_submit
from netlytics.errors import UsageError
from netlytics.output import directory_file, write_content, write_one_file

SCRIPT = "run_anomaly_detection.py"


def main(argv=None):
    """Runs the script; returns its exit status."""
    use_that_of_spark_submit()
    return run(SCRIPT, detection, arguments_parser().parse_args(argv))


def arguments_parser():
    """The arguments of run_anomaly_detection.py."""
    made = parser(SCRIPT, "Finds what is unusual in log files.", listing.algorithms(SCRIPT))
    add_feature_arguments(made, "directory for results.csv: of this machine, or a URI")
    return made


def detection(arguments):
    """The work of run_anomaly_detection.py."""
    source = Source(arguments)
    entry, algorithm_class = lookup.algorithm(arguments.algo)
    given = parameters_of(arguments.params)
    if entry is None:
        work, checked = own_algorithm, check_own(arguments)
    else:
        check_script(entry, SCRIPT)
        given = parameters.effective(entry, given)
        work, checked = registered_algorithm, only_feature(arguments)
    if arguments.plot:
        from netlytics.plots import canvas

        canvas.check(arguments.plot)
    with session(SCRIPT, "NetLytics Anomaly Detection") as spark:
        table = answer(spark, source, arguments.query)
        work(table, algorithm_class(given), checked, arguments)


def registered_algorithm(table, algorithm, feature, arguments):
    """Runs one of NetLytics' own: what it finds is written from the executors."""
    found = algorithm.detect(table, feature).persist()
    target = directory_file(arguments.output_path, "results.csv")
    write_one_file(algorithm.results(found), target, arguments.temp_dir_HDFS)
    if arguments.plot:
        algorithm.draw(found, arguments.plot)
    for line in algorithm.told(found):
        print(f"NetLytics: {line}", file=sys.stderr)


def own_algorithm(table, algorithm, features, arguments):
    """Runs a person's own: its ``run`` gives a pandas or a Spark DataFrame."""
    found = algorithm.run(with_features(table, features, arguments)[0])
    target = directory_file(arguments.output_path, "results.csv")
    if isinstance(found, DataFrame):
        write_one_file(found, target, arguments.temp_dir_HDFS)
    else:
        # An index with a name is a column, one without only numbers the rows.
        is_column = any(name is not None for name in found.index.names)
        content = found.to_csv(index=is_column, lineterminator="\n").encode("utf-8")
        write_content(table.sparkSession, content, target)


def check_own(arguments):
    """The numerical and categorical features of a person's own algorithm; UsageError for none."""
    if arguments.plot:
        raise UsageError(f"--plot: only NetLytics' own algorithms draw, not {arguments.algo}")
    return features_of(arguments)


def only_feature(arguments):
    """The one numerical feature. Raises UsageError for none, several, or what numbers cannot be."""
    features = feature_names(arguments.numerical_features)
    if len(features) != 1:
        raise UsageError(
            f"--numerical_features names {len(features)} columns: expected one, for instance value"
        )
    if arguments.categorical_features:
        raise UsageError("--categorical_features: this algorithm takes one number and no category")
    if arguments.normalize:
        raise UsageError("--normalize makes a single number 1 or -1: leave it out")
    if arguments.scale or arguments.null_policy != "error":
        raise UsageError("--scale, --null_policy: this algorithm takes the number as it is")
    return features[0]
