"""Small logs of the connectors whose tables are put together from parts, with known answers.

Each has one bad line a file, ``BAD``, unless asked for without.
"""

from logs import FIRST_MARCH, write, zeek_lines

BAD = "not a row"

CONN = (
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes "
    "conn_state orig_pkts resp_pkts"
)
CONN_LINES = [
    f"{FIRST_MARCH}.500000 C1 10.0.0.1 40000 192.0.2.1 80 tcp http 1.5 100 1000 SF 3 4",
    f"{FIRST_MARCH + 1}.500000 C2 10.0.0.1 40001 192.0.2.2 443 tcp ssl 1.5 200 2000 SF 5 6",
    f"{FIRST_MARCH + 2}.500000 C3 10.0.0.1 40002 192.0.2.3 443 tcp - 1.5 300 3000 SF 7 8",
    f"{FIRST_MARCH + 3}.500000 C4 10.0.0.2 40003 192.0.2.3 443 tcp - - - - S0 1 0",
]
HTTP = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p trans_depth method host uri"
# The later request comes first in the file; the name is that of the earlier.
HTTP_LINES = [
    f"{FIRST_MARCH}.700000 C1 10.0.0.1 40000 192.0.2.1 80 2 GET later.org /",
    f"{FIRST_MARCH}.600000 C1 10.0.0.1 40000 192.0.2.1 80 1 GET a.org /",
]
SSL = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p version server_name"
SSL_LINES = [f"{FIRST_MARCH + 1}.600000 C2 10.0.0.1 40001 192.0.2.2 443 TLSv12 s.org"]
DNS = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query answers TTLs"
DNS_LINES = [
    f"{FIRST_MARCH + 2}.000000 D1 10.0.0.1 50000 8.8.8.8 53 udp 1 0.1 d.org 192.0.2.3 60.0"
]
# (c_ip, c_port, name, s_bytes): the answer of D1 was not given to 10.0.0.2.
FLOWS = [
    ("10.0.0.1", 40000, "a.org", 1000),
    ("10.0.0.1", 40001, "s.org", 2000),
    ("10.0.0.1", 40002, "d.org", 3000),
    ("10.0.0.2", 40003, None, 0),
]

TSTAT_DNS = (
    "#c_ip:1 c_port:2 s_ip:3 s_port:4 time:5 entry:6 trans_id:7 query:8 ttl:9 class:10 type:11 "
    "answer:12 flags:13"
)
TSTAT_DNS_LINES = [
    f"10.0.0.1 40000 8.8.8.8 53 {FIRST_MARCH}250.000000 REQ 0x0001 a.org. - IN A - 0x08",
    f"10.0.0.1 40000 8.8.8.8 53 {FIRST_MARCH}375.000000 RESP 0x0001 a.org. 60 IN A 192.0.2.1 0x0c",
    f"10.0.0.1 40000 8.8.8.8 53 {FIRST_MARCH}375.000000 RESP 0x0001 a.org. 30 IN A 192.0.2.2 0x0c",
    f"10.0.0.2 40000 8.8.8.8 53 {FIRST_MARCH + 1}000.000000 REQ 0x0002 b.org. - IN A - 0x08",
    f"10.0.0.3 40000 8.8.8.8 53 {FIRST_MARCH + 2}000.000000 RESP_ERR 0x0003 c.org. - IN A NXDOMAIN "
    "0x28",
]
# (c_ip, query, req_time, resp_time, resp_code, answers).
EXCHANGES = [
    (
        "10.0.0.1",
        "a.org",
        FIRST_MARCH + 0.25,
        FIRST_MARCH + 0.375,
        "NOERROR",
        ["192.0.2.1", "192.0.2.2"],
    ),
    ("10.0.0.2", "b.org", FIRST_MARCH + 1.0, None, None, None),
    ("10.0.0.3", "c.org", None, FIRST_MARCH + 2.0, "NXDOMAIN", None),
]

