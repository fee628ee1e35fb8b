"""A learner's functions in a process of their own, where an endless loop or a full memory harms nobody.

The process is a fresh one on every system. A fork would be quicker to write and to start, but it copies a kernel
whose other threads (those of ZeroMQ, of PyTorch's thread pool) are not copied and may hold locks: such a child hangs
now and then, crashes in macOS' system libraries, and Windows has none. A function of a notebook cannot be imported by
another process, so cloudpickle sends it by value, with the globals, the closure and the other functions that it uses.

What comes back is text, read as JSON and checked: nothing that the learner's code makes is unpickled here.
"""

import json
import linecache
import os
import pickletools
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pooltutor.exercises.coding.child import MOST_LINES
from pooltutor.extras import explained
from pooltutor.quoting import quoted
from pooltutor.words import say

CALL_SECONDS = 2.0
"""How long the calls for one size may take."""

START_SECONDS = 60.0
"""How long a process may take to start; what a learner's function uses is imported there."""

PROCESSOR_SECONDS = 120
"""How many seconds of a processor the process gets at most, where the system counts them."""

MEMORY = 2**30
"""How many bytes the process may have beyond those that it has when it has started."""

AHEAD = 3
"""Orders that are sent before the first of them is answered; they must fit into a pipe, on Windows 4 KB."""

LOOK_EVERY = 0.05
"""Seconds from one look at the memory to the next, and most that an interrupt waits."""

LONGEST_MESSAGE = 2**21


class Stopped(Exception):
    """A learner's code went no further; its text is the end of the sentence "at 5 → 3 ..."."""


class Unsendable(ValueError):
    """A function that cannot be taken into another process; its text says which of its names is to blame."""


def pack(functions: tuple[Any, ...]) -> bytes:
    """Return functions as bytes, by value where another process cannot import them."""
    try:
        from cloudpickle import dumps
    except ModuleNotFoundError as error:
        raise explained(error) from None
    try:
        return bytes(dumps(functions))
    except Exception as error:  # what cannot be pickled says so in many ways
        raise Unsendable(say("coding.unsendable", name=_culprit(functions, dumps), error=quoted(error))) from None


def _culprit(functions: tuple[Any, ...], dumps: Any) -> str:
    """The global name that cannot be sent; else the function."""
    for function in functions:
        code, names = getattr(function, "__code__", None), getattr(function, "__globals__", {})
        for name in getattr(code, "co_names", ()):
            try:
                dumps(names.get(name))
            except Exception:
                return str(name)
    return str(getattr(functions[0], "__name__", type(functions[0]).__name__))


def uses_torch(packed: bytes) -> bool:
    """Whether packed functions name torch or something in it."""
    texts = (text for _, text, _ in pickletools.genops(packed) if isinstance(text, str))
    return any(text == "torch" or text.startswith(("torch.", "torch ")) for text in texts)


