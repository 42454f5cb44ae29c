#!/usr/bin/env python3
"""Makes examples/logs/squid and examples/logs/squid-formats with a real Squid.

    sudo examples/make_squid_logs.py

Needs Debian's packages squid, faketime and zstd, and root for a network namespace of its own:
Squid, its clients and the servers they visit talk over that namespace's loopback only, and see
March 2017 on the clock. Two runs differ in milliseconds, client ports and how much of an endless
download had come when its client left.
What each file holds is told in logs/README.md.
"""

import bz2
import calendar
import gzip
import lzma
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from squid import odd_lines, office, origins
from squid.proxy import V4, V6, Proxy

LOGS = pathlib.Path(__file__).resolve().parent / "logs"
MONTH_LOG = "access_log stdio:$work/access.log squid"
BUILT_IN = ["squid", "common", "combined", "referrer", "useragent"]
# The two columns of headers; a bracket inside them is written %5b or %5d.
HEADERS = re.compile(rb" \[[^][]*\] \[[^][]*\]$", re.MULTILINE)
CUSTOM = {
    # As Squid's own documentation defines it.
    "squidmime": "%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt [%>h] [%<h]",
    "office": "%ts.%03tu %6tr %>a %>p %Ss/%03>Hs %<st %>st %rm %ru %rv %[un %Sh/%<a %<p %mt "
    '"%{Referer}>h" "%{User-Agent}>h" "%{Host}>h"',
    "pipes": "%{%Y-%m-%dT%H:%M:%S}tg.%03tu|%tr|%>a|%rm|%ru|%>Hs|%<st|%<a|%mt",
}


def main():
    if os.environ.get("NETLYTICS_OWN_NETWORK") != "yes":
        os.environ["NETLYTICS_OWN_NETWORK"] = "yes"
        os.execvp("unshare", ["unshare", "--net", "--", sys.executable, *sys.argv])
    own_network()
    origins.start()
    with WorkFolder() as work:
        make_month(work, fresh(LOGS / "squid"))
    with WorkFolder() as work:
        make_formats(work, fresh(LOGS / "squid-formats"))


def own_network():
    """Gives the namespace's loopback every address of the plan."""
    addresses = {V4[0], V6[0], *office.CLIENTS, *office.HOSTS.values()}
    for command in (
        ["link", "set", "lo", "up"],
        *(["address", "add", a, "dev", "lo"] for a in sorted(addresses)),
    ):
        subprocess.run(["ip", *command], check=True)


class WorkFolder(tempfile.TemporaryDirectory):
    """A temporary folder that Squid's user owns; as a context, its path."""

    def __enter__(self):
        shutil.chown(self.name, "proxy", "proxy")
        return pathlib.Path(self.name)


def fresh(folder: pathlib.Path) -> pathlib.Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def play(proxy: Proxy, moment: float, visit: office.Visit):
    """One visit that begins at `moment` of Squid's clock."""
    proxy.set_clock(moment)
    origins.clock_ahead = moment - time.time()
    if visit.method == "CONNECT":
        proxy.tunnel(
            visit.client, visit.message(), visit.wanted, moment + visit.hold if visit.hold else 0
        )
    else:
        proxy.talk(visit.client, visit.message(), visit.abandon)


def make_month(work: pathlib.Path, out: pathlib.Path):
    """One file a day, rotated at midnight; a line belongs to the day its transaction ended."""
    with Proxy(work, office.HOSTS, MONTH_LOG, "access.log") as proxy:
        for day in range(1, 32):
            midnight = calendar.timegm((2017, 3, day, 0, 0, 0))
            visits = office.day_of_work(day)
            overnight = [entry for entry in visits if entry[1].hold]
            for second, visit in visits:
                if not visit.hold:
                    play(proxy, midnight + second + day / 100, visit)
            dated = out / f"access.log-201703{day:02d}"
            proxy.rotate("access.log", dated)
            for second, visit in overnight:
                play(proxy, midnight + second, visit)
            odd_lines.add(dated, day)
            compress(dated, day)
        proxy.set_clock(calendar.timegm((2017, 4, 1, 8, 0, 0)))
        for visit in office.specials()[:3]:
            play(proxy, calendar.timegm((2017, 4, 1, 8, 0, 0)), visit)
        shutil.copyfile(work / "access.log", out / "access.log")


def compress(log: pathlib.Path, day: int):
    """The compressed days: some by gzip (one of two members), one each by bzip2, xz and zstd."""
    text = log.read_bytes()
    if day in (2, 3, 6):
        packed = gzip.compress(text, mtime=0)
        suffix = ".gz"
    elif day == 8:
        middle = text.index(b"\n", len(text) // 2) - 10  # a line across both members
        packed = gzip.compress(text[:middle], mtime=0) + gzip.compress(text[middle:], mtime=0)
        suffix = ".gz"
    elif day == 10:
        packed, suffix = bz2.compress(text), ".bz2"
    elif day == 13:
        packed, suffix = lzma.compress(text), ".xz"
    elif day == 15:
        packed = subprocess.run(
            ["zstd", "-19", "-c"],
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        ).stdout
        suffix = ".zst"
    else:
        return
    log.with_name(log.name + suffix).write_bytes(packed)
    log.unlink()


def make_formats(work: pathlib.Path, out: pathlib.Path):
    """The same transactions in every format, from one run.

    A format with `%>h` in it, as squidmime's, makes Squid append the headers to three of its
    built-in formats as well. Those are kept in with-headers/, and stand beside the others without
    the two columns, which is what Squid writes when no format asks for headers.
    """
    lines = [f"logformat {name} {text}" for name, text in CUSTOM.items()]
    lines += [f"access_log stdio:$work/{name}.log {name}" for name in (*BUILT_IN, *CUSTOM)]
    with Proxy(work, office.HOSTS, "\n".join(lines), "squid.log") as proxy:
        for number, visit in enumerate(office.specials()):
            play(proxy, calendar.timegm((2017, 3, 15, 9, number, 0)) + number / 100, visit)
    (out / "with-headers").mkdir()
    for name in (*BUILT_IN, *CUSTOM):
        text = (work / f"{name}.log").read_bytes()
        if name in ("squid", "common", "combined"):
            (out / "with-headers" / f"{name}.log").write_bytes(text)
            text = HEADERS.sub(b"", text)
        (out / f"{name}.log").write_bytes(text)
    (out / "logformat.txt").write_text("".join(f"{n} {text}\n" for n, text in CUSTOM.items()))


if __name__ == "__main__":
    main()
