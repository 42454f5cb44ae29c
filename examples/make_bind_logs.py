#!/usr/bin/env python3
"""Makes examples/logs/bind with a real BIND.

    sudo examples/make_bind_logs.py

Needs Debian's packages bind9 and bind9-dnsutils, and root for a network namespace of its own:
named and the clients talk over that namespace's loopback only. The seconds of the log are then
those of the plan, in March 2017. Two runs differ in milliseconds, client ports and the addresses
after the @.
What each file holds is told in logs/README.md.
"""

import calendar
import gzip
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from bind import odd_lines, questions
from bind.server import V4, V6, Named
from squid.office import CLIENTS

OUT = pathlib.Path(__file__).resolve().parent / "logs" / "bind"


def main():
    if os.environ.get("NETLYTICS_OWN_NETWORK") != "yes":
        os.environ["NETLYTICS_OWN_NETWORK"] = "yes"
        os.execvp("unshare", ["unshare", "--net", "--", sys.executable, *sys.argv])
    for command in (
        ["link", "set", "lo", "up"],
        *(["address", "add", address, "dev", "lo"] for address in (V4, V6, *CLIENTS)),
    ):
        subprocess.run(["ip", *command], check=True)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    (OUT / "bind.log-20170301.gz").write_bytes(gzip.compress(log_of(1), mtime=0))
    (OUT / "bind.log-20170302").write_bytes(log_of(2) + odd_lines.LINES)


def log_of(day: int) -> bytes:
    """What named logs on that day of March 2017."""
    midnight = calendar.timegm((2017, 3, day, 0, 0, 0))
    with tempfile.TemporaryDirectory() as folder, Named(pathlib.Path(folder)) as server:
        server.date(midnight + 7 * 3600)
        for second, client, question in questions.day_of_work(day):
            server.ask(client, *question)
            server.date(midnight + second)
    return b"".join(server.lines)


if __name__ == "__main__":
    main()
