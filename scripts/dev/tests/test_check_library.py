"""check-library must fail on a library that old systems cannot load, and say why."""

import pathlib
import subprocess
import tempfile
import unittest

import program

check_library = program.load("check-library")


class CheckLibrary(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def shared_library(self, name: str, source: str, *options: str) -> str:
        """Path of a shared library made from C source with the machine's own compiler."""
        path = self.folder / name
        command = ["cc", "-shared", "-fPIC", "-nostartfiles", "-x", "c", "-", "-o", str(path)]
        subprocess.run([*command, *options], input=source, text=True, check=True)
        return str(path)

    def test_a_library_that_needs_nothing_new_passes(self):
        good = self.shared_library("good.so", "int f(const char *s) { return puts(s); }", "-w")
        self.assertEqual(check_library.complaints(good), [])
        self.assertEqual(check_library.main([good]), 0)

    def test_a_newer_glibc_symbol_is_named(self):
        # getrandom came with glibc 2.25.
        source = "long getrandom(void *, unsigned long, unsigned);"
        source += "long f(void *p) { return getrandom(p, 1, 0); }"
        bad = self.shared_library("bad.so", source)
        found = check_library.complaints(bad)
        self.assertEqual(len(found), 1)
        self.assertIn("getrandom of GLIBC_2.25", found[0])
        self.assertEqual(check_library.main([bad]), 1)

    def test_a_foreign_shared_library_is_named(self):
        foreign = self.shared_library("libforeign.so", "int g(void) { return 1; }")
        source = "int g(void); int f(void) { return g(); }"
        bad = self.shared_library("bad.so", source, "-x", "none", foreign)
        self.assertIn("libforeign.so", "".join(check_library.complaints(bad)))

    def test_a_file_that_is_no_library_ends_with_status_2(self):
        text = self.folder / "text.so"
        text.write_text("no ELF")
        with self.assertRaises(SystemExit) as end:
            check_library.complaints(str(text))
        self.assertEqual(end.exception.code, 2)
