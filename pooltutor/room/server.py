"""Who answers where: phones everywhere in the network, the teacher's page on this machine alone."""

import asyncio
import gzip
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from socket import socket
from typing import Any

from tornado.web import Application

from pooltutor.access import refusal
from pooltutor.room.guarded import GuardedServer, Nothing, PageHandler
from pooltutor.room.pages import Pages
from pooltutor.room.protocol import Room
from pooltutor.room.qr import qr_rows
from pooltutor.room.sockets import LONGEST_MESSAGE, Meeting, PhoneSocket, TeacherSocket
from pooltutor.words import say

BEAT = 10.0
"""Seconds between two signs of life."""


@dataclass(frozen=True)
class Sockets:
    """The listening sockets of a room."""

    phones: list[socket]
    teacher: list[socket]

    @cached_property
    def phones_port(self) -> int:
        """Where phones are answered."""
        return int(self.phones[0].getsockname()[1])

    @cached_property
    def teacher_port(self) -> int:
        """Where the teacher's page is answered."""
        return int(self.teacher[0].getsockname()[1])


class TeacherPage(PageHandler):
    """The page that leads, for this machine's own browser."""

    def initialize(self, html: bytes, zipped: bytes, port: int) -> None:  # type: ignore[override]
        """Keep the port that a browser names, too."""
        super().initialize(html, zipped)
        self.port = port

    def prepare(self) -> None:
        """Refuse whoever asks for another machine, and other web pages."""
        reason = refusal(self.request.headers, self.port, page=True)
        if reason:
            self.set_status(403)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(say(f"demo.{reason}"))


def serving(html: str) -> dict[str, bytes]:
    """A page as a handler has it."""
    return {"html": html.encode(), "zipped": gzip.compress(html.encode(), 9)}


def start(handlers: Sequence[tuple], sockets: list[socket]) -> GuardedServer:
    """Begin to answer at these sockets; an icon is nowhere."""
    logging.getLogger("tornado").setLevel(logging.ERROR)  # thirty phones would fill the screen
    application = Application(
        [(r"/favicon\.ico", Nothing), *handlers],
        log_function=lambda handler: None,
        websocket_max_message_size=LONGEST_MESSAGE,
        websocket_ping_interval=BEAT,
        websocket_ping_timeout=BEAT,
    )
    server = GuardedServer(application)
    application.settings["server"] = server
    server.add_sockets(sockets)
    return server


async def serve_page(html: str, sockets: list[socket], ready: Callable[[], None]) -> None:
    """Serve one page at every path, until it is cancelled."""
    start([(r"/.*", PageHandler, serving(html))], sockets)
    ready()
    await asyncio.Event().wait()


class OpenRoom:
    """A room that answers: its meeting, and the secret of the teacher's page."""

    def __init__(self, steps: Sequence[Mapping[str, Any]], pages: Pages, sockets: Sockets, address: str) -> None:
        self.secret = secrets.token_urlsafe(24)
        welcome = {"address": address.partition("://")[2], "code": qr_rows(address)}
        self.meeting = Meeting(Room(steps), welcome)
        phones = {"meeting": self.meeting, "port": sockets.phones_port}
        leads = {"meeting": self.meeting, "port": sockets.teacher_port, "secret": self.secret}
        phones_page, teacher_page = serving(pages.phone), {**serving(pages.teacher), "port": sockets.teacher_port}
        self.servers = [
            start([(r"/phone", PhoneSocket, phones), (r"/.*", PageHandler, phones_page)], sockets.phones),
            start([(r"/teacher", TeacherSocket, leads), (r"/", TeacherPage, teacher_page)], sockets.teacher),
        ]


async def serve_room(
    steps: Sequence[Mapping[str, Any]],
    pages: Pages,
    sockets: Sockets,
    address: str,
    ready: Callable[[OpenRoom], None],
) -> None:
    """Keep a room open until it is cancelled; ``ready`` is called when it answers."""
    room = OpenRoom(steps, pages, sockets, address)
    ready(room)
    while True:
        await asyncio.sleep(BEAT)
        room.meeting.beat()
