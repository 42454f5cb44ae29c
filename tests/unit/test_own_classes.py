"""People's own classes by dotted name, and the base classes they stand on."""

import sys

import pytest

from core.algo import Algo
from core.anomaly_detection_algo import AnomalyDetectionAlgo
from core.clustering_algo import ClusteringAlgo
from core.connector import Connector
from core.utils import my_import
from netlytics import own_classes
from netlytics.errors import UsageError


def test_a_class_by_its_dotted_name():
    assert my_import("core.algo.Algo") is Algo
    assert own_classes.load_class("core.connector.Connector") is Connector


@pytest.mark.parametrize("name", ["Algo", "core.algo.Nothing", "core.nothing.Algo", "nothing.X"])
def test_no_such_class(name):
    assert own_classes.load_class(name) is None
    with pytest.raises(UsageError, match="no class"):
        my_import(name)


def test_an_error_inside_the_module_is_not_hidden(tmp_path, monkeypatch):
    (tmp_path / "needs_something.py").write_text("import not_installed_anywhere\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="not_installed_anywhere"):
        own_classes.load_class("needs_something.Algo")
    sys.modules.pop("needs_something", None)


def test_parameters_of_one_instance_are_not_those_of_another():
    class Mine(Algo):
        parameters = {"N": 1}  # noqa: RUF012 - as people write it

    first, second = Mine(None, "out"), Mine(None, "out")
    first.parameters["N"] = 2
    assert second.parameters == {"N": 1}
    with pytest.raises(NotImplementedError):
        first.run()


@pytest.mark.parametrize("base", [ClusteringAlgo, AnomalyDetectionAlgo])
def test_algorithms_over_features_take_parameters_alone(base):
    class Mine(base):
        _name = "mine"
        parameters = {"K": 5, "seed": 1}  # noqa: RUF012 - as people write it

    assert Mine({"K": 10}).parameters == {"K": 10, "seed": 1}
    assert Mine().parameters == {"K": 5, "seed": 1}
    assert Mine().name == "mine"
