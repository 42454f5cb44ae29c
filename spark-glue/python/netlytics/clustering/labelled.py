"""How a clustered table is written."""

from pyspark.sql import functions as F

from netlytics.clustering.clusterer import FEATURES, PREDICTION
from netlytics.output.csv_text import quoted


def labelled(table, as_text):
    """The table's columns by name, then ``features``, then ``prediction``.

    as_text: features as a JSON list of all their numbers, for files that hold text only.
    """
    others = sorted(name for name in table.columns if name not in (FEATURES, PREDICTION))
    features = F.col(FEATURES)
    if as_text:
        features = F.to_json(numbers(table)).alias(FEATURES)
    return table.select(*[F.col(quoted(name)) for name in others], features, F.col(PREDICTION))


def numbers(table):
    """The features as an array of all their numbers."""
    if table.schema[FEATURES].dataType.typeName() == "array":
        return F.col(FEATURES)
    # A function of the JVM's: no Python takes part.
    from pyspark.ml.functions import vector_to_array

    return vector_to_array(FEATURES)
