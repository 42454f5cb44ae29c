#!/usr/bin/env python3
"""Makes examples/logs/zeek: four days and an unrotated log, in Zeek's formats.

    examples/make_zeek_logs.py

No Zeek is involved: zeek/ascii_log.py writes what Zeek's ASCII writer would. Every run makes the
same bytes. What each day holds, and which lines are odd, is told in logs/README.md.
"""

import calendar
import gzip
import pathlib
import shutil

from zeek import ascii_log
from zeek.columns import RELEASES
from zeek.traffic import CLIENTS, SITES, Traffic

OUT = pathlib.Path(__file__).resolve().parent / "logs" / "zeek"
HOURS = (8, 9, 17)


def ordinary(traffic: Traffic, hour: float):
    """What happens in every hour of every day."""
    chance = traffic.chance
    for minute in range(1, 56, 9):
        ts = hour + minute * 60 + chance.random()
        client = chance.choice(CLIENTS)
        site = chance.choice([name for name, (_, _, v6) in SITES.items() if v6 or "." in client])
        pages = ["/", "/style.css", f"/story?id={chance.randint(1, 99)}"]
        traffic.fetch(ts, client, site, pages[: chance.randint(1, 3)])
        traffic.handshake(ts + 20, chance.choice(CLIENTS[:3]), chance.choice(list(SITES)))
    traffic.ping(hour + 60 * 58, CLIENTS[0], "198.51.100.10")


def special(traffic: Traffic, hour: float):
    """One of each thing a reader of these logs should have seen."""
    at = iter(range(int(hour) + 100, int(hour) + 3500, 60))
    a, six = CLIENTS[0], CLIENTS[3]
    look, fetch = traffic.lookup, traffic.fetch
    look(next(at), a, "no-such-name.example", code=3)
    look(next(at), a, "silent.example", code=None)
    look(next(at), a, "secret.example", code=5)
    look(next(at), a, "nodata.example", "AAAA")
    look(next(at), a, "example.org", "MX", ["mx1.example.org", "mx2.example.org"], [300.0, 300.0])
    look(
        next(at),
        a,
        "example.org",
        "TXT",
        ["TXT 23 v=spf1 -all, with comma", "TXT 1 -", ""],
        [60.0, 60.5, 60.0],
    )
    look(next(at), six, "10.100.51.198.in-addr.arpa", "PTR", ["www.example.com"], [86400.0])
    look(next(at), a, "b\u00fccher\\shop\tname.example", code=3)
    look(next(at), a, "-", code=3)
    look(next(at), a, "(empty)", code=3)
    look(next(at), a, "", "*", code=0)
    look(
        next(at),
        a,
        None,
        rtt=None,
        proto="tcp",
        qclass=None,
        qclass_name=None,
        qtype=None,
        qtype_name=None,
    )
    look(next(at), a, "_http._tcp.local", "PTR", code=0, qclass=32769, qclass_name="qclass-32769")
    look(
        next(at), a, "www.example.com", "A", ["198.51.100.10", None], [60.0, None], AA=True, TC=True
    )
    fetch(
        next(at),
        a,
        "news.example.org",
        ["/form"],
        method="POST",
        request_body_len=512,
        status_code=302,
        status_msg="Found",
        resp_mime_types=None,
    )
    fetch(
        next(at),
        a,
        "news.example.org",
        ["/gone"],
        status_code=None,
        status_msg=None,
        response_body_len=0,
        resp_fuids=None,
        resp_mime_types=None,
    )
    fetch(
        next(at),
        six,
        "news.example.org",
        ["/caf\u00e9\\menu"],
        user_agent="-",
        referrer="",
        username="jo",
        proxied=["VIA -> 1.1 proxy.office.test", "X-FORWARDED-FOR -> 192.0.2.9"],
    )
    traffic.handshake(next(at), a, "mail.example.com", name=False, resumed=True)
    # Begun in this hour, over in the next: its conn record stands in the next file.
    fetch(hour + 3400, a, "updates.vendor.example", ["/patch-7.zip"], seconds=1800.25)


def day_of_traffic(day: int) -> tuple:
    """(midnight, Traffic) of that day of March 2017."""
    midnight = calendar.timegm((2017, 3, day, 0, 0, 0))
    traffic = Traffic(seed=day)
    for hour in HOURS:
        ordinary(traffic, midnight + hour * 3600)
    special(traffic, midnight + HOURS[0] * 3600)
    return midnight, traffic


