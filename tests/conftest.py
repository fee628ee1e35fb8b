"""Fixtures for the browser tests. Where no browser is to be had they do not run, and the last lines say so."""

import os

import pytest

from run import installed_browser
from tests.lab import Lab, LabPage

NO_BROWSER = "no Chromium, Chrome or Edge was found"
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


def pytest_collection_modifyitems(config, items):
    if browser_path() is None and not os.environ.get("CI"):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter):
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} browser tests did NOT run: {NO_BROWSER}. Install Chromium, Chrome or Edge, or run "
            "`python -m playwright install chromium` in .venv, and test again."
        )


@pytest.fixture(scope="session")
def chromium():
    path = browser_path()
    if path is None:
        pytest.fail(f"{NO_BROWSER}, and with CI set that is a failure")
    from playwright.sync_api import sync_playwright

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
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def notebook(context, lab):
    """Open a notebook of these cells in JupyterLab and run it; the pages of a file close when it ends."""
    pages = []

    def open_notebook(*cells: str, name: str = "notebook.ipynb", run: bool = True) -> LabPage:
        if cells:
            lab.write(name, *cells)
        pages.append(context.new_page())
        return LabPage(pages[-1], lab).open(name, run)

    yield open_notebook
    for page in pages:
        page.close()
    lab.end_sessions()
