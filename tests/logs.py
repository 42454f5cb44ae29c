"""Small logs in the tools' real layouts, with known answers."""

import gzip
import os

# Names as in the header, with blanks for tabs.
ZEEK_DNS_FIELDS = (
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qclass qclass_name "
    "qtype qtype_name rcode rcode_name AA TC RD RA Z answers TTLs rejected"
)
ZEEK_HTTP_FIELDS = (
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p trans_depth method host uri referrer version "
    "user_agent origin request_body_len response_body_len status_code status_msg info_code "
    "info_msg tags username password proxied orig_fuids orig_filenames orig_mime_types "
    "resp_fuids resp_filenames resp_mime_types"
)

# 2017-03-01 00:00:00 UTC.
FIRST_MARCH = 1488326400

DNS_ROW = {
    "ts": f"{FIRST_MARCH}.250000",
    "uid": "C1",
    "id.orig_h": "10.0.0.1",
    "id.orig_p": "40000",
    "id.resp_h": "8.8.8.8",
    "id.resp_p": "53",
    "proto": "udp",
    "trans_id": "4660",
    "rtt": "0.125000",
    "query": "example.org",
    "qclass": "1",
    "qclass_name": "C_INTERNET",
    "qtype": "1",
    "qtype_name": "A",
    "rcode": "0",
    "rcode_name": "NOERROR",
    "AA": "F",
    "TC": "F",
    "RD": "T",
    "RA": "T",
    "Z": "0",
    "answers": "192.0.2.1,192.0.2.2",
    "TTLs": "60.000000,30.000000",
    "rejected": "F",
}
HTTP_ROW = {
    "ts": f"{FIRST_MARCH}.500000",
    "uid": "C2",
    "id.orig_h": "10.0.0.1",
    "id.orig_p": "40001",
    "id.resp_h": "192.0.2.1",
    "id.resp_p": "80",
    "method": "GET",
    "host": "example.org",
    "uri": "/a,b",
    "user_agent": 'say "hi"',
    "request_body_len": "0",
    "response_body_len": "1000",
    "status_code": "200",
    "resp_mime_types": "text/html",
}


def zeek(path, fields, rows):
    """A Zeek TSV log; fields that a row leaves out are unset."""
    lines = ["\t".join(row.get(field, "-") for field in fields.split()) for row in rows]
    return zeek_lines(path, fields, lines)


def zeek_lines(path, fields, lines):
    """A Zeek TSV log with these lines below its header."""
    head = [
        "#separator \\x09",
        "#set_separator\t,",
        "#empty_field\t(empty)",
        "#unset_field\t-",
        f"#path\t{path}",
        "#open\t2017-03-01-00-00-00",
        "#fields\t" + "\t".join(fields.split()),
        "#types\t" + "\t".join("string" for _ in fields.split()),
    ]
    return "\n".join([*head, *lines, "#close\t2017-03-01-01-00-00", ""])


def dns_rows(names):
    """One DNS row a name; the resolver is 8.8.8.8 for all but names that begin with "b"."""
    return [
        {
            **DNS_ROW,
            "query": name,
            "id.resp_h": "9.9.9.9" if name.startswith("b") else "8.8.8.8",
        }
        for name in names
    ]


def write(path, text):
    """Writes a log, gzipped if its name ends in .gz; makes its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def zeek_tree(folder):
    """Three days of Zeek logs: 2, 3 and 1 DNS rows and one HTTP row on the first."""
    days = {"2017-03-01": ["a.org", "b.org"], "2017-03-02": ["a.org", "b.org", "b.org"]}
    days["2017-03-03"] = ["c.org"]
    for day, names in days.items():
        log = zeek("dns", ZEEK_DNS_FIELDS, dns_rows(names))
        write(folder / day / "dns.00.log.gz", log)
    write(folder / "2017-03-01" / "http.log", zeek("http", ZEEK_HTTP_FIELDS, [HTTP_ROW]))
    return folder


def zeek_files(folder, *names):
    """A Zeek log of two rows under each name, which may be bytes."""
    log = zeek("dns", ZEEK_DNS_FIELDS, dns_rows(["a.org", "b.org"]))
    for name in names:
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(log.encode())


SQUID_DAYS = {
    "20170301": [
        "1488326400.100    100 10.0.0.1 TCP_MISS/200 1000 GET http://a.org/x - DIRECT/192.0.2.1 -",
        "1488326401.100    100 10.0.0.2 TCP_MISS/200 5000 CONNECT b.org:443 - DIRECT/192.0.2.2 -",
        "1488326402.100      0 10.0.0.1 TCP_HIT/200 500 GET http://a.org/y - HIER_NONE/- text/html",
    ],
    "20170331": [
        "1490918400.000    100 10.0.0.3 TCP_MISS/404 700 GET http://c.org:8080/ - HIER_NONE/- -",
    ],
    # Outside of March.
    "20170401": [
        "1491004800.000    100 10.0.0.3 TCP_MISS/200 90000 GET http://late.org/ - HIER_NONE/- -",
    ],
}
# Bytes per name in March, largest first.
SQUID_MARCH = [["b.org", "5000"], ["a.org", "1500"], ["c.org", "700"]]


def squid_tree(folder):
    """Squid's rotated logs: three rows on 1 March, one on 31 March, one on 1 April."""
    for day, lines in SQUID_DAYS.items():
        write(folder / f"access.log-{day}", "\n".join([*lines, ""]))
    return folder
