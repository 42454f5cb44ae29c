"""Days as the scripts take them."""

from datetime import datetime

from netlytics.errors import UsageError

FORMATS = ("%Y_%m_%d", "%Y-%m-%d")


def parse(text):
    """``YYYY_MM_DD`` (or with dashes) as a date. Raises UsageError."""
    for form in FORMATS:
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        # strptime takes 2017_3_1; directory names and the native library do not.
        if len(text) == len("YYYY_MM_DD"):
            return day
    raise UsageError(f'"{text}" is no day: expected YYYY_MM_DD, for instance 2017_03_31')


def written(day):
    """A date as ``YYYY_MM_DD``."""
    return day.strftime("%Y_%m_%d")


def check_order(start, end):
    """Refuses a range that ends before it starts; either side may be None (open)."""
    if start is not None and end is not None and start > end:
        raise UsageError(
            f"the range of days is empty: it starts on {written(start)} and ends on {written(end)}"
        )
