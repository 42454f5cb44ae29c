"""Models as files: learned in Spark and scored on one machine, and the other way round."""

import json
import os
import pathlib
import subprocess
import sys

import pyarrow.parquet
import pytest
from pyspark.sql import functions as F

import netlytics
from algos.anomaly_detection.univariate_anomalies import UnivariateAnomalies
from algos.clustering.BisectingKMeans import BisectingKMeans
from algos.clustering.DBScan import DBScan
from algos.clustering.GaussianMixture import GaussianMixture
from algos.clustering.KMeans import KMeans
from netlytics import NetlyticsError, UsageError
from netlytics.transform import applied, learned

PROGRAM = pathlib.Path(__file__).parents[1] / "programs" / "laptop_model.py"
ALGORITHMS = (KMeans, BisectingKMeans, GaussianMixture)
FEATURES = {"numerical": ["bytes", "port"], "categorical": ["method"], "scale": "standard"}


def flows(spark, rows=2000):
    """Rows with whole numbers, doubles, texts and nulls among them, and a column of their own."""
    return spark.range(rows).selectExpr(
        "id",
        "CAST((id % 3) * 1000 + pmod(hash(id), 97) AS INT) AS bytes",
        "(id % 3) * 7.5 + pmod(hash(id, 1), 89) / 89D AS port",
        "element_at(array('GET', 'POST', 'HEAD', NULL), CAST(id % 4 + 1 AS INT)) AS method",
        "timestamp_seconds(id) AS moment",
    )


