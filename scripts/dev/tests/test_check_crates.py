"""check-crates must name a dependency that points the wrong way, also through another crate."""

import unittest

import program

check_crates = program.load("check-crates")


def metadata(edges: dict[str, list[str]], members: list[str]) -> dict:
    """The parts of `cargo metadata` that the check reads; names serve as ids."""
    return {
        "packages": [{"id": name, "name": name} for name in edges],
        "resolve": {
            "nodes": [
                {"id": name, "deps": [{"pkg": other} for other in others]}
                for name, others in edges.items()
            ]
        },
        "workspace_members": members,
    }


class CheckCrates(unittest.TestCase):
    def test_dependencies_downwards_pass(self):
        edges = {
            "netlytics-schema": [],
            "netlytics-connectors": ["netlytics-schema"],
            "netlytics-jni": ["netlytics-connectors", "jni"],
            "jni": [],
        }
        members = ["netlytics-schema", "netlytics-connectors", "netlytics-jni"]
        self.assertEqual(check_crates.complaints(metadata(edges, members)), [])

    def test_a_dependency_upwards_is_named(self):
        edges = {"netlytics-schema": ["netlytics-connectors"], "netlytics-connectors": []}
        found = check_crates.complaints(metadata(edges, list(edges)))
        self.assertEqual(found, ["netlytics-schema must not depend on netlytics-connectors"])

    def test_the_border_reached_through_another_crate_is_named(self):
        edges = {"netlytics-connectors": ["other"], "other": ["jni"], "jni": []}
        found = check_crates.complaints(metadata(edges, ["netlytics-connectors"]))
        self.assertEqual(len(found), 1)
        self.assertIn("must not reach jni", found[0])

    def test_parquet_in_the_library_of_the_jvm_is_named(self):
        edges = {"netlytics-jni": ["other"], "other": ["parquet"], "parquet": []}
        found = check_crates.complaints(metadata(edges, ["netlytics-jni"]))
        self.assertEqual(len(found), 1)
        self.assertIn("must not reach parquet", found[0])

    def test_an_unknown_crate_of_ours_is_named(self):
        found = check_crates.complaints(metadata({"netlytics-new": []}, ["netlytics-new"]))
        self.assertIn("netlytics-new", found[0])
