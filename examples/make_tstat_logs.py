#!/usr/bin/env python3
"""Makes examples/logs/tstat: two days of log_tcp, log_udp, log_http and log_dns_complete.

    examples/make_tstat_logs.py

No Tstat is involved: tstat/probe.py says what one would have logged of the traffic that the Zeek
logs of these days tell of. Every run makes the same bytes. What each folder holds, and which lines
are odd, is told in logs/README.md.
"""

import calendar
import gzip
import pathlib
import shutil

from make_zeek_logs import special
from tstat import columns, probe
from zeek.traffic import CLIENTS, SITES, Traffic

OUT = pathlib.Path(__file__).resolve().parent / "logs" / "tstat"


def ordinary(traffic: Traffic, hour: float):
    """What happens in every hour."""
    for number, minute in enumerate(range(1, 56, 18)):
        client, site = CLIENTS[number], list(SITES)[number]
        traffic.fetch(hour + minute * 60, client, site, ["/", "/style.css"])
        traffic.handshake(hour + minute * 60 + 20, client, site)


def hour_of(day: int, hour: int, *plans) -> tuple:
    """(start, Traffic) of an hour of March 2017 in which these plans happen."""
    start = calendar.timegm((2017, 3, day, hour, 0, 0))
    traffic = Traffic(seed=day * 100 + hour)
    for plan in plans:
        plan(traffic, start)
    return start, traffic


def save(day: int, hour: int, log: str, lines: list, packed=False, end="\n"):
    """One log of the folder that Tstat opens at that time."""
    folder = OUT / f"2017_03_{day:02d}_{hour:02d}_00.out"
    folder.mkdir(parents=True, exist_ok=True)
    text = ("\n".join(lines) + end).encode("utf-8", "surrogateescape")
    if packed:
        (folder / f"{log}.gz").write_bytes(gzip.compress(text, mtime=0))
    else:
        (folder / log).write_bytes(text)


def tcp(traffic: Traffic, version: str) -> list:
    """Header and rows of log_tcp_complete."""
    mark, names = columns.TCP[version]
    rows = [columns.row(flow, names) for flow in probe.tcp_flows(traffic)]
    return [columns.header(mark, names), *rows]


def udp(traffic: Traffic, *more: dict) -> list:
    """Header and rows of log_udp_complete."""
    flows = [*probe.udp_flows(traffic), *more]
    return [columns.header("#", columns.UDP), *(columns.row(flow, columns.UDP) for flow in flows)]


def dns(traffic: Traffic, version: str) -> list:
    """Header and rows of log_dns_complete. A line feed inside a name tears its row."""
    names = columns.DNS[version]
    rows = [columns.row(record, names) for record in probe.dns_rows(traffic)]
    return [columns.header("#", names), *rows]


def http(traffic: Traffic) -> list:
    """Both headers and the rows of log_http_complete."""
    headers = [
        columns.header("#C#", columns.REQUEST, "\t"),
        columns.header("#S#", columns.RESPONSE, "\t"),
    ]
    sides = {False: columns.REQUEST, True: columns.RESPONSE}
    rows = [columns.row(record, sides[side], "\t") for record, side in probe.http_rows(traffic)]
    return headers + rows


def odd_names(traffic: Traffic, hour: float):
    """Names that Tstat writes as they are."""
    at, client = hour + 3000, CLIENTS[1]
    traffic.lookup(at, client, "Printer 2nd floor._ipp._tcp.local", "PTR", code=3)
    traffic.lookup(at + 1, client, "torn\r\nname.example", code=3)
    traffic.lookup(at + 2, client, "caf\udce9.example", code=3)


def make_first_day():
    """3.2's columns: all sets in the first folder, the Core alone in the second, packed."""
    hour, traffic = hour_of(1, 10, ordinary, special, odd_names)
    quic = probe.quic_flow(hour + 900, CLIENTS[0], "198.51.100.10", "www.example.com")
    save(1, 10, "log_tcp_complete", tcp(traffic, "3.2"))
    save(1, 10, "log_udp_complete", udp(traffic, quic))
    save(1, 10, "log_dns_complete", dns(traffic, "3.2"))
    lines = http(traffic)
    # Tstat 3.1.4 and later: what did not fit into the first segment of a header.
    continued = columns.row(
        {**probe.http_rows(traffic)[0][0], "method": "REQ2", "hostname": "-", "path": "-"},
        columns.REQUEST,
        "\t",
    )
    save(1, 10, "log_http_complete", [*lines[:3], continued, *lines[3:]])

    _, traffic = hour_of(1, 11, ordinary)
    save(1, 11, "log_tcp_complete", tcp(traffic, "core"), packed=True)
    save(1, 11, "log_dns_complete", dns(traffic, "3.2"), packed=True)


def make_second_day():
    """Older columns; and what goes wrong: no header, two headers, a bad port, a cut."""
    _, traffic = hour_of(2, 10, ordinary)
    lines = tcp(traffic, "3.0")
    lines[2] = lines[2].replace(" 443 ", " https ", 1).replace(" 80 ", " http ", 1)
    save(2, 10, "log_tcp_complete", lines + tcp(hour_of(2, 10, ordinary)[1], "core"))
    save(2, 10, "log_dns_complete", dns(traffic, "branch"))

    _, traffic = hour_of(2, 11, ordinary)
    lines = tcp(traffic, "core")[1:]
    save(2, 11, "log_tcp_complete", [*lines[:-1], lines[-1][:70]], end="")
    save(2, 11, "log_http_complete", http(traffic)[2:])


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    make_first_day()
    make_second_day()


if __name__ == "__main__":
    main()
