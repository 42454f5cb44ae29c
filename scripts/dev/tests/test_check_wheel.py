"""check-wheel must fail on a wheel with strange files, or with no jar, or with another jar."""

import pathlib
import tempfile
import unittest
import zipfile

import program

check_wheel = program.load("check-wheel")

GOOD = {
    "netlytics/__init__.py": "",
    "netlytics/data/DNS.json": "{}",
    "netlytics/jars/netlytics-spark.jar": "the jar",
    "core/utils.py": "",
    "netlytics-0.1.0.dist-info/METADATA": "",
}


class CheckWheel(unittest.TestCase):
    def complaints(self, entries: dict[str, str]) -> str:
        """What the check says of a wheel with these entries, when the built jar is "the jar"."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "some.whl"
            with zipfile.ZipFile(path, "w") as wheel:
                for name, text in entries.items():
                    wheel.writestr(name, text)
            return "".join(check_wheel.complaints(str(path), b"the jar"))

    def test_our_own_entries_pass(self):
        self.assertEqual(self.complaints(GOOD), "")

    def test_a_strange_file_is_named(self):
        self.assertIn(
            "tests/some.py does not belong", self.complaints({**GOOD, "tests/some.py": ""})
        )

    def test_a_missing_jar_is_told(self):
        without = {name: text for name, text in GOOD.items() if not name.endswith(".jar")}
        self.assertIn("0 times", self.complaints(without))

    def test_another_jar_is_told(self):
        other = {**GOOD, "netlytics/jars/netlytics-spark.jar": "an older jar"}
        self.assertIn("not the one in build/jars", self.complaints(other))
