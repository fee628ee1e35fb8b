"""The page and the site in three engines: Chromium, Firefox and WebKit go through one scenario, tests/engines."""

import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from pooltutor import pairs
from tests.atlas import painted
from tests.conftest import NO_BROWSER, browser_path
from tests.onepage import link_of
from tests.test_question_browser import KINDS
from tests.view import pytorch_numbers
from tests.view2d import numbers_of
from tests.view2d import pytorch_numbers as pytorch_planes

HERE = Path(__file__).resolve().parent / "engines"
MINUTES = 8
"""How long one engine may take, on a machine that does other things, too."""


# Where the engines are ---------------------------------------------------------------------------------------


def chromium() -> list[str]:
    path = browser_path() or pytest.fail(f"Chromium did not run: {NO_BROWSER}.", pytrace=False)
    if path != "playwright":
        return [path]
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return [playwright.chromium.executable_path]


def firefox() -> list[str]:
    return [program("firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox", of="Firefox")]


def webkit() -> list[str]:
    """Its browser, and last what gives it a screen."""
    folders = sorted(str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
    program("WebKitWebDriver", of="WebKit")
    return [program(*folders, "MiniBrowser", of="WebKit"), program("xvfb-run", of="WebKit"), "-a"]


PACKAGES = {"Firefox": "firefox-esr (on Ubuntu firefox)", "WebKit": "webkit2gtk-driver and xvfb"}


def program(*names: str, of: str) -> str:
    """The first of these programs that is there; without any, one sentence says which engine did not run, and why."""
    found = next(filter(None, map(shutil.which, names)), None)
    missing = f"{of} did not run: there is no {names[0]} here. On Debian its packages are {PACKAGES[of]}."
    return found or pytest.fail(missing, pytrace=False)


# What came of it ---------------------------------------------------------------------------------------------


@pytest.mark.engine
@pytest.mark.parametrize("engine", [chromium, firefox, webkit], ids=lambda engine: engine.__name__)
def test_the_page_and_the_site_work_and_show_pytorchs_numbers(engine, address, site, served, tmp_path):
    path, *before = engine()
    asked, said = tmp_path / "asked.json", tmp_path / "said.json"
    asked.write_text(json.dumps({"page": address, "questions": questions(), **addresses(site, served)}))
    run([*before, node(), str(HERE / "run.js"), engine.__name__, path, str(asked), str(said)])
    outcome = json.loads(said.read_text(encoding="utf-8"))
    print(outcome["browser"], json.dumps(outcome["steps"], indent=1))
    assert {name: step["failure"] for name, step in outcome["steps"].items() if step["failure"]} == {}
    assert outcome["faults"] == []
    counts = dict.fromkeys(["numbers", "planes", "map", "alive"], 0)
    for each in outcome["read"]:
        counts[compare(each)] += 1
    assert counts == {"numbers": 4, "planes": 1, "map": 1, "alive": 2}


def addresses(site, served) -> dict[str, str]:
    """The site's front page as a file, and a lesson from a server: a page from disk hides its errors from itself."""
    return {"front": (site / "index.html").as_uri(), "lesson": f"{served}lessons/01-windows.html"}


def questions() -> list[dict[str, str]]:
    """Each kind of question but windows, as a link, with a wrong answer, what is said of it, and the right answer."""
    links = [link_of(state.get("tab", "explorer"), without_tab(state)) for state, *_ in KINDS]
    return [
        {"link": link, "wrong": wrong, "idea": idea, "right": right}
        for link, (_, wrong, idea, right) in zip(links, KINDS, strict=True)
    ]


def without_tab(state):
    return {name: value for name, value in state.items() if name != "tab"}


def node() -> str:
    """The Node that run.py found, else that of PATH."""
    found = os.environ.get("POOLTUTOR_NODE") or shutil.which("node")
    return found or pytest.fail("The engines did not run: there is no Node.", pytrace=False)


def run(command: list[str]) -> None:
    """Run a command with all that it starts, and end all of it."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        told, _ = process.communicate(timeout=60 * MINUTES)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        told = process.communicate()[0] + f"\nIt took more than {MINUTES} minutes.".encode()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)  # what a browser that did not open has left behind
    if process.returncode:
        pytest.fail(told.decode(errors="replace"), pytrace=False)


def compare(read: dict) -> str:
    """Compare what an engine showed with what is right, and return what it was."""
    if "alive" in read:
        assert read["alive"] > 0, read
        return "alive"
    if "map" in read:
        rows = np.reshape(np.array(read["map"].split(), int), (64, 64, 4))
        shown = rows[::-1, :, :3].swapaxes(0, 1)
        np.testing.assert_array_equal(shown, painted(pairs.chart("gcd"), "light"))
        return "map"
    if "planes" in read:
        shapes = {"x": (1, 6, 8), "grad": (1, 6, 8), "y": (1, 4, 3), "upstream": (1, 4, 3)}
        shown = {name: numbers_of(read["planes"][name]).reshape(shape) for name, shape in shapes.items()}
        true = pytorch_planes(shown, "avg")
        for name in ("y", "grad"):
            np.testing.assert_allclose(shown[name], true[name], rtol=1e-12, atol=1e-12)
        return "planes"
    true = pytorch_numbers(len(read["x"]), len(read["y"]), read["x"], read["upstream"])
    for name, numbers in true.items():
        np.testing.assert_allclose(read[name], numbers, rtol=1e-12, atol=1e-12)
    return "numbers"


# Without any engine ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("engine", "of"), [(firefox, "Firefox"), (webkit, "WebKit")])
def test_an_engine_that_is_missing_has_failed_and_is_named(monkeypatch, engine, of):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(pytest.fail.Exception, match=f"^{of} did not run: there is no .* here. On Debian"):
        engine()


@pytest.mark.parametrize("name", ["start", "stop", "y", "grad"])
def test_a_number_that_is_not_pytorchs_is_seen(name):
    shown = {"x": [0, 1, 2, 3, 4], "upstream": [1, 2, 3]}
    right = shown | {key: value.tolist() for key, value in pytorch_numbers(5, 3, **shown).items()}
    assert compare(right) == "numbers"
    with pytest.raises(AssertionError):
        compare(right | {name: [*right[name][:-1], right[name][-1] + 1]})
