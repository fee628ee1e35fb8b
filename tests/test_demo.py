"""`pooltutor demo --lan` as a process that serves a room, and how both ways of serving end or refuse."""

import asyncio
import datetime
import errno
import http.client
import io
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, redirect_stdout
from types import SimpleNamespace

import pytest

from pooltutor import demo, page, reference
from pooltutor.access import TOP, Base
from pooltutor.room import server as room_server
from pooltutor.room.qr import qr_text
from pooltutor.verify import Disagrees
from tests.lab import PATIENCE, free_port, wait_for_words
from tests.spec import refused
from tests.test_page import contents

pytestmark = pytest.mark.slow
# The command with fewer sizes: test_cli compares all of them once, when it writes the page.
COMMAND = """
import sys
from pooltutor import page
page.sizes = lambda: [(14, 4), (5, 3)]
from pooltutor.cli import main
sys.exit(main(["demo", "--lan", "--no-browser", "--port", sys.argv[1]]))
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The page as the room gets it: the process, its port, and what it printed."""
    port, log = free_port(), tmp_path_factory.mktemp("room") / "log"
    command = [sys.executable, "-c", COMMAND, str(port)]
    with log.open("w") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    try:
        wait_for_words(process, log, "(Ctrl+C ends it)")
        yield SimpleNamespace(process=process, port=port, log=log)
    finally:
        process.kill()
        process.wait()


def ask(port, method, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_the_address_is_printed_as_a_code_and_to_copy(room):
    said = room.log.read_text(encoding="utf-8")
    found = re.search(r"http://[\d.]+:\d+", said)[0]
    assert found == f"http://{demo.own_address() or '127.0.0.1'}:{room.port}"
    assert qr_text(found, coloured=False) in said


def test_the_room_gets_the_page_with_what_was_compared_just_now(room):
    answer, body = ask(room.port, "GET", "/")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    header, *_ = contents(body.decode())
    assert header["record"]["date"] == datetime.date.today().isoformat()
    assert header["record"]["version"] == reference.version()
    assert header["record"]["count"] == "2"
    same = body.decode() == page.page_html(header["record"])  # pytest would print both
    assert same


def test_whoever_mistypes_gets_the_page_too_and_a_browser_no_icon(room):
    port = room.port
    whole = ask(port, "GET", "/")[1]
    assert ask(port, "GET", "/pooling.htm?x=1")[1] == whole
    head, nothing = ask(port, "HEAD", "/")
    assert (head.headers["Content-Length"], nothing) == (str(len(whole)), b"")
    assert ask(port, "GET", "/favicon.ico")[0].status == 404
    assert ask(port, "POST", "/")[0].status == 405


def test_a_hundred_phones_at_once_are_served(room):
    with ThreadPoolExecutor(100) as phones:
        answers = list(phones.map(lambda _: ask(room.port, "GET", "/")[1], range(100)))
    assert len(set(answers)) == 1


def test_a_room_may_ask_while_nobody_answers_yet():
    sockets = demo.on_the_network(0)
    port = sockets[0].getsockname()[1]
    with closing(sockets[0]), ExitStack() as phones:
        for _ in range(200):  # a connection beyond the queue would not be made: nothing takes it from there
            phones.enter_context(socket.create_connection(("127.0.0.1", port), 0.5))


def test_phones_that_leave_at_once_leave_no_words_on_the_projector(room):
    before = room.log.read_text(encoding="utf-8")
    for asked in (b"", b"GET / HTTP/1.1\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", room.port), 5) as phone:
            phone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # leaves without a word
            phone.send(asked)
    assert ask(room.port, "GET", "/")[0].status == 200
    assert room.log.read_text(encoding="utf-8") == before


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_whoever_asks_it_to_end_it_ends_quietly(room):
    before = room.log.read_text(encoding="utf-8")
    room.process.send_signal(signal.SIGTERM)
    assert room.process.wait(PATIENCE) == 130
    assert room.log.read_text(encoding="utf-8") == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", room.port), 5)


# Refusals --------------------------------------------------------------------------------------------------


