"""What a program says at its end: rows read, malformed rows, lines skipped, seconds."""

import json
import time

from py4j.java_gateway import JavaClass

from netlytics import left_out


class Summary:
    """Counts of all scans of this driver since ``Summary(spark)``, and the time since then."""

    def __init__(self, spark):
        self._started = time.monotonic()
        # Without the jar (a connector of the user's own) there is nothing to count.
        totals = spark.sparkContext._jvm.io.netlytics.spark.ScanTotals
        self._totals = totals if isinstance(totals, JavaClass) else None
        if self._totals is not None:
            self._totals.reset()

    def counts(self):
        """{"records", "malformed", "skipped": {kind: lines}, "leftOut": {reason: …}, "files", …}.

        None without the jar. leftOut: {"count", "examples"} of the files and directories left out.

        A task that ran twice counts once more only where Spark's accumulators do.
        """
        return None if self._totals is None else json.loads(self._totals.json())

    def lines(self):
        """What a person is told."""
        told = [self.line()]
        counts = self.counts() or {}
        if counts.get("skipped"):
            told.append(f"NetLytics: {skipped_lines(counts['skipped'])}")
        if counts.get("leftOut"):
            told.append(f"NetLytics: {left_out.told(counts['leftOut'])}")
        return told

    def line(self):
        """Rows, files and seconds."""
        seconds = f"{time.monotonic() - self._started:.1f} s"
        counts = self.counts()
        if counts is None:
            return f"NetLytics: {seconds}"
        return (
            f"NetLytics: {counts['records']:,} rows read, {counts['malformed']:,} malformed, "
            f"{counts['files']:,} files, {seconds}"
        )


def skipped_lines(by_kind):
    """``skipped 3 lines: 2 query-errors, 1 zone transfers``, the most frequent kind first."""
    kinds = sorted(by_kind.items(), key=lambda kind: (-kind[1], kind[0]))
    total = sum(by_kind.values())
    each = ", ".join(f"{count:,} {kind}" for kind, count in kinds)
    return f"skipped {total:,} {'line' if total == 1 else 'lines'}: {each}"
