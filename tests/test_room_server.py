"""The room at its sockets: a lesson from the first phone to the reveal, and phones that mean no good."""

import asyncio
import json
import socket
from contextlib import suppress
from functools import wraps

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from pooltutor.room import guarded, outbox, protocol
from pooltutor.room.pages import Pages
from tests.rooms import ASKS, STEPS, open_room

HERE = "127.0.0.1"


def in_a_loop(test):
    """Run a test of sockets; two minutes are more than any needs."""

    @wraps(test)
    def run(*arguments, **named):
        asyncio.run(asyncio.wait_for(test(*arguments, **named), 120))

    return run


async def fetched(address, path="/", **headers):
    """What a browser gets: the status, the headers and the text."""
    answer = await AsyncHTTPClient().fetch(f"http://{address}{path}", headers=headers, raise_error=False)
    return answer.code, answer.headers, (answer.body or b"").decode()


@in_a_loop
async def test_a_lesson_with_two_phones():
    async with open_room() as room:
        teacher, one, two = await room.teacher(), await room.phone(1), await room.phone(2)
        assert teacher.state["story"] == STEPS
        assert teacher.state["address"] == room.address
        assert one.state == {"step": -1, "steps": 3, "content": None, "revealed": False, "given": ""}
        await teacher.hear(phones=2)
        await teacher.say(type="go", step=1)
        for phone in (one, two):
            assert (await phone.hear(step=1))["content"] == {**ASKS, "ask": {"kind": "windows", "send": True}}
        await one.say(type="answer", step=1, given="0:2 1:3 3:5")
        await one.hear(given="0:2 1:3 3:5")
        await one.say(type="answer", step=1, given="0:2 1:4 3:5")
        await two.say(type="answer", step=1, given="0:2 1:4 3:5")
        assert "answers" in await teacher.hear(answered=2)
        assert teacher.state["answers"] is None
        await teacher.say(type="reveal", step=1)
        assert (await teacher.hear(revealed=True))["answers"] == [["0:2 1:4 3:5", 2]]
        await two.hear(revealed=True)
        await two.say(type="answer", step=1, given="0:1 1:2 2:3")
        assert (await two.hear(refused="late"))["given"] == "0:2 1:4 3:5"


@in_a_loop
async def test_a_phone_that_was_away_is_back_at_the_open_step_with_its_answer():
    async with open_room() as room:
        teacher, phone = await room.teacher(), await room.phone(1)
        await teacher.say(type="go", step=1)
        await phone.hear(step=1)
        await phone.say(type="answer", step=1, given="0:2")
        await phone.hear(given="0:2")
        phone.close()
        again, late = await room.phone(1), await room.phone(2)
        assert (again.state["step"], again.state["given"]) == (1, "0:2")
        assert (late.state["step"], late.state["given"]) == (1, "")
        assert (await teacher.hear(phones=2))["answered"] == 1
        await teacher.say(type="reveal", step=1)
        await late.hear(revealed=True)
        await teacher.say(type="go", step=2)
        assert (await again.hear(step=2))["given"] == ""


@in_a_loop
async def test_a_second_page_of_the_teacher_sees_the_same_and_one_without_the_secret_nothing():
    async with open_room() as room:
        first = await room.teacher()
        await first.say(type="go", step=2)
        await first.hear(step=2)
        second = await room.teacher()
        assert second.state["step"] == 2
        await second.say(type="go", step=0)
        await first.hear(step=0)
        opened = asyncio.Event()
        room.room.meeting.app_is_open(opened.set)
        await second.hear(app=True)
        await second.say(type="app", step=0)
        await opened.wait()
        stranger = await room.connect(room.teacher_address, "/teacher")
        await stranger.say(type="join", secret="guessed")
        assert await stranger.ended() == (1008, "secret")
        stranger = await room.connect(room.teacher_address, "/teacher")
        await stranger.say(type="go", step=1)
        assert await stranger.ended() == (1008, "secret")
        assert room.room.meeting.room.step == 0


