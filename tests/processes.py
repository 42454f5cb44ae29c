"""Watches which processes a program starts (Linux: reads /proc)."""

import threading
from pathlib import Path

EVERY_SECONDS = 0.02


class Watch:
    """Command lines of all descendants of a process, gathered until ``stop``."""

    def __init__(self, pid):
        self._pid = pid
        self._seen = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self):
        """Ends the watch; returns the command lines that were seen."""
        self._stopped.set()
        self._thread.join()
        return sorted(set(self._seen.values()))

    def _run(self):
        while not self._stopped.wait(EVERY_SECONDS):
            for pid in descendants(self._pid):
                line = command_line(pid)
                if line:
                    self._seen[pid, line] = line


def descendants(top):
    """Process ids below ``top``."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(parent(entry), []).append(int(entry.name))
    found, waiting = [], [top]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def parent(entry):
    """Parent of a process; None if it is gone."""
    try:
        # The name in parentheses may hold blanks and parentheses itself.
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None


def command_line(pid):
    """Arguments of a process with blanks between; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def python_workers(lines):
    """Those command lines that are Spark's Python workers or the daemon that forks them."""
    return [line for line in lines if "pyspark.daemon" in line or "pyspark.worker" in line]
