"""The parsers alone, one core."""

import criterion

# Log and benchmark -> MB/s that it should reach at least.
AIMS = {
    ("zeek dns.log", "16 columns"): 400,
    ("zeek dns.log", "2 columns"): 1500,
    ("bind query log", "16 columns"): 300,
    ("tstat log_tcp_complete", "all columns"): 300,
}


def measure() -> list:
    """[name, MB/s, aim or ""] of each benchmark, after running them."""
    rows = []
    for group, name, _, rate in criterion.measured(
        "netlytics-connectors", ["zeek", "tstat", "bind"]
    ):
        aim = AIMS.get((group.partition(",")[0], name), "")
        rows.append([f"{group}/{name}", f"{rate / 1e6:.0f}", str(aim)])
    return rows
