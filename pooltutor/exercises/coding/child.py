"""The script of the child process: it takes a learner's functions, calls them as it is told, and says what came.

It knows nothing but the standard library, so that it starts in a few hundredths of a second, and it reads orders and
writes answers as lines of JSON. The parent never unpickles what comes from here: that is
:mod:`pooltutor.exercises.coding.sandbox`, which starts it, watches its time and its memory, and ends it.
"""

import io
import json
import os
import pickle
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from reprlib import Repr
from typing import Any, TextIO

MOST_NUMBERS = 4096
"""Most numbers that one call may return."""

LONGEST_ANSWER = 10**6
"""Most characters of the answer to one order."""

LONGEST_ERROR = 200
"""Most characters of an error that are repeated."""

MOST_LINES, LONGEST_LINE = 6, 100
"""Lines that are kept of what is printed, one more than is shown; and most characters of each."""

LIBRARIES = (os.path.dirname(os.__file__), str(Path(__file__).resolve().parents[2]), "<frozen")
"""Where no line is the learner's own: the standard library, and pooltutor."""


# Answers -------------------------------------------------------------------------------------------------------


class Channel:
    """Sends messages to the parent, one after the other, whichever thread they come from."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.lock = file, threading.Lock()
        self.printed: io.TextIOBase | None = None

    def send(self, **message: Any) -> None:
        """Send one message; what is too long becomes a note of that."""
        text = json.dumps(message)
        if len(text) > LONGEST_ANSWER:
            text = json.dumps({"raised": {"error": f"MemoryError: {len(text)} characters"}})
        with self.lock:
            self.file.write(text + "\n")
            self.file.flush()


class Printed(io.TextIOBase):
    """Takes the place of sys.stdout: sends the first lines and forgets the others, so that a million cost nothing."""

    def __init__(self, channel: Channel) -> None:
        self.channel, self.left, self.begun = channel, MOST_LINES, ""

    def writable(self) -> bool:
        """Say that one may print."""
        return True

    def write(self, text: str) -> int:
        """Take a piece of text, which may hold no end of a line, or many."""
        if self.left:
            *lines, begun = (self.begun + text[: MOST_LINES * LONGEST_LINE]).split("\n")
            self.begun = begun[:LONGEST_LINE]
            for line in lines[: self.left]:
                self.left -= 1
                self.channel.send(printed=line[:LONGEST_LINE])
        elif sys.stdout is self:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, it forgets faster, to the end
        return len(text)


def plain(value: Any, depth: int = 4) -> Any:
    """What a function returned, as JSON has it: numbers and lists; dots where nothing was filled in; else a quotation.

    >>> plain((1, 2.5, [None])), plain(...), plain("4")
    ([1, 2.5, [None]], {'dots': True}, {'odd': "'4'"})
    """
    if value is ...:
        return {"dots": True}
    if value is None or isinstance(value, float) or (type(value) is int and abs(value) < 2**62):
        return value if value is None or isinstance(value, int) else float(value)
    if isinstance(value, (bool, int, str, bytes, dict, set, frozenset)) or not depth:
        return _odd(value)
    if hasattr(value, "tolist"):  # arrays and tensors of any library, and their single numbers
        few = all(size <= MOST_NUMBERS for size in getattr(value, "shape", ()))
        return plain(value.tolist(), depth) if few else _odd(value.shape)
    if hasattr(value, "__iter__"):
        items = list(islice(value, MOST_NUMBERS + 1))
        return [plain(item, depth - 1) for item in items] if len(items) <= MOST_NUMBERS else _odd(items)
    return float(value) if hasattr(value, "__float__") else _odd(value)


def _odd(value: Any) -> dict[str, str]:
    short = Repr()
    short.maxstring = short.maxother = 60
    return {"odd": " ".join(short.repr(value).split())}


def raised(error: BaseException) -> dict[str, Any]:
    """What was raised, in one line, and the last of the learner's own lines that it came through."""
    try:
        text = " ".join(str(error).split())
    except BaseException:  # an error may be the learner's own, too
        text = ""
    place, step = None, error.__traceback__
    while step:
        file = step.tb_frame.f_code.co_filename
        if not file.startswith(LIBRARIES) and "site-packages" not in file:
            place = [file, step.tb_lineno]
        step = step.tb_next
    name = type(error).__name__
    return {"error": (f"{name}: {text}" if text else name)[:LONGEST_ERROR], "place": place}


# Orders --------------------------------------------------------------------------------------------------------


def given(argument: Any, array: Callable[[Any], Any]) -> Any:
    """An argument as the learner's function gets it: {"array": ...}, {"sizes": ...}, or a number."""
    if not isinstance(argument, dict):
        return argument
    return array(argument["array"]) if "array" in argument else tuple(argument["sizes"])


def limit(memory: int, seconds: int) -> None:
    """Allow so many bytes more than there are now, and so many seconds in all, where the system can see to that.

    The parent watches both as well. The seconds are for a parent that is gone: nobody then ends an endless loop.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: seconds}
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as pages:  # macOS has no such file
        limits[resource.RLIMIT_AS] = int(pages.read().split()[0]) * resource.getpagesize() + memory
    for what, most in limits.items():
        with suppress(OSError, ValueError):  # somebody has set a lower one already
            resource.setrlimit(what, (most, most))


def follow(channel: Channel, orders: Any) -> None:
    """Load the functions, then call them, order by order, until there are no more."""
    start = json.loads(orders.readline())
    sys.path[:] = start["path"]
    try:
        functions = pickle.loads(orders.read(start["length"]))
        array = import_module(start["library"]).asarray if start["library"] else list
        limit(start["memory"], start["seconds"])
    except BaseException as error:
        channel.send(raised=raised(error))
        return
    channel.send(ready=True)
    for line in orders:
        try:
            calls = json.loads(line)
            values = [plain(functions[k](*(given(each, array) for each in arguments))) for k, arguments in calls]
        except BaseException as error:  # SystemExit and KeyboardInterrupt are a learner's, too
            channel.send(raised=raised(error))
        else:
            channel.send(values=values)


def main() -> None:
    """Keep the two pipes to the parent for orders and answers, and give the learner's code empty ones."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    for number in range(3):
        os.dup2(os.open(os.devnull, os.O_RDWR), number)
    channel = Channel(answers)
    sys.set_int_max_str_digits(0)  # an answer may be a number that Python would not write
    channel.printed = Printed(channel)  # kept here: while it writes, `print` holds no reference of its own
    sys.stdout = channel.printed
    follow(channel, orders)
    os._exit(0)  # threads that the learner's code has left behind are not waited for


if __name__ == "__main__":
    main()
