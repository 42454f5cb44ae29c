"""Who asks what in the sample office, without any log.

Names and addresses are reserved ones, as in squid/office.py.
"""

import random

from squid.office import CLIENTS, HOSTS

from .server import KEY

NAMES = [*(name for name in HOSTS if name.endswith(("example.com", "office.test"))), "example.com"]


def specials() -> list:
    """One question of each kind a parser should have seen, as (client, arguments of dig)."""
    a, b, c, six = CLIENTS[0], CLIENTS[1], CLIENTS[2], CLIENTS[7]
    long = ".".join(["x" * 63] * 3 + ["y" * 40, "example.com"])
    return [
        (a, ["www.example.com"]),
        (a, ["+noedns", "www.example.com", "AAAA"]),
        (b, ["+norecurse", "+dnssec", "+nocookie", "example.com", "MX"]),
        (b, ["+tcp", "+cd", "example.com", "TXT"]),
        (c, ["-y", KEY, "www.office.test"]),
        (six, ["-y", KEY, "www.office.test"]),
        (six, ["www.example.com", "HTTPS"]),
        (six, ["printer.office.test"]),
        (a, ["version.bind", "CH", "TXT"]),
        (a, [".", "NS"]),
        (c, ["www.example.com", "TYPE65300"]),
        (c, ["+subnet=198.51.100.0/24", "www.example.com"]),
        (six, ["+subnet=2001:db8:6::/56", "www.example.com", "AAAA"]),
        (b, ["-x", "192.0.2.90"]),
        (b, [r"print\032server\.1.office.test"]),
        (b, [r"\000\255\"x\;\195\188.example.com", "TXT"]),
        (c, ["xn--bcher-kva.example.com"]),
        (c, ["WwW.ExAmPlE.CoM"]),
        (a, ["+noidnin", long]),
        (a, ["example.com", "AXFR"]),
        (six, ["example.com", "AXFR"]),
        (a, ["pixel.tracker.test"]),
        (b, ["www.secret.test"]),
        (b, ["www.example.net"]),
    ]


def day_of_work(day: int) -> list:
    """The questions of a day, as (second of the day, client, arguments of dig), by time."""
    chance = random.Random(20170300 + day)
    asked = specials()
    for _ in range(60):
        kind = chance.choice(["A", "A", "A", "AAAA", "HTTPS"])
        asked.append((chance.choice(CLIENTS), [chance.choice(NAMES), kind]))
    chance.shuffle(asked)
    seconds = sorted(chance.sample(range(8 * 3600, 18 * 3600), len(asked)))
    return [(second, *question) for second, question in zip(seconds, asked)]
