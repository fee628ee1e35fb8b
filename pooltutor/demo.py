"""The classroom in a browser: Voila with a warm kernel for this machine, or the one-file page for a room.

The app is `classroom.ipynb` without its code, on 127.0.0.1 alone. ``lan=True`` has no kernel behind it: it serves one
file, so that there is nothing to log into and nothing to break.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import webbrowser
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

from pooltutor.words import load

PACKAGE = Path(__file__).resolve().parent
NOTEBOOK = "classroom.ipynb"
PORT = 8866
PATIENCE = 120  # seconds


def notebook() -> Path:
    """Return the classroom's notebook: the package carries it, a checkout has it beside the package."""
    return next(folder / NOTEBOOK for folder in folders() if (folder / NOTEBOOK).exists())


def folders() -> tuple[Path, ...]:
    """Where the lessons may be: in an installed package, in a checkout."""
    return PACKAGE / "notebooks", PACKAGE.parent / "notebooks"


def free_port(first: int = PORT) -> int:
    """Return the first free port from ``first`` on."""
    for port in range(first, first + 50):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise OSError(load()["demo"]["no_port"].format(first=first, last=first + 49))


def voila_command(port: int) -> list[str]:
    """Return the command that serves the classroom on this machine alone, with a kernel started in advance."""
    options = {
        "Voila.ip": "127.0.0.1",
        "port": port,
        "template": "pooltutor",
        "preheat_kernel": "True",
        "pool_size": 1,
        # A pooled kernel that were culled early would leave a blank page.
        "MappingKernelManager.cull_idle_timeout": 7200,
    }
    named = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "voila", str(notebook()), "--no-browser", *named]


def environment() -> dict[str, str]:
    """Return this process's environment, with the package's own Voila template where Voila looks for it."""
    paths = [str(PACKAGE / "share" / "jupyter"), *os.environ.get("JUPYTER_PATH", "").split(os.pathsep)]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(filter(None, paths)), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def serve_app(port: int, browser: bool) -> int:
    """Serve the classroom until Ctrl+C; return the exit status."""
    words, address = load()["demo"], f"http://127.0.0.1:{port}/"
    print(words["starting"], flush=True)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(voila_command(port), env=environment(), stdout=log, stderr=log)
        try:
            if not _answers(process, address):
                process.terminate()
                print(words["failed"].format(text=_last_line(log)), file=sys.stderr)
                return 1
            _announce(words["ready"].format(address=address), address, browser)
            return process.wait()
        except KeyboardInterrupt:
            return 130
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)


def _answers(process: subprocess.Popen, address: str) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{address}voila/static/voila.js", timeout=5):
            return True
        time.sleep(0.2)
    return False


def _last_line(log: IO[bytes]) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _announce(sentence: str, address: str, browser: bool) -> None:
    print(sentence, flush=True)
    if browser:
        webbrowser.open(address)


# For the room --------------------------------------------------------------------------------------------


class OnePage(BaseHTTPRequestHandler):
    """Answers every request with the one page."""

    html = b""

    def do_GET(self) -> None:
        """Send the page, whatever was asked for."""
        self.send_response(200)
        for name, value in (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(self.html)))):
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # a phone that leaves in the middle
            self.wfile.write(self.html)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: thirty phones would fill the screen."""


def own_address() -> str:
    """Return this machine's address in its network, without asking the network: no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("10.255.255.255", 1))
        return str(probe.getsockname()[0])
    return "127.0.0.1"


GLYPHS = {
    "0": "███ █ █ █ █ █ █ ███", "1": " █  ██   █   █  ███", "2": "███   █ ███ █   ███", "3": "███   █ ███   █ ███",
    "4": "█ █ █ █ ███   █   █", "5": "███ █   ███   █ ███", "6": "███ █   ███ █ █ ███", "7": "███   █   █   █   █",
    "8": "███ █ █ ███ █ █ ███", "9": "███ █ █ ███   █ ███", ".": "                 █ ", ":": "     █       █     ",
}  # fmt: skip
"""Digits in five lines of three places each, joined by spaces."""


def large(text: str) -> str:
    """Return digits, points and colons as letters five lines high.

    >>> print(large("1:4"))
     █      █ █
    ██   █  █ █
     █      ███
     █   █    █
    ███       █
    """
    rows = [[GLYPHS[each][4 * k : 4 * k + 3] for each in text] for k in range(5)]
    return "\n".join(" ".join(row).rstrip() for row in rows)


def serve_page(port: int, browser: bool) -> int:
    """Make the page, serve it to everybody in the network until Ctrl+C; return the exit status."""
    from pooltutor import page

    words = load()["demo"]
    print(words["making"], flush=True)
    try:
        handler = type("Page", (OnePage,), {"html": page.page_html(page.recorded()).encode()})
    except page.Disagrees as refusal:
        print(refusal, file=sys.stderr)
        return 1
    with ThreadingHTTPServer(("0.0.0.0", port), handler) as server:
        address = f"{own_address()}:{port}"
        print(f"\n{large(address)}\n")
        _announce(words["room"].format(address=f"http://{address}"), f"http://127.0.0.1:{port}/", browser)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 130
    return 0


def main(port: int | None = None, lan: bool = False, browser: bool = True) -> int:
    """Serve the app for this machine, or with ``lan`` the page for the room; return the exit status."""
    try:
        return (serve_page if lan else serve_app)(port or free_port(), browser)
    except OSError as error:
        print(load()["demo"]["failed"].format(text=error), file=sys.stderr)
        return 1