TSTAT_HTTP = [
    "#C#c_ip:1 c_port:2 s_ip:3 s_port:4 time_abs:5 method:6 hostname:7 fqdn:8 path:9 referer:10 "
    "user_agent:11 cookie:12 dnt:13",
    "#S#c_ip:1 c_port:2 s_ip:3 s_port:4 time_abs:5 HTTP:6 response:7 content_len:8 content_type:9 "
    "server:10 range:11 location:12 set_cookie:13",
]
TSTAT_HTTP_LINES = [
    f"10.0.0.1 40000 192.0.2.1 80 {FIRST_MARCH}.25 GET a.org a.org /1 - agent - -",
    f"10.0.0.1 40000 192.0.2.1 80 {FIRST_MARCH}.50 GET a.org a.org /2 - agent - -",
    f"10.0.0.1 40000 192.0.2.1 80 {FIRST_MARCH}.75 HTTP 200 10 text/html nginx - - -",
    f"10.0.0.1 40000 192.0.2.1 80 {FIRST_MARCH + 1}.00 HTTP 404 20 text/html nginx - - -",
    f"10.0.0.2 40000 192.0.2.1 80 {FIRST_MARCH + 2}.00 GET b.org b.org /3 - agent - -",
]
# (c_ip, path, req_time, resp_time, status_code).
TRANSACTIONS = [
    ("10.0.0.1", "/1", FIRST_MARCH + 0.25, FIRST_MARCH + 0.75, 200),
    ("10.0.0.1", "/2", FIRST_MARCH + 0.5, FIRST_MARCH + 1.0, 404),
    ("10.0.0.2", "/3", FIRST_MARCH + 2.0, None, None),
]

BIND_LINES = [
    "01-Mar-2017 00:00:00.250 queries: info: client 10.0.0.1#40000 (a.org): query: a.org IN A + "
    "(10.9.9.9)",
    "01-Mar-2017 00:00:00.375 responses: info: client 10.0.0.1#40000 (a.org): response: a.org IN A "
    "NOERROR 1 0 0 + (10.9.9.9)",
    "01-Mar-2017 00:00:01.000 query-errors: info: client 10.0.0.1#40000 (x.org): query failed "
    "(SERVFAIL) for x.org/IN/A at query.c:1",
    "01-Mar-2017 00:00:02.000 queries: info: client 10.0.0.2#40000 (b.org): query: b.org IN AAAA - "
    "(10.9.9.9)",
]


def tabs(fields, lines):
    """A Zeek log of lines written with blanks for tabs."""
    return [
        *zeek_lines("x", fields, []).splitlines()[:-1],
        *(line.replace(" ", "\t") for line in lines),
    ]


def zeek_day(folder, bad=False):
    """conn.log, http.log, ssl.log and dns.log of 2017-03-01."""
    logs = {
        "conn": (CONN, CONN_LINES),
        "http": (HTTP, HTTP_LINES),
        "ssl": (SSL, SSL_LINES),
        "dns": (DNS, DNS_LINES),
    }
    for name, (fields, lines) in logs.items():
        text = [*tabs(fields, lines), *([BAD] if bad else [])]
        write(folder / "2017-03-01" / f"{name}.log", "\n".join([*text, ""]))
    return folder


def tstat_day(folder, bad=False):
    """log_dns_complete and log_http_complete of 2017-03-01."""
    http = [line.replace(" ", "\t") for line in [*TSTAT_HTTP, *TSTAT_HTTP_LINES]]
    for name, lines in {"dns": [TSTAT_DNS, *TSTAT_DNS_LINES], "http": http}.items():
        text = "\n".join([*lines, *([BAD] if bad else []), ""])
        write(folder / "2017_03_01_00_00.out" / f"log_{name}_complete", text)
    return folder


def tstat_flows(folder, bad=False):
    """log_tcp_complete of 2017-03-01 with one flow; returns the file."""
    columns = [
        "c_ip",
        "c_port",
        "c_pkts_all",
        "c_bytes_all",
        "s_ip",
        "s_port",
        "s_pkts_all",
        "s_bytes_all",
        "first",
        "last",
        "http_hostname",
    ]
    head = "#15#" + " ".join(f"{name}:{place}" for place, name in enumerate(columns, 1))
    flow = f"10.0.0.1 40000 3 100 192.0.2.1 80 4 1000 {FIRST_MARCH}000.0 {FIRST_MARCH}500.0 a.org"
    text = "\n".join([head, flow, *([BAD] if bad else []), ""])
    return write(folder / "2017_03_01_00_00.out" / "log_tcp_complete", text)


def bind_day(folder):
    """query.log of 2017-03-01: two queries, a response, and a line of another category."""
    write(folder / "2017-03-01" / "query.log", "\n".join([*BIND_LINES, ""]))
    return folder


def flows(table):
    """(c_ip, c_port, name, s_bytes) of flows, in order."""
    return sorted(map(tuple, table.select("c_ip", "c_port", "name", "s_bytes").collect()))


def exchanges(table):
    """What ``EXCHANGES`` has, of a DNS table."""
    columns = ("c_ip", "query", "req_time", "resp_time", "resp_code", "answers")
    return sorted(map(tuple, table.select(*columns).collect()))


def transactions(table):
    """What ``TRANSACTIONS`` has, of an HTTP table."""
    rows = table.select("c_ip", "path", "req_time", "resp_time", "status_code").collect()
    return sorted(map(tuple, rows))
