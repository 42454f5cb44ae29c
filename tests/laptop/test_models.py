"""Models without Spark: learned from Arrow data, saved, loaded and scored with."""

import io
import os
import threading

import pyarrow
import pytest

import netlytics
from netlytics import NetlyticsError, UsageError

KMEANS = ("clustering.kmeans", {"k": 2, "features": ["bytes", "port"]})


@pytest.fixture(autouse=True)
def without_spark(monkeypatch):
    """Other tests of this process may have a session, which models would be saved by."""
    monkeypatch.setattr("netlytics.model.active_session", lambda: None)


def table(**columns):
    """Two groups of rows."""
    rows = range(100)
    made = {
        "bytes": [row % 2 * 1000 + row % 7 for row in rows],
        "port": [row % 2 * 50.0 + row % 5 for row in rows],
        "method": ["GET" if row % 3 else "POST" for row in rows],
    }
    return pyarrow.table({**made, **columns})


def test_rows_are_learned_from_and_scored():
    model = netlytics.fit(table(), *KMEANS)
    assert (model.estimator, model.parameters) == KMEANS
    assert [(f["name"], f["type"]) for f in model.features] == [
        ("bytes", "double"),
        ("port", "double"),
    ]
    assert model.summary["sizes"] == [50, 50]
    scored = model.score(table())
    assert scored.column_names == ["bytes", "port", "method", "prediction"]
    assert scored.schema.field("bytes").type == pyarrow.int64()
    found = scored.column("prediction").to_pylist()
    assert found == [found[0], found[1]] * 50
    assert found[0] != found[1]


def test_whatever_gives_an_arrow_stream_is_data():
    model = netlytics.fit(table(), *KMEANS)
    expected = model.score(table())
    reader = pyarrow.RecordBatchReader.from_batches(table().schema, table().to_batches(7))
    assert model.score(reader) == expected
    assert model.score(table().to_batches()[0]) == expected
    assert model.score(table().slice(0, 0)).num_rows == 0
    with pytest.raises(UsageError, match="neither a Spark DataFrame nor Arrow data"):
        model.score([1, 2, 3])


@pytest.mark.parametrize("kind", ["int16", "float32", "decimal128(12, 2)", "bool_"])
def test_numbers_of_all_types_are_cast(kind):
    made = pyarrow.decimal128(12, 2) if kind.startswith("decimal") else getattr(pyarrow, kind)()
    whole = pyarrow.array([row % 2 for row in range(100)]).cast(pyarrow.int16())
    data = pyarrow.table({"bytes": whole.cast(made), "port": whole})
    assert netlytics.fit(data, *KMEANS).summary["sizes"] == [50, 50]


def test_a_model_with_its_transform_takes_raw_columns(tmp_path):
    params = {"numerical": ["bytes"], "categorical": ["method"], "null_policy": "drop"}
    data = table(bytes=[None if row == 3 else float(row) for row in range(100)])
    transform = netlytics.fit(data, "features.transform", params)
    featured = transform.score(data)
    assert featured.column("features").null_count == 1
    kept = featured.filter(featured.column("features").is_valid())
    model = netlytics.fit(kept, "clustering.gaussian_mixture", {"k": 2}).with_transform(transform)
    assert model.features[0]["members"] == ["bytes", "method=GET"]
    model.save(tmp_path / "model")
    loaded = netlytics.load_model(str(tmp_path / "model"))
    assert loaded.message == model.message
    scored = loaded.score(data, details=True)
    assert scored.column_names == [*data.column_names, "prediction", "probability", "log_density"]
    assert scored.num_rows == 99
    with pytest.raises(UsageError, match="column features already"):
        loaded.score(featured)


def test_a_model_is_a_table_to_any_arrow_library(tmp_path):
    netlytics.fit(table(), *KMEANS).save(tmp_path / "model")
    found = pyarrow.ipc.open_stream((tmp_path / "model").read_bytes()).read_all()
    assert found.num_rows == 1
    assert len(found.column("centers")[0]) == 2
    assert found.schema.metadata[b"netlytics.estimator"] == b"clustering.kmeans"


def test_files_are_whole_and_not_replaced_unless_asked(tmp_path):
    model, place = netlytics.fit(table(), *KMEANS), tmp_path / "model"
    model.save(place)
    other = netlytics.fit(table(), "clustering.kmeans", {"k": 1, "features": ["port"]})
    with pytest.raises(UsageError, match="already"):
        other.save(place)
    other.save(f"file://{place}", overwrite=True)
    assert netlytics.load_model(place).summary["sizes"] == [100]
    assert os.listdir(tmp_path) == ["model"]
    with pytest.raises(NetlyticsError) as refused:
        model.save(tmp_path / "no" / "folder")
    assert refused.value.kind == "Io"
    with pytest.raises(UsageError, match="s3a"):
        model.save("s3a://bucket/model")
    with pytest.raises(UsageError, match="no model at"):
        netlytics.load_model(tmp_path / "none")


def test_of_many_who_save_under_one_name_one_wins(tmp_path):
    model, outcomes = netlytics.fit(table(), *KMEANS), []

    def save():
        try:
            model.save(tmp_path / "model")
            outcomes.append("saved")
        except UsageError:
            outcomes.append("refused")

    threads = [threading.Thread(target=save) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 7 + ["saved"]
    assert netlytics.load_model(tmp_path / "model").message == model.message
    assert os.listdir(tmp_path) == ["model"]


def test_damaged_and_foreign_files_are_told(tmp_path):
    model = netlytics.fit(table(), *KMEANS)
    (tmp_path / "half").write_bytes(model.message[: len(model.message) // 2])
    with pytest.raises(UsageError, match="half: This is no model of NetLytics"):
        netlytics.load_model(tmp_path / "half")
    sink = io.BytesIO()
    with pyarrow.ipc.new_stream(sink, table().schema) as writer:
        writer.write_table(table())
    (tmp_path / "table").write_bytes(sink.getvalue())
    with pytest.raises(UsageError, match=r"table: This is no model of NetLytics: it has no"):
        netlytics.load_model(tmp_path / "table")


def test_missing_and_odd_columns_are_named():
    model = netlytics.fit(table(), *KMEANS)
    with pytest.raises(UsageError, match="no column port"):
        model.score(table().drop_columns(["port"]))
    with pytest.raises(UsageError, match="the column bytes is string"):
        model.score(table(bytes=["x"] * 100))
    with pytest.raises(UsageError, match="column prediction already"):
        model.score(table(prediction=[1] * 100))
    with pytest.raises(NetlyticsError, match="port is null in row 7"):
        model.score(table(port=[None if row == 7 else 1.0 for row in range(100)]))


def test_a_model_is_decoded_once_a_process():
    from netlytics.laptop import native

    model = netlytics.fit(table(), "clustering.kmeans", {**KMEANS[1], "seed": 12345})
    before = native.load().models_decoded()
    for _ in range(5):
        model.score(table())
    assert native.load().models_decoded() - before == 1
