"""The list of licences must refuse a crate that we cannot ship."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from documents import licences


def crate(expression: str) -> dict:
    """A crate under a licence expression, as `cargo metadata` gives it."""
    return {"name": "some", "version": "1.0.0", "license": expression, "repository": None}


class Licences(unittest.TestCase):
    def test_a_choice_is_fine_when_one_of_it_is(self):
        self.assertEqual(licences.licence(crate("MIT/Apache-2.0")), "MIT OR Apache-2.0")
        self.assertEqual(licences.licence(crate("GPL-2.0 OR MIT")), "GPL-2.0 OR MIT")

    def test_every_part_must_be_fine(self):
        text = "(MIT OR Apache-2.0) AND Unicode-3.0"
        self.assertEqual(licences.licence(crate(text)), text)
        for refused in ("GPL-3.0-or-later", "MIT AND MPL-2.0", None):
            with self.subTest(refused), self.assertRaises(ValueError):
                licences.licence(crate(refused))
