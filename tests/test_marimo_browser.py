"""The views in marimo, where it is installed: it is no dependency, and most environments do not have it."""

import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from importlib.util import find_spec

import pytest

from tests.atlas import Map
from tests.lab import PATIENCE, end, free_port
from tests.view import View
from tests.view2d import View2d

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_spec("marimo") is None, reason="marimo is not installed"),
]
NOTEBOOK = """
import marimo

app = marimo.App()

@app.cell
def _():
    import marimo as mo
    import pooltutor
    return mo, pooltutor

@app.cell
def _(mo, pooltutor):
    view = mo.ui.anywidget(pooltutor.explore(7, 5))
    view
    return (view,)

@app.cell
def _(pooltutor):
    pooltutor.explore2d((16, 16), (6, 6), image="digit")
    return

@app.cell
def _(pooltutor):
    pooltutor.atlas()
    return

@app.cell
def _(mo, view):
    mo.md(f"Python heard {view.value['input_size']} to {view.value['target_size']}")
    return
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where marimo serves the notebook as an app; each visit runs all cells anew, in the same process."""
    folder = tmp_path_factory.mktemp("marimo")
    (folder / "notebook.py").write_text(NOTEBOOK)
    url = f"http://127.0.0.1:{(port := free_port())}/"
    command = [sys.executable, "-m", "marimo", "run", "notebook.py", "--headless", "--no-token", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(OSError):
                urllib.request.urlopen(url, timeout=2).close()
                break
            time.sleep(0.2)
        yield url
        end(process)


@pytest.fixture(scope="module")
def visit(context, address):
    """Open the app once more; what its views log as errors fails the tests."""
    pages, errors = [], []

    def opened():
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.goto(address)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert errors == []


def explorers(page):
    """The explorer, the 2-D explorer, and the map's, each checked by PyTorch."""
    View(page, 0).wait("agrees", "7,5,pytorch")
    View2d(page, 1).wait_for((16, 16), (6, 6))
    page.locator("[role=status][data-verdict='agrees'][data-for='14,4,pytorch']").wait_for()


def test_views_are_checked_and_python_hears_of_changes(visit):
    page = visit()
    explorers(page)
    View(page).set_sizes(9, 4)
    View(page).wait("agrees", "9,4,pytorch")
    page.get_by_text("Python heard 9 to 4").wait_for()
    Map(page).click(20, 6)
    page.locator("[role=status][data-verdict='agrees'][data-for='20,6,pytorch']").wait_for()


def test_a_second_visit_has_its_views_too(visit):
    """Its process has made the shared widget for the first one."""
    page = visit()
    explorers(page)
    View(page).box("Input size").fill("100")
    View(page).box("Input size").press("Enter")
    View(page).wait("agrees", "100,5,pytorch")
