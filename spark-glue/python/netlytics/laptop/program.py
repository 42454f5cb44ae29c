"""``python -m netlytics``: convert and show log files without Spark."""

import argparse
import os
import shutil
import sys

from netlytics import registry
from netlytics.cli.arguments import add_mode_and_options, day, reader_settings
from netlytics.cli.listing import connectors, reader_options
from netlytics.cli.run import run
from netlytics.errors import UsageError
from netlytics.laptop import report, text_table
from netlytics.laptop.conditions import condition
from netlytics.laptop.progress import Bar
from netlytics.laptop.reading import open as open_logs

PROGRAM = "python -m netlytics"
# Where the output is no terminal.
WIDTH = 120


def main(argv=None):
    """Runs the program; returns its exit status."""
    arguments = arguments_parser().parse_args(argv)
    return run(PROGRAM, arguments.work, arguments)


def arguments_parser():
    """The arguments of all verbs."""
    made = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Reads log files on this machine, with all its cores and without Spark.",
        epilog=connectors(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = made.add_subparsers(metavar="VERB", dest="verb", required=True)
    to_file = verb(verbs, "convert", "Write a table as one zstd Parquet file.", convert)
    to_file.add_argument("--output", required=True, help="the file to write")
    to_file.add_argument(
        "--overwrite", action="store_true", help="replace the output if it exists already"
    )
    on_screen = verb(
        verbs, "show", "Show the first rows, the columns, and what could not be read.", show
    )
    on_screen.add_argument("--rows", type=int, default=10, help="how many rows; default 10")
    return made


def verb(verbs, name, description, work):
    """A verb with the arguments that say what is read."""
    made = verbs.add_parser(
        name,
        help=description,
        description=description,
        epilog=connectors() + "\n\n" + reader_options(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(work=work)
    made.add_argument("path", nargs="+", help="log files: directories, files or globs; hdfs:// too")
    made.add_argument("--connector", required=True, help="which tool's logs, as which table")
    made.add_argument("--columns", help="columns, with commas between; default all")
    made.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="CONDITION",
        help='rows wanted, for instance "resp_code == NXDOMAIN" or "query endswith .org"; '
        "repeatable, all must hold",
    )
    made.add_argument("--start_day", type=day, help="first day to read, YYYY_MM_DD; default: all")
    made.add_argument("--end_day", type=day, help="last day to read (inclusive), YYYY_MM_DD")
    add_mode_and_options(made)
    made.add_argument("--verbose", action="store_true", help="on failure, show the traceback")
    return made


def table(arguments):
    """The table that the arguments ask for."""
    entry = registry.connector(arguments.connector)
    schema = registry.table_schema(entry["table"])
    columns = arguments.columns and [name.strip() for name in arguments.columns.split(",")]
    return open_logs(
        entry["name"],
        arguments.path,
        columns=columns,
        filter=[condition(text, schema) for text in arguments.filter] or None,
        start_day=arguments.start_day,
        end_day=arguments.end_day,
        **reader_settings(entry, arguments),
    )


def convert(arguments):
    """The work of ``convert``."""
    logs = table(arguments)
    with Bar(logs.bytes) as bar:
        done = logs.convert(arguments.output, bar, arguments.overwrite)
    size = f"{done['rows']:,} rows, {done['bytes'] / 1e6:,.1f} MB"
    print(f"{arguments.output}: {size}", file=sys.stderr)
    print("\n".join(report.account(logs)), file=sys.stderr)


def show(arguments):
    """The work of ``show``."""
    if arguments.rows < 0:
        raise UsageError("--rows is a number from 0 on")
    logs = table(arguments)
    with Bar(logs.bytes) as bar:
        rows = logs.head(arguments.rows, bar)
    names = [name for name, _ in logs.columns]
    lines, hidden = text_table.lines(names, rows, shutil.get_terminal_size((WIDTH, 0)).columns)
    more = [f"… and {hidden} columns more: choose some with --columns"] if hidden else []
    parts = [lines + more, report.columns(logs), report.account(logs)]
    try:
        print("\n\n".join("\n".join(part) for part in parts))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough (`… | head`); Python must not try to flush once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
