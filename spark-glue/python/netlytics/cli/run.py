"""Runs a script's work with the exit status and messages all scripts share."""

import sys
import traceback

from netlytics.errors import NetlyticsError, from_spark, one_line

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def run(script, work, arguments):
    """Calls ``work(arguments)``; returns the exit status.

    0 done, 1 failed, 2 wrong usage (as argparse), 130 interrupted. A failure is one line on stderr.
    """
    try:
        work(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if arguments.verbose:
            traceback.print_exc()
        found = error if isinstance(error, NetlyticsError) else from_spark(error)
        print(f"{script}: error: {one_line(found or error)}", file=sys.stderr)
        return USAGE if found is not None and found.kind == "BadOption" else FAILED
    return OK
