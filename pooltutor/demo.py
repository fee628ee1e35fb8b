"""The classroom in a browser: Voila with a warm kernel for this machine, or the one-file page for a room.

The app is `classroom.ipynb` without its code, on 127.0.0.1 alone. ``lan=True`` has no kernel behind it: it serves one
file, so that there is nothing to log into and nothing to break. ``room`` asks a story of everybody's phone.
"""

import asyncio
import errno
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from typing import IO, TypeVar

import psutil

from pooltutor.access import TOP, Base
from pooltutor.words import say

PACKAGE = Path(__file__).resolve().parent
NOTEBOOK = "classroom.ipynb"
PORT = 8866
PATIENCE = 120  # seconds, for a classroom that starts
GRACE = 10  # seconds, for one that ends

Opened = TypeVar("Opened")


def notebook() -> Path:
    """Return the classroom's notebook: the package carries it, a checkout has it beside the package."""
    return next(folder / NOTEBOOK for folder in folders() if (folder / NOTEBOOK).exists())


def folders() -> tuple[Path, ...]:
    """Where the lessons may be: in an installed package, in a checkout."""
    return PACKAGE / "notebooks", PACKAGE.parent / "notebooks"


def first_free(open_at: Callable[[int], Opened], port: int | None = None) -> tuple[int, Opened]:
    """Return a port, and what ``open_at`` made of it: the port that is named, or else the first that is free.

    Raises OSError, with the port, where none is. To look first and open then would leave others the time in between.
    """
    for each in range(PORT, PORT + 50) if port is None else [port]:
        try:
            return each, open_at(each)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):  # Windows keeps some ports to itself
                raise
    raise OSError(say("demo.no_port", first=PORT, last=PORT + 49) if port is None else say("demo.taken", port=port))


def app_command(port: int | None, base: Base) -> list[str]:
    """Return the command that serves the classroom on this machine alone; :mod:`pooltutor.app` says how it ends."""
    # -P: not the modules of the folder that it is started from
    return [sys.executable, "-P", "-m", "pooltutor.app", str(port or 0), str(base)]


def environment() -> dict[str, str]:
    """Return this process's environment, with the package's own Voila template where Voila looks for it."""
    paths = [str(PACKAGE / "share" / "jupyter"), *os.environ.get("JUPYTER_PATH", "").split(os.pathsep)]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(filter(None, paths)), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def serve_app(port: int | None, browser: bool, base: Base) -> int:
    """Serve the classroom until Ctrl+C, which is raised; return the server's exit status if it ends before.

    Raises OSError, with the last that it said, where it does not start.
    """
    print(say("demo.starting"), flush=True)
    with tempfile.TemporaryFile() as log, app_process(port, log, base) as process:
        answered = _first_line(process)
        if not answered:
            raise OSError(say("demo.failed", text=_last_line(log)))
        here = f"http://127.0.0.1:{int(answered)}"
        address = f"{here}{base.path}"
        behind = base.origin and say("demo.behind_proxy", address=base, here=here)
        _announce(behind or say("demo.ready", address=address), address, browser)
        return process.wait()


@contextmanager
def app_process(port: int | None, log: IO[bytes], base: Base) -> Iterator[subprocess.Popen]:
    """Start the process that serves the classroom, and end it."""
    pipe = subprocess.PIPE
    with subprocess.Popen(app_command(port, base), env=environment(), stdin=pipe, stdout=pipe, stderr=log) as process:
        try:
            yield process
        finally:
            _end(process)


def _first_line(process: subprocess.Popen) -> bytes:
    """The first line that a process writes, and nobody else; nothing where it ends or takes too long."""
    assert process.stdout is not None, "it was started with a pipe"
    lines: Queue[bytes] = Queue()
    threading.Thread(target=lambda output: lines.put(output.readline()), args=(process.stdout,), daemon=True).start()
    with suppress(Empty):
        return lines.get(timeout=PATIENCE)
    return b""


def _end(process: subprocess.Popen) -> None:
    """Ask a process to end by closing its stdin, wait, then kill it and whatever it started that is still there."""
    assert process.stdin is not None, "it was started with a pipe"
    family = [process, *_children(process)]
    process.stdin.close()
    with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):  # a second Ctrl+C ends the waiting
        process.wait(GRACE)
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.kill()


def _children(process: subprocess.Popen) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(process.pid).children(recursive=True)
    return []


