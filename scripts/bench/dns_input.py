"""The benchmark's input: a real dns.log of 53,615 rows, once for every hour of some days."""

import gzip
import pathlib

FIRST_DAY = 24  # of March 2018, when the log was recorded
ROWS = 53_615


def source(data: pathlib.Path) -> pathlib.Path:
    """Where the real log lies in the folder of real data."""
    return data / "zeek/zed-sample-data/zeek-default/dns.log.gz"


def moved(lines: list, seconds: int) -> bytes:
    """The log with every row's time moved by whole seconds; rows are the same otherwise."""
    out = []
    for line in lines:
        if line[:1] == b"#":
            out.append(line)
        else:
            out.append(b"%d%b" % (int(line[:10]) + seconds, line[10:]))
    return b"".join(out)


def prepare(log: pathlib.Path, folder: pathlib.Path, days: int, hours: int) -> dict:
    """Writes `days` folders of `hours` files each, unless they are there, in Zeek's layout.

    But without the colons of Zeek's names: Hadoop's local file system, through which the readers
    we compare with go, cannot open such a file.
    Returns {"days": their paths, "files", "text": bytes when inflated, "rows"}.
    """
    lines = gzip.decompress(log.read_bytes()).splitlines(keepends=True)
    first = next(line for line in lines if line[:1] != b"#")
    begin = int(first[:10]) // 86_400 * 86_400
    for day in range(days):
        for hour in range(hours):
            file = folder / f"2018-03-{FIRST_DAY + day}" / f"dns.{hour:02d}-00-00.log.gz"
            if file.exists():
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            shift = begin + day * 86_400 + hour * 3_600 - int(first[:10])
            part = file.with_suffix(".part")
            part.write_bytes(gzip.compress(moved(lines, shift), compresslevel=6, mtime=0))
            part.replace(file)
    files = days * hours
    return {
        "days": [str(folder / f"2018-03-{FIRST_DAY + day}") for day in range(days)],
        "files": files,
        "text": files * sum(map(len, lines)),
        "rows": files * ROWS,
    }


def prepare_plain(log: pathlib.Path, file: pathlib.Path, size: int) -> int:
    """Writes one plain text log of at least `size` bytes; returns its number of rows."""
    lines = gzip.decompress(log.read_bytes()).splitlines(keepends=True)
    head = [line for line in lines if line[:1] == b"#" and not line.startswith(b"#close")]
    rows = [line for line in lines if line[:1] != b"#"]
    copies = 0
    with file.open("wb") as out:
        written = out.write(b"".join(head))
        while written < size:
            written += out.write(moved(rows, copies * 3_600))
            copies += 1
    return copies * len(rows)
