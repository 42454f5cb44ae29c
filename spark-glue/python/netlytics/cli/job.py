"""run_job.py: an algorithm over log files, its report in a directory."""

import json
import os

from netlytics import lookup, parameters, registry
from netlytics.cli import listing
from netlytics.cli.arguments import parser
from netlytics.cli.run import run
from netlytics.cli.session import session
from netlytics.cli.source import Source
from netlytics.cli.stderr import use_that_of_spark_submit
from netlytics.errors import UsageError
from netlytics.output.staging import DEFAULT_TEMP_DIR
from netlytics.output.targets import is_local, local_path

SCRIPT = "run_job.py"


def main(argv=None):
    """Runs the script; returns its exit status."""
    use_that_of_spark_submit()
    return run(SCRIPT, job, arguments_parser().parse_args(argv))


def arguments_parser():
    """The arguments of run_job.py."""
    made = parser(SCRIPT, "Runs an algorithm over log files.", listing.algorithms(SCRIPT))
    made.add_argument("--algo", required=True, help="which algorithm")
    made.add_argument(
        "--output_path", required=True, help="directory for the output: of this machine, or a URI"
    )
    made.add_argument("--params", default="{}", help='the algorithm\'s parameters, JSON: {"N": 40}')
    made.add_argument(
        "--temp_dir_local", default="/tmp", help="directory for temporary files; default /tmp"
    )
    made.add_argument(
        "--temp_dir_HDFS",
        default=DEFAULT_TEMP_DIR,
        help=f"directory on HDFS for temporary files; default {DEFAULT_TEMP_DIR}",
    )
    made.add_argument(
        "--persistent_dir_local", default="", help="directory for what later runs need"
    )
    made.add_argument("--persistent_dir_HDFS", default="", help="the same, on HDFS")
    return made


def job(arguments):
    """The work of run_job.py."""
    source = Source(arguments)
    entry, algorithm_class = lookup.algorithm(arguments.algo)
    given = parameters_of(arguments.params)
    if entry is not None:
        check_script(entry, SCRIPT)
        check_table(entry, source.entry)
        given = parameters.effective(entry, given)
    with session(SCRIPT, "NetLytics Job") as spark:
        algorithm = algorithm_class(
            source.table(spark),
            arguments.output_path,
            arguments.temp_dir_local,
            arguments.temp_dir_HDFS,
            arguments.persistent_dir_local,
            arguments.persistent_dir_HDFS,
        )
        algorithm.parameters.update(given)
        # People's own algorithms expect it to be there.
        if is_local(arguments.output_path):
            os.makedirs(local_path(arguments.output_path), exist_ok=True)
        algorithm.run()


def parameters_of(text):
    """--params as a dict."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise UsageError(f"--params is no JSON: {error}") from error
    if not isinstance(given, dict):
        raise UsageError('--params is no JSON object: expected for instance {"N": 40}')
    return given


def check_script(entry, script):
    """Refuses an algorithm that another script runs."""
    if entry["script"] != script:
        raise UsageError(f"{entry['name']} is run by {entry['script']}")


def check_table(entry, connector):
    """Refuses a connector whose table the algorithm does not take; own connectors pass."""
    if connector is None or entry["table"] in ("*", connector["table"]):
        return
    fitting = [known["name"] for known in registry.connectors() if known["table"] == entry["table"]]
    raise UsageError(
        f"{entry['name']} works on {entry['table']}, but {connector['name']} gives "
        f"{connector['table']}: use {' or '.join(fitting) or 'an own connector'}"
    )
