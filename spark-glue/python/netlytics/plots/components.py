"""Principal components and silhouettes of a sample, by numpy."""

# Columns that take part, those that vary most; one-hot tables have many that hardly do.
MOST_COLUMNS = 1_000
# Rows whose distances are all computed.
MOST_PAIRED = 2_000


def matrix(rows):
    """Vectors or lists as a matrix of at most 1,000 columns: those of the largest variance."""
    import numpy

    width = len(rows[0])
    sums, squares = numpy.zeros(width), numpy.zeros(width)
    for row in rows:
        places, values = non_zero(row)
        sums[places] += values
        squares[places] += values * values
    variance = squares / len(rows) - (sums / len(rows)) ** 2
    kept = numpy.sort(numpy.argsort(-variance, kind="stable")[:MOST_COLUMNS])
    column_of = numpy.full(width, -1)
    column_of[kept] = numpy.arange(len(kept))
    made = numpy.zeros((len(rows), len(kept)))
    for number, row in enumerate(rows):
        places, values = non_zero(row)
        columns = column_of[places]
        made[number, columns[columns >= 0]] = values[columns >= 0]
    return made


def non_zero(row):
    """Places and numbers of a vector, sparse or dense, or a list."""
    import numpy

    if hasattr(row, "indices"):
        return numpy.asarray(row.indices, dtype=int), numpy.asarray(row.values, dtype=float)
    dense = numpy.asarray(row.toArray() if hasattr(row, "toArray") else row, dtype=float)
    return numpy.arange(len(dense)), dense


def first_two(points):
    """Rows over their first two principal components, and these components' shares of variance."""
    import numpy

    centred = points - points.mean(axis=0) if len(points) else points
    values, vectors = numpy.linalg.eigh(centred.T @ centred)
    first = vectors[:, ::-1][:, :2]
    # The sign of a component is arbitrary: its largest entry is positive.
    largest = numpy.abs(first).argmax(axis=0)
    first = first * numpy.where(first[largest, range(first.shape[1])] < 0, -1.0, 1.0)
    places, shares = numpy.zeros((len(points), 2)), numpy.zeros(2)
    places[:, : first.shape[1]] = centred @ first
    shares[: first.shape[1]] = values[::-1][:2] / (values.sum() or 1.0)
    return places, shares


def silhouette(points, labels):
    """The mean silhouette (P. Rousseeuw, 1987) of at most 2,000 rows; noise takes no part.

    None for fewer than two clusters. A row alone in its cluster has 0.
    """
    import numpy

    chosen = numpy.flatnonzero(labels != -1)[:MOST_PAIRED]
    points, (names, labels) = points[chosen], numpy.unique(labels[chosen], return_inverse=True)
    if len(names) < 2:
        return None
    lengths = (points * points).sum(axis=1)
    squares = lengths[:, None] + lengths[None, :] - 2.0 * points @ points.T
    distances = numpy.sqrt(numpy.maximum(squares, 0.0))
    numpy.fill_diagonal(distances, 0.0)
    members = numpy.eye(len(names))[labels]
    counts = members.sum(axis=0)
    sums = distances @ members
    own = numpy.arange(len(points)), labels
    within = sums[own] / numpy.maximum(counts[labels] - 1, 1)
    means = sums / counts
    means[own] = numpy.inf
    nearest = means.min(axis=1)
    larger = numpy.maximum(within, nearest)
    scores = numpy.where(larger > 0, (nearest - within) / numpy.where(larger > 0, larger, 1.0), 0.0)
    return float(numpy.where(counts[labels] > 1, scores, 0.0).mean())
