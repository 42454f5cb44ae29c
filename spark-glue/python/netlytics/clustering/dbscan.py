"""DBSCAN: clusters of any shape, and rows that belong to none."""

from pyspark import StorageLevel
from pyspark.sql import functions as F

from netlytics import kernels
from netlytics.clustering.clusterer import FEATURES, PREDICTION, Clusterer
from netlytics.model import fit
from netlytics.output.csv_text import quoted

KEY = ["key_high", "key_low"]
ROOT = ["root_high", "root_low"]
ROUTE, LOCAL = "clustering.dbscan.route", "clustering.dbscan.local"


class DBScan(Clusterer):
    """Rows with ``min_points`` rows within ``eps`` are core; those near each other are a cluster.

    M. Ester, H.-P. Kriegel, J. Sander and X. Xu, KDD 1996; exact, whatever the partitions.
    """

    _name = "dbscan"

    def run(self, input_dataframe):
        """The table with a column ``prediction`` (long): each row's cluster, -1 for noise.

        Clusters are numbered from 0, the largest first. The table must give the same rows whenever
        it is computed: rows that were not there before have a null. Labels stay cached in Spark as
        long as the session. ``summary`` tells what was found. Raises UsageError for parameters that
        are not there, NetlyticsError for rows that cannot be clustered or too many neighbours.
        """
        params = self.given(input_dataframe)

        keyed = kernels.append(input_dataframe, "features.key", {}, None, [FEATURES])
        # Rows of equal numbers are one point: logs have many of them.
        points = keyed.groupBy(*KEY).agg(
            F.first(FEATURES).alias(FEATURES), F.count("*").alias("weight")
        )
        points = points.persist(StorageLevel.MEMORY_AND_DISK)
        try:
            boxes = fit(points, "clustering.dbscan.boxes", params)
            found = clusters_of_boxes(points, boxes, params).persist(StorageLevel.MEMORY_AND_DISK)
            joints = found.where(F.col("kind").isin("cluster", "link"))
            merged = fit(joints, "clustering.dbscan.merge", {})
        finally:
            points.unpersist()
        self.summary = {**boxes.summary, **merged.summary}

        owned = found.where(F.col("kind").isin("core", "border", "noise"))
        labels = kernels.append(owned, "clustering.dbscan.label", {}, merged, ROOT)
        # By content, so that a label cannot meet another row than its own.
        joined = keyed.join(labels.select(*KEY, PREDICTION), KEY, "left")
        return joined.select(*[F.col(quoted(name)) for name in input_dataframe.columns], PREDICTION)


def clusters_of_boxes(points, boxes, params):
    """What each point is in the box that owns it, the boxes' clusters, and what joins them."""
    routed = kernels.map_in_arrow(points, ROUTE, params, boxes)
    count = boxes.summary["boxes"]
    if count == 1:
        return kernels.map_in_arrow(routed.coalesce(1), LOCAL, params)
    # Two boxes may fall into one partition: with more partitions fewer do.
    together = routed.repartition(2 * count, "box").sortWithinPartitions("box")
    return kernels.map_in_arrow(together, LOCAL, params)
