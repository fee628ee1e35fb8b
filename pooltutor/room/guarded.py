"""A server for a room: many clients at once, of which none can take the place or the time of the others."""

import asyncio
import sys
from collections import Counter
from contextlib import suppress

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.web import Application, RequestHandler

from pooltutor.room.protocol import MOST_PHONES

MOST_CONNECTIONS = MOST_PHONES + 200
"""Connections at once: every phone has one, and some are just loading the page."""

MOST_OF_ONE = 250
"""Connections from one address: a whole class may stand behind one."""

PATIENCE = 120.0
"""Seconds after which a connection ends, unless a phone or the teacher has joined through it."""

_WRITTEN = 2**20  # bytes that may wait for one client: the page, which is written at once
_READ = 2**16  # bytes that are read of one client before somebody takes them
_FILES = MOST_CONNECTIONS + 100


class GuardedServer(HTTPServer):
    """Closes what comes beyond its limits, and whatever takes too long."""

    def initialize(self, application: Application) -> None:  # type: ignore[override]
        """Keep the limits of tornado's own server small."""
        super().initialize(
            application, max_header_size=8192, max_body_size=0, max_buffer_size=_READ, idle_connection_timeout=20
        )
        self._open: dict[IOStream, tuple[str, asyncio.TimerHandle]] = {}
        raise_file_limit()

    def handle_stream(self, stream: IOStream, address: tuple) -> None:
        """Serve a connection that has just been made, if there is room for it."""
        self._forget_closed()
        from_one = Counter(each for each, _ in self._open.values())
        if len(self._open) >= MOST_CONNECTIONS or from_one[address[0]] >= MOST_OF_ONE:
            stream.close()
            return
        stream.max_write_buffer_size = _WRITTEN
        self._open[stream] = address[0], asyncio.get_running_loop().call_later(PATIENCE, stream.close)
        super().handle_stream(stream, address)

    @property
    def streams(self) -> list[IOStream]:
        """The connections that are open."""
        self._forget_closed()
        return list(self._open)

    def keep(self, stream: IOStream) -> None:
        """Let a connection last."""
        if stream in self._open:
            self._open[stream][1].cancel()

    def close_all(self) -> None:
        """Answer nobody any more."""
        self.stop()
        for stream in self.streams:
            stream.close()
        self._forget_closed()

    def _forget_closed(self) -> None:
        for stream in [each for each in self._open if each.closed()]:
            _, timer = self._open.pop(stream)
            timer.cancel()


def raise_file_limit() -> None:
    """Ask the system for as many open files as there may be connections; many give 1,024 at first."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class PageHandler(RequestHandler):
    """Has one page, at every path: people mistype addresses."""

    def initialize(self, html: bytes, zipped: bytes) -> None:
        """Keep the page, as it is and as most browsers take it."""
        self.html, self.zipped = html, zipped

    def set_default_headers(self) -> None:
        """Say what it is, and that nobody may frame it or keep it without asking."""
        self.clear_header("Server")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")

    def get(self) -> None:
        """Send the page."""
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(self.zipped)
        else:
            self.finish(self.html)

    head = get


class Nothing(RequestHandler):
    """What a browser asks for by itself and does not find: an icon."""

    def prepare(self) -> None:
        """Say so."""
        self.set_status(404)
        self.finish()
