"""A question in JupyterLab: Python has what was answered, PyTorch judges what is then shown, a reload keeps it."""

import time

import pytest

from pooltutor.words import load
from tests.lab import PATIENCE
from tests.view import View

pytestmark = pytest.mark.browser

WORDS = load()["question"]
CELL = "import pooltutor\nview = pooltutor.explore(5, 3, question={'kind': 'windows'})\nview"


def own_windows(view) -> list[str]:
    return view.root.locator(".pt-own-window").evaluate_all(
        "all => all.map(e => e.dataset.ownStart + ':' + e.dataset.ownStop)"
    )


def test_an_answer_reaches_python_and_the_other_view_and_outlives_a_reload(notebook, lab):
    opened = notebook(CELL, "view", name="asked.ipynb")
    page, python = opened.page, lab.python("asked.ipynb")
    view, other = View(page), View(page, 1)
    view.wait("unchecked", "5,3,pytorch")
    cells = page.locator(".jp-Cell").count()
    for k, window in enumerate(["0:2", "1:3", "3:5"]):
        view.root.get_by_label(WORDS["window_field"].format(i=k)).fill(window)
    grip = view.root.get_by_role("slider", name=WORDS["grip"]["stop"].format(i=1))
    grip.focus()
    for key in ("b", "x", "ArrowLeft", "ArrowRight"):  # keys that JupyterLab must not take
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells
    view.root.get_by_role("button", name=WORDS["check"]["windows"]).click()
    other.root.locator(".pt-own-cross").wait_for(state="attached")
    assert own_windows(other) == own_windows(view) == ["0:2", "1:3", "3:5"]
    answer = {"given": "0:2 1:3 3:5", "checked": "0:2 1:3 3:5", "tries": 1, "hints": 0, "state": "open", "seed": 0}
    late = time.monotonic() + PATIENCE
    while eval(python("view.answer")) != answer:  # the other view may have heard before Python has
        assert time.monotonic() < late

    opened.save()
    page.reload()
    view.root.locator(".pt-own-cross").first.wait_for(state="attached")
    assert own_windows(view) == ["0:2", "1:3", "3:5"]
    view.root.get_by_role("button", name=WORDS["show_me"]).click()
    assert "3 windows" in view.wait("agrees", "5,3,pytorch")
    assert python("view.answer['state'], view.verdict, view.window") == "('shown', 'agrees', 1)"

    python("view.question = {'kind': 'shared'}")
    view.wait("unchecked", "5,3,pytorch")
    assert view.root.locator(".pt-asked-title").inner_text() == WORDS["prompts"]["shared"]
    python("view.question = None")
    assert "3 windows" in view.wait("agrees", "5,3,pytorch")
    assert view.slider("Input size").is_visible()
    opened.clean()
