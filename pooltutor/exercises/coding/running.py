"""A learner's function at all sizes: asked one after the other, marked, and put into words."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pooltutor.exercises.coding.attempt import Attempt
from pooltutor.exercises.coding.sandbox import Sandbox, Stopped, Unsendable
from pooltutor.exercises.coding.task import Givens, Nonsense, NotFilledIn, Size, Task
from pooltutor.exercises.reading import is_empty
from pooltutor.words import say

ALL_SECONDS = 60.0
"""How long all sizes may take."""

SECONDS_AFTER_FAILURE = 5.0
"""How much longer a wrong function is asked: other sizes tell which idea is behind it."""

SECONDS_WITHOUT_BAR = 1.0
"""From when on a bar shows how far it has got."""


@dataclass
class Run:
    """What a function gave so far; ``ended`` says why there is no more, "" where all sizes were tried."""

    givens: Givens = field(default_factory=dict)
    wrong: list[Size] = field(default_factory=list)
    ended: str = ""
    at: Size | None = None
    """The size at which it ended through the function's own fault."""


def attempt(task: Task, functions: tuple[Any, ...]) -> Attempt:
    """Run functions in a process of their own and mark what they give."""
    if any(map(is_empty, functions)):
        return Attempt(None, say("exercises.your_turn"))
    if not all(map(callable, functions)):
        return Attempt(None, say("exercises.unreadable", expected=say(f"coding.expected.{task.name}")))
    run, printed = Run(), []
    try:
        with Sandbox(functions, task.arrays) as sandbox, _bar(len(task.sizes)) as move:
            printed = sandbox.printed
            _ask_all(task, sandbox, run, move)
    except Unsendable as reason:
        return Attempt(None, str(reason))
    except NotFilledIn:
        return Attempt(None, say("exercises.your_turn"), printed=tuple(printed))
    except Stopped as reason:  # while it was loaded
        return Attempt(False, say("exercises.wrong", reason=str(reason)))
    except KeyboardInterrupt:
        return Attempt(None, say("coding.interrupted", count=len(run.givens), sizes=len(task.sizes)))
    return _marked(task, run, tuple(printed))


def _ask_all(task: Task, sandbox: Sandbox, run: Run, move: Callable[[], None]) -> None:
    deadline = time.monotonic() + ALL_SECONDS
    answers = sandbox.ask(map(task.calls, task.sizes))
    for size in task.sizes:
        if time.monotonic() > deadline:
            run.ended = say("coding.enough", seconds=f"{ALL_SECONDS:g}", count=len(run.givens))
            return
        try:
            given = task.read(next(answers), size)
        except (Stopped, Nonsense) as reason:
            run.at, run.ended = size, say("coding.at", size=task.title(size), reason=str(reason))
            return
        run.givens[size] = given
        if not task.same(given, size):
            if not run.wrong:
                deadline = min(deadline, time.monotonic() + SECONDS_AFTER_FAILURE)
            run.wrong.append(size)
        move()


# In words ------------------------------------------------------------------------------------------------------


def _marked(task: Task, run: Run, printed: tuple[str, ...]) -> Attempt:
    first, last = (task.title(task.sizes[k]) for k in (0, -1))
    if not run.wrong and not run.ended:
        about = {"count": len(task.sizes), "first": first, "last": last}
        return Attempt(True, say("exercises.right", checked=say(f"coding.checked.{task.name}", **about)), (), printed)
    if not run.wrong:
        before = [say("coding.before", count=len(run.givens))] if run.at and run.givens else []
        return Attempt(False, say("exercises.wrong", reason=run.ended), tuple(before), printed, run.at)
    size = next(filter(task.is_usual, run.wrong), run.wrong[0])
    details = tuple(_details(task, run, size))
    text = say("exercises.wrong", reason=task.reason(run.givens, size))
    return Attempt(False, text, details, printed, size, partial(task.picture, run.givens, size))


def _details(task: Task, run: Run, size: Size) -> Iterator[str]:
    difference, *rest = task.differences(run.givens, size)
    smallest = "coding.smallest" if size == run.wrong[0] else "coding.smallest_usual"
    yield say(smallest, size=task.title(size), difference=difference)
    yield from rest
    if size != run.wrong[0]:
        yield say("coding.smallest_of_all", size=task.title(run.wrong[0]))
    right = len(run.givens) - len(run.wrong)
    yield say("coding.counted", right=right, count=len(run.givens))
    if run.at is not None:
        yield say("coding.then", reason=run.ended)


# How far it has got --------------------------------------------------------------------------------------------


@contextmanager
def _bar(count: int) -> Iterator[Callable[[], None]]:
    """Give what is called after each size; where all of them take long, it moves a bar that is gone in the end."""
    begun, done = time.monotonic(), 0
    bars: list[Any] = []

    def move() -> None:
        nonlocal done
        done += 1
        if not bars and time.monotonic() - begun > SECONDS_WITHOUT_BAR:
            bars.append(_new_bar(count))
        for bar in bars:
            bar.update(bar.task_ids[0], completed=done, refresh=done % 16 == 0)

    try:
        yield move
    finally:
        for bar in bars:
            bar.console.quiet = bar.console.is_jupyter  # there an empty line would stay
            bar.stop()


def _new_bar(count: int) -> Any:
    from rich.console import Console  # loaded where a bar is wanted
    from rich.progress import Progress

    console = Console()
    seen = console.is_terminal or console.is_jupyter
    usual: dict[str, Any] = {"auto_refresh": False, "redirect_stdout": False, "redirect_stderr": False}
    bar = Progress(console=console, transient=True, disable=not seen, **usual)
    bar.add_task(say("coding.trying"), total=count)
    bar.start()
    return bar
