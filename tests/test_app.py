"""The classroom's server as a process: whom it answers, how many kernels it runs, and that it ends."""

import http.client
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from types import SimpleNamespace

import psutil
import pytest

from pooltutor.words import load
from tests.lab import PATIENCE, wait_for_words

pytestmark = pytest.mark.slow
OWN = {"Accept": "text/html", "Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document"}
SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
# The command with other limits: its own would make a test of them long.
COMMAND = """
import sys
from pooltutor import demo
demo.GRACE = 2
demo.app_command = lambda *place: [sys.executable, "-c", "from pooltutor import app; app.MOST = 2; app.main()"]
from pooltutor.cli import main
sys.exit(main(["demo", "--no-browser"]))
"""


@contextmanager
def classroom(folder, *command):
    """The command that serves a classroom, its port, and the processes below it."""
    log = folder / f"{len(list(folder.iterdir()))}.log"
    with log.open("w") as file:
        process = subprocess.Popen([sys.executable, *command], stdout=file, stderr=file)
    try:
        port = int(re.search(r"127\.0\.0\.1:(\d+)/", wait_for_words(process, log, "(Ctrl+C ends it)"))[1])
        yield SimpleNamespace(process=process, port=port, log=log)
    finally:
        for each in [*below(process), process]:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        process.wait()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with classroom(tmp_path_factory.mktemp("app"), "-c", COMMAND) as serving:
        yield serving


def below(process):
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(process.pid).children(recursive=True)
    return []


def kernels(process):
    return {each.pid for each in below(process) if "ipykernel" in " ".join(each.cmdline())}


