"""People's own connectors and algorithms, by dotted name; how their code reaches the executors."""

import atexit
import importlib
import importlib.util
import os
import shutil
import tempfile
import zipfile


def load_class(dotted):
    """The class ``package.module.Class``, or None if there is no such module or class.

    An error inside a module that is there passes through.
    """
    module_name, _, class_name = dotted.rpartition(".")
    if not module_name:
        return None
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is not None and f"{module_name}.".startswith(f"{error.name}."):
            return None
        raise
    return getattr(module, class_name, None)


def ship(spark_context, module_name):
    """Sends the top package (or single module) of a module to the executors.

    Only what lies on disk: what came in a zip was given to --py-files and is there already.
    """
    top = module_name.partition(".")[0]
    spec = importlib.util.find_spec(top)
    if spec.submodule_search_locations:
        folder = next(iter(spec.submodule_search_locations))
        if os.path.isdir(folder):
            spark_context.addPyFile(zipped(folder, top))
    elif os.path.isfile(spec.origin or ""):
        spark_context.addPyFile(spec.origin)


def zipped(folder, name):
    """A zip of the folder's Python files under ``name/``; kept until this process ends."""
    # Executors fetch it from this process for as long as it lives.
    directory = tempfile.mkdtemp(prefix="netlytics-")
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    path = os.path.join(directory, f"{name}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, _, files in os.walk(folder):
            for file in files:
                if file.endswith(".py"):
                    full = os.path.join(place, file)
                    archive.write(full, os.path.join(name, os.path.relpath(full, folder)))
    return path
