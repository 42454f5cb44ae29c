"""check-imports must name imports that point the wrong way, pickle, and shells."""

import pathlib
import tempfile
import unittest

import program

check_imports = program.load("check-imports")


class CheckImports(unittest.TestCase):
    def complaints(self, source: str) -> list[str]:
        """What the check says of a file of the package netlytics with this source."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "some.py"
            path.write_text(source)
            return check_imports.complaints(path, {"netlytics"})

    def test_what_lies_below_passes(self):
        source = "import json\nfrom pyspark.sql import functions\nfrom netlytics import errors\n"
        self.assertEqual(self.complaints(source), [])

    def test_each_wrong_line_is_named(self):
        for source, expected in (
            ("import json\nimport core.utils\n", ":2: imports core.utils"),
            ("from algos.pain import pain\n", ":1: imports algos.pain"),
            ("def f():\n    import pickle\n", ":2: imports pickle"),
            ("import os\nos.system('ls')\n", ":2: runs a shell"),
            ("import subprocess\nsubprocess.run('ls', shell=True)\n", ":2: runs a shell"),
        ):
            with self.subTest(source):
                self.assertIn(expected, "".join(self.complaints(source)))


class LaptopNeedsNoSpark(unittest.TestCase):
    def complaints(self, **sources: str) -> str:
        """What the check says of packages of these modules (a__b is a.b)."""
        with tempfile.TemporaryDirectory() as folder:
            packages = pathlib.Path(folder)
            for name, source in sources.items():
                path = packages.joinpath("netlytics", *name.split("__", 1)).with_suffix(".py")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(source)
            return "".join(check_imports.laptop_complaints(packages))

    def test_what_loads_without_spark_passes(self):
        found = self.complaints(
            laptop__reading="from netlytics import errors, names\nimport pyarrow\n",
            names="def spark():\n    import pyspark\n",
            kernels="import pyspark\n",
        )
        self.assertEqual(found, "")

    def test_spark_is_found_however_far_below(self):
        found = self.complaints(
            laptop__reading="from netlytics.names import nearest\n",
            names="from netlytics import lookup\n",
            lookup="try:\n    from pyspark.sql import functions\nexcept ImportError:\n    pass\n",
        )
        self.assertIn("lookup.py:2: needs Spark", found)

    def test_a_package_is_loaded_before_its_modules(self):
        found = self.complaints(
            laptop__reading="from netlytics.cli.run import run\n",
            cli__run="",
            cli____init__="import py4j\n",
        )
        self.assertIn("__init__.py:1: needs Spark", found)

    def test_modules_that_are_not_listed_are_named(self):
        found = self.complaints(
            laptop__reading="def f():\n    from netlytics.kernels import fit\n", kernels=""
        )
        self.assertIn("reading.py:2: netlytics.laptop may not import netlytics.kernels", found)
