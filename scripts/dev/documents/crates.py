"""Which crates are linked into the native library, from `cargo metadata`."""

import json
import pathlib
import subprocess

LIBRARY = "netlytics-jni"
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


def linked(root: pathlib.Path) -> list[dict]:
    """Packages of others linked into the library, by name and version.

    Those are what LIBRARY reaches through normal dependencies; build scripts, tests and
    procedural macros leave nothing in it.
    """
    known = metadata(root)
    packages = {package["id"]: package for package in known["packages"]}
    nodes = {node["id"]: node for node in known["resolve"]["nodes"]}
    waiting = [id_ for id_ in known["workspace_members"] if packages[id_]["name"] == LIBRARY]
    seen = set(waiting)
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            normal = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            id_ = dependency["pkg"]
            if normal and id_ not in seen and not is_macro(packages[id_]):
                seen.add(id_)
                waiting.append(id_)
    others = [packages[id_] for id_ in seen if id_ not in known["workspace_members"]]
    return sorted(others, key=lambda package: (package["name"], package["version"]))
