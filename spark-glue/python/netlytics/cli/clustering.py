"""run_clustering.py: log files with each row's cluster, as a directory of files."""

import sys

from netlytics import lookup, parameters
from netlytics.cli import listing
from netlytics.cli.arguments import parser
from netlytics.cli.features import add_feature_arguments, answer, features_of, with_features
from netlytics.cli.job import check_script, parameters_of
from netlytics.cli.run import run
from netlytics.cli.session import session
from netlytics.cli.source import Source
from netlytics.cli.stderr import use_that_of_spark_submit
from netlytics.clustering.labelled import labelled
from netlytics.output import write_directory
from netlytics.output.forms import form_of

SCRIPT = "run_clustering.py"


def main(argv=None):
    """Runs the script; returns its exit status."""
    use_that_of_spark_submit()
    return run(SCRIPT, clustering, arguments_parser().parse_args(argv))


def arguments_parser():
    """The arguments of run_clustering.py."""
    made = parser(SCRIPT, "Groups the rows of log files.", listing.algorithms(SCRIPT))
    add_feature_arguments(
        made,
        "a new directory, on the cluster's default file system or a URI, for the rows with their"
        " features and prediction: CSV, or as the ending .parquet or .json says",
    )
    return made


def clustering(arguments):
    """The work of run_clustering.py."""
    source = Source(arguments)
    entry, algorithm_class = lookup.algorithm(arguments.algo)
    given = parameters_of(arguments.params)
    if entry is not None:
        check_script(entry, SCRIPT)
        given = parameters.effective(entry, given)
    features = features_of(arguments)
    if arguments.plot:
        from netlytics.plots import canvas

        canvas.check(arguments.plot)
    with session(SCRIPT, "NetLytics Clustering") as spark:
        # Features, passes and the rows that are written come of it: the logs are read once.
        table = answer(spark, source, arguments.query).persist()
        algorithm = algorithm_class(given)
        found = algorithm.run(with_features(table, features, arguments))
        if arguments.plot:
            from netlytics.plots import clusters

            clusters.draw(found, arguments.plot)
        # Only text needs the features as one: Parquet and JSON hold vectors and arrays.
        write_directory(
            labelled(found, as_text=form_of(arguments.output_path) == "csv"),
            arguments.output_path,
        )
        # People's own classes have nothing to tell.
        for line in algorithm.told() if entry is not None else ():
            print(f"NetLytics: {line}", file=sys.stderr)
