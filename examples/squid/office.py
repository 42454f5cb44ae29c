"""Who works in the sample office, and what they visit: the plan of the month, without any log.

All names are reserved ones (RFC 2606, RFC 6761), all addresses documentation ones (RFC 5737,
RFC 3849).
"""

import base64
import calendar
import random
from dataclasses import dataclass, field

BROWSERS = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:51.0) Gecko/20100101 Firefox/51.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/56.0.2924.87 Safari/537.36",
    'Mozilla/5.0 (Kiosk; "front desk") Office/1.0',
    "curl/7.52.1",
]
CLIENTS = [*(f"192.0.2.{host}" for host in range(11, 18)), "2001:db8:0:2::21", "2001:db8:0:2::22"]

HOSTS = {
    "www.example.com": "198.51.100.10",
    "cdn.example.net": "198.51.100.20",
    "news.example.org": "198.51.100.30",
    "members.example.org": "198.51.100.31",
    "files.example.net": "198.51.100.40",
    "updates.vendor.example": "203.0.113.5",
    "video.example": "203.0.113.50",
    "mail.example.com": "203.0.113.60",
    "bank.example": "203.0.113.70",
    "xn--bcher-kva.example": "203.0.113.80",
    "six.example": "2001:db8:6::80",
    "wiki.office.test": "192.0.2.80",
    "printer.office.test": "192.0.2.90",
    "pixel.tracker.test": "203.0.113.99",
}
PAGES = {  # site: its pages and how often it is chosen
    "www.example.com": (["/", "/index.html", "/style.css", "/logo.png", "/search?q=open+hours"], 6),
    "cdn.example.net": (["/lib.js", "/hero.png", "/font.css"], 5),
    "news.example.org": (["/", "/2017/03/front.html", "/feed.json", "/photo.png"], 5),
    "wiki.office.test": (["/Main_Page", "/Rota?action=edit", "/common.css"], 3),
    "updates.vendor.example": (["/patch-7.zip", "/list.json"], 2),
    "video.example": (["/clip.mp4"], 1),
    "xn--bcher-kva.example": (["/regal.html"], 1),
    "six.example": (["/", "/six.png"], 2),
}
TUNNELS = {
    "mail.example.com:443": 6000,
    "bank.example:443": 18000,
    "www.example.com:443": 9000,
    "[2001:db8:6::80]:443": 3000,
    "six.example:8443": 700,
}


@dataclass
class Visit:
    """One transaction. `client` is an address; the rest is what the client asks for.

    `raw` replaces the whole request. `wanted` bytes are drawn through a CONNECT tunnel, which
    stays open for `hold` seconds. With `abandon` the client leaves in the middle of the reply.
    """

    client: str
    method: str = "GET"
    url: str = ""
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    raw: "bytes | None" = None
    wanted: int = 0
    hold: int = 0
    abandon: bool = False

    def message(self) -> bytes:
        """The bytes the client sends to the proxy."""
        if self.raw is not None:
            return self.raw
        place = self.url.split("://")[-1].split("/")[0]
        head = {
            "Host": place,
            "User-Agent": BROWSERS[CLIENTS.index(self.client) % len(BROWSERS)],
            **self.headers,
            "Connection": "close",
        }
        if self.body:
            head["Content-Length"] = str(len(self.body))
        lines = [f"{self.method} {self.url} HTTP/1.1", *(f"{k}: {v}" for k, v in head.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def specials() -> list:
    """One visit of each kind a parser should have seen."""
    a, b, c, six = CLIENTS[0], CLIENTS[1], CLIENTS[2], CLIENTS[7]
    login = base64.b64encode(b"Jo Doe:secret").decode()
    return [
        Visit(a, url="http://www.example.com/index.html"),
        Visit(
            a,
            url="http://www.example.com/logo.png",
            headers={"Referer": "http://www.example.com/index.html"},
        ),
        Visit(b, url="http://www.example.com/logo.png"),
        Visit(c, "HEAD", "http://www.example.com/logo.png"),
        Visit(b, "POST", "http://www.example.com/contact", body=b"name=Jo&text=hello"),
        Visit(
            c,
            url="http://www.example.com/logo.png",
            headers={"If-Modified-Since": "Wed, 01 Feb 2017 08:00:00 GMT"},
        ),
        Visit(a, url="http://news.example.org/missing/page.html"),
        Visit(a, url="http://news.example.org/moved"),
        Visit(b, url="http://video.example/clip.mp4", headers={"Range": "bytes=0-1023"}),
        Visit(six, url="http://six.example/"),
        Visit(six, "CONNECT", "[2001:db8:6::80]:443", wanted=3000),
        Visit(b, "CONNECT", "bank.example:443", wanted=18000),
        Visit(c, "CONNECT", "bank.example:25"),
        Visit(c, url="http://pixel.tracker.test/p.gif?u=1&v=%22x%22"),
        Visit(a, url="http://members.example.org/"),
        Visit(
            a,
            url="http://members.example.org/list.html",
            headers={"Proxy-Authorization": f"Basic {login}"},
        ),
        Visit(b, url="http://wiki.office.test/Main_Page"),
        Visit(b, url="http://printer.office.test:9100/"),
        Visit(c, url="http://xn--bcher-kva.example/b\u00fccher/l\u00e4den.html"),
        Visit(c, url="http://xn--bcher-kva.example/stra\u00dfe.html"),
        Visit(
            c,
            raw=b"GET http://www.example.com/caf\xe9 HTTP/1.1\r\nHost: www.example.com\r\n"
            b"Connection: close\r\n\r\n",
        ),
        Visit(a, url="ftp://files.example.net/pub/readme.txt"),
        Visit(a, "PROPFIND", "http://wiki.office.test/dav/"),
        Visit(b, url="http://video.example/endless", abandon=True),
        Visit(b, raw=b"this is no request\r\n\r\n"),
        Visit(c, raw=b"", abandon=True),
        Visit(a, url="http://no-such-name.example/"),
    ]


def day_of_work(day: int) -> list:
    """The visits of that day of March 2017, as (second of the day, Visit), in order of time."""
    chance = random.Random(20170300 + day)
    weekend = calendar.weekday(2017, 3, day) >= 5
    visits = [ordinary(chance) for _ in range(3 if weekend else chance.randint(8, 12))]
    if not weekend:
        kinds = specials()
        visits += [kinds[(day * 3 + i) % len(kinds)] for i in range(3)]
    moments = sorted(chance.sample(range(8 * 3600, 18 * 3600), len(visits)))
    if day == 16:  # left open over night: it ends, and is logged, on the 17th
        visits.append(
            Visit(CLIENTS[3], "CONNECT", "mail.example.com:443", wanted=250_000, hold=14 * 3600)
        )
        moments.append(64_000)
    return list(zip(moments, visits))


def ordinary(chance: random.Random) -> Visit:
    """A page or a tunnel, some sites more often than others."""
    client = chance.choice(CLIENTS)
    if chance.random() < 0.3:
        target, size = chance.choice(list(TUNNELS.items()))
        return Visit(client, "CONNECT", target, wanted=size + chance.randint(0, size))
    sites = list(PAGES)
    (site,) = chance.choices(sites, [PAGES[name][1] for name in sites])
    path = chance.choice(PAGES[site][0])
    headers = {"Referer": f"http://{site}/"} if chance.random() < 0.4 else {}
    return Visit(client, url=f"http://{site}{path}", headers=headers)