class Sandbox:
    """The process, from ``with`` to the end of its block; ``printed`` are the first lines that came out of it."""

    def __init__(self, functions: tuple[Any, ...], arrays: bool) -> None:
        self.packed = pack(functions)
        self.library = ("torch" if uses_torch(self.packed) else "numpy") if arrays else ""
        self.printed: list[str] = []
        self.memory_at_start = 0
        self.messages: queue.Queue[bytes] = queue.Queue(100)  # a flood waits in the process, not here

    def __enter__(self) -> "Sandbox":
        child = Path(__file__).with_name("child.py")
        self.process = subprocess.Popen(
            # -I: neither the folder of the script nor the learner's variables decide what is imported
            [sys.executable, "-I", str(child)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"OMP_NUM_THREADS": "1"},  # these arrays are tiny: more threads would only wait
            start_new_session=True,  # an interrupt of the kernel goes to its whole group
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()
        try:
            self._start()
        except BaseException:
            self.end()
            raise
        return self

    def _start(self) -> None:
        limits = {"memory": MEMORY, "seconds": PROCESSOR_SECONDS}
        about = {"path": [*map(str, sys.path)], "length": len(self.packed), "library": self.library, **limits}
        self._tell(json.dumps(about).encode() + b"\n" + self.packed)
        self._hear(START_SECONDS, "ready")
        self.memory_at_start = self._memory()

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the process and all that it has started; on Windows, which has no groups of processes, itself alone."""
        if hasattr(os, "killpg"):
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):  # it is gone; macOS says so in the second way
                self.process.kill()
        else:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            _close(pipe)

    def ask(self, orders: Iterable[list[Any]]) -> Iterator[list[Any]]:
        """Yield what each order gives, a list of calls ``[number of the function, arguments]``; raise Stopped."""
        waiting = iter(orders)
        sent = deque(map(self._order, islice(waiting, AHEAD)))
        while sent:
            values = self._hear(CALL_SECONDS, "values")
            if not isinstance(values, list) or len(values) != sent.popleft():
                raise Stopped(say("coding.ended"))
            sent.extend(map(self._order, islice(waiting, 1)))
            yield values

    def _order(self, calls: list[Any]) -> int:
        """Send an order; return how many values it will give."""
        self._tell(json.dumps(calls).encode() + b"\n")
        return len(calls)

    # Messages --------------------------------------------------------------------------------------------------

    def _tell(self, text: bytes) -> None:
        pipe = self.process.stdin
        assert pipe is not None
        try:
            pipe.write(text)
            pipe.flush()
        except OSError:  # the process has ended; the next message says so
            return

    def _listen(self, pipe: IO[bytes]) -> None:
        """Read the messages in a thread of its own: a pipe cannot be read with a time limit on every system."""
        try:
            while line := pipe.readline(LONGEST_MESSAGE):
                self.messages.put(line, timeout=START_SECONDS)
            self.messages.put(b"", timeout=START_SECONDS)
        except (OSError, ValueError, queue.Full):  # closed while it was read, or nobody listens any more
            return

    def _hear(self, seconds: float, wanted: str) -> Any:
        """Wait for an answer; take what is printed meanwhile."""
        for message in self._received(time.monotonic() + seconds, seconds):
            if wanted in message:
                return message[wanted]
            if isinstance(message.get("printed"), str):
                self.printed += [message["printed"]][: MOST_LINES - len(self.printed)]
            elif "raised" in message:
                raise Stopped(_sentence(message["raised"]))
        raise Stopped(say("coding.ended"))

    def _received(self, deadline: float, seconds: float) -> Iterator[dict[str, Any]]:
        """Yield the messages until the process has ended; raise Stopped where it takes too long or too much."""
        while True:
            try:
                line = self.messages.get(timeout=LOOK_EVERY)
            except queue.Empty:
                line = b" "
            if not line:
                return
            if line.strip():
                yield _read(line)
            if time.monotonic() > deadline:
                raise Stopped(say("coding.late", seconds=f"{seconds:g}"))
            if line == b" " and self._memory() > self.memory_at_start + MEMORY:
                raise Stopped(say("coding.memory", megabytes=MEMORY // 2**20))

    def _memory(self) -> int:
        """How many bytes the process has, where psutil is there to say so."""
        try:
            import psutil

            return int(psutil.Process(self.process.pid).memory_info().rss)
        except Exception:  # not installed, or the process has just ended
            return 0


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        try:
            pipe.close()
        except OSError:  # what was not sent any more
            return


def _read(line: bytes) -> dict[str, Any]:
    """A message; an empty one for what is none."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def _sentence(about: Any) -> str:
    """What was raised, and in which of the learner's lines, as far as that can be told."""
    if not isinstance(about, dict):
        return say("coding.ended")
    error = str(about.get("error", ""))
    match about.get("place"):
        case [str(file), int(line)]:
            text = linecache.getline(file, line).strip()
            return say("coding.raises_in" if text else "coding.raises_at", error=error, line=line, text=text)
    return say("coding.raises", error=error)
