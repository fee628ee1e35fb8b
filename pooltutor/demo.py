"""The classroom in a browser: Voila with a warm kernel for this machine, or the one-file page for a room.

The app is `classroom.ipynb` without its code, on 127.0.0.1 alone. ``lan=True`` has no kernel behind it: it serves one
file, so that there is nothing to log into and nothing to break.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
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
    # -P: not the modules of the folder that it is started from
    return [sys.executable, "-P", "-m", "voila", str(notebook()), "--no-browser", *named]


def environment() -> dict[str, str]:
    """Return this process's environment, with the package's own Voila template where Voila looks for it."""
    paths = [str(PACKAGE / "share" / "jupyter"), *os.environ.get("JUPYTER_PATH", "").split(os.pathsep)]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(filter(None, paths)), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def serve_app(port: int, browser: bool) -> int:
    """Serve the classroom until Ctrl+C, which is raised; return Voila's exit status if it ends before.

    Raises OSError, with the last that Voila said, where it does not start.
    """
    words, address = load()["demo"], f"http://127.0.0.1:{port}/"
    print(words["starting"], flush=True)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(voila_command(port), env=environment(), stdout=log, stderr=log)
        try:
            if not _answers(process, address):
                raise OSError(words["failed"].format(text=_last_line(log)))
            _announce(words["ready"].format(address=address), address, browser)
            return process.wait()
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)


def _answers(process: subprocess.Popen, address: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy reaches this machine's own ports
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), direct.open(f"{address}voila/static/voila.js", timeout=5):
            return True
        time.sleep(0.2)
    return False


def _last_line(log: IO[bytes]) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _announce(sentence: str, address: str, browser: bool) -> None:
    print(sentence, flush=True)
    if browser:  # in a thread, as some browsers return only when they are closed
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


# For the room --------------------------------------------------------------------------------------------


class OnePage(BaseHTTPRequestHandler):
    """Has one page, and nothing else: a browser asks for an icon, too."""

    html = b""
    timeout = 60  # seconds, after which a silent connection ends

    def handle(self) -> None:
        """Answer; a phone may leave at any moment."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Send the page; whoever mistypes a path gets it, too."""
        if self.path == "/favicon.ico":
            return self.send_error(404)
        self.send_response(200)
        for name, value in (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(self.html)))):
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(self.html)

    do_HEAD = do_GET

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: thirty phones would fill the screen."""


def own_address() -> str | None:
    """Return this machine's address in its network, None where it is in none; no packet is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("10.255.255.255", 1))
        return str(probe.getsockname()[0])
    return None


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
    """Make the page, serve it to everybody in the network until Ctrl+C, which is raised."""
    from pooltutor import page

    words = load()["demo"]
    print(words["making"], flush=True)
    handler = type("Page", (OnePage,), {"html": page.page_html(page.recorded()).encode()})
    with ThreadingHTTPServer(("0.0.0.0", port), handler) as server:
        here, own = f"127.0.0.1:{port}", own_address()
        address = f"{own}:{port}" if own else here
        print(f"\n{large(address)}\n")
        _announce(words["room" if own else "no_room"].format(address=f"http://{address}"), f"http://{here}/", browser)
        server.serve_forever()
    return 0


def main(port: int | None = None, lan: bool = False, browser: bool = True) -> int:
    """Serve the app for this machine, or with ``lan`` the page for the room; return the exit status.

    Raises OSError where that cannot be done, KeyboardInterrupt when it is ended by Ctrl+C or by the system.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or Voila would live on
    return (serve_page if lan else serve_app)(port or free_port(), browser)
