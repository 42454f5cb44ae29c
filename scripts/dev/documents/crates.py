"""Which crates are linked into the native libraries, from `cargo metadata`."""

import json
import pathlib
import subprocess

# Crate of ours -> the library that it becomes.
LIBRARIES = {"netlytics-jni": "libnetlytics_jni.so", "netlytics-python": "_native.abi3.so"}
PLATFORM = "x86_64-unknown-linux-gnu"


def metadata(root: pathlib.Path) -> dict:
    """What `cargo metadata` says of the workspace for our platform, by Cargo.lock."""
    command = ["cargo", "metadata", "--format-version=1", "--locked"]
    done = subprocess.run(
        [*command, f"--filter-platform={PLATFORM}"], cwd=root, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def is_macro(package: dict) -> bool:
    """Whether the package runs in the compiler only (a procedural macro)."""
    return any("proc-macro" in target["kind"] for target in package["targets"])


def linked(root: pathlib.Path) -> list[tuple[dict, list[str]]]:
    """Packages of others linked into our libraries, by name and version, each with their names."""
    known = metadata(root)
    packages = {package["id"]: package for package in known["packages"]}
    into: dict[str, list[str]] = {}
    for crate, library in LIBRARIES.items():
        for id_ in reached(known, packages, crate):
            into.setdefault(id_, []).append(library)
    others = [(packages[id_], libraries) for id_, libraries in into.items()]
    return sorted(others, key=lambda other: (other[0]["name"], other[0]["version"]))


def reached(known: dict, packages: dict[str, dict], crate: str) -> set[str]:
    """Ids of the packages of others that a crate of ours reaches through normal dependencies.

    Build scripts, tests and procedural macros leave nothing in a library.
    """
    nodes = {node["id"]: node for node in known["resolve"]["nodes"]}
    waiting = [id_ for id_ in known["workspace_members"] if packages[id_]["name"] == crate]
    seen = set(waiting)
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            normal = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            id_ = dependency["pkg"]
            if normal and id_ not in seen and not is_macro(packages[id_]):
                seen.add(id_)
                waiting.append(id_)
    return seen - set(known["workspace_members"])
