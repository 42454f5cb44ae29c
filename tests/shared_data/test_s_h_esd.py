"""Seasonal-Hybrid-ESD beside the reference's decompositions and the outliers it means to find."""

import json

import pytest

from algos.anomaly_detection.S_H_ESD import S_H_ESD
from series import outliers, series


@pytest.fixture(scope="module")
def golden(shared_data):
    folder = shared_data.parent / "golden" / "shesd"
    if not folder.exists():
        pytest.skip(f"no {folder}")
    return folder


@pytest.mark.parametrize("name", ["syn1_5min_288", "syn2_hourly_24", "syn3_noseason"])
def test_outliers_and_decomposition(spark, tmp_path, golden, name):
    expected = json.loads((golden / "golden.json").read_text())["series"][name]["auto"]
    values = [float(line) for line in (golden / f"{name}.csv").read_text().split()]
    found = S_H_ESD({}).detect(series(spark, tmp_path, values), "value").cache()
    assert outliers(found) == sorted(expected["intended_hybrid"])

    lines = (golden / f"{name}.auto.decomp.csv").read_text().split()[1:]
    residuals = [float(line.split(",")[3]) for line in lines]
    ours = [row["residual"] for row in found.orderBy("time").collect()]
    assert ours == pytest.approx(residuals, abs=1e-8 * max(map(abs, values)))
