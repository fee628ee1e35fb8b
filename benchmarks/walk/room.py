"""Parallel requests, good and bad, to the server of `demo --lan`: whoever asks properly gets the page."""

import asyncio
import socket
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from random import Random
from threading import Thread

from tornado.netutil import bind_sockets

from benchmarks.walk.steps import Fell, Step
from pooltutor.room.guarded import PageHandler
from pooltutor.room.server import serving, start

PAGE = b"<!DOCTYPE html>" + b"x" * 300_000
GOOD = b"GET / HTTP/1.0\r\n\r\n"
BAD = (
    b"", b"GET", b"GET /\r\n\r\n", b"HEAD / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
    b"\0" * 500,
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.0\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", "GET /\u0663 HTTP/1.1\r\n\r\n".encode(),
    b"\x16\x03\x01\x02\x00",
)  # fmt: skip


def asked(port: int, request: bytes, leaves: bool) -> bytes:
    """All that comes for a request; whoever leaves reads nothing."""
    with socket.create_connection(("127.0.0.1", port), 20) as phone:
        if leaves:
            phone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with suppress(ConnectionError):
            phone.sendall(request)
            return b"" if leaves else b"".join(iter(lambda: phone.recv(65536), b""))
    return b""


@contextmanager
def served() -> Iterator[int]:
    """Serve the page on a loop of its own, and say at which port."""
    loop, sockets = asyncio.new_event_loop(), bind_sockets(0, "127.0.0.1")
    thread = Thread(target=loop.run_until_complete, args=(serving_until_cancelled(sockets),), daemon=True)
    thread.start()
    try:
        yield sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
        thread.join()
        loop.close()


async def serving_until_cancelled(sockets: list[socket.socket]) -> None:
    """The server of the room."""
    server = start([(r"/.*", PageHandler, serving(PAGE.decode()))], sockets)
    with suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    server.close_all()


@contextmanager
def steps() -> Iterator[Step]:
    """A step is a burst of thirty requests, of which ten are good."""
    with served() as port, ThreadPoolExecutor(30) as phones:

        def burst(random: Random) -> None:
            requests = [GOOD] * 10 + [random.choice(BAD) for _ in range(20)]
            random.shuffle(requests)
            answers = list(phones.map(lambda request: asked(port, request, request != GOOD), requests))
            got = [answer for request, answer in zip(requests, answers, strict=True) if request == GOOD]
            lost = sum(not answer.endswith(PAGE) for answer in got)
            if lost:
                raise Fell(f"{lost} of 10 phones did not get the page beside {sorted(set(requests))!r:.300}")

        yield burst