@pytest.fixture
def server(monkeypatch):
    """A server that ends at once, for what is said before; it notes the ports that were taken."""
    taken = []

    async def serve(html, sockets, ready):
        taken.append(sockets[0].getsockname()[1])
        sockets[0].close()
        ready()

    monkeypatch.setattr(room_server, "serve_page", serve)
    monkeypatch.setattr(page, "recorded", lambda: {"version": "1", "date": "2026-01-02", "count": "1", "program": "0"})
    return taken


def said_by(function, *arguments):
    with redirect_stdout(io.StringIO()) as said:
        assert function(*arguments) == 0
    return said.getvalue()


def test_a_machine_without_a_network_is_told_so(server, monkeypatch):
    monkeypatch.setattr(demo, "own_address", lambda: None)
    port = free_port()
    said = said_by(demo.serve_page, port, False, TOP)
    assert f"This machine is on no network: http://127.0.0.1:{port} opens here and nowhere else" in said
    assert qr_text(f"http://127.0.0.1:{port}", coloured=False) in said


def test_a_room_behind_a_proxy_is_told_the_proxys_address_and_a_path_is_part_of_any(server, monkeypatch):
    monkeypatch.setattr(demo, "own_address", lambda: "192.168.1.7")
    opens = "Everyone on this network can open {} (Ctrl+C ends it)."
    port = free_port()
    said = said_by(demo.serve_page, port, False, Base("/pooling/"))
    assert opens.format(f"http://192.168.1.7:{port}/pooling") in said
    said = said_by(demo.serve_page, port, False, Base("/pooling/", "https://class.example.org"))
    assert opens.format("https://class.example.org/pooling") in said
    assert qr_text("https://class.example.org/pooling", coloured=False) in said


def test_the_browser_of_this_machine_opens_unless_it_shall_not(server, monkeypatch):
    opened = []
    monkeypatch.setattr(demo, "webbrowser", SimpleNamespace(open=opened.append))
    monkeypatch.setattr(demo.threading, "Thread", AtOnce)
    port = free_port()
    said_by(demo.serve_page, port, False, TOP)
    assert opened == []
    said_by(demo.serve_page, port, True, TOP)
    assert opened == [f"http://127.0.0.1:{port}/"]


class AtOnce:
    def __init__(self, target, args, daemon):
        self.start = lambda: target(*args)


# The room -------------------------------------------------------------------------------------------------------


@pytest.fixture
def room_of(monkeypatch):
    """Open a room that ends at once, beside a classroom that says a port; return what was said, opened and served."""
    program = "import sys; print(4321, flush=True); sys.stdin.read()"
    monkeypatch.setattr(demo, "app_command", lambda *place: [sys.executable, "-c", program])
    monkeypatch.setattr(page, "recorded", lambda: {"version": "1", "date": "2026-01-02", "count": "1", "program": "0"})
    served = SimpleNamespace(opened=[])
    monkeypatch.setattr(demo, "webbrowser", SimpleNamespace(open=served.opened.append))

    async def serve(steps, pages, sockets, address, ready):
        room = room_server.OpenRoom(steps, pages, sockets, address)
        ready(room)
        for _ in range(200):
            if "app" in room.meeting.welcome:
                break
            await asyncio.sleep(0.05)
        room.meeting.open_app()
        for each in room.servers:
            each.close_all()
        served.room, served.steps, served.sockets = room, steps, sockets

    monkeypatch.setattr(room_server, "serve_room", serve)

    def opened(browser=True, story="tour", port=None):
        served.said = said_by(demo.serve_room, port, browser, story)
        return served

    return opened


def test_a_room_says_where_phones_and_the_teacher_go_and_the_classroom_opens_beside_it(room_of, monkeypatch):
    monkeypatch.setattr(demo, "own_address", lambda: "192.168.1.7")
    served = room_of(port=free_port())
    address = f"http://192.168.1.7:{served.sockets.phones_port}"
    assert qr_text(address, coloured=False) in served.said
    assert f"Everyone on this network can answer at {address} (Ctrl+C closes the room)." in served.said
    teachers = f"http://127.0.0.1:{served.sockets.teacher_port}/#{served.room.secret}"
    assert f"Your own page leads the room, and only this machine can open it: {teachers}\n" in served.said
    assert [step["set"]["target_size"] for step in served.steps] == [4] * 5
    assert served.room.meeting.welcome["address"] == address.removeprefix("http://")
    deadline = time.monotonic() + PATIENCE
    while len(served.opened) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert served.opened == [teachers, "http://127.0.0.1:4321/"]


