"""A bar on the terminal while files are read."""

import shutil
import sys
import time

LONGEST = 40


class Bar:
    """Called with the bytes done; draws on stderr if that is a terminal, clears it at the end."""

    def __init__(self, total, out=None):
        self._total = max(total, 1)
        self._out = sys.stderr if out is None else out
        self._shown = self._out.isatty()
        self._begin = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def __call__(self, done):
        if self._shown:
            seconds = max(time.monotonic() - self._begin, 1e-3)
            width = shutil.get_terminal_size().columns
            self._out.write("\r\x1b[K" + drawn(done, self._total, seconds, width))
            self._out.flush()


def drawn(done, total, seconds, width):
    """The bar's text: part done, MB of MB, MB/s, time left; shorter than ``width``."""
    # A piece's end is read twice, so there may be a little more than all.
    part = min(done / total, 1)
    left = seconds / part * (1 - part) if part > 0 else 0
    text = (
        f" {part:4.0%} of {total / 1e6:,.0f} MB, {done / seconds / 1e6:,.0f} MB/s, "
        f"{int(left) // 60}:{int(left) % 60:02d} left"
    )
    room = min(LONGEST, width - len(text) - 3)
    if room < 5:
        return text.strip()[: max(width - 1, 0)]
    full = int(room * part)
    return "[" + "#" * full + "." * (room - full) + "]" + text
