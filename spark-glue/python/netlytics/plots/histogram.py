"""A histogram in Spark: equal bars, of the numbers or of their logarithms."""

import math

from pyspark.sql import functions as F

BARS = 60
# Positive numbers that span more than this are shown by their logarithms.
WIDE = 1000


class Histogram:
    """How many numbers fall into which of equal bars from the least to the greatest."""

    def __init__(self, least, greatest):
        self.logarithmic = least > 0 and greatest > WIDE * least
        ends = (least, greatest)
        self._begin, self._end = map(math.log10, ends) if self.logarithmic else ends
        self.counts = [0] * BARS

    def bar(self, value):
        """The number of a value's bar, as a column."""
        if self._begin == self._end:
            return F.lit(0)
        off = (F.log10(value) if self.logarithmic else value) - F.lit(self._begin)
        bar = F.floor(off / F.lit((self._end - self._begin) / BARS)).cast("int")
        return F.greatest(F.lit(0), F.least(bar, F.lit(BARS - 1)))

    def edges(self):
        """Where bars begin and end."""
        # A constant has one bar, of any width.
        step = (self._end - self._begin) / BARS or (abs(self._begin) or 1.0) * 0.01
        every = [self._begin + place * step for place in range(BARS + 1)]
        return [10.0**edge for edge in every] if self.logarithmic else every
