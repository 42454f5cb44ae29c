"""A real Squid under a clock we set (libfaketime), and the clients that use it."""

import contextlib
import glob
import os
import pathlib
import shutil
import signal
import socket
import string
import subprocess
import time

V4, V6 = ("192.0.2.1", 3128), ("2001:db8:0:2::1", 3128)


class Proxy:
    """Squid with the given `access_log` lines after its configuration; a context manager.

    `hosts` maps names to addresses. `work`, `$work` in the configuration, is an empty folder that
    Squid's user may write to. `watched` is the log every transaction leaves one line in.
    """

    def __init__(self, work: pathlib.Path, hosts: dict, access_logs: str, watched: str):
        self.work, self.watched = work, work / watched
        template = pathlib.Path(__file__).with_name("squid.conf").read_text("ascii") + access_logs
        self.conf = work / "squid.conf"
        self.conf.write_text(string.Template(template).substitute(work=work))
        (work / "hosts").write_text("".join(f"{ip} {name}\n" for name, ip in hosts.items()))
        self.clock = work / "clock"

    def set_clock(self, moment: float):
        """Makes it `moment` (epoch seconds) for Squid; the clock runs on from there."""
        new = self.clock.with_suffix(".new")
        new.write_text(f"{moment - time.time():+.6f}\n")
        new.replace(self.clock)

    def __enter__(self):
        self.set_clock(time.time())
        (faketime,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        clock = {
            "LD_PRELOAD": faketime,
            "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.process = subprocess.Popen(
            ["squid", "-N", "-f", str(self.conf)], env={**os.environ, **clock, "TZ": "UTC"}
        )
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(V4).close()
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"squid does not answer; see {self.work}/cache.log")
        self.lines = 0
        self.settle()
        self.truncate()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def settle(self):
        """Waits until the last transaction's line is in the log."""
        for _ in range(300):
            count = self.watched.read_bytes().count(b"\n") if self.watched.exists() else 0
            if count > self.lines:
                self.lines = count
                return
            time.sleep(0.02)
        raise RuntimeError(f"no new line in {self.watched.name} after {self.lines}")

    def truncate(self):
        """Forgets what the logs hold: the probe that found the proxy ready is in them."""
        for log in self.work.glob("*.log"):
            os.truncate(log, 0)
        self.lines = 0

    def rotate(self, log: str, dated: pathlib.Path):
        """What logrotate does: renames the log, has Squid open a new one. `dated`: where to."""
        (self.work / log).replace(self.work / dated.name)
        pid = int((self.work / "squid.pid").read_text())
        os.kill(pid, signal.SIGUSR1)
        while not (self.work / log).exists():
            time.sleep(0.02)
        shutil.copyfile(self.work / dated.name, dated)
        self.lines = 0

    def talk(self, client: str, message: bytes, abandon: bool = False):
        """One connection from address `client`: sends `message`, reads to the end or leaves."""
        with socket.create_connection(V6 if ":" in client else V4, 10, (client, 0)) as link:
            link.sendall(message)
            if message and abandon:
                link.recv(3000)
            while not abandon and link.recv(65536):
                pass
        self.settle()

    def tunnel(self, client: str, message: bytes, wanted: int, until: float = 0):
        """CONNECT, `wanted` bytes back, and, where `until` is given, no end before that time."""
        with socket.create_connection(V6 if ":" in client else V4, 10, (client, 0)) as link:
            link.sendall(message)
            if not link.recv(4096).startswith(b"HTTP/1.1 200"):
                while link.recv(65536):
                    pass
                return self.settle()
            link.sendall(b"%d\n" % wanted)
            while wanted > 0:
                wanted -= len(link.recv(65536))
            if until:
                self.set_clock(until)
        self.settle()
