"""The measurements as Markdown."""

import statistics

TITLES = {
    "queries": "`SELECT query, count(*) … GROUP BY query`",
    "columns": "all columns to the `noop` sink",
}
READERS = {"netlytics": "netlytics", "csv": "`spark.read.csv`", "rdd": "PySpark RDD connector"}
TARGETS = {
    ("queries", "rdd"): 30,
    ("queries", "csv"): 8,
    ("columns", "rdd"): 25,
    ("columns", "csv"): 7,
}
MB = 1e6


def table(header: list, rows: list) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def speed(results: dict, text: int, floor: float) -> str:
    """`results`: (job, reader) -> seconds of each repetition, as if on `text` bytes."""
    rows = []
    for job, title in TITLES.items():
        ours = results.get((job, "netlytics"))
        for reader, name in READERS.items():
            times = results.get((job, reader))
            if not times:
                continue
            median = statistics.median(times)
            ratio = (
                ""
                if reader == "netlytics" or not ours
                else (f"{median / statistics.median(ours):.1f} (aim: {TARGETS[job, reader]})")
            )
            rows.append(
                [
                    title,
                    name,
                    f"{min(times):.2f}",
                    f"{median:.2f}",
                    f"{text / MB / median:.0f}",
                    ratio,
                ]
            )
        rows.append(
            [title, "decompression only", "", f"{floor:.2f}", f"{text / MB / floor:.0f}", ""]
        )
    return table(["job", "reader", "min s", "median s", "MB/s of text", "times ours"], rows)


def flows(results: dict) -> str:
    """`results`: reader -> seconds of each repetition."""
    ours = statistics.median(results["flows"])
    rows = []
    for reader, name in (("flows", "netlytics"), ("rdd-flows", "PySpark RDD join")):
        median = statistics.median(results[reader])
        ratio = "" if reader == "flows" else f"{median / ours:.1f} (aim: 10)"
        rows.append([name, f"{min(results[reader]):.2f}", f"{median:.2f}", ratio])
    return table(["reader", "min s", "median s", "times ours"], rows)


def series(count: int, ours: list, theirs: list) -> str:
    """What timed_series.py and reference_esd.py printed, one dict a repetition."""
    wall = statistics.median(one["seconds"] for one in ours)
    each = statistics.median(one["seconds"] for one in theirs)
    all_of_them = each * count / 2
    rows = [
        ["netlytics", f"{count:,}", f"{wall:.1f}", ""],
        [
            "the reference's method",
            f"{count:,}",
            f"{all_of_them:,.0f} ({each:.2f} a series)",
            f"{all_of_them / wall:.0f} (aim: 50)",
        ],
    ]
    return table(["method", "series", "s", "times ours"], rows)


def memory(found: dict, size: int) -> str:
    """What scan_memory.py printed, for a file of `size` bytes."""
    header = ["file", "rows", "peak RSS", "native, at most", "direct buffers", "classes and code"]
    sizes = (f"{found[name] / MB:.0f} MB" for name in ("peak_rss", "grown", "direct", "jvm"))
    return table(header, [[f"{size / 1e9:.1f} GB", f"{found['rows']:,}", *sizes]])
