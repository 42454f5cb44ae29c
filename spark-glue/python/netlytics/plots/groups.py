"""Which of many groups a picture shows: those with most outliers."""

import operator
from functools import reduce

from pyspark.sql import functions as F

from netlytics.output.csv_text import quoted

MOST = 6
LONGEST_NAME = 48


def is_group(group, row):
    """The condition that holds for the rows of one group; null is a key as any other."""
    same = [F.col(quoted(name)).eqNullSafe(F.lit(row[name])) for name in group]
    return reduce(operator.and_, same, F.lit(True))


def name_of(group, row):
    """``host a, port 53``, cut where it is long."""
    name = ", ".join(f"{name} {row[name]}" for name in group)
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def with_most(each, group, order):
    """The rows of a table of groups with the largest ``order``, and how many groups there are."""
    total = each.count() if group else 1
    first = each.orderBy(F.desc(order), *[F.col(quoted(name)) for name in group]).limit(MOST)
    return first.collect(), total
