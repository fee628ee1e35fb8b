"""`pooltutor demo --lan` as a process that serves a room, and how both ways of serving end or refuse."""

import datetime
import http.client
import io
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
from contextlib import redirect_stdout
from types import SimpleNamespace

import pytest

from pooltutor import demo, page, reference
from pooltutor.verify import Disagrees
from tests.lab import free_port, wait_for_words
from tests.spec import refused
from tests.test_page import contents


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The page as the room gets it: the process, its port, and what it printed."""
    port, log = free_port(), tmp_path_factory.mktemp("room") / "log"
    command = [sys.executable, "-m", "pooltutor", "demo", "--lan", "--no-browser", "--port", str(port)]
    with log.open("w") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    try:
        wait_for_words(process, log, "(Ctrl+C ends it)")
        yield SimpleNamespace(process=process, port=port, log=log)
    finally:
        process.kill()
        process.wait()


def ask(port, method, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_the_address_is_printed_once_in_letters_five_lines_high_and_once_to_copy(room):
    said = room.log.read_text(encoding="utf-8")
    found = re.search(r"http://([\d.]+:\d+)", said)[1]
    assert found == f"{demo.own_address() or '127.0.0.1'}:{room.port}"
    assert demo.large(found) in said
    assert len(demo.large(found).splitlines()) == 5


def test_the_room_gets_the_page_with_what_was_compared_just_now(room):
    answer, body = ask(room.port, "GET", "/")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    header, *_ = contents(body.decode())
    assert header["record"]["date"] == datetime.date.today().isoformat()
    assert header["record"]["version"] == reference.version()
    same = body.decode() == page.page_html(header["record"])  # pytest would print both
    assert same


def test_whoever_mistypes_gets_the_page_too_and_a_browser_no_icon(room):
    port = room.port
    whole = ask(port, "GET", "/")[1]
    assert ask(port, "GET", "/pooling.htm?x=1")[1] == whole
    head, nothing = ask(port, "HEAD", "/")
    assert (head.headers["Content-Length"], nothing) == (str(len(whole)), b"")
    assert ask(port, "GET", "/favicon.ico")[0].status == 404
    assert ask(port, "POST", "/")[0].status == 501


def test_thirty_phones_at_once_are_served(room):
    connections = [http.client.HTTPConnection("127.0.0.1", room.port, timeout=20) for _ in range(30)]
    for connection in connections:
        connection.request("GET", "/")
    assert len({connection.getresponse().read() for connection in connections}) == 1
    for connection in connections:
        connection.close()


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
    assert room.process.wait(20) == 130
    assert room.log.read_text(encoding="utf-8") == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", room.port), 5)


# Refusals --------------------------------------------------------------------------------------------------


@pytest.fixture
def server(monkeypatch):
    """A server that ends at once, for what is said before."""

    class Server:
        def __init__(self, address, handler):
            self.address, self.handler = address, handler

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def serve_forever(self):
            return None

    monkeypatch.setattr(demo, "ThreadingHTTPServer", Server)
    monkeypatch.setattr(page, "recorded", lambda: {"version": "1", "date": "2026-01-02", "count": "1", "program": "0"})


def said_by(function, *arguments):
    with redirect_stdout(io.StringIO()) as said:
        assert function(*arguments) == 0
    return said.getvalue()


def test_a_machine_without_a_network_is_told_so(server, monkeypatch):
    monkeypatch.setattr(demo, "own_address", lambda: None)
    said = said_by(demo.serve_page, 8866, False)
    assert "This machine is in no network: http://127.0.0.1:8866 opens here, and nowhere else" in said
    assert demo.large("127.0.0.1:8866") in said


def test_the_browser_of_this_machine_opens_unless_it_shall_not(server, monkeypatch):
    opened = []
    monkeypatch.setattr(demo, "webbrowser", SimpleNamespace(open=opened.append))
    monkeypatch.setattr(demo.threading, "Thread", AtOnce)
    said_by(demo.serve_page, 8866, False)
    assert opened == []
    said_by(demo.serve_page, 8866, True)
    assert opened == ["http://127.0.0.1:8866/"]


class AtOnce:
    def __init__(self, target, args, daemon):
        self.start = lambda: target(*args)


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
        demo.serve_page(8866, False)


def test_a_classroom_that_does_not_start_says_what_voila_said_last(monkeypatch, capsys):
    program = "import sys; print('one'); print('there is no such notebook', file=sys.stderr); sys.exit(3)"
    monkeypatch.setattr(demo, "voila_command", lambda port: [sys.executable, "-c", program])
    with refused(OSError, "The classroom could not be opened: there is no such notebook"):
        demo.serve_app(free_port(), False)


def test_voila_is_asked_directly_whatever_proxy_is_set(monkeypatch):
    monkeypatch.setattr(demo, "PATIENCE", 10)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")  # where nobody answers
    with socket.create_server(("127.0.0.1", 0)) as voila:
        threading.Thread(target=answer_once, args=(voila,), daemon=True).start()
        running = SimpleNamespace(poll=lambda: None)
        assert demo._answers(running, f"http://127.0.0.1:{voila.getsockname()[1]}/")


def answer_once(server):
    connection, _ = server.accept()
    with connection:
        connection.recv(4096)
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def test_a_free_port_is_found_above_one_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port < demo.free_port(port) < port + 50


def test_where_no_port_is_free_a_sentence_says_so(monkeypatch):
    class Taken(socket.socket):
        def connect_ex(self, address):
            return 0

    monkeypatch.setattr(demo.socket, "socket", Taken)
    with refused(OSError, "no port from 8866 to 8915 is free"):
        demo.free_port()


def test_voila_listens_on_this_machine_alone_with_a_kernel_started_in_advance():
    command = demo.voila_command(8877)
    assert command[1:4] == ["-P", "-m", "voila"]
    assert {"--Voila.ip=127.0.0.1", "--port=8877", "--template=pooltutor", "--preheat_kernel=True"} <= set(command)
    assert demo.notebook().name == "classroom.ipynb"
    template = os.path.join(demo.environment()["JUPYTER_PATH"].split(os.pathsep)[0], "voila/templates/pooltutor")
    assert {"conf.json", "index.html.j2"} <= set(os.listdir(template))
