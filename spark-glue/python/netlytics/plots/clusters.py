"""Clusters: where they lie, how large they are, how well they are apart."""

from pyspark.sql import functions as F

from netlytics.plots import canvas, components

MOST_ROWS = 5_000
# Of a wide table fewer rows are taken, so that as many numbers are.
MOST_NUMBERS = 10_000_000
FEWEST_ROWS = 200
MOST_BARS = 20
NOISE = -1


def draw(predicted, target):
    """Draws a clustered table (its columns ``features``, ``prediction``) to a .png or .html file.

    The first two principal components of at most 5,000 rows by chance, the clusters' sizes (of all
    rows), the mean silhouette of at most 2,000 rows. Noise is grey.
    """
    canvas.check(target)
    counted = predicted.groupBy("prediction").count().collect()
    sizes = {row["prediction"]: row["count"] for row in counted}
    points, labels = sample(predicted)
    noise = sizes.get(NOISE, 0)
    title = f"{len(sizes) - bool(noise):,} clusters of {sum(sizes.values()):,} rows"
    canvas.save(predicted.sparkSession, picture(points, labels, sizes, title), target, title)


def sample(predicted):
    """A matrix of rows by chance and their clusters."""
    import numpy

    chosen = predicted.select("features", "prediction").orderBy(F.rand(1))
    first = chosen.limit(1).collect()
    if not first:
        return numpy.zeros((0, 1)), numpy.zeros(0, dtype=int)
    width = len(first[0]["features"])
    rows = max(FEWEST_ROWS, min(MOST_ROWS, MOST_NUMBERS // max(width, 1)))
    taken = chosen.limit(rows).collect()
    labels = numpy.array([row["prediction"] for row in taken], dtype=int)
    return components.matrix([row["features"] for row in taken]), labels


def picture(points, labels, sizes, title):
    """The figure. points: a matrix, a row each; labels: their clusters; sizes: cluster -> rows."""
    score = components.silhouette(points, labels)
    if score is not None:
        paired = min(int((labels != NOISE).sum()), components.MOST_PAIRED)
        title += f", mean silhouette {score:.2f} (of {paired:,} rows)"
    made = canvas.figure(11, 5, title)
    left, right = made.subplots(1, 2, gridspec_kw={"width_ratios": [2, 1]})
    for axes in (left, right):
        axes.spines["top"].set_visible(False)
        axes.spines["right"].set_visible(False)
    clusters = sorted(sizes, key=lambda cluster: (cluster == NOISE, -sizes[cluster], cluster))
    colours = colours_of(clusters)
    draw_points(left, points, labels, colours)
    draw_sizes(right, clusters, sizes, colours)
    return made


def colours_of(clusters):
    """Cluster -> colour; noise is grey."""
    import matplotlib

    few = matplotlib.colormaps["tab10" if len(clusters) <= 10 else "tab20"].colors
    return {
        cluster: canvas.NOISE if cluster == NOISE else few[place % len(few)]
        for place, cluster in enumerate(clusters)
    }


def draw_points(axes, points, labels, colours):
    """Rows over their first two principal components; noise below the others."""
    places, shares = components.first_two(points)
    for cluster in sorted(set(labels.tolist())):
        chosen = labels == cluster
        axes.scatter(
            *(places[chosen, 0], places[chosen, 1]),
            s=9,
            alpha=0.6,
            linewidths=0,
            color=[colours[cluster]],
            zorder=1 if cluster == NOISE else 2,
            label="noise" if cluster == NOISE else str(cluster),
        )
    ordinals = ("first", "second")
    names = [
        f"{which} principal component ({share:.0%} of the variance)"
        for which, share in zip(ordinals, shares)
    ]
    axes.set_xlabel(names[0])
    axes.set_ylabel(names[1])
    axes.set_title(f"{len(points):,} rows by chance", loc="left", fontsize=10)
    axes.margins(0.04)


def draw_sizes(axes, clusters, sizes, colours):
    """A bar for each cluster, the largest at the top, with its share; noise last."""
    shown = clusters[:MOST_BARS]
    total = sum(sizes.values()) or 1
    names = ["noise" if cluster == NOISE else str(cluster) for cluster in shown]
    heights = [sizes[cluster] for cluster in shown]
    bars = axes.barh(range(len(shown)), heights, color=[colours[cluster] for cluster in shown])
    axes.bar_label(
        bars, [f"{size:,} ({size / total:.1%})" for size in heights], padding=3, fontsize=8
    )
    axes.set_yticks(range(len(shown)), names)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    # Room for the labels of the longest bars.
    axes.set_xlim(0, (max(heights) if heights else 1) * 1.45)
    axes.set_ylabel("cluster")
    title = "rows of each cluster"
    if len(clusters) > len(shown):
        title += f", the first {len(shown)} of {len(clusters):,}"
    axes.set_title(title, loc="left", fontsize=10)