async def answered(room, request, **options):
    """All that comes back over a connection until the room closes it."""
    reader, writer = await asyncio.open_connection(HERE, room.sockets.phones_port, **options)
    writer.write(request)
    try:
        return await asyncio.wait_for(reader.read(), 20)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


# Pages -------------------------------------------------------------------------------------------------------


@in_a_loop
async def test_phones_get_their_page_at_every_path_and_the_teachers_page_is_for_this_machine():
    async with open_room() as room:
        code, headers, text = await fetched(room.address, "/mistyped?x=1")
        assert (code, text) == (200, "<p>phone</p>")
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert headers["Cache-Control"] == "no-cache"
        assert (await fetched(room.address, "/favicon.ico"))[0] == 404
        window = {"Accept": "text/html", "Sec-Fetch-Site": "none"}
        assert (await fetched(room.teacher_address, "/", **window))[2] == "<p>teacher</p>"
        for more in ({"Host": f"rebound.example:{room.sockets.teacher_port}"}, {"Sec-Fetch-Site": "cross-site"}):
            assert (await fetched(room.teacher_address, "/", **{**window, **more}))[0] == 403
        assert (await fetched(room.teacher_address, "/phone", **window))[0] == 404
        assert (await fetched(room.address, "/teacher"))[2] == "<p>phone</p>"


# Phones that mean no good ------------------------------------------------------------------------------------

JOIN = json.dumps({"type": "join", "phone": "f" * 32})
ANSWER = json.dumps({"type": "answer", "step": 1, "given": "0:2"})
HOSTILE = {
    "says nothing that we say": (["<script>alert(1)</script>"], (1008, "nonsense")),
    "answers before it joins": ([ANSWER], (1008, "nonsense")),
    "joins twice": ([JOIN, JOIN], (1008, "nonsense")),
    "sends bytes": ([JOIN, b"\0\xff"], (1008, "nonsense")),
    "wants to lead": ([JOIN, '{"type": "go", "step": 0}'], (1008, "nonsense")),
    "sends a megabyte": ([JOIN, "x" * 2**20], (1009, "message too big")),
    "floods": ([JOIN, *[ANSWER] * 500], (None, None)),
    "floods before it joins": (["[]"] * 500, (1008, "nonsense")),
}


@pytest.mark.parametrize(("said", "end"), HOSTILE.values(), ids=HOSTILE.keys())
@in_a_loop
async def test_a_hostile_phone_is_closed_and_the_others_notice_nothing(said, end):
    async with open_room() as room:
        teacher, phone = await room.teacher(), await room.phone(1)
        await teacher.say(type="go", step=1)
        await phone.hear(step=1)
        hostile = await room.connect(room.address, "/phone")
        for message in said:
            try:
                await hostile.socket.write_message(message, binary=isinstance(message, bytes))
            except Exception:  # it has been closed meanwhile
                break
        assert await hostile.ended() == end
        await phone.say(type="answer", step=1, given="0:2 1:4 3:5")
        await phone.hear(given="0:2 1:4 3:5")
        await teacher.say(type="reveal", step=1)
        answers = dict((await teacher.hear(revealed=True))["answers"])
        assert answers.pop("0:2 1:4 3:5") == 1
        assert answers in ({}, {"0:2": 1})  # a flood is still one phone


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example:{port}", "Origin": "http://rebound.example:{port}"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
    ],
)
@in_a_loop
async def test_a_page_from_elsewhere_gets_no_socket(headers):
    async with open_room() as room:
        for address, path in ((room.address, "/phone"), (room.teacher_address, "/teacher")):
            port = address.partition(":")[2]
            named = {name: value.format(port=port) for name, value in headers.items()}
            with pytest.raises(HTTPClientError, match="403"):
                await room.connect(address, path, **named)


