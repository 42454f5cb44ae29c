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
