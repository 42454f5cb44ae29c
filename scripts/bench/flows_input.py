"""Input of the flows benchmark: conn, http, ssl and dns logs of some hours that belong together.

http.log, ssl.log and dns.log are real. The data have no conn.log beside them, so one is written to
the format: a connection for every uid that the three name. Each hour repeats them with its own
times and uids.
"""

import gzip
import pathlib

DAY = "2018-03-24"
CONN = (
    "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
    "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration"
    "\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory"
    "\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\n"
    "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring"
    "\tbool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]\n"
)


def sources(data: pathlib.Path) -> dict:
    """Where the real logs lie in the folder of real data."""
    zed = data / "zeek/zed-sample-data/zeek-default"
    return {
        "dns": zed / "dns.log.gz",
        "ssl": zed / "ssl.log.gz",
        "http": data / "zeek/rita/valid_tsv/http.log.gz",
    }


def records(log: pathlib.Path) -> tuple:
    """The header of a log as one text, and its records as lists of fields."""
    lines = gzip.decompress(log.read_bytes()).decode("utf-8", "replace").splitlines()
    head = "".join(f"{line}\n" for line in lines if line[:1] == "#" and line[:6] != "#close")
    return head, [line.split("\t") for line in lines if line[:1] != "#"]


def connections(logs: dict) -> list:
    """A record of conn.log for every uid of the logs, in the order of time."""
    services = {"dns": ("udp", "dns"), "ssl": ("tcp", "ssl"), "http": ("tcp", "http")}
    found = {}
    for name, (_, rows) in logs.items():
        proto, service = services[name]
        for row in rows:
            found.setdefault(row[1], [*row[:6], proto, service])
    sizes = ["1.250000", "812", "5120", "SF", "T", "F", "0", "ShADadFf"]
    sizes += ["9", "1292", "11", "5700", "-"]
    return [row + sizes for row in sorted(found.values(), key=lambda row: float(row[0]))]


def prepare(data: pathlib.Path, folder: pathlib.Path, hours: int) -> dict:
    """Writes `hours` files of each log, unless they are there, in Zeek's layout.

    Returns {"path", "text": bytes when inflated, "flows": rows of conn.log}.
    """
    logs = {name: records(log) for name, log in sources(data).items()}
    logs["conn"] = (CONN, connections(logs))
    text = 0
    for name, (head, rows) in logs.items():
        begin = int(float(rows[0][0]))
        for hour in range(hours):
            file = folder / DAY / f"{name}.{hour:02d}-00-00.log.gz"
            lines = [
                "\t".join([moved(row[0], hour * 3_600 - begin), f"{row[1]}{hour:02d}", *row[2:]])
                for row in rows
            ]
            whole = (head + "\n".join(lines) + "\n").encode()
            text += len(whole)
            if file.exists():
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_bytes(gzip.compress(whole, compresslevel=6, mtime=0))
            part.replace(file)
    return {"path": str(folder / DAY), "text": text, "flows": hours * len(logs["conn"][1])}


def moved(time: str, seconds: int) -> str:
    """A record's time, so many seconds after the begin of the day."""
    whole, _, fraction = time.partition(".")
    return f"{1_521_849_600 + int(whole) + seconds}.{fraction}"
