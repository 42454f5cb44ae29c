"""The SQL functions over Arrow arrays, without Spark."""

import pandas
import polars
import pyarrow
import pytest

import netlytics
from netlytics import UsageError, registry

NAMES = ["www.example.co.uk.", None, "localhost", "A.Example.com"]
DOMAINS = ["example.co.uk", None, None, "example.com"]


@pytest.mark.parametrize("entry", registry.functions(), ids=lambda entry: entry["name"])
def test_the_examples_of_the_registry(entry):
    function = getattr(netlytics.functions, entry["name"])
    for example in entry["examples"]:
        arrays = [pyarrow.array([value]) for value in example["arguments"]]
        assert pyarrow.array(function(*arrays)).to_pylist() == [example["result"]]


@pytest.mark.parametrize(
    "column",
    [
        pyarrow.array(NAMES),
        pyarrow.array(NAMES, pyarrow.large_string()),
        pyarrow.array(NAMES, pyarrow.string_view()),
        pyarrow.array(["other", *NAMES])[1:],
        polars.Series(NAMES),
        pandas.Series(NAMES, dtype="string[pyarrow]"),
    ],
    ids=["string", "large_string", "string_view", "slice", "polars", "pandas"],
)
def test_columns_of_other_libraries_are_taken(column):
    found = netlytics.functions.registered_domain(column)
    assert len(found) == 4
    assert pyarrow.array(found).to_pylist() == DOMAINS
    assert polars.Series(found).to_list() == DOMAINS


def test_mistakes_are_told():
    numbers = pyarrow.array([1, 2])
    with pytest.raises(
        UsageError, match=r"argument name of registered_domain is Int64: cast it to string"
    ):
        netlytics.functions.registered_domain(numbers)
    with pytest.raises(UsageError, match="takes name: 0 arrays"):
        netlytics.functions.registered_domain()
    with pytest.raises(
        AttributeError, match="no function registered_domian: there are registered_domain"
    ):
        _ = netlytics.functions.registered_domian
