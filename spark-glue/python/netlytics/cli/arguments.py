"""The arguments all scripts share."""

import argparse

from netlytics import days, names, registry
from netlytics.cli.listing import GIVEN_OTHERWISE, connectors, reader_options
from netlytics.errors import UsageError

MODES = ("PERMISSIVE", "DROPMALFORMED", "FAILFAST")


def parser(script, description, *listings):
    """An argument parser with the arguments that say what is read, and --verbose.

    listings: further lists for the end of --help.
    """
    made = argparse.ArgumentParser(
        prog=script,
        description=description,
        epilog="\n\n".join([connectors(), *listings, reader_options()]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--input_path", required=True, help="log files: a directory, file or glob")
    made.add_argument("--connector", required=True, help="which tool's logs, as which table")
    made.add_argument(
        "--start_day", type=day, help="first day to read, YYYY_MM_DD; default: all days"
    )
    made.add_argument("--end_day", type=day, help="last day to read (inclusive), YYYY_MM_DD")
    add_mode_and_options(made)
    made.add_argument(
        "--verbose", action="store_true", help="on failure, show the Python traceback"
    )
    return made


def add_mode_and_options(made):
    """Adds --mode and --option, which ``reader_settings`` turns into the reader's options."""
    made.add_argument(
        "--mode",
        type=mode,
        help=f"what to do with bad lines: {', '.join(MODES)}; default {MODES[0]}",
    )
    made.add_argument(
        "--option",
        action="append",
        default=[],
        type=key_value,
        metavar="NAME=VALUE",
        help="a reader option of the connector; repeatable",
    )


def day(text):
    """A day in the form the reader takes."""
    try:
        return days.written(days.parse(text))
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def mode(text):
    """An error mode, in any case."""
    try:
        return names.require("mode", text.upper(), [{"name": name} for name in MODES])["name"]
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def key_value(text):
    """``name=value`` as a pair."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f'"{text}" is no option: expected NAME=VALUE')
    return name, value


def reader_settings(entry, arguments):
    """--option and --mode as the reader's options. Raises UsageError naming the nearest.

    entry: the connector's; None for a person's own connector, which takes no reader options.
    """
    if entry is None:
        if arguments.option or arguments.mode:
            raise UsageError(
                f"--option and --mode do not reach {arguments.connector}: it reads by itself"
            )
        return {}
    valid = {option["name"].lower(): option["name"] for option in registry.reader_options(entry)}
    settings = {}
    for given, value in arguments.option:
        name = valid.get(given.lower())
        if name in GIVEN_OTHERWISE:
            raise UsageError(
                f"--option {given} has an argument of its own: {GIVEN_OTHERWISE[name]}"
            )
        if name is None:
            takes = [{"name": known} for known in valid.values() if known not in GIVEN_OTHERWISE]
            raise names.unknown(f"option of {entry['name']}", given, takes)
        settings[name] = value
    if arguments.mode:
        settings["mode"] = arguments.mode
    return settings
