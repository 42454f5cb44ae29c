"""A sample network's connections: who looked a name up, whom it then spoke to.

One call makes the records of one exchange in all the logs it leaves a trace in, so that a uid, an
address or an answer of one log is found again in the others. Addresses are documentation ones.
"""

import random

CLIENTS = ["192.0.2.21", "192.0.2.22", "192.0.2.23", "2001:db8:0:2::31"]
RESOLVERS = {4: ["192.0.2.53", "203.0.113.53"], 6: ["2001:db8:0:2::53"]}
SITES = {  # name: alias or "", IPv4 address, IPv6 address or ""
    "www.example.com": ("edge.cdn.example.net", "198.51.100.10", "2001:db8:6::10"),
    "mail.example.com": ("", "203.0.113.60", ""),
    "news.example.org": ("", "198.51.100.30", "2001:db8:6::30"),
    "updates.vendor.example": ("dl.vendor.example", "203.0.113.5", ""),
    "xn--bcher-kva.example": ("", "203.0.113.80", ""),
}
AGENTS = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:51.0) Gecko/20100101 Firefox/51.0",
    "curl/7.52.1",
    "Wget/1.18 (linux-gnu)",
]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
QTYPES = {"A": 1, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SVCB": 64, "*": 255}
RCODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"]


class Traffic:
    """Collects records: `logs["dns"]` and so on are lists of dicts, by Zeek's column names."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.logs = {"dns": [], "conn": [], "http": [], "ssl": []}

    def uid(self) -> str:
        return "C" + "".join(self.chance.choices(LETTERS, k=17))

    def _begin(self, ts: float, client: str, server: str, port: int) -> dict:
        return {
            "ts": round(float(ts), 6),
            "uid": self.uid(),
            "id.orig_h": client,
            "id.orig_p": self.chance.randint(32768, 60999),
            "id.resp_h": server,
            "id.resp_p": port,
        }

    def _conn(self, ends: dict, proto: str, service, seconds, sent, received, state="SF", **more):
        """The conn.log record of `ends`. Zeek writes it when the connection is over."""
        packets = (1 + (sent or 0) // 1400, 1 + (received or 0) // 1400)
        overhead = 40 if proto == "tcp" else 28
        self.logs["conn"].append(
            {
                **ends,
                "proto": proto,
                "service": service,
                "duration": seconds,
                "orig_bytes": sent,
                "resp_bytes": received,
                "conn_state": state,
                "missed_bytes": 0,
                "history": "ShADadFf" if proto == "tcp" else "Dd",
                "orig_pkts": packets[0],
                "orig_ip_bytes": (sent or 0) + overhead * packets[0],
                "resp_pkts": packets[1],
                "resp_ip_bytes": (received or 0) + overhead * packets[1],
                "tunnel_parents": [],
                "ip_proto": {"tcp": 6, "udp": 17, "icmp": 1}[proto],
                **more,
            }
        )

    def lookup(self, ts, client, query, qtype="A", answers=None, ttls=None, code=0, **more):
        """A DNS exchange. `code` None: nobody answered. `more` replaces columns of dns.log."""
        version = 6 if ":" in client else 4
        ends = self._begin(ts, client, self.chance.choice(RESOLVERS[version]), 53)
        rtt = round(self.chance.uniform(0.0004, 0.08), 6) if code is not None else None
        self.logs["dns"].append(
            {
                **ends,
                "proto": "udp",
                "trans_id": self.chance.randrange(65536),
                "rtt": rtt,
                "query": query,
                "qclass": 1,
                "qclass_name": "C_INTERNET",
                "qtype": QTYPES.get(qtype),
                "qtype_name": qtype,
                "rcode": code,
                "rcode_name": None if code is None else RCODES[code],
                "AA": False,
                "TC": False,
                "RD": True,
                "RA": code is not None,
                "Z": 0,
                "answers": answers,
                "TTLs": ttls,
                "rejected": code == 5,
                "opcode": 0,
                "opcode_name": "query",
                **more,
            }
        )
        if code is None:
            self._conn(ends, "udp", "dns", None, None, None, "S0")
        else:
            self._conn(ends, "udp", "dns", rtt, 30 + len(query or ""), 90)

    def resolve(self, ts: float, client: str, site: str) -> str:
        """Looks a site's address up; returns it."""
        alias, v4, v6 = SITES[site]
        address = v6 if ":" in client and v6 else v4
        answers = [alias, address] if alias else [address]
        ttls = [300.0, 60.0] if alias else [3600.0]
        self.lookup(ts, client, site, "AAAA" if ":" in address else "A", answers, ttls)
        return address

    def fetch(self, ts: float, client: str, site: str, pages: list, seconds=None, **more):
        """HTTP requests in one connection. `more` replaces columns of their http.log records."""
        ends = self._begin(ts, client, self.resolve(ts - 0.05, client, site), 80)
        agent = self.chance.choice(AGENTS)
        total = 0
        for depth, uri in enumerate(pages, 1):
            size = self.chance.randint(300, 40_000)
            total += size + 350
            self.logs["http"].append(
                {
                    **ends,
                    "ts": round(ts + depth / 10, 6),
                    "trans_depth": depth,
                    "method": "GET",
                    "host": site,
                    "uri": uri,
                    "version": "1.1",
                    "user_agent": agent,
                    "referrer": f"http://{site}/" if depth > 1 else None,
                    "request_body_len": 0,
                    "response_body_len": size,
                    "status_code": 200,
                    "status_msg": "OK",
                    "tags": [],
                    "resp_fuids": ["F" + self.uid()[1:]],
                    "resp_mime_types": ["text/html"],
                    **more,
                }
            )
        seconds = seconds or round(len(pages) / 7, 6)
        self._conn(ends, "tcp", "http", seconds, 400 * len(pages), total)

    def handshake(self, ts: float, client: str, site: str, name=True, **more):
        """A TLS connection, with its server_name unless `name` is false."""
        ends = self._begin(ts, client, self.resolve(ts - 0.03, client, site), 443)
        self.logs["ssl"].append(
            {
                **ends,
                "ts": round(ts + 0.02, 6),
                "version": "TLSv12",
                "cipher": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "curve": "secp256r1",
                "server_name": site if name else None,
                "resumed": False,
                "next_protocol": "h2",
                "established": True,
                "subject": f"CN={site}",
                "issuer": "CN=Sample CA\\, Inc,O=Example",
                "ssl_history": "CsxknGIti",
                "sni_matches_cert": True,
                **more,
            }
        )
        sent, received = self.chance.randint(500, 9000), self.chance.randint(3000, 200_000)
        self._conn(ends, "tcp", "ssl", round(self.chance.uniform(0.2, 90), 6), sent, received)

    def ping(self, ts: float, client: str, server: str):
        """ICMP: Zeek puts type and code where the ports are."""
        ends = {**self._begin(ts, client, server, 0), "id.orig_p": 8}
        self._conn(ends, "icmp", None, 3.004215, 224, 224, "OTH", history=None)
