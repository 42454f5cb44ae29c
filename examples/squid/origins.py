"""The web, tunnel, FTP and DNS servers the sample office visits, all in one process.

They answer on every address of the maker's private network. What a page is (its size, its type,
whether it exists) follows from its path alone, so two runs serve the same bytes.
"""

import http.server
import socket
import socketserver
import threading
import time
import zlib

# Seconds by which Squid's clock is ahead of this machine's; the Date header follows it.
clock_ahead = 0.0
LAST_MODIFIED = "Wed, 01 Feb 2017 08:00:00 GMT"
TYPES = {
    "png": "image/png",
    "css": "text/css",
    "js": "application/javascript",
    "json": "application/json",
    "zip": "application/zip",
    "mp4": "video/mp4",
}

FTP_ANSWERS = {
    "USER": "331 any password",
    "PASS": "230 welcome",
    "TYPE": "200 ok",
    "CWD": "250 ok",
    "QUIT": "221 bye",
    "SIZE": "213 2048",
    "MDTM": "213 20170201080000",
}


class Web(http.server.BaseHTTPRequestHandler):
    """`/missing…` is 404, `/moved…` is 302, `/endless` never ends, all else is a page."""

    server_version = "office/1.0"
    sys_version = ""

    def do_GET(self):
        path = self.path.split("?")[0]
        digest = zlib.crc32(path.encode("latin-1"))
        time.sleep(digest % 50 / 1000)
        if path.startswith("/missing"):
            return self._reply(404, b"no such page\n", "text/plain")
        if path.startswith("/moved"):
            return self._reply(302, b"", "text/html", {"Location": "/index.html"})
        if path == "/endless":
            return self._endless()
        extension = path.rpartition(".")[2]
        kind = TYPES.get(extension, "text/html; charset=utf-8")
        if self.headers.get("If-Modified-Since") == LAST_MODIFIED:
            return self._reply(304, b"", kind)
        scale = {"mp4": 40, "zip": 20, "png": 4}.get(extension, 1)
        body = b"x" * (200 + digest % 9000 * scale)
        keep = {
            "Last-Modified": LAST_MODIFIED,
            "Cache-Control": "max-age=7200" if extension in TYPES else "no-store",
            "Set-Cookie": "visit=1; Path=/",
        }
        if "Range" in self.headers:
            first, last = self.headers["Range"].partition("=")[2].split("-")
            span = body[int(first) : int(last) + 1]
            keep["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
            return self._reply(206, span, kind, keep)
        return self._reply(200, body, kind, keep)

    do_HEAD = do_GET

    def do_POST(self):
        size = len(self.rfile.read(int(self.headers["Content-Length"])))
        self._reply(200, f"{size} bytes received\n".encode(), "text/plain")

    def _reply(self, status, body, kind, headers=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def date_time_string(self, timestamp=None):
        return super().date_time_string(timestamp or time.time() + clock_ahead)

    def _endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "video/mp4")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 1000)
                time.sleep(0.02)
        except OSError:
            pass  # the client went away, as the sample wants

    def log_message(self, *_):
        """The proxy's log is the one we are after."""


class Tunnel(socketserver.StreamRequestHandler):
    """The far end of CONNECT: the client writes a number, gets that many bytes."""

    def handle(self):
        while (line := self.rfile.readline()).strip().isdigit():
            self.wfile.write(b"x" * int(line))


class Ftp(socketserver.StreamRequestHandler):
    """Just enough of RFC 959 and 2428 for a proxy to fetch one file."""

    def handle(self):
        self._say("220 files.example.net")
        listener = None
        while line := self.rfile.readline().decode("ascii").strip():
            verb = line.split()[0].upper()
            if verb == "EPSV":
                listener = socket.create_server(
                    ("::", 0), family=socket.AF_INET6, dualstack_ipv6=True
                )
                self._say(f"229 Extended passive (|||{listener.getsockname()[1]}|)")
            elif verb == "RETR" and listener:
                self._say("150 here it comes")
                data, _ = listener.accept()
                data.sendall(b"x" * 2048)
                data.close()
                listener.close()
                self._say("226 done")
            else:
                self._say(FTP_ANSWERS.get(verb, "502 not here"))

    def _say(self, text):
        self.wfile.write(text.encode("ascii") + b"\r\n")


class Names(socketserver.DatagramRequestHandler):
    """A name server that knows no name (NXDOMAIN): the known ones stand in Squid's hosts file."""

    def handle(self):
        query = self.rfile.read()
        self.wfile.write(query[:2] + b"\x81\x83" + query[4:])


class _Server(socketserver.ThreadingTCPServer):
    address_family = socket.AF_INET6
    allow_reuse_address = True
    daemon_threads = True

    def server_bind(self):
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()

    def handle_error(self, request, client_address):
        """A client that leaves early is part of the sample."""


def start():
    """Starts the servers on their well-known ports; they end with the process."""
    names = socketserver.UDPServer(("127.0.0.1", 53), Names)
    threading.Thread(target=names.serve_forever, daemon=True).start()
    for port, handler in ((80, Web), (443, Tunnel), (8443, Tunnel), (21, Ftp)):
        server = _Server(("::", port), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