def laptop(*arguments):
    """Runs the program that has no Spark; what it says on stderr."""
    package = pathlib.Path(netlytics.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(package)}
    done = subprocess.run(
        [sys.executable, PROGRAM, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def on_disk(table, path):
    """The rows of a DataFrame as one Parquet file."""
    pyarrow.parquet.write_table(pyarrow.Table.from_pandas(table.drop("moment").toPandas()), path)
    return path


def rows_of(scored, *columns):
    """The values of columns by id."""
    return {row["id"]: [row[name] for name in columns] for row in scored}


def trained(spark, algorithm, parameters):
    """A model of raw columns."""
    table = flows(spark)
    transform = learned(table, FEATURES["numerical"], FEATURES["categorical"], scale="standard")
    model = algorithm(parameters).fit(applied(table, transform))
    return model.with_transform(transform)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_model_of_spark_scores_the_same_on_one_machine(spark, tmp_path, algorithm):
    model = trained(spark, algorithm, {"K": 3})
    model.save(f"file://{tmp_path}/model")
    score = {"details": True} if algorithm is GaussianMixture else {}
    rows = on_disk(flows(spark), tmp_path / "rows.parquet")
    laptop("score", tmp_path / "model", rows, tmp_path / "out.parquet", json.dumps(score))
    found = pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist()
    loaded = netlytics.load_model(f"file://{tmp_path}/model")
    assert loaded.message == model.message
    here = loaded.score(flows(spark), **score)
    made = ["prediction", "probability", "log_density"] if score else ["prediction"]
    assert here.columns == [*flows(spark).columns, *made]
    assert here.drop(*made).exceptAll(flows(spark)).count() == 0
    expected = rows_of(here.collect(), *made)
    assert rows_of(found, *made) == expected
    assert len({prediction for prediction, *_ in expected.values()}) == 3


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_model_of_one_machine_is_the_one_that_spark_learns(spark, tmp_path, algorithm):
    rows = on_disk(flows(spark), tmp_path / "rows.parquet")
    name, params = algorithm({}).kernel, json.dumps({"k": 3})
    laptop("fit", name, params, rows, tmp_path / "model", json.dumps(FEATURES))
    loaded = netlytics.load_model(f"file://{tmp_path}/model", spark)
    assert (loaded.estimator, loaded.parameters) == (name, {"k": 3})
    ours = trained(spark, algorithm, {"K": 3})
    table = flows(spark)
    expected = rows_of(ours.score(table).collect(), "prediction")
    assert rows_of(loaded.score(table).collect(), "prediction") == expected
    assert {**loaded.summary, "cost": 0} == {**ours.summary, "cost": 0}
    assert loaded.summary["cost"] == ours.summary["cost"]
    assert loaded.transform.summary == ours.transform.summary


def test_every_number_of_a_mixture_is_the_same(spark, tmp_path):
    model = trained(spark, GaussianMixture, {"K": 3})
    data = pyarrow.Table.from_pandas(flows(spark).drop("moment").toPandas())
    made = ("prediction", "probability", "log_density")
    here = rows_of(model.score(data, details=True).to_pylist(), *made)
    assert here == rows_of(model.score(flows(spark), details=True).collect(), *made)


def test_bounds_and_features_are_models_too(spark, tmp_path):
    table = flows(spark)
    found = UnivariateAnomalies({"factor": 1.0})
    outside = found.detect(table, "port").select("id").collect()
    found.model.save(f"file://{tmp_path}/bounds")
    bounds = netlytics.load_model(f"file://{tmp_path}/bounds")
    assert [feature["name"] for feature in bounds.features] == ["port"]
    scored = bounds.score(table)
    assert sorted(outside) == sorted(scored.where("outlier").select("id").collect())
    data = pyarrow.Table.from_pandas(table.drop("moment").toPandas())
    on_one = rows_of(bounds.score(data).to_pylist(), "outlier")
    assert on_one == rows_of(scored.collect(), "outlier")

    transform = netlytics.fit(data, "features.transform", FEATURES)
    in_spark = transform.score(table).collect()
    members = {row["id"]: row["features"] for row in transform.score(data).to_pylist()}
    for row in in_spark:
        vector = members[row["id"]]
        assert list(row["features"].toArray()) == vector["values"], row["id"]


def test_a_column_that_was_cast_comes_back_as_it_was(spark):
    table = flows(spark)
    model = netlytics.fit(
        table.selectExpr("double(bytes) AS bytes", "port"),
        "clustering.kmeans",
        {"k": 3, "features": ["bytes", "port"]},
    )
    scored = model.score(table)
    assert scored.columns == [*table.columns, "prediction"]
    assert scored.schema["bytes"].dataType.simpleString() == "int"
    assert scored.drop("prediction").exceptAll(table).count() == 0


def test_a_model_is_decoded_once_for_all_tasks(spark):
    models = spark.sparkContext._jvm.io.netlytics.spark.NetlyticsModel
    model = trained(spark, KMeans, {"K": 3, "seed": 4711})
    before = models.decoded()
    scored = model.score(flows(spark).repartition(40))
    assert scored.rdd.getNumPartitions() == 40
    assert scored.where("prediction IS NOT NULL").count() == 2000
    # The transform and the clustering, each once: the driver and the tasks are one process here.
    assert models.decoded() - before <= 2


def test_files_are_not_replaced_unless_asked(spark, tmp_path):
    model = trained(spark, KMeans, {"K": 3})
    place = f"file://{tmp_path}/model"
    model.save(place)
    other = trained(spark, BisectingKMeans, {"K": 2})
    with pytest.raises(UsageError, match="already"):
        other.save(place)
    assert netlytics.load_model(place).estimator == "clustering.kmeans"
    other.save(place, overwrite=True)
    assert netlytics.load_model(place).estimator == "clustering.bisecting_kmeans"
    assert [file.name for file in tmp_path.iterdir()] == ["model"]
    with pytest.raises(UsageError, match="no model at"):
        netlytics.load_model(f"file://{tmp_path}/other")
    with pytest.raises(NetlyticsError, match="/no/such"):
        model.save("file:///proc/no/such/folder/model")


def test_what_is_no_model_or_another_ones_is_told(spark, tmp_path):
    (tmp_path / "text").write_bytes(b"pickle\x80")
    with pytest.raises(UsageError, match="text: This is no model of NetLytics: it is not Arrow"):
        netlytics.load_model(f"file://{tmp_path}/text")
    model = trained(spark, KMeans, {"K": 3})
    with pytest.raises(UsageError, match=r"learned by clustering\.kmeans: expected one of"):
        table = flows(spark).select(F.array(F.lit(1.0)).alias("features"))
        BisectingKMeans({}).predict(table, model)
    with pytest.raises(UsageError, match="no column port"):
        model.score(flows(spark).drop("port"))
    with pytest.raises(UsageError, match="column prediction already"):
        model.score(flows(spark).withColumn("prediction", F.lit(1)))


@pytest.mark.parametrize("algorithm", [*ALGORITHMS, DBScan])
@pytest.mark.parametrize("name", ["prediction", "Prediction"])
def test_a_column_of_the_users_called_prediction_is_refused(spark, algorithm, name):
    table = spark.range(30).selectExpr("array(double(id % 3)) AS features", f"id AS {name}")
    with pytest.raises(UsageError, match=f"column {name} already.*SELECT {name} AS old_{name}"):
        algorithm({}).run(table)
    renamed = table.withColumnRenamed(name, "truth")
    assert algorithm({}).run(renamed).columns == ["features", "truth", "prediction"]


def test_details_of_a_mixture_are_names_too(spark):
    table = spark.range(30).selectExpr("array(double(id % 3)) AS features", "id AS log_density")
    assert GaussianMixture({"K": 2}).run(table).columns[-1] == "prediction"
    with pytest.raises(UsageError, match="column log_density already"):
        GaussianMixture({"K": 2, "details": True}).run(table)
