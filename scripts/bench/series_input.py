"""Time series that both ways of finding outliers work on: a day of minutes, with a season."""

import math

STEPS = 1440
PERIOD = 60


def value(number: int, step: int) -> float:
    """A value of a series: a sine of an hour, noise of a fixed formula, a spike now and then."""
    noise = math.sin((number * 7919 + step) * 12.9898) * 43758.5453
    spike = 50 if (step * 31 + number) % 977 == 0 else 0
    return 10 * math.sin(2 * math.pi * step / PERIOD) + (noise - math.floor(noise)) + spike


# The same in Spark SQL, over the columns number and step.
SQL = (
    f"10 * sin(2 * pi() * step / {PERIOD})"
    " + sin((number * 7919 + step) * 12.9898D) * 43758.5453D"
    " - floor(sin((number * 7919 + step) * 12.9898D) * 43758.5453D)"
    " + IF((step * 31 + number) % 977 = 0, 50, 0)"
)
