"""A room that answers at free ports of this machine, and phones and teachers that talk to it without a browser."""

import asyncio
import json
from contextlib import asynccontextmanager
from threading import Thread

from tornado.httpclient import HTTPRequest
from tornado.netutil import bind_sockets
from tornado.websocket import websocket_connect

from pooltutor.room.pages import Pages
from pooltutor.room.server import OpenRoom, Sockets

ASKS = {
    "say": "Three windows.",
    "view": "explorer",
    "set": {"input_size": 5, "target_size": 3},
    "ask": {"kind": "windows"},
}
STEPS = [{"say": "Welcome.", "view": "explorer", "set": {}, "ask": None}, ASKS, {**ASKS, "say": "Once more."}]
PAGES = Pages("<p>phone</p>", "<p>teacher</p>")


def free_sockets() -> Sockets:
    return Sockets(*(bind_sockets(0, "127.0.0.1") for _ in range(2)))


class Client:
    """One socket to a room, and all that it has been told, as one state."""

    def __init__(self, socket) -> None:
        self.socket, self.state, self.stream = socket, {}, socket.protocol.stream

    async def say(self, **message):
        await self.socket.write_message(json.dumps(message))

    async def hear(self, **wanted):
        """Listen until the state has all that is wanted; return it."""
        while not (self.state and all(self.state.get(name) == value for name, value in wanted.items())):
            await self.next()
        return self.state

    async def next(self):
        message = await asyncio.wait_for(self.socket.read_message(), 20)
        assert message is not None, (self.socket.close_code, self.socket.close_reason)
        self.state |= json.loads(message)
        return self.state

    def close(self):
        """Leave without a word, as a phone does that loses its network."""
        self.stream.close()
        self.socket.close()

    async def ended(self):
        """Wait until the room has closed the connection; return its code and reason."""
        while await asyncio.wait_for(self.socket.read_message(), 20) is not None:
            pass
        return self.socket.close_code, self.socket.close_reason


async def connected(address, path, **headers):
    request = HTTPRequest(f"ws://{address}{path}", headers={"Origin": f"http://{address}", **headers})
    return Client(await websocket_connect(request))


class Opened:
    """A room, and the way in."""

    def __init__(self, steps=STEPS, pages=PAGES) -> None:
        self.sockets = free_sockets()
        self.address = f"127.0.0.1:{self.sockets.phones_port}"
        self.teacher_address = f"127.0.0.1:{self.sockets.teacher_port}"
        self.room = OpenRoom(steps, pages, self.sockets, f"http://{self.address}")
        self.clients = []

    async def connect(self, address, path, **headers):
        self.clients.append(await connected(address, path, **headers))
        return self.clients[-1]

    async def phone(self, number=1):
        client = await self.connect(self.address, "/phone")
        await client.say(type="join", phone=f"{number:032x}")
        await client.next()
        return client

    async def teacher(self):
        client = await self.connect(self.teacher_address, "/teacher")
        await client.say(type="join", secret=self.room.secret)
        await client.next()
        return client


@asynccontextmanager
async def open_room(**options):
    opened = Opened(**options)
    try:
        yield opened
    finally:
        for client in opened.clients:
            client.close()
        for server in opened.room.servers:
            server.close_all()
        await asyncio.sleep(0)


class RoomInThread:
    """A room whose sockets, and those of its crowd, live in a thread of their own."""

    def __init__(self, steps, pages) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.opened = self.run(self.open(steps, pages))

    async def open(self, steps, pages):
        return Opened(steps, pages)

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(120)

    async def crowd(self, count):
        return [await self.opened.phone(number + 1) for number in range(count)]

    async def answer(self, phones, step, answers):
        await asyncio.gather(*(phone.hear(step=step) for phone in phones))
        for phone, given in zip(phones, answers, strict=True):
            await phone.say(type="answer", step=step, given=given)
        await asyncio.gather(*(phone.hear(given=given) for phone, given in zip(phones, answers, strict=True)))

    async def cut_browsers(self):
        """Phones that are no clients of ours lose their connection, as when a network goes down for a moment."""
        own = {client.stream.socket.getsockname() for client in self.opened.clients}
        for stream in [each for each in self.opened.room.servers[0].streams if each.socket.getpeername() not in own]:
            stream.close()

    async def close(self):
        for client in self.opened.clients:
            client.close()
        for server in self.opened.room.servers:
            server.close_all()

    def end(self):
        self.run(self.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