def written_in(log: str, record: dict) -> float:
    """When Zeek writes a record: a connection's when it is over, others at once."""
    return record["ts"] + ((record["duration"] or 0.0) if log == "conn" else 0.0)


def hourly(traffic: Traffic, midnight: float):
    """(log, hour, records of that hour's file in the order of writing) of a day."""
    for log, records in traffic.logs.items():
        for hour in HOURS:
            begin = midnight + hour * 3600
            yield (
                log,
                hour,
                sorted(
                    (r for r in records if begin <= written_in(log, r) < begin + 3600),
                    key=lambda r: (written_in(log, r), r["uid"]),
                ),
            )


def text_log(log, release, begin, records, utf8=False, close=True) -> list:
    """The lines of one whole log file."""
    columns = RELEASES[release][log]
    lines = ascii_log.header(log, columns, begin)
    lines += [ascii_log.row(record, columns, utf8) for record in records]
    return [*lines, f"#close\t{ascii_log.stamp(begin + 3600)}"] if close else lines


def save(day: int, log: str, hour: int, lines: list, cut: int = 0):
    """One hour's .log.gz; `cut` takes that many bytes off the end of the text."""
    folder = OUT / f"2017-03-{day:02d}"
    folder.mkdir(parents=True, exist_ok=True)
    text = ("\n".join(lines) + "\n").encode()
    name = f"{log}.{hour:02d}:00:00-{hour + 1:02d}:00:00.log.gz"
    (folder / name).write_bytes(gzip.compress(text[: len(text) - cut], mtime=0))


def make_day_1():
    """Zeek 2.4's columns (it was called Bro): dns without rtt."""
    midnight, traffic = day_of_traffic(1)
    for log, hour, records in hourly(traffic, midnight):
        save(1, log, hour, text_log(log, "2.4", midnight + hour * 3600, records))


def make_day_2():
    """2.5's columns; and what goes wrong: two logs in one file, a crash, a bad port, a cut."""
    midnight, traffic = day_of_traffic(2)
    for log, hour, records in hourly(traffic, midnight):
        begin = midnight + hour * 3600
        lines, cut = text_log(log, "2.5", begin, records), 0
        if (log, hour) == ("dns", 8):
            half = len(records) // 2
            lines = text_log(log, "2.4", begin, records[:half]) + text_log(
                log, "2.5", begin + 1800, records[half:]
            )
        elif (log, hour) == ("dns", 9):
            lines[10] = with_column(lines[10], 3, "dns")
            lines[12] = lines[12].rpartition("\t")[0]
            lines[14] = with_column(lines[14], 0, "yesterday")
        elif (log, hour) == ("dns", 17):
            lines, cut = lines[:-1], 40
        elif hour == 17:
            lines = lines[:-1]
        save(2, log, hour, lines, cut)


def with_column(line: str, number: int, text: str) -> str:
    """The line with one column (from 0) replaced."""
    fields = line.split("\t")
    return "\t".join([*fields[:number], text, *fields[number + 1 :]])


def make_day_3():
    """8.1's columns, UTF-8 written as it is; an hour with a header and nothing else."""
    midnight, traffic = day_of_traffic(3)
    for log, hour, records in hourly(traffic, midnight):
        save(3, log, hour, text_log(log, "8.1", midnight + hour * 3600, records, utf8=True))
        save(3, log, 3, text_log(log, "8.1", midnight + 3 * 3600, [], utf8=True))


def make_day_4():
    """8.1's columns as JSON, under the same file names, as Zeek does; two lines are no records."""
    midnight, traffic = day_of_traffic(4)
    for log, hour, records in hourly(traffic, midnight):
        lines = [ascii_log.json_row(record, RELEASES["8.1"][log]) for record in records]
        if (log, hour) == ("dns", 9):
            lines[4:4] = ['{"ts":1488618000.5,"uid":"C', '["not","an","object"]']
        save(4, log, hour, lines)


def make_current():
    """The log of the hour that is not over: plain text, no #close."""
    begin = calendar.timegm((2017, 3, 5, 10, 0, 0))
    traffic = Traffic(seed=5)
    ordinary(traffic, begin)
    records = sorted(traffic.logs["dns"], key=lambda r: r["ts"])
    (OUT / "current").mkdir(parents=True)
    lines = text_log("dns", "8.1", begin, records, utf8=True, close=False)
    (OUT / "current" / "dns.log").write_text("\n".join(lines) + "\n", "utf-8")


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    for make in (make_day_1, make_day_2, make_day_3, make_day_4, make_current):
        make()


if __name__ == "__main__":
    main()
