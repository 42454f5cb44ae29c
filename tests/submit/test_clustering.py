"""run_clustering.py as users run it."""

import csv
import json
from collections import Counter

import pytest

import reference_commands
from spark_versions import VERSIONS, submit_of

CLUSTERS = {"0": 304, "1": 2, "2": 3, "3": 11, "4": 3}
FEATURES = 33
SCRIPT = "run_clustering.py"


def rows_of(folder):
    """The rows of all CSV files of a directory as dicts."""
    found = []
    for part in sorted(folder.glob("part-*.csv")):
        with part.open() as file:
            found += csv.DictReader(file)
    return found


def clusters_of(folder):
    """How many rows each cluster has."""
    return dict(Counter(row["prediction"] for row in rows_of(folder)))


@pytest.mark.versions
@pytest.mark.parametrize("version", VERSIONS)
def test_the_command_of_the_reference(version, jar, checkout, tmp_path, sample_logs):
    submit = submit_of(version, jar, checkout, tmp_path)
    result = submit.script(SCRIPT, *reference_commands.CLUSTERING)
    assert result.returncode == 0, result.stderr
    rows = rows_of(tmp_path / "results_clustering")
    names = list(rows[0])
    assert names == [*sorted(names[:-2]), "features", "prediction"]
    assert {len(json.loads(row["features"])) for row in rows} == {FEATURES}
    lengths = [sum(value**2 for value in json.loads(row["features"])) for row in rows]
    assert lengths == pytest.approx([1] * len(rows))
    assert clusters_of(tmp_path / "results_clustering") == CLUSTERS
    assert "NetLytics: sizes: 304, 2, 3, 11, 3" in result.stderr


@pytest.mark.parametrize("version", ["3.5", "4"])
def test_executors_need_only_the_jar(version, jar, checkout, tmp_path, sample_logs):
    submit = submit_of(version, jar, checkout, tmp_path)
    places = ("logs/squid", "results_clustering")
    arguments = [
        f"{tmp_path}/{argument}" if argument in places else argument
        for argument in reference_commands.CLUSTERING
    ]
    result = submit.script(SCRIPT, *arguments, master="local-cluster[2,1,1024]")
    assert result.returncode == 0, result.stderr
    assert clusters_of(tmp_path / "results_clustering") == CLUSTERS


@pytest.mark.parametrize("algorithm", ["bisecting_kmeans", "gaussian_mixture", "dbscan"])
def test_the_other_algorithms_parquet_and_a_picture(submit, tmp_path, sample_logs, algorithm):
    import pyarrow.parquet

    result = submit.script(
        SCRIPT,
        *("--connector", "squid_to_HTTP", "--input_path", "logs/squid", "--algo", algorithm),
        *("--categorical_features", "method,status_code", "--numerical_features", "s_port"),
        *("--null_policy", "drop", "--scale", "standard"),
        *("--output_path", "out.parquet", "--plot", "out.png"),
    )
    assert result.returncode == 0, result.stderr
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table.column_names[-2:] == ["features", "prediction"]
    assert "NetLytics: sizes: " in result.stderr
    # The logs are read once; four requests have no port.
    assert f"{table.num_rows + 4:,} rows read" in result.stderr
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


def test_mistakes_of_the_command_line(submit, tmp_path, sample_logs):
    place = ("--connector", "squid_to_HTTP", "--input_path", "logs/squid", "--output_path", "out")
    for arguments, message in [
        (("--algo", "kmeans"), "there are no features"),
        (("--algo", "kmean", "--numerical_features", "s_port"), "did you mean kmeans"),
        (("--algo", "s_h_esd", "--numerical_features", "s_port"), "is run by run_anomaly"),
        (("--algo", "kmeans", "--numerical_features", "s_prt"), "did you mean s_port"),
        (("--algo", "kmeans", "--numerical_features", "host"), "is text"),
        (("--algo", "kmeans", "--numerical_features", "s_port,s_port"), "named twice"),
        (
            ("--algo", "kmeans", "--numerical_features", "s_port", "--plot", "out.pdf"),
            "ends with .png or .html",
        ),
    ]:
        result = submit.script(SCRIPT, *place, *arguments)
        assert result.returncode == 2, result.stderr
        assert message in result.stderr
        assert not (tmp_path / "out").exists()