def _last_line(log: IO[bytes]) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _announce(sentence: str, address: str, browser: bool) -> None:
    print(sentence, flush=True)
    if browser:
        _open(address)


def _open(address: str) -> None:
    """Open the browser in a thread, as some return only when they are closed."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


# For the room --------------------------------------------------------------------------------------------


def own_address() -> str | None:
    """Return this machine's address in its network, None where it is in none; no packet is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("10.255.255.255", 1))
        return str(probe.getsockname()[0])
    return None


def on_the_network(port: int) -> list[socket.socket]:
    """Listen on every network of this machine."""
    return _listening("0.0.0.0", port)


def _listening(host: str, port: int) -> list[socket.socket]:
    """Listen, for a room whose phones all ask in one second."""
    server = socket.create_server((host, port), backlog=512)
    server.setblocking(False)
    return [server]


def serve_page(port: int | None, browser: bool, base: Base) -> int:
    """Make the page, serve it to everybody in the network until Ctrl+C, which is raised; it is there at every path."""
    from pooltutor import page
    from pooltutor.room import server

    print(say("demo.making"), flush=True)
    html = page.page_html(page.recorded())
    port, sockets = first_free(on_the_network, port)
    path = base.path.removesuffix("/")
    address, sentence = _public(port, "demo.room", base.origin, path)

    def ready() -> None:
        _show_code(address)
        _announce(sentence, f"http://127.0.0.1:{port}{path}/", browser)

    asyncio.run(server.serve_page(html, sockets, ready))
    return 0


def _public(port: int, words: str, origin: str = "", path: str = "") -> tuple[str, str]:
    """The address that a room opens, and the sentence about it; another one where this machine is on no network."""
    own = own_address()
    here = f"http://{own or '127.0.0.1'}:{port}"
    address = f"{origin or here}{path}"
    return address, say(words if own else "demo.no_room", address=address)


def _show_code(address: str) -> None:
    from pooltutor.room.qr import qr_text

    print(f"\n{qr_text(address)}\n\n    {address}\n", flush=True)


def serve_room(port: int | None, browser: bool, story: str) -> int:
    """Open a room for phones, and the teacher's page, until Ctrl+C, which is raised; the classroom opens beside it."""
    from pooltutor import page
    from pooltutor.live.story import story_data
    from pooltutor.room import pages, server

    try:
        steps = story_data(story)["steps"]
    except TypeError as error:  # what is typed after a command is a text, and what is wrong with it is its value
        raise ValueError(str(error)) from None
    print(say("demo.opening_room"), flush=True)
    with tempfile.TemporaryFile() as log, app_process(None, log, TOP) as process:
        both = pages.room_pages(page.recorded())
        port, phones = first_free(on_the_network, port)
        _, teacher = first_free(lambda each: _listening("127.0.0.1", each))
        address, sentence = _public(port, "demo.phones")
        sockets = server.Sockets(phones, teacher)

        def ready(room: server.OpenRoom) -> None:
            _show_code(address)
            print(sentence)
            leads = f"http://127.0.0.1:{sockets.teacher_port}/#{room.secret}"
            _announce(say("demo.leads", address=leads), leads, browser)
            _when_open(process, asyncio.get_running_loop(), room.meeting.app_is_open)

        asyncio.run(server.serve_room(steps, both, sockets, address, ready))
    return 0


def _when_open(
    process: subprocess.Popen, loop: asyncio.AbstractEventLoop, told: Callable[[Callable[[], None]], None]
) -> None:
    """Tell how to open the classroom as soon as that can be done, and say nothing where it does not start."""

    def wait() -> None:
        answered = _first_line(process)
        if answered:
            address = f"http://127.0.0.1:{int(answered)}/"
            with suppress(RuntimeError):  # the room may have been closed meanwhile
                loop.call_soon_threadsafe(told, lambda: _open(address))

    threading.Thread(target=wait, daemon=True).start()


def main(
    port: int | None = None, lan: bool = False, browser: bool = True, base: Base = TOP, room: str | None = None
) -> int:
    """Serve the app for this machine, with ``lan`` the page for the room, or with ``room`` a story for its phones.

    Return the exit status. Raises OSError where that cannot be done, ValueError where there is no such story,
    KeyboardInterrupt when it is ended by Ctrl+C or by the system.
    """
    if room is not None and base != TOP:
        raise ValueError(say("errors.command.room_base"))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or Voila would live on
    if room is not None:
        return serve_room(port, browser, room)
    return (serve_page if lan else serve_app)(port, browser, base)
