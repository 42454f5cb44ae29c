"""check-wheel must fail on a wheel with strange files, without a jar or module, or with another."""

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
    "netlytics/_native.abi3.so": "the module",
    "core/utils.py": "",
    "netlytics-0.1.0.dist-info/METADATA": "",
}


BUILT = {
    "netlytics/jars/netlytics-spark.jar": b"the jar",
    "netlytics/_native.abi3.so": b"the module",
}
NAME = "netlytics-0.1.0-py3-none-manylinux_2_17_x86_64.whl"


class CheckWheel(unittest.TestCase):
    def complaints(self, entries: dict[str, str], name: str = NAME) -> str:
        """What the check says of a wheel with these entries, when BUILT was built."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            with zipfile.ZipFile(path, "w") as wheel:
                for name, text in entries.items():
                    wheel.writestr(name, text)
            return "".join(check_wheel.complaints(str(path), BUILT))

    def test_our_own_entries_pass(self):
        self.assertEqual(self.complaints(GOOD), "")

    def test_a_strange_file_is_named(self):
        self.assertIn(
            "tests/some.py does not belong", self.complaints({**GOOD, "tests/some.py": ""})
        )

    def test_a_missing_jar_is_told(self):
        without = {name: text for name, text in GOOD.items() if not name.endswith(".jar")}
        self.assertIn("0 times", self.complaints(without))

    def test_another_jar_or_module_is_told(self):
        for name in BUILT:
            found = self.complaints({**GOOD, name: "an older one"})
            self.assertIn(f"{name} is not the one in build/", found)

    def test_a_wheel_that_says_it_fits_every_machine_is_told(self):
        found = self.complaints(GOOD, "netlytics-0.1.0-py3-none-any.whl")
        self.assertIn("manylinux_2_17_x86_64", found)