def ask(port, headers, path="/", method="GET"):
    """Status and body of an answer; a header that is None is left out, and Host is the server's own unless named."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.putrequest(method, path, skip_host=True)
    for name, value in ({"Host": f"127.0.0.1:{port}"} | headers).items():
        if value is not None:
            connection.putheader(name, value.format(port=port))
    connection.endheaders()
    answer = connection.getresponse()
    body = b"" if answer.status == 101 else answer.read()
    connection.close()
    return answer.status, body.decode()


def page(port, **headers):
    return ask(port, OWN | headers)


FOREIGN = {
    "an image": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image", "Accept": "image/avif,*/*;q=0.8"},
    "an image of an old browser": {"Accept": "image/png,*/*;q=0.5", "Referer": "http://elsewhere.example/"},
    "an image that names no page": {"Accept": "image/png,*/*;q=0.5"},
    "a link": {**OWN, "Sec-Fetch-Site": "cross-site", "Referer": "https://elsewhere.example/"},
    "a link of an old browser": {"Accept": "text/html", "Referer": "http://127.0.0.1:8000/"},
    "another server of this machine": {**OWN, "Sec-Fetch-Site": "same-site"},
    "a frame": {**OWN, "Sec-Fetch-Dest": "iframe"},
    "a form": {"Accept": "text/html", "Origin": "null"},
    "a name that begins like ours": {"Accept": "text/html", "Referer": "http://127.0.0.1:{port}0/"},
}
HOSTS = ["rebound.example", "rebound.example:{port}", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.x.example:{port}", None]


def test_another_name_is_refused_everywhere(app):
    for host in HOSTS:
        for path in ("/", "/voila/static/voila.js", "/api/kernels/0-0-0-0-0", "/voila/files/classroom.ipynb"):
            status, body = ask(app.port, {**OWN, "Host": host}, path)
            assert status in (400, 403), (host, path)
            assert status == 400 or load()["demo"]["host"] in body


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}"])
def test_both_names_of_this_machine_are_answered(app, host):
    assert ask(app.port, {"Host": host}, "/voila/static/voila.js")[0] == 200


def test_what_other_pages_ask_for_starts_nothing(app):
    before = kernels(app.process)
    for what, headers in FOREIGN.items():
        for _ in range(20):
            status, body = ask(app.port, headers)
            assert (status, load()["demo"]["foreign"] in body) == (403, True), what
    assert kernels(app.process) == before


@pytest.fixture(scope="module")
def opened(app):
    """The answers to six windows that were opened at once."""
    sites = ["none", "same-origin"] * 3
    with ThreadPoolExecutor(6) as windows:
        return list(windows.map(lambda site: page(app.port, **{"Sec-Fetch-Site": site}), sites))


def test_no_more_kernels_run_than_may_and_a_sentence_says_so(app, opened):
    assert sorted(status for status, _ in opened) == [200, 200, 503, 503, 503, 503]
    full = load()["demo"]["full"].format(most=2)
    assert [full in body for status, body in opened if status == 503] == [True] * 4
    assert len(kernels(app.process)) == 2
    assert page(app.port)[0] == 503


def kernel_of(body):
    return re.search(r'"kernelId": ?"([\w-]+)"', body)[1]


def test_a_kernel_obeys_its_own_page_alone(app, opened):
    kernel = kernel_of(next(body for status, body in opened if status == 200))
    own, foreign = "http://127.0.0.1:{port}", "http://elsewhere.example"
    channel = f"/api/kernels/{kernel}/channels"
    assert ask(app.port, {**SOCKET, "Origin": own}, channel)[0] == 101
    for headers in (
        {"Origin": foreign},
        {"Origin": "null"},
        {"Host": "rebound.example", "Origin": "http://rebound.example"},
    ):
        assert ask(app.port, SOCKET | headers, channel)[0] == 403
        assert ask(app.port, headers, f"/api/kernels/{kernel}", "DELETE")[0] == 403
        assert ask(app.port, headers, f"/voila/api/shutdown/{kernel}", "POST")[0] == 403
    assert ask(app.port, {"Origin": own}, f"/api/kernels/{kernel}")[0] == 200


def test_a_page_that_is_closed_makes_room_for_the_next(app, opened):
    kernel = kernel_of(next(body for status, body in opened if status == 200))
    secret = {"Cookie": "_xsrf=x", "X-XSRFToken": "x"}
    assert ask(app.port, secret, f"/voila/api/shutdown/{kernel}", "POST")[0] == 204
    assert page(app.port)[0] == 200
    assert page(app.port)[0] == 503


def test_the_classroom_has_no_widget_that_voila_may_wait_for_in_vain(monkeypatch):
    """nbclient answers an Output widget on the socket on which it awaits the kernel's reply, and can miss that."""
    from ipywidgets import Output

    from pooltutor.live import classroom

    monkeypatch.setattr(Output, "__init__", lambda *arguments, **named: pytest.fail("there is an Output widget"))
    assert repr(classroom()) == "classroom()"


def test_two_classrooms_at_once_have_an_address_each(tmp_path_factory):
    command = ("-m", "pooltutor", "demo", "--no-browser")
    with ExitStack() as both, ThreadPoolExecutor(2) as start:
        contexts = [classroom(tmp_path_factory.mktemp("one"), *command) for _ in range(2)]
        first, second = start.map(both.enter_context, contexts)
        assert first.port != second.port
        for each in (first, second):
            assert each.process.poll() is None
            assert ask(each.port, {}, "/voila/static/voila.js")[0] == 200


@pytest.mark.skipif(os.name == "nt", reason="Windows stops no process")
def test_a_classroom_that_hangs_is_ended_with_its_kernels(app):
    family = below(app.process)
    assert kernels(app.process)
    for each in family:
        each.send_signal(signal.SIGSTOP)
    app.process.terminate()
    assert app.process.wait(PATIENCE) == 130
    assert psutil.wait_procs(family, 10)[1] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows tells nobody")
def test_a_classroom_ends_when_its_command_is_killed(tmp_path):
    with classroom(tmp_path, "-c", COMMAND) as serving:
        page(serving.port)
        family = below(serving.process)
        assert kernels(serving.process)
        serving.process.kill()
        assert psutil.wait_procs(family, 30)[1] == []
