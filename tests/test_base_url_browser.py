"""The classroom below a path and behind a proxy: `demo --base-url`, as a process, asked by a browser and by hand."""

import http.client
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest

from pooltutor.access import TOP, Base, read_base, refusal
from pooltutor.words import load
from tests.lab import PATIENCE, end, free_port, wait_for_words
from tests.spec import refused
from tests.test_app import OWN, SOCKET
from tests.test_classroom_browser import Tab

# What is named ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "base"),
    [
        (None, TOP),
        ("", TOP),
        ("/", TOP),
        ("pooling", Base("/pooling/")),
        ("/user/a.b_c~d-9/proxy/8866", Base("/user/a.b_c~d-9/proxy/8866/")),
        ("https://Class.example.org", Base("/", "https://class.example.org")),
        ("http://127.0.0.1:9000/pooling/", Base("/pooling/", "http://127.0.0.1:9000")),
    ],
)
def test_a_base_is_mended_at_its_ends(text, base):
    assert read_base(text) == base
    assert read_base(str(base)) == base


BAD = (
    *("//elsewhere.example/", "/a//b/", "/a b/", "/a?b", "/a#b", "/ä/", "/%2e/", "/../", "a/./b", "/a\n", "/a\\b"),
    *("ftp://a/", "https://", "https:///a", "https://user@a/", "https://a:b/", "javascript:1", "/" + 201 * "a"),
)


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused_in_one_sentence(text):
    with pytest.raises(ValueError, match=r"^--base-url must be a path such as /pooling/, of letters, digits") as caught:
        read_base(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_the_command_says_the_same():
    from pooltutor.cli.commands import parser

    options = parser().parse_args(["demo", "--base-url", "/a b/"])
    with refused(ValueError, load()["errors"]["command"]["base_url"].format(came="'/a b/'")):
        options.run(options)


# Whom it answers ----------------------------------------------------------------------------------------------

PROXY = Base("/pooling/", "https://class.example.org")


@pytest.mark.parametrize(
    ("host", "origin", "answer"),
    [
        ("127.0.0.1:8866", "http://127.0.0.1:8866", None),
        ("127.0.0.1:8866", "https://class.example.org", None),  # a proxy that asks by our own name
        ("class.example.org", "https://class.example.org", None),  # one that passes its name on
        ("Class.example.org", None, None),
        ("class.example.org", "http://class.example.org", "foreign"),
        ("class.example.org", "http://127.0.0.1:8866", "foreign"),
        ("class.example.org", "https://class.example.org.elsewhere.example", "foreign"),
        ("127.0.0.1:8866", "https://elsewhere.example", "foreign"),
        ("class.example.org:8866", "https://class.example.org", "host"),
        ("elsewhere.example", "https://class.example.org", "host"),
        ("", None, "host"),
    ],
)
def test_a_proxy_is_answered_by_its_name_or_by_ours(host, origin, answer):
    headers = {"Host": host, **({"Origin": origin} if origin else {})}
    assert refusal(headers, 8866, page=False, base=PROXY) == answer
    assert refusal({**headers, "Sec-Fetch-Site": "cross-site"}, 8866, page=False, base=PROXY) == (answer or "foreign")


def test_without_a_proxy_a_missing_name_is_refused():
    assert refusal({}, 8866, page=False) == refusal({"Host": ""}, 8866, page=False, base=Base("/a/")) == "host"


# As a process -------------------------------------------------------------------------------------------------


def forward(listening, port: int) -> None:
    """Pass on every connection to a port of this machine, byte by byte, until the socket is closed."""
    with suppress(OSError):
        while True:
            one, _ = listening.accept()
            other = socket.create_connection(("127.0.0.1", port))
            for pair in ((one, other), (other, one)):
                threading.Thread(target=copy, args=pair, daemon=True).start()


def copy(source, target) -> None:
    with suppress(OSError), source, target:
        while data := source.recv(65536):
            target.sendall(data)


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    """The classroom, where it listens, and where a proxy answers that passes on all that it is asked."""
    log = tmp_path_factory.mktemp("proxied") / "log"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, address = free_port(), f"http://127.0.0.1:{listening.getsockname()[1]}/rooms/pooling/"
        command = [sys.executable, "-m", "pooltutor", "demo", "--no-browser", "--port", str(port)]
        with log.open("w") as file:
            process = subprocess.Popen([*command, "--base-url", address], stdout=file, stderr=file)
        said = wait_for_words(process, log, "(Ctrl+C ends it)")
        assert f"open at {address} as soon as a proxy passes that on to http://127.0.0.1:{port} " in said
        threading.Thread(target=forward, args=(listening, port), daemon=True).start()
        yield SimpleNamespace(process=process, port=port, address=address)
        end(process)


def ask(port, headers, path="/rooms/pooling/"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = b"" if answer.status == 101 else answer.read()
    connection.close()
    return answer, body.decode()


@pytest.mark.browser
def test_the_classroom_works_below_its_path_and_behind_a_proxy(proxied, chromium):
    context = chromium.new_context(viewport={"width": 1024, "height": 768})
    context.set_default_timeout(PATIENCE * 1000)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    below = (proxied.address, proxied.address.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda request: request.url.startswith(below) or faults.append(request.url))
    page.goto(f"{proxied.address}#tab=duel&n=5&m=3&rule=forum&show=windows,duel", wait_until="commit")
    assert "window 1 is 2:4 here, PyTorch's is 1:4" in Tab(page).wait("disagrees", "5,3,forum")
    assert [cookie["path"] for cookie in context.cookies() if cookie["name"] == "_xsrf"] == ["/rooms/pooling/"]
    context.close()
    assert faults == []


@pytest.mark.slow
def test_whoever_leaves_out_the_path_is_shown_the_way(proxied):
    for path in ("/", "/rooms/pooling"):
        answer, _ = ask(proxied.port, OWN, path)
        assert (answer.status, answer.headers["Location"]) == (302, "/rooms/pooling/")
    assert ask(proxied.port, OWN, "/voila/static/voila.js")[0].status == 404
    assert ask(proxied.port, OWN, "/rooms/pooling/voila/static/voila.js")[0].status == 200


@pytest.mark.slow
def test_a_page_of_the_proxy_may_open_a_socket_and_no_other(proxied):
    public = proxied.address.removesuffix("/rooms/pooling/")
    channel = "/rooms/pooling/api/kernels/00000000-0000-0000-0000-000000000000/channels"
    known = load()["demo"]
    for host in (f"127.0.0.1:{proxied.port}", public.removeprefix("http://")):
        # Nobody has such a kernel: whoever may ask is told that.
        assert ask(proxied.port, {**SOCKET, "Host": host, "Origin": public}, channel)[0].status == 404
        for foreign in ("http://elsewhere.example", "null"):
            answer, body = ask(proxied.port, {**SOCKET, "Host": host, "Origin": foreign}, channel)
            assert (answer.status, known["foreign"] in body) == (403, True)
    answer, body = ask(proxied.port, {**OWN, "Host": "rebound.example"})
    assert (answer.status, known["host"] in body) == (403, True)
    foreign = {**OWN, "Sec-Fetch-Site": "cross-site"}
    assert 'href="/rooms/pooling/?"' in ask(proxied.port, foreign)[1]
