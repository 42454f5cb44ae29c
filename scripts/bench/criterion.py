"""What Criterion measures of a crate's benches, on one core."""

import json
import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def measured(package: str, benches: list) -> list:
    """Runs benches of a crate.

    Returns [group, name, seconds, bytes or rows in each second] of each benchmark, sorted.
    """
    home = ROOT / "build" / "bench" / "criterion" / package
    shutil.rmtree(home, ignore_errors=True)
    for bench in benches:
        subprocess.run(
            ["cargo", "bench", "-p", package, "--bench", bench],
            cwd=ROOT,
            env={**os.environ, "CRITERION_HOME": str(home)},
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return sorted(found(file) for file in home.rglob("new/benchmark.json"))


def found(file: pathlib.Path) -> list:
    """One benchmark's result."""
    about = json.loads(file.read_text())
    estimates = json.loads((file.parent / "estimates.json").read_text())
    seconds = estimates["mean"]["point_estimate"] / 1e9
    (amount,) = about["throughput"].values()
    _, _, name = about["full_id"].partition("/")
    return [about["group_id"], name, seconds, amount / seconds]
