#!/usr/bin/env python3
"""Measures `python -m netlytics convert` beside DuckDB, polars and pyarrow on the same dns.log.

    scripts/bench/convert.py                1 GB, plain and gzip; the table goes to stdout
    scripts/bench/convert.py --gb 0.1 --repeat 1

All write the same 15 columns of the table DNS (all but answer_types) as zstd Parquet, lists as
lists; the programs of the others are in convert_with/, and undo no escapes. Each measurement is a
process of its own; they take turns, and the medians of their CPU seconds are compared.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

import dns_input
import report

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "bench" / "convert"
PYTHON = os.environ.get("NETLYTICS_PYTHON", str(ROOT / "build/venv-spark35/bin/python"))
DATA = pathlib.Path(os.environ.get("NETLYTICS_SHARED_DATA", ROOT.parent / "shared" / "data"))
COLUMNS = [
    *("answer_ttls", "answers", "c_ip", "c_port", "flags_req", "flags_resp", "query", "req_class"),
    *("req_time", "req_type", "resp_code", "resp_time", "s_ip", "s_port", "trans_id"),
]
OTHERS = ("duckdb", "polars", "pyarrow")
READERS = ("netlytics", *OTHERS)


def command(reader: str, log: pathlib.Path, output: pathlib.Path) -> list:
    """The command line that converts `log` with `reader`."""
    if reader == "netlytics":
        options = ["--connector", "zeek_to_DNS", "--columns", ",".join(COLUMNS)]
        options += ["--output", str(output)]
        return [PYTHON, "-m", "netlytics", "convert", *options, str(log)]
    return [PYTHON, str(HERE / "convert_with" / f"with_{reader}.py"), str(log), str(output)]


def converted(reader: str, log: pathlib.Path) -> dict:
    """One conversion: CPU and wall seconds, peak RSS and size of the output in bytes."""
    output = BUILD / f"{reader}.parquet"
    output.unlink(missing_ok=True)
    begin = time.perf_counter()
    running = subprocess.Popen(
        command(reader, log, output),
        env={**os.environ, "PYTHONPATH": str(ROOT / "spark-glue" / "python")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    said = running.stderr.read()
    _, status, used = os.wait4(running.pid, 0)
    wall = time.perf_counter() - begin
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        sys.exit(f"{reader} failed on {log}:\n{said.decode(errors='replace')[-4000:]}")
    size = output.stat().st_size
    cpu = used.ru_utime + used.ru_stime
    return {"cpu": cpu, "wall": wall, "rss": used.ru_maxrss * 1024, "size": size}


def inputs(gb: float) -> dict:
    """shape -> the log in it, written unless it is there."""
    folder = BUILD / f"{gb:g}gb"
    plain, packed = folder / "dns.log", folder / "dns.log.gz"
    folder.mkdir(parents=True, exist_ok=True)
    if not plain.exists():
        part = plain.with_suffix(".part")
        dns_input.prepare_plain(dns_input.source(DATA), part, int(gb * 1e9))
        part.replace(plain)
    if not packed.exists():
        with packed.with_suffix(".part").open("wb") as out:
            subprocess.run(["gzip", "-6", "-c", str(plain)], stdout=out, check=True)
        packed.with_suffix(".part").replace(packed)
    return {"plain": plain, "gzip": packed}


def measure(gb: float, repeat: int) -> str:
    """The table of all readers on both shapes."""
    found = {}
    for shape, log in inputs(gb).items():
        for turn in range(repeat):
            for reader in READERS:
                one = converted(reader, log)
                found.setdefault((shape, reader), []).append(one)
                said = f"{one['cpu']:.1f} s CPU, {one['rss'] / report.MB:.0f} MB"
                print(f"{turn + 1}/{repeat} {shape} {reader}: {said}", file=sys.stderr, flush=True)
    rows = [row(shape, reader, found) for shape, reader in found]
    return report.table(
        ["input", "reader", "CPU s", "times ours", "wall s", "peak RSS", "output"], rows
    )


def row(shape: str, reader: str, found: dict) -> list:
    """One line of the table: medians."""
    middle = {
        key: statistics.median(one[key] for one in found[shape, reader])
        for key in ("cpu", "wall", "rss", "size")
    }
    ours = statistics.median(one["cpu"] for one in found[shape, "netlytics"])
    ratio = "" if reader == "netlytics" else f"{middle['cpu'] / ours:.1f} (aim: above 1)"
    sizes = [f"{middle[key] / report.MB:.0f} MB" for key in ("rss", "size")]
    return [shape, reader, f"{middle['cpu']:.1f}", ratio, f"{middle['wall']:.1f}", *sizes]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gb", type=float, default=1, help="size of the plain log (1)")
    parser.add_argument("--repeat", type=int, default=3, help="measurements of each (3)")
    args = parser.parse_args()
    if not dns_input.source(DATA).exists():
        print("nothing measured: NETLYTICS_SHARED_DATA names no folder of logs", file=sys.stderr)
        return 0
    print(measure(args.gb, args.repeat))
    return 0


if __name__ == "__main__":
    sys.exit(main())
