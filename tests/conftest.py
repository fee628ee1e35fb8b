"""Which tests run, in which order, and what the last lines say of the others; the fixtures of the browser tests."""

import asyncio
import gc
import os
import sys
from collections import Counter

import pytest

from run import installed_browser
from tests.built_site import reader, served, site  # noqa: F401, fixtures for all files
from tests.cli import said  # noqa: F401, a fixture for all files
from tests.lab import PATIENCE, Lab, LabPage
from tests.onepage import address, follow, offline, open_explorer, open_grid, open_page  # noqa: F401, fixtures for all files

# A notebook is checked by jsonschema, which would load this to check addresses that no notebook has: for seconds.
sys.modules.setdefault("rfc3987_syntax", None)
# PyTorch's threads wait by spinning: beside another process that computes, two of them take ten times as long as one.
os.environ.setdefault("OMP_NUM_THREADS", "1")

NO_BROWSER = "no Chromium, Chrome or Edge was found"
NO_ONNX = "the extra export is not installed"
BRING_ONNX = "Run `pip install 'pooltutor[export]'` in .venv, and test again."
LONG = ("browser", "slow")  # the marks of what takes minutes
ENGINE = "engine"  # the mark of what runs with --engines alone
LEFT_OUT = pytest.StashKey[Counter]()
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_path() -> str | None:
    """The browser that run.py chose, else one that it would find; "playwright" means Playwright's own."""
    return os.environ.get("POOLTUTOR_BROWSER", installed_browser()) or None


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="leave out the tests that need a browser or are slow")
    parser.addoption("--engines", action="store_true", help="run what needs Firefox and WebKit, and nothing else")


def pytest_configure(config):
    config.stash[LEFT_OUT] = Counter()


def pytest_collection_modifyitems(config, items):
    apart = [item for item in items if bool(item.get_closest_marker(ENGINE)) != config.option.engines]
    deselect(config, items, apart)
    config.stash[LEFT_OUT][ENGINE] = 0 if config.option.engines else len(apart)
    if config.option.quick:
        leave_out(config, items)
    elif browser_path() is None and not os.environ.get("CI"):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    longest_files_first(items)


def pytest_collection_finish():
    """What is imported by now stays: to look for garbage among it again and again took half the time of the figures."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # figures make so many objects that the usual 700 cost a fifth of their time


def leave_out(config, items):
    """Deselect what --quick leaves out, and count it by its mark."""
    marks = {item: next(filter(item.get_closest_marker, LONG), None) for item in items}
    config.stash[LEFT_OUT].update(filter(None, marks.values()))
    deselect(config, items, [item for item in items if marks[item]])


def deselect(config, items, apart):
    """Leave some of the items out, and let pytest count them."""
    config.hook.pytest_deselected(items=apart)
    gone = set(apart)
    items[:] = [item for item in items if item not in gone]


def longest_files_first(items):
    """Start with the files that take minutes: processes that share files out then end at about the same time."""
    files = Counter()
    for item in items:
        files[item.path] += cost(item)
    items.sort(key=lambda item: -files[item.path])


def cost(item) -> float:
    """About how long a test takes, in the time of one that looks at a page: JupyterLab and processes take longer."""
    if "lab" in item.fixturenames:
        return 4
    return 2 if item.get_closest_marker("slow") else 1 if item.get_closest_marker("browser") else 0.05


# Processes of pytest-xdist collect and leave out by themselves, each of them the same; the one that started them counts
# nothing, and says at the end what the last of them counted.


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash[LEFT_OUT])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash[LEFT_OUT] = Counter(getattr(node, "workeroutput", {}).get("left_out"))


def pytest_terminal_summary(terminalreporter, config):
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} browser tests did NOT run: {NO_BROWSER}. Install Chromium, Chrome or Edge, or run "
            "`python -m playwright install chromium` in .venv, and test again."
        )
    without = [report for report in terminalreporter.stats.get("skipped", []) if NO_ONNX in str(report.longrepr)]
    if without:
        terminalreporter.write_line(f"{len(without)} tests of the export did NOT run: {NO_ONNX}. {BRING_ONNX}")
    if config.option.quick:
        counted = " and ".join(f"{config.stash[LEFT_OUT][mark]} {mark} tests" for mark in LONG)
        terminalreporter.write_line(f"{counted} did NOT run: python3 run.py test runs them too.")
    if config.stash[LEFT_OUT][ENGINE]:
        terminalreporter.write_line(
            f"{config.stash[LEFT_OUT][ENGINE]} tests in Chromium, Firefox and WebKit did NOT run: "
            "python3 run.py test --engines runs them."
        )
    longest = files_by_seconds(terminalreporter.stats).most_common(LONGEST_FILES)
    if sum(seconds for _, seconds in longest) > 60:
        terminalreporter.write_line("Seconds: " + ", ".join(f"{file} {seconds:.0f}" for file, seconds in longest))


LONGEST_FILES = 20  # are named at the end of a long run, for those who want to shorten it


def files_by_seconds(stats) -> Counter:
    """The seconds that the tests of each file took, set-up and all, in whichever process."""
    seconds = Counter()
    for report in {id(report): report for reports in stats.values() for report in reports}.values():
        if hasattr(report, "duration"):
            seconds[report.nodeid.partition("::")[0].rpartition("/")[2]] += report.duration
    return seconds


@pytest.fixture(scope="session")
def chromium():
    path = browser_path()
    if path is None:
        pytest.fail(f"{NO_BROWSER}, and with CI set that is a failure")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        own = {} if path == "playwright" else {"executable_path": path}
        browser = playwright.chromium.launch(args=FLAGS, **own)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    server = Lab(tmp_path_factory.mktemp("lab"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def context(chromium):
    """One browser context for all pages: JupyterLab's code is then loaded and compiled once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def notebook(context, lab):
    """Open a notebook of these cells in JupyterLab and run it; the one before closes, with its kernel."""
    pages = []

    def close():
        while pages:
            pages.pop().close()
            lab.end_sessions()

    def open_notebook(*cells: str, name: str = "notebook.ipynb", run: bool = True) -> LabPage:
        close()  # pages that nobody looks at any more, and their kernels, would slow the others down
        if cells:
            lab.write(name, *cells)
        pages.append(context.new_page())
        return LabPage(pages[-1], lab).open(name, run)

    yield open_notebook
    close()


@pytest.fixture(autouse=True)
def own_loop(request):
    """Playwright's event loop runs in this thread as long as a browser is open: a test without one may run its own."""
    playwrights = None if request.node.get_closest_marker("browser") else asyncio._get_running_loop()
    if playwrights is None:
        yield
        return
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(playwrights)
