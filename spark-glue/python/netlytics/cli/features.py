"""The arguments of scripts whose algorithms work on features, and what is common to their work."""

import sys

from netlytics.errors import UsageError
from netlytics.output.staging import DEFAULT_TEMP_DIR

VIEW = "netlytics"


def add_feature_arguments(made, output, algo_required=True):
    """Adds --algo, --output_path, --params, --query and those that name the features.

    output: what the help says of --output_path. algo_required: whether --algo must be given.
    """
    made.add_argument("--algo", required=algo_required, help="which algorithm")
    made.add_argument("--output_path", required=True, help=output)
    made.add_argument("--params", default="{}", help='the algorithm\'s parameters, JSON: {"K": 5}')
    made.add_argument(
        "--query",
        default=f"SELECT * FROM {VIEW}",
        help=f'SQL that prepares the table "{VIEW}"; default: the table itself',
    )
    made.add_argument(
        "--numerical_features", default="", help="columns that are numbers, with commas between"
    )
    made.add_argument(
        "--categorical_features",
        default="",
        help="columns whose values become features of their own (one-hot), with commas between",
    )
    made.add_argument("--normalize", action="store_true", help="scale each row to length 1")
    made.add_argument(
        "--scale",
        choices=("standard", "minmax"),
        help="scale each number before: to mean 0 and deviation 1, or to 0 to 1; default: as it is",
    )
    made.add_argument(
        "--null_policy",
        choices=("error", "drop", "zero"),
        default="error",
        help="what a null number is: an error (default), left out with its row, or 0",
    )
    made.add_argument("--plot", metavar="FILE", help="draw a picture: .png or .html")
    made.add_argument(
        "--temp_dir_HDFS",
        default=DEFAULT_TEMP_DIR,
        help=f"directory on HDFS for temporary files; default {DEFAULT_TEMP_DIR}",
    )


def features_of(arguments):
    """The numerical and the categorical features. Raises UsageError where there are none."""
    numerical = feature_names(arguments.numerical_features)
    categorical = feature_names(arguments.categorical_features)
    if not numerical and not categorical:
        raise UsageError(
            "there are no features: name columns with --numerical_features, --categorical_features"
        )
    return numerical, categorical


def with_features(table, features, arguments):
    """The table with the column ``features`` that the arguments ask for, and the model of that."""
    from netlytics.transform import applied, learned

    transform = learned(
        table,
        *features,
        normalize=arguments.normalize,
        scale=arguments.scale,
        null_policy=arguments.null_policy,
    )
    return applied(table, transform), transform


def feature_names(text):
    """The names of a list with commas. Raises UsageError where one is there twice."""
    found = [name.strip() for name in text.split(",") if name.strip()]
    twice = [name for name in found if found.count(name) > 1]
    if twice:
        raise UsageError(f"the feature {twice[0]} is named twice")
    return found


def answer(spark, source, sql):
    """The answer to the query over the view ``netlytics``; the view stays.

    Where the connector's table lacks a column of the query, another table of the same tool's logs
    that has all of them is read in its place, and stderr says so.
    """
    from pyspark.sql.utils import AnalysisException

    source.table(spark).createOrReplaceTempView(VIEW)
    try:
        return spark.sql(sql)
    except AnalysisException as refused:
        for entry, table in source.other_tables(spark):
            table.createOrReplaceTempView(VIEW)
            try:
                found = spark.sql(sql)
            except AnalysisException:
                continue
            print(
                f"note: {source.entry['name']} has not the columns of the query; reading the logs"
                f" as {entry['name']}, which has",
                file=sys.stderr,
            )
            return found
        raise refused
