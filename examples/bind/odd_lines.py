"""Lines no BIND 9.18 in this set-up writes, added to a day's log; logs/README.md says why."""

LINES = b"".join(
    line + b"\n"
    for line in [
        # Before 9.3, and before 9.1: a time without a year, no flags, the name only.
        b"Mar 02 19:00:00.001 client 192.0.2.11#1025: query: www.example.com IN A",
        b"Mar 02 19:00:00.002 queries: client 192.0.2.11#1025: query: www.example.com",
        # 9.5 to 9.8, and a view that is called query.
        b"02-Mar-2017 19:00:01.000 queries: info: client 192.0.2.12#1026: view query: "
        b"query: www.example.com IN A +EDC (192.0.2.53)",
        # The clock could not be read, and the client had gone.
        b"99-Bad-9999 99:99:99.999 queries: info: client @0x7f3c5c0a1098 (no-peer) "
        b"(www.example.com): query: www.example.com IN A + (192.0.2.53)",
        # Came by syslog, with and without BIND's own time.
        b"Mar  2 19:00:02 ns named[812]: client @0x7f3c5c0a1098 192.0.2.13#1027 "
        b"(www.example.com): query: www.example.com IN A +E(0)K (192.0.2.53)",
        b"Mar  2 19:00:03 ns named[812]: 02-Mar-2017 19:00:02.998 queries: info: client "
        b"@0x7f3c5c0a1098 192.0.2.13#1028 (www.example.com): query: www.example.com IN AAAA "
        b"+E(0)K (192.0.2.53)",
        # A time with its zone, and the answer: 9.21.
        b"2017-03-02T20:00:04.000+01:00 queries: info: client @0x7f3c5c0a1098 192.0.2.14#1029 "
        b"(nowhere.example.com): query: nowhere.example.com IN A +E(0)K (192.0.2.53)",
        b"2017-03-02T20:00:04.001+01:00 responses: info: client @0x7f3c5c0a1098 192.0.2.14#1029 "
        b"(nowhere.example.com): response: nowhere.example.com IN A NXDOMAIN 0 1 1 +E(0)K "
        b"(192.0.2.53)",
        # Infoblox NIOS writes query and response on one line.
        b"02-Mar-2017 19:00:05.000 client 192.0.2.15#1030 UDP: query: alias.example.com IN A "
        b"response: NOERROR +AED alias.example.com. 300 IN CNAME www.example.com.; "
        b"www.example.com. 300 IN A 198.51.100.10;",
        # Other messages without their category.
        b"02-Mar-2017 19:00:06.000 client 192.0.2.16#1031: query (cache) "
        b"'www.example.net/A/IN' denied",
        b"",
        # No port, no flags, no BIND: three bad records.
        b"02-Mar-2017 19:00:07.000 queries: info: client @0x7f3c5c0a1098 192.0.2.16#http "
        b"(www.example.com): query: www.example.com IN A + (192.0.2.53)",
        b"02-Mar-2017 19:00:08.000 queries: info: client @0x7f3c5c0a1098 192.0.2.16#1032 "
        b"(www.example.com): query: www.example.com IN A",
        b"logrotate: nothing to do",
    ]
)
# A disk that filled up: the last line is cut.
LINES += b"02-Mar-2017 19:00:09.000 queries: info: client @0x7f3c5c0a1098 192.0.2.17#10"
