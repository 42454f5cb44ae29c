"""The floor: how long only decompressing the input takes, on as many threads as Spark's tasks."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ["cargo", "run", "--release", "--quiet", "-p", "netlytics-connectors"]


def measure(days: list, threads: int) -> float:
    """Seconds for all files of the days, with the decoder that our reader uses."""
    files = [str(file) for day in days for file in sorted(pathlib.Path(day).iterdir())]
    done = subprocess.run(
        [*PROGRAM, "--example", "inflate", "--", str(threads), *files],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(done.stdout.split()[0])
