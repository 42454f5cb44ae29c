"""run_clustering.py: log files with each row's cluster, as a directory of files."""

import sys

from netlytics.cli import listing
from netlytics.cli.arguments import parser
from netlytics.cli.clusters import Learned, Loaded
from netlytics.cli.features import add_feature_arguments, answer
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
        algo_required=False,
    )
    made.add_argument(
        "--save_model",
        metavar="PATH",
        help="also write the model, with the features it takes, to a new file: on the cluster's"
        " default file system or a URI",
    )
    made.add_argument(
        "--overwrite_model",
        action="store_true",
        help="replace the file of --save_model if it is there",
    )
    made.add_argument(
        "--model",
        metavar="PATH",
        help="learn nothing: put the rows into the clusters of this model, which --save_model"
        " wrote; it knows its algorithm and its features",
    )
    return made


def clustering(arguments):
    """The work of run_clustering.py."""
    source = Source(arguments)
    work = Loaded(arguments) if arguments.model else Learned(arguments, SCRIPT)
    if arguments.plot:
        from netlytics.plots import canvas

        canvas.check(arguments.plot)
    with session(SCRIPT, "NetLytics Clustering") as spark:
        work.begin(spark)
        # Features, passes and the rows that are written come of it: the logs are read once.
        found = work.clusters(answer(spark, source, arguments.query).persist())
        if arguments.plot:
            from netlytics.plots import clusters

            clusters.draw(found, arguments.plot)
        # Only text needs the features as one: Parquet and JSON hold vectors and arrays.
        write_directory(
            labelled(found, as_text=form_of(arguments.output_path) == "csv"),
            arguments.output_path,
        )
        for line in work.end(spark):
            print(f"NetLytics: {line}", file=sys.stderr)
