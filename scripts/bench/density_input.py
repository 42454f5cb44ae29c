"""Points for DBSCAN: half of them about 50 places, half of them anywhere."""

import pathlib

import numpy

# Columns -> how many points, and within what distance about 40 of the crowded ones lie.
CASES = {2: (1_000_000, 0.0025), 10: (100_000, 0.08)}
MIN_POINTS = 10


def points(count: int, width: int) -> numpy.ndarray:
    random = numpy.random.default_rng(1)
    places, made = random.random((50, width)), random.random((count, width))
    crowded = numpy.arange(0, count, 2)
    noise = 0.02 * random.standard_normal((len(crowded), width))
    made[crowded] = places[crowded // 2 % len(places)] + noise
    return made


def parquet(folder: pathlib.Path, width: int) -> str:
    """The points as a Parquet file with a list column ``features``, written unless it is there."""
    import pyarrow
    import pyarrow.parquet

    file = folder / f"points-{width}.parquet"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = points(CASES[width][0], width)
        offsets = numpy.arange(0, made.size + 1, width, dtype="int32")
        features = pyarrow.ListArray.from_arrays(offsets, made.ravel())
        part = file.with_suffix(".part")
        pyarrow.parquet.write_table(pyarrow.table({"features": features}), part)
        part.replace(file)
    return str(file)
