"""Pictures of results: what is drawn, what reaches the driver, which files they become."""

import sys

import numpy
import pytest
from pyspark.sql import functions as F

from netlytics import UsageError
from netlytics.plots import bounds, canvas, clusters, components, series
from series import STEP

PNG = b"\x89PNG\r\n\x1a\n"


def found(spark, points, outliers, hosts=("a",)):
    """What Seasonal-Hybrid-ESD would give: a flat series with outliers at some places."""
    table = spark.range(points).withColumn("time", F.col("id") * float(STEP))
    table = table.withColumn("outlier", F.col("id").isin(list(outliers)))
    table = table.withColumn("value", F.when(F.col("outlier"), 100.0).otherwise(F.col("id") % 7))
    table = table.withColumn("host", F.explode(F.array(*map(F.lit, hosts))))
    return table.withColumn("trend", F.lit(3.0)).select("host", "time", "value", "trend", "outlier")


def line(axes, label):
    """The line of a panel that has this label."""
    (chosen,) = [line for line in axes.lines if line.get_label() == label]
    return chosen


def test_every_outlier_of_a_series_has_a_dot_at_its_time(spark):
    shown, total = series.panels(found(spark, 500, [3, 250, 499]).drop("host"), [])
    assert total == 1
    (axes,) = series.picture(shown, "bytes", "title").axes
    dots = line(axes, "outlier")
    seconds = dots.get_xdata().astype("datetime64[s]").astype(int).tolist()
    assert seconds == [3 * STEP, 250 * STEP, 499 * STEP]
    assert set(dots.get_ydata()) == {100.0}
    assert len(line(axes, "value").get_xdata()) == len(line(axes, "trend").get_xdata()) == 500
    assert axes.get_ylabel() == "bytes"


def test_a_long_series_is_thinned_and_its_extremes_stay(spark):
    outliers = [7, 50_000, 99_999]
    (panel,), _ = series.panels(found(spark, 100_000, outliers), ["host"])
    assert panel.points == 100_000
    assert len(panel.rows) <= series.MOST_POINTS
    assert [round(row[0] / STEP) for row in panel.rows if row[3]] == outliers
    assert {row[1] for row in panel.rows} >= {0.0, 6.0, 100.0}
    assert "extremes of 5,000 stretches" in panel.title()


def test_of_many_series_those_with_most_outliers(spark):
    many = found(spark, 50, [], [f"h{number}" for number in range(9)])
    number = F.substring("host", 2, 1).cast("int")
    many = many.withColumn("outlier", F.col("time") < number * STEP)
    unknown = many.where("host = 'h8'").withColumn("host", F.lit(None).cast("string"))
    both = many.union(unknown.withColumn("outlier", F.lit(None).cast("boolean")))
    shown, total = series.panels(both, ["host"])
    assert total == 10
    assert [panel.name for panel in shown] == [f"host h{number}" for number in (8, 7, 6, 5, 4, 3)]
    every = series.picture(shown, "value", "title").axes
    assert [len(line(axes, "outlier").get_xdata()) for axes in every] == [8, 7, 6, 5, 4, 3]


def test_files_of_both_kinds(spark, tmp_path):
    table = found(spark, 50, [3]).drop("host")
    series.draw(table, [], "value", str(tmp_path / "out.png"))
    assert (tmp_path / "out.png").read_bytes().startswith(PNG)
    series.draw(table, [], "value", str(tmp_path / "out.html"))
    page = (tmp_path / "out.html").read_text()
    assert page.startswith("<!DOCTYPE html>")
    assert "<svg" in page
    # Nothing is fetched when it is looked at.
    assert "<script" not in page
    assert "<link" not in page
    assert 'href="http' not in page


def test_what_cannot_be_drawn_is_told(monkeypatch):
    with pytest.raises(UsageError, match=r"ends with \.png or \.html"):
        canvas.check("out.pdf")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match="pip install matplotlib"):
        canvas.check("out.png")


def test_a_histogram_has_every_row_and_the_bounds(spark):
    table = spark.range(1, 1001).select((F.col("id") * 1.0).alias("bytes"))
    panel = bounds.Panel("", F.lit(True), 10.5, 990.0, 1.0, 1000.0)
    bounds.count(table.union(spark.sql("SELECT double(NULL)")), F.col("bytes"), [panel])
    assert sum(panel.histogram.counts) == 1000
    assert panel.title() == "20 of 1,000 outside 10.5 to 990"
    (axes,) = bounds.picture([panel], "bytes", "title").axes
    assert sorted(line.get_xdata()[0] for line in axes.lines) == [10.5, 990.0]


