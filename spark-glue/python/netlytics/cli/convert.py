"""convert.py: log files as Parquet, one directory a day."""

from netlytics.cli.arguments import parser
from netlytics.cli.run import run
from netlytics.cli.session import session
from netlytics.cli.source import Source
from netlytics.cli.stderr import use_that_of_spark_submit
from netlytics.output import write_by_day

SCRIPT = "convert.py"


def main(argv=None):
    """Runs the script; returns its exit status."""
    use_that_of_spark_submit()
    return run(SCRIPT, convert, arguments_parser().parse_args(argv))


def arguments_parser():
    """The arguments of convert.py."""
    made = parser(SCRIPT, "Writes log files as zstd Parquet, one directory a day (UTC).")
    made.add_argument(
        "--output_path",
        required=True,
        help="a new directory: on the cluster's default file system, or a URI",
    )
    made.add_argument(
        "--overwrite",
        action="store_true",
        help="replace what an earlier run left there, once the new output is whole",
    )
    return made


def convert(arguments):
    """The work of convert.py."""
    source = Source(arguments)
    with session(SCRIPT, "NetLytics Convert") as spark:
        write_by_day(
            source.table(spark),
            arguments.output_path,
            arguments.overwrite,
            gather=mixes_days(arguments, source.entry),
        )


def mixes_days(arguments, entry):
    """Whether a task may meet many days; if not, gathering them would be a shuffle for nothing.

    A table of which each line is a row is read file by file, and those are of the day asked for.
    One that is put together from parts comes out of a shuffle, in pieces too small for files.
    """
    is_one_day = arguments.start_day is not None and arguments.start_day == arguments.end_day
    return not is_one_day or entry is None or bool(entry.get("parts"))
