"""The arguments of scripts whose algorithms work on features, and what is common to their work."""

import sys

from netlytics import names
from netlytics.errors import UsageError
from netlytics.output.staging import DEFAULT_TEMP_DIR

VIEW = "netlytics"


def add_feature_arguments(made, output):
    """Adds --algo, --output_path, --params, --query and those that name the features.

    output: what the help says of --output_path.
    """
    made.add_argument("--algo", required=True, help="which algorithm")
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
    made.add_argument("--plot", metavar="FILE", help="draw a picture: .png or .html")
    made.add_argument(
        "--temp_dir_HDFS",
        default=DEFAULT_TEMP_DIR,
        help=f"directory on HDFS for temporary files; default {DEFAULT_TEMP_DIR}",
    )


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


def require_columns(table, *features):
    """Raises UsageError, naming the nearest, for a feature that is no column of the table."""
    for name in features:
        names.require("column", name, [{"name": known} for known in table.columns])
