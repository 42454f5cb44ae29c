"""The SQL functions over Arrow arrays, without Spark: one Python function for each.

They are listed in docs/functions.md, and are called with as many arrays as they have arguments:
whatever has ``__arrow_c_array__`` or ``__arrow_c_stream__``, which arrays of pyarrow and Series of
polars and pandas do. The result has ``__arrow_c_array__``, so that those libraries take it.

>>> import netlytics, polars, pyarrow
>>> pyarrow.array(netlytics.functions.registered_domain(pyarrow.array(["www.example.co.uk."])))
>>> names = polars.DataFrame(netlytics.open("zeek_to_DNS", "logs/zeek"))["query"]
>>> polars.Series(netlytics.functions.registered_domain(names))
"""

from netlytics import registry
from netlytics.laptop import native


def __getattr__(name):
    """The function of that name, made when it is first asked for."""
    for entry in registry.functions():
        if entry["name"] == name:
            globals()[name] = over_arrays(entry)
            return globals()[name]
    raise AttributeError(f"there is no function {name}: there are {', '.join(__dir__())}")


def __dir__():
    return [entry["name"] for entry in registry.functions()]


def over_arrays(entry):
    """The Python function of a registry's entry."""

    def function(*arrays):
        return native.load().call_function(entry["name"], *arrays)

    arguments = [f"{each['name']}: {each['type']}. {each['doc']}" for each in entry["arguments"]]
    function.__name__ = function.__qualname__ = entry["name"]
    function.__doc__ = "\n\n".join(
        [entry["description"], *arguments, f"Returns {entry['returns']}."]
    )
    return function
