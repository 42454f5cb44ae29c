"""Rows for the algorithms that learn, the same for whoever reads them."""

from pyspark.sql import functions as F

WIDTH = 16
BLOBS = 10
NUMBERS = ["bytes", "packets"]
CATEGORIES = ["method", "content_type", "status"]


def blobs(spark, rows):
    """``features``: a vector of 16 numbers about one of ten points, blobs that overlap."""
    from pyspark.ml.feature import VectorAssembler

    names = [f"x{place}" for place in range(WIDTH)]
    blob = F.col("id") % BLOBS
    numbers = [
        # Any ten points that are not on a line.
        (F.pmod(F.hash(blob, F.lit(place)), F.lit(1000)) / 500 + F.randn(place)).alias(name)
        for place, name in enumerate(names)
    ]
    table = spark.range(0, rows, 1, 2).select(numbers)
    return (
        VectorAssembler(inputCols=names, outputCol="features").transform(table).select("features")
    )


def texts(spark, rows):
    """Two numbers and three texts of 7, 40 and 300 different values, the first ones most often."""
    few = {"method": 7, "content_type": 40, "status": 300}
    columns = [
        F.concat(F.lit(f"{name}-"), F.floor(F.pow(F.rand(values), 3) * values)).alias(name)
        for name, values in few.items()
    ]
    numbers = [(F.rand(seed) * 1e4).alias(name) for seed, name in enumerate(NUMBERS)]
    return spark.range(0, rows, 1, 2).select(*columns, *numbers)
