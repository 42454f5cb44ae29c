"""The parsers alone, one core: what Criterion measured of connectors/benches."""

import json
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
CRITERION = ROOT / "target" / "criterion"
# Log and benchmark -> MB/s that it should reach at least.
AIMS = {
    ("zeek dns.log", "16 columns"): 400,
    ("zeek dns.log", "2 columns"): 1500,
    ("bind query log", "16 columns"): 300,
    ("tstat log_tcp_complete", "all columns"): 300,
}


def measure(benches: list) -> list:
    """[name, MB/s, aim or ""] of each benchmark, after running them."""
    for bench in benches:
        subprocess.run(
            ["cargo", "bench", "-p", "netlytics-connectors", "--bench", bench],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return sorted(rates())


def rates():
    """Every result that Criterion keeps."""
    for file in CRITERION.glob("*/*/new/benchmark.json"):
        about = json.loads(file.read_text())
        nanos = json.loads((file.parent / "estimates.json").read_text())["mean"]["point_estimate"]
        rate = about["throughput"]["Bytes"] / nanos * 1e3
        log = about["group_id"].partition(",")[0]
        aim = AIMS.get((log, about["function_id"]), "")
        yield [about["full_id"], f"{rate:.0f}", str(aim)]
