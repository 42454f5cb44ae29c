"""run_anomaly_detection.py: what is unusual in log files, as a CSV file."""

from netlytics import lookup, parameters
from netlytics.cli import listing
from netlytics.cli.arguments import parser
from netlytics.cli.job import check_script, parameters_of
from netlytics.cli.run import run
from netlytics.cli.session import session
from netlytics.cli.source import Source
from netlytics.cli.stderr import use_that_of_spark_submit
from netlytics.errors import UsageError
from netlytics.output import directory_file, write_one_file
from netlytics.output.staging import DEFAULT_TEMP_DIR

SCRIPT = "run_anomaly_detection.py"
VIEW = "netlytics"
SERIES = ("value", "trend", "residual", "outlier")
# In UTC; fractions of a second only where there are some.
ISO_TIME = (
    "date_format(to_utc_timestamp(timestamp_seconds(time), current_timezone()),"
    " CASE WHEN time = floor(time) THEN \"yyyy-MM-dd'T'HH:mm:ss'Z'\""
    " ELSE \"yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'\" END) AS time"
)


def main(argv=None):
    """Runs the script; returns its exit status."""
    use_that_of_spark_submit()
    return run(SCRIPT, detection, arguments_parser().parse_args(argv))


def arguments_parser():
    """The arguments of run_anomaly_detection.py."""
    made = parser(SCRIPT, "Finds what is unusual in log files.", listing.algorithms(SCRIPT))
    made.add_argument("--algo", required=True, help="which algorithm")
    made.add_argument(
        "--output_path", required=True, help="directory for results.csv: of this machine, or a URI"
    )
    made.add_argument(
        "--params", default="{}", help='the algorithm\'s parameters, JSON: {"alpha": 0.05}'
    )
    made.add_argument(
        "--query",
        default=f"SELECT * FROM {VIEW}",
        help=f'SQL that makes the series out of the table "{VIEW}"; default: the table itself',
    )
    made.add_argument("--numerical_features", default="", help="the column of the values")
    made.add_argument(
        "--categorical_features", default="", help="refused by algorithms that take numbers only"
    )
    made.add_argument("--normalize", action="store_true", help="likewise")
    made.add_argument(
        "--temp_dir_HDFS",
        default=DEFAULT_TEMP_DIR,
        help=f"directory on HDFS for temporary files; default {DEFAULT_TEMP_DIR}",
    )
    return made


def detection(arguments):
    """The work of run_anomaly_detection.py."""
    source = Source(arguments)
    entry, algorithm_class = lookup.algorithm(arguments.algo)
    given = parameters_of(arguments.params)
    if entry is not None:
        check_script(entry, SCRIPT)
        given = parameters.effective(entry, given)
    feature = only_feature(arguments)
    with session(SCRIPT, "NetLytics Anomaly Detection") as spark:
        source.table(spark).createOrReplaceTempView(VIEW)
        found = algorithm_class(given).detect(spark.sql(arguments.query), feature)
        rest = [f"`{name}`" for name in found.columns if name != "time"]
        group = rest[: -len(SERIES)]
        written = found.orderBy(*group, "time").selectExpr(*group, ISO_TIME, *SERIES)
        target = directory_file(arguments.output_path, "results.csv")
        write_one_file(written, target, arguments.temp_dir_HDFS)


def only_feature(arguments):
    """The one numerical feature. Raises UsageError for none, several, or what numbers cannot be."""
    features = [name.strip() for name in arguments.numerical_features.split(",") if name.strip()]
    if len(features) != 1:
        raise UsageError(
            f"--numerical_features names {len(features)} columns: expected one, for instance value"
        )
    if arguments.categorical_features:
        raise UsageError("--categorical_features: a time series has one number and no category")
    if arguments.normalize:
        raise UsageError("--normalize makes a single number 1 or -1: leave it out")
    return features[0]
