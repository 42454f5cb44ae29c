"""run_query.py: the answer to a SQL query over log files, as a file."""

from netlytics.cli.arguments import parser
from netlytics.cli.run import run
from netlytics.cli.session import session
from netlytics.cli.source import Source
from netlytics.cli.stderr import use_that_of_spark_submit
from netlytics.output import write_directory, write_one_file
from netlytics.output.staging import DEFAULT_TEMP_DIR

SCRIPT = "run_query.py"
VIEW = "netlytics"


def main(argv=None):
    """Runs the script; returns its exit status."""
    use_that_of_spark_submit()
    return run(SCRIPT, query, arguments_parser().parse_args(argv))


def arguments_parser():
    """The arguments of run_query.py."""
    made = parser(SCRIPT, f'Runs a SQL query over log files. The table is named "{VIEW}".')
    made.add_argument("--query", required=True, help=f'SQL; for instance "SELECT * FROM {VIEW}"')
    output = made.add_mutually_exclusive_group(required=True)
    output.add_argument(
        "--output_file_local", help="one file on this machine: .csv (default), .json or .parquet"
    )
    output.add_argument(
        "--output_file_HDFS", help="a new directory on the cluster's file system, form by extension"
    )
    made.add_argument(
        "--temp_dir_HDFS",
        default=DEFAULT_TEMP_DIR,
        help=f"directory on HDFS for parts of the local file; default {DEFAULT_TEMP_DIR}",
    )
    return made


def query(arguments):
    """The work of run_query.py."""
    source = Source(arguments)
    with session(SCRIPT, "NetLytics SQL Query") as spark:
        with_bad_lines(source, source.table(spark), arguments.query).createOrReplaceTempView(VIEW)
        answer = spark.sql(arguments.query)
        if arguments.output_file_local:
            write_one_file(answer, arguments.output_file_local, arguments.temp_dir_HDFS)
        else:
            write_directory(answer, arguments.output_file_HDFS)


def with_bad_lines(source, table, sql):
    """The table, with the column of bad lines if the query names it: views hide hidden columns."""
    column = source.corrupt_column()
    return table.select("*", column) if column and column.lower() in sql.lower() else table