@pytest.mark.parametrize(("least", "greatest"), [(5.0, 5.0), (0.0, 0.0), (1.0, 1e9), (-1.0, 1e9)])
def test_every_number_has_a_bar_that_holds_it(spark, least, greatest):
    share = F.col("id") / 100
    table = spark.range(101).select((least + (greatest - least) * share * share).alias("x"))
    panel = bounds.Panel("", F.lit(True), least, greatest, least, greatest)
    bounds.count(table, F.col("x"), [panel])
    edges = panel.histogram.edges()
    assert sum(panel.histogram.counts) == 101
    assert edges == sorted(edges)
    assert edges[0] == pytest.approx(least)
    assert edges[-1] >= greatest * (1 - 1e-12)
    assert panel.histogram.logarithmic == (least == 1.0)


def test_the_groups_with_most_rows_outside(spark, tmp_path):
    table = spark.range(400).select(
        F.when(F.col("id") % 4 == 0, None).otherwise(F.col("id") % 4).alias("host"),
        (F.col("id") * 1.0).alias("bytes"),
    )
    limits = table.groupBy("host").agg(F.lit(10.0).alias("low"), F.lit(350.0).alias("high"))
    outside = table.where("bytes < 10 OR bytes > 350")
    shown, total = bounds.panels_of_groups(table, F.col("bytes"), limits, ["host"], outside)
    bounds.count(table, F.col("bytes"), shown)
    assert total == 4
    assert {panel.name for panel in shown} == {"host None", "host 1", "host 2", "host 3"}
    expected = {
        f"host {row['host']}": row["count"] for row in outside.groupBy("host").count().collect()
    }
    assert {panel.name: panel.outside for panel in shown} == expected
    assert all(sum(panel.histogram.counts) == 100 for panel in shown)
    bounds.draw(table, "bytes", limits, ["host"], outside, str(tmp_path / "out.png"))
    assert (tmp_path / "out.png").read_bytes().startswith(PNG)


def two_clusters(spark, rows):
    """Two far groups of vectors, and noise."""
    from pyspark.ml.functions import array_to_vector

    side = (F.col("id") % 2).cast("double")
    features = F.array(side * 100 + F.randn(1), F.randn(2), F.lit(0.0))
    prediction = F.when(F.col("id") < 10, -1).otherwise(F.col("id") % 2)
    return spark.range(rows).select(
        array_to_vector(features).alias("features"), prediction.alias("prediction")
    )


def test_clusters_are_coloured_noise_is_grey_and_the_sample_is_bounded(spark, tmp_path):
    predicted = two_clusters(spark, 12_000)
    points, labels = clusters.sample(predicted)
    assert points.shape == (clusters.MOST_ROWS, 3)
    sizes = {0: 5995, 1: 5995, -1: 10}
    left, right = clusters.picture(points, labels, sizes, "title").axes
    drawn = {group.get_label(): len(group.get_offsets()) for group in left.collections}
    assert sum(drawn.values()) == clusters.MOST_ROWS
    assert drawn["0"] == (labels == 0).sum()
    assert [bar.get_width() for bar in right.patches] == [5995, 5995, 10]
    assert [text.get_text() for text in right.get_yticklabels()] == ["0", "1", "noise"]
    red, green, blue, _ = right.patches[2].get_facecolor()
    assert red == green == blue
    clusters.draw(predicted, str(tmp_path / "out.png"))
    assert (tmp_path / "out.png").read_bytes().startswith(PNG)


def test_principal_components_and_silhouettes_are_those_of_their_definitions():
    chance = numpy.random.default_rng(1)
    points = chance.normal(size=(60, 4)) * [5, 1, 3, 0.1]
    places, shares = components.first_two(points)
    centred = points - points.mean(axis=0)
    _, lengths, directions = numpy.linalg.svd(centred, full_matrices=False)
    assert numpy.abs(places) == pytest.approx(numpy.abs(centred @ directions[:2].T))
    assert shares == pytest.approx((lengths**2 / (lengths**2).sum())[:2])

    labels = numpy.array([0] * 30 + [1] * 20 + [2] + [-1] * 9)
    scores = []
    for row in range(51):
        apart = {
            cluster: [
                numpy.linalg.norm(points[row] - points[other])
                for other in range(51)
                if labels[other] == cluster and other != row
            ]
            for cluster in (0, 1, 2)
        }
        own = apart.pop(labels[row])
        within, nearest = numpy.mean(own or [0]), min(map(numpy.mean, apart.values()))
        scores.append((nearest - within) / max(nearest, within) if own else 0.0)
    assert components.silhouette(points, labels) == pytest.approx(numpy.mean(scores))
    assert components.silhouette(points, numpy.zeros(60, dtype=int)) is None


def test_sparse_and_dense_rows_make_the_same_matrix():
    from pyspark.ml.linalg import Vectors

    dense = [Vectors.dense(1.0, 0.0, 2.0), Vectors.dense(0.0, 0.0, 3.0)]
    sparse = [Vectors.sparse(3, [0, 2], [1.0, 2.0]), Vectors.sparse(3, [2], [3.0])]
    assert components.matrix(dense).tolist() == components.matrix(sparse).tolist()
    wide = [Vectors.sparse(100_000, [at], [1.0 + at]) for at in range(0, 100_000, 50)]
    assert components.matrix(wide).shape == (2000, components.MOST_COLUMNS)
