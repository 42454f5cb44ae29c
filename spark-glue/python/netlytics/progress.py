"""A line on the terminal that says how far a fit is."""

import shutil
import sys
import time


class Progress:
    """Shows what it is told on stderr, each time in place of the last; nothing off a terminal."""

    def __init__(self, name, out=None):
        self._name = name
        self._out = sys.stderr if out is None else out
        self._shown = self._out.isatty()
        self._begin = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def tell(self, text):
        """Shows a line of progress, and the seconds since the beginning."""
        if self._shown:
            line = f"{self._name}: {text} ({time.monotonic() - self._begin:.0f} s)"
            self._out.write("\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1])
            self._out.flush()
