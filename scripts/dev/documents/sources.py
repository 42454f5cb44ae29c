"""The JSON files the pages are made from."""

import json
import pathlib


def schemas(root: pathlib.Path) -> dict[str, dict]:
    """Data Table name -> its StructType with descriptions, by name."""
    paths = sorted((root / "schema").glob("*.json"))
    return {path.stem: json.loads(path.read_text("utf-8")) for path in paths}


def connectors(root: pathlib.Path) -> dict:
    """The registry of connectors: `options`, `tool_options`, `connectors`."""
    return json.loads((root / "connectors/registry.json").read_text("utf-8"))


def algorithms(root: pathlib.Path) -> list[dict]:
    """The registered algorithms, in the registry's order."""
    return json.loads((root / "algos/registry.json").read_text("utf-8"))["algorithms"]


def functions(root: pathlib.Path) -> list[dict]:
    """The SQL functions, in the registry's order."""
    return json.loads((root / "algos/registry.json").read_text("utf-8"))["functions"]
