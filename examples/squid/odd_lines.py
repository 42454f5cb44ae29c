"""The lines no Squid of today writes, added to some days of the month; logs/README.md says why."""

import pathlib

# Day of March 2017: bytes appended to that day's log.
LINES = {
    # Squid 3.1 and before: bare hierarchy names, and an elapsed time below zero.
    5: b"1488740000.125    -12 192.0.2.11 TCP_REFRESH_HIT/200 5120 GET "
    b"http://www.example.com/index.html - DIRECT/198.51.100.10 text/html\n",
    # A disk that filled up: no end of line, no end of record.
    7: b"1488912000.500     41 192.0.2.12 TCP_MISS/200 48",
    # Too few columns, text in the bytes column, and a line of something else.
    9: b"1489082400.001     17 192.0.2.13 TCP_MISS/200 812 GET\n"
    b"1489082401.002     17 192.0.2.13 TCP_MISS/200 many GET http://news.example.org/ - "
    b"HIER_DIRECT/198.51.100.30 text/html\n"
    b"logfile turned over\n",
    # Came by syslog: the line is good, the prefix is syslog's.
    14: b"Mar 14 16:20:00 proxy squid[812]: 1489508400.300     23 192.0.2.14 TCP_MISS/200 2310 GET "
    b"http://news.example.org/ - HIER_DIRECT/198.51.100.30 text/html\n"
    b"Mar 14 16:20:01 proxy (squid-1): 1489508401.300     25 192.0.2.14 TCP_HIT/200 2310 GET "
    b"http://news.example.org/ - HIER_NONE/- text/html\n",
    # Before Squid 2: nine columns, no content type.
    20: b"1490025600.000     80 192.0.2.15 TCP_MISS/200 1900 GET http://www.example.com/ - "
    b"DIRECT/198.51.100.10\n",
    # A content type with a blank in it, as some servers send.
    21: b"1490112000.000     80 192.0.2.15 TCP_MISS/200 1900 GET http://www.example.com/a.bin - "
    b"HIER_DIRECT/198.51.100.10 application/x unknown\n",
    # An empty line and a NUL byte.
    22: b"\n1490198400.000     80 192.0.2.15 TCP_MISS/200 1900 GET http://www.example.com/\x00 - "
    b"HIER_DIRECT/198.51.100.10 text/html\n",
}


def add(log: pathlib.Path, day: int):
    """Appends that day's odd lines, if it has any."""
    with log.open("ab") as out:
        out.write(LINES.get(day, b""))
