"""A real named and the clients that ask it."""

import os
import pathlib
import string
import subprocess
import time

V4, V6 = "192.0.2.53", "2001:db8:0:2::53"
KEY = "hmac-sha256:office.key:b2ZmaWNlLW9mZmljZS1vZmZpY2Utb2ZmaWNlLW9mZmk="

# One zone file for all zones: only what is asked matters, and a wildcard answers the rest.
ZONE = """$TTL 300
@ SOA ns.office.test. hostmaster.office.test. 1 3600 600 86400 60
@ NS ns.office.test.
@ MX 10 mail
@ TXT "v=spf1 -all"
www A 198.51.100.10
www AAAA 2001:db8:6::10
* A 198.51.100.99
"""
POLICY = """$TTL 60
@ SOA localhost. hostmaster.office.test. 1 3600 600 86400 60
@ NS localhost.
pixel.tracker.test CNAME .
"""


class Named:
    """named on the real clock, its lines then dated as the plan says; a context manager.

    `work`, `$work` in the configuration, is an empty folder. `lines` is the log so far. named is
    linked with jemalloc, which does not start under libfaketime.
    """

    def __init__(self, work: pathlib.Path):
        self.work, self.log, self.lines = work, work / "bind.log", []
        template = pathlib.Path(__file__).with_name("named.conf").read_text("ascii")
        text = string.Template(template).substitute(work=work, secret=KEY.rpartition(":")[2])
        (work / "named.conf").write_text(text)
        (work / "office.zone").write_text(ZONE)
        (work / "rpz.zone").write_text(POLICY)

    def __enter__(self):
        command = ["named", "-f", "-n", "1", "-c", str(self.work / "named.conf")]
        self.process = subprocess.Popen(command, env={**os.environ, "TZ": "UTC"})
        for _ in range(100):
            time.sleep(0.1)
            told = self.work / "server.log"
            if told.exists() and b"\nrunning\n" in told.read_bytes():
                return self
        self.process.kill()
        raise RuntimeError(f"named does not start; see {self.work}/server.log")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def ask(self, client: str, *question: str):
        """One run of dig from address `client`, with its arguments."""
        server = V6 if ":" in client else V4
        command = ["dig", "+tries=1", "+time=2", f"@{server}", "-b", client, *question]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        time.sleep(0.02)

    def date(self, moment: float):
        """Takes the lines that are new and gives them that second (since the epoch); their own
        milliseconds stay."""
        second = time.strftime("%d-%b-%Y %H:%M:%S", time.gmtime(moment)).encode("ascii")
        new = self.log.read_bytes().splitlines(keepends=True)[len(self.lines) :]
        self.lines += [second + line[len(second) :] for line in new]