def test_phones_reach_a_room_from_the_network_and_the_teachers_page_is_on_this_machine_alone(room_of, monkeypatch):
    bound, listening = [], demo._listening
    monkeypatch.setattr(demo, "_listening", lambda host, port: bound.append(host) or listening(host, 0))
    room_of(browser=False)
    assert bound == ["0.0.0.0", "127.0.0.1"]


def test_a_room_has_a_story_that_is_there_and_no_path(monkeypatch):
    with pytest.raises(ValueError, match="story must be"):
        demo.main(room="no-such-story", browser=False)
    with refused(ValueError, "--room takes no --base-url: phones reach it at this machine's own address"):
        demo.main(room="tour", base=Base("/pooling/"))


def test_an_address_that_the_system_does_not_know_is_none(monkeypatch):
    class Offline(socket.socket):
        def connect(self, address):
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(demo.socket, "socket", Offline)
    assert demo.own_address() is None


def test_a_page_that_pytorch_refutes_is_not_served(server, monkeypatch, capsys):
    def recorded():
        raise Disagrees("No page was written: 5 → 3: wrong")

    monkeypatch.setattr(page, "recorded", recorded)
    with refused(Disagrees, "No page was written: 5 → 3: wrong"):
        demo.serve_page(8866, False, TOP)


def test_a_classroom_that_does_not_start_says_what_it_said_last(monkeypatch, capsys):
    program = "import sys; print('one', file=sys.stderr); sys.exit('there is no such notebook')"
    monkeypatch.setattr(demo, "app_command", lambda *place: [sys.executable, "-c", program])
    with refused(OSError, "The classroom could not be opened: there is no such notebook"):
        demo.serve_app(None, False, TOP)


def test_a_classroom_that_says_nothing_is_given_up(monkeypatch, capsys):
    monkeypatch.setattr(demo, "PATIENCE", 0.5)
    monkeypatch.setattr(demo, "app_command", lambda *place: [sys.executable, "-c", "import sys; sys.stdin.read()"])
    with refused(OSError, "The classroom could not be opened: "):
        demo.serve_app(None, False, TOP)


def test_the_first_port_that_can_be_opened_is_taken():
    def open_at(port):
        if port < demo.PORT + 2:
            raise OSError(errno.EADDRINUSE, "Address already in use")
        return f"opened {port}"

    assert demo.first_free(open_at) == (demo.PORT + 2, f"opened {demo.PORT + 2}")


def test_where_no_port_is_free_a_sentence_says_so():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        again = lambda each: socket.create_server(("127.0.0.1", port))  # noqa: E731
        with refused(OSError, "no port from 8866 to 8915 is free"):
            demo.first_free(again)
        with refused(OSError, f"Port {port} is in use; leave --port out and a free one is found"):
            demo.first_free(again, port)


def test_what_else_goes_wrong_with_a_port_is_no_reason_to_try_the_next():
    def open_at(port):
        raise OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")

    with pytest.raises(OSError, match="Cannot assign"):
        demo.first_free(open_at)


@pytest.mark.parametrize("serve", [demo.serve_app, demo.serve_page])
def test_a_port_that_was_taken_meanwhile_is_named(serve, monkeypatch, capsys):
    monkeypatch.setattr(page, "recorded", lambda: {"version": "1", "date": "2026-01-02", "count": "1", "program": "0"})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"Port {port} is in use; leave --port out and a free one is found"):
            serve(port, False, TOP)


def test_the_page_of_a_room_goes_to_the_next_port_too(monkeypatch, server):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(demo, "PORT", taken.getsockname()[1])
        said_by(demo.serve_page, None, False, TOP)
    assert demo.PORT < server[0] < demo.PORT + 50  # another program may have taken the very next one


def test_the_template_without_other_machines_is_found():
    assert demo.notebook().name == "classroom.ipynb"
    template = os.path.join(demo.environment()["JUPYTER_PATH"].split(os.pathsep)[0], "voila/templates/pooltutor")
    assert {"conf.json", "index.html.j2"} <= set(os.listdir(template))
