"""A room with 200 phones on this machine: how long an answer waits until it has arrived, and whether any is lost.

The server is a process of its own, and each phone a real WebSocket. They answer within ten seconds; then come twenty
more questions, each answered within a second, while some phones lose their network and others come late.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import psutil

from benchmarks.table import Row
from pooltutor.room.pages import Pages
from pooltutor.room.server import OpenRoom, serve_room
from tests.rooms import ASKS, Client, connected, free_sockets

PHONES, LATE, SECONDS, REVEALS = 200, 20, 10.0, 20
ANSWERS = ("0:2 1:3 3:5", "0:2 1:4 3:5", "0:2 2:4 3:5", "0:2 2:4 4:5", "0:3 1:4 2:5")
PAGE = "x" * 250_000
MIB = 2**20


class Phone:
    """One phone: it answers, and notes how long that took to arrive."""

    def __init__(self, address: str, number: int) -> None:
        self.address, self.number = address, number
        self.waited: list[float] = []

    async def connect(self) -> None:
        """Join, for the first time or again."""
        self.client = await connected(self.address, "/phone")
        await self.client.say(type="join", phone=f"{self.number:032x}")
        await self.client.next()

    async def answer(self, step: int, random: Random, within: float, leaves: bool = False) -> None:
        """Answer a step at some time; one that loses its network connects anew first."""
        await self.client.hear(step=step)
        await asyncio.sleep(random.random() * within)
        if leaves:
            self.client.socket.close()
            await self.connect()
        given = random.choice(ANSWERS)
        before = time.perf_counter()
        await self.client.say(type="answer", step=step, given=given)
        await self.client.hear(step=step, given=given)
        self.waited.append((time.perf_counter() - before) * 1000)


async def leading(address: str, secret: str) -> Client:
    """Return the teacher's page, which has joined with the secret."""
    teacher = await connected(address, "/teacher")
    await teacher.say(type="join", secret=secret)
    await teacher.next()
    return teacher


async def revealed(teacher: Client, step: int) -> int:
    """Reveal a step, and return how many answers are shown."""
    await teacher.say(type="reveal", step=step)
    state = await teacher.hear(step=step, revealed=True)
    return sum(count for _, count in state["answers"])


async def measured(place: dict[str, Any], process: psutil.Process) -> list[Row]:
    """Lead a whole class through its questions."""
    random, teacher = Random(0), await leading(place["teacher"], place["secret"])
    phones = [Phone(place["phones"], number) for number in range(PHONES)]
    await asyncio.gather(*(phone.connect() for phone in phones))
    await teacher.say(type="go", step=0)
    await asyncio.gather(*(phone.answer(0, random, SECONDS) for phone in phones))
    waited = [phone.waited.pop() for phone in phones]
    lost = PHONES - await revealed(teacher, 0)
    for step in range(1, REVEALS + 1):
        late = [Phone(place["phones"], PHONES + step * LATE + k) for k in range(LATE)]
        await teacher.say(type="go", step=step)
        answers = [phone.answer(step, random, 1, leaves=k % 10 == 0) for k, phone in enumerate(phones)]
        await asyncio.gather(*answers, *(comes_late(phone, step, random) for phone in late))
        lost += PHONES + LATE - await revealed(teacher, step)
        for phone in late:
            phone.client.socket.close()
    again = [each for phone in phones for each in phone.waited]
    memory = process.memory_full_info().uss / MIB
    whole = f"{PHONES} phones answer within"
    return [
        Row(f"room: {whole} {SECONDS:.0f} s, until an answer has arrived", waited, budget=250),
        Row(f"room: {whole} 1 s, {REVEALS} times, a tenth after losing the network", again),
        Row(
            f"room: answers lost in {REVEALS + 1} reveals, {REVEALS} of them with {LATE} late comers",
            [lost],
            "answers",
            0,
            "median",
        ),
        Row(f"room: memory of the server with {PHONES} phones", [memory], "MiB"),
    ]


async def comes_late(phone: Phone, step: int, random: Random) -> None:
    """A phone that was not there when the step was opened."""
    await asyncio.sleep(random.random() / 2)
    await phone.connect()
    await phone.answer(step, random, 0.5)


def rows() -> list[Row]:
    """Measure with a server of its own."""
    with server() as (place, process):
        return asyncio.run(measured(place, process))


@contextmanager
def server() -> Iterator[tuple[dict[str, Any], psutil.Process]]:
    """Run a room in a process of its own; it ends when its stdin does."""
    command = [sys.executable, "-m", "benchmarks.room"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None, "it was started with a pipe"
        try:
            yield json.loads(process.stdout.readline()), psutil.Process(process.pid)
        finally:
            process.terminate()


def serve() -> None:
    """Open a room, and say where it is."""
    sockets = free_sockets()
    places = {
        name: f"127.0.0.1:{port}" for name, port in (("phones", sockets.phones_port), ("teacher", sockets.teacher_port))
    }

    def ready(room: OpenRoom) -> None:
        print(json.dumps({**places, "secret": room.secret}), flush=True)

    address = f"http://{places['phones']}"
    asyncio.run(serve_room([ASKS] * (REVEALS + 1), Pages(PAGE, PAGE), sockets, address, ready))


if __name__ == "__main__":
    serve()