@in_a_loop
async def test_a_phone_that_reads_nothing_is_closed_and_holds_no_more_than_two_messages(monkeypatch):
    monkeypatch.setattr(outbox, "BEHIND", 0.5)
    steps = [{**ASKS, "say": "x" * 400_000}] * 2
    async with open_room(steps=steps) as room:
        slow, teacher = socket.create_connection((HERE, room.sockets.phones_port)), await room.teacher()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        handshake = f"GET /phone HTTP/1.1\r\nHost: {room.address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        slow.sendall(f"{handshake}Sec-WebSocket-Key: AAAA\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        body = JOIN.encode()
        slow.sendall(bytes([0x81, 0x80 | len(body), 0, 0, 0, 0]) + body)
        await teacher.hear(phones=1)
        for k in range(40):
            await teacher.say(type="go", step=k % 2)
        await teacher.hear(phones=0)
        slow.close()


@in_a_loop
async def test_slow_readers_of_the_page_keep_nobody_waiting():
    async with open_room(pages=Pages("x" * 400_000, "")) as room:
        request = f"GET / HTTP/1.1\r\nHost: {room.address}\r\n\r\n".encode()
        slow = [socket.create_connection((HERE, room.sockets.phones_port)) for _ in range(100)]
        for each in slow:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            each.sendall(request)
        code, _, text = await asyncio.wait_for(fetched(room.address), 10)
        assert (code, len(text)) == (200, 400_000)
        phone = await room.phone(1)
        assert phone.state["step"] == -1
        for each in slow:
            each.close()


@in_a_loop
async def test_who_says_nothing_is_closed_and_who_has_joined_stays(monkeypatch):
    monkeypatch.setattr(guarded, "PATIENCE", 0.5)
    async with open_room() as room:
        silent, phone = await room.connect(room.address, "/phone"), await room.phone(1)
        assert await answered(room, b"GET / HTTP/1.1\r\nHost: ") == b""
        assert await silent.ended() == (None, None)
        room.room.meeting.beat()
        await phone.hear(beat=True)


@in_a_loop
async def test_a_full_room_says_so_and_lets_the_next_one_in(monkeypatch):
    monkeypatch.setattr(protocol, "MOST_PHONES", 2)
    async with open_room() as room:
        one, _ = await room.phone(1), await room.phone(2)
        third = await room.connect(room.address, "/phone")
        await third.say(type="join", phone="c" * 32)
        assert await third.ended() == (1013, "full")
        one.close()
        await asyncio.sleep(0.1)
        assert (await room.phone(3)).state["step"] == -1


@in_a_loop
async def test_one_address_cannot_take_the_place_of_the_others(monkeypatch):
    monkeypatch.setattr(guarded, "MOST_OF_ONE", 3)
    async with open_room() as room:
        for number in range(3):
            await room.phone(number)
        request = f"GET / HTTP/1.1\r\nHost: {room.address}\r\nConnection: close\r\n\r\n".encode()
        assert await answered(room, request) == b""
        assert (await answered(room, request, local_addr=("127.0.0.2", 0))).startswith(b"HTTP/1.1 200")


@pytest.mark.slow
@in_a_loop
async def test_a_thousand_sockets_fill_the_room_and_the_teacher_still_leads(monkeypatch):
    monkeypatch.setattr(guarded, "MOST_OF_ONE", 5000)
    guarded.raise_file_limit()
    guarded._FILES *= 2  # this process has both ends of each
    guarded.raise_file_limit()
    async with open_room() as room:
        teacher = await room.teacher()
        phones = [await room.phone(number) for number in range(protocol.MOST_PHONES)]
        beyond = await room.connect(room.address, "/phone")
        await beyond.say(type="join", phone="f" * 32)
        assert await beyond.ended() == (1013, "full")
        await teacher.say(type="go", step=1)
        await asyncio.gather(*(phone.hear(step=1) for phone in phones))
        await asyncio.gather(*(phone.say(type="answer", step=1, given="0:2 1:4 3:5") for phone in phones))
        await teacher.hear(answered=protocol.MOST_PHONES)
