"""Lesson 00 in the memory that Binder gives: JupyterLab and the kernel under a limit, and what both take at most."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import psutil

from benchmarks.servers import chromium, jupyterlab, new_page
from benchmarks.table import Row
from tests.lab import Lab, LabPage
from tests.lessons import NOTEBOOKS
from tests.view import View

LESSON = NOTEBOOKS / "00-start-here.ipynb"
LIMIT = 2 * 2**30  # bytes: what Binder gives to all processes of a learner together
MIB = 2**20
LINUX = sys.platform == "linux"


def rows() -> list[Row]:
    """Run the lesson three times, each time on a server of its own."""
    with chromium() as browser:
        most = [run_lesson(browser) for _ in range(3)]
    limited = f", each limited to {LIMIT // MIB:,} MiB" if LINUX else ""
    what = f"memory of JupyterLab and the kernel of lesson 00 with PyTorch{limited}"
    return [Row(what, most, "MiB", budget=LIMIT / MIB)]


def run_lesson(browser) -> float:
    """The most MiB that JupyterLab and its kernel take together until PyTorch agrees with the lesson's picture."""
    with jupyterlab() as lab:
        limit(lab)
        lab.copy(LESSON)
        with most_memory(psutil.Process(lab.process.pid)) as most:
            page = new_page(browser)
            LabPage(page, lab).open(LESSON.name)
            View(page, 1).wait("agrees", "14,4,pytorch")  # the first is the bar of the story
            page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
        page.context.close()
    return most[0]


@contextmanager
def most_memory(process: psutil.Process) -> Iterator[list[float]]:
    """Look twenty times a second; the one number of the list is then the most MiB that was seen."""
    most, over = [0.0], Event()

    def look() -> None:
        while not over.is_set():
            most[0] = max(most[0], memory(process))
            time.sleep(0.05)

    thread = Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def memory(process: psutil.Process) -> float:
    """MiB of a process and all that it started; what they share counts once on Linux, and elsewhere for each."""
    total = 0
    for each in [process, *process.children(recursive=True)]:
        with suppress(psutil.Error):  # it may just have ended
            total += each.memory_full_info().pss if LINUX else each.memory_info().rss
    return total / MIB


def limit(lab: Lab) -> None:
    """Let the server, and each kernel that it starts from now on, have LIMIT bytes of its own; only Linux can."""
    if LINUX:
        import resource

        resource.prlimit(lab.process.pid, resource.RLIMIT_DATA, (LIMIT, LIMIT))
