"""Loads a program of scripts/dev, whose name has no .py, as a module to be tested."""

import importlib.machinery
import importlib.util
import pathlib
import sys
import types

FOLDER = pathlib.Path(__file__).resolve().parents[1]


def load(name: str) -> types.ModuleType:
    """The program `scripts/dev/<name>` as a module; its main() is not run."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), str(FOLDER / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module
