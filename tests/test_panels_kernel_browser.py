"""The panels of the explorer beside a kernel: what is counted, large sizes, copies, presenter size, locks, state."""

import json
import subprocess
import sys

import numpy as np
import pytest

from pooltutor import bins, explore
from pooltutor.live.explorer import LOCKS, PANELS, Explorer
from pooltutor.words import load
from tests.panels import SMALLEST, code_of, each_lock, panel, table_of
from tests.view import View

pytestmark = pytest.mark.browser
NAMES = load()["view"]["panels"]


@pytest.fixture(scope="module")
def lab_view(notebook, context):
    """One page with one explorer that the tests of this file share."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = notebook("import pooltutor\nview = pooltutor.explore(14, 4)\nview", name="panels.ipynb")
    View(page.page).wait("agrees", "14,4,pytorch")
    yield page, page.lab.python("panels.ipynb")
    page.clean()


@pytest.fixture
def open_view(lab_view):
    """Set the shared explorer's state from Python, and wait for the verdict about it."""
    page, python = lab_view
    view = View(page.page)
    view.python = python

    def opened(n=14, m=4, verdict="agrees", **state):
        state = {**Explorer.usual, "input_size": n, "target_size": m, **state}
        state["window"] = min(state["window"], m - 1)
        view.page.keyboard.press("Escape")
        view.page.mouse.move(2, 2)
        view.set_in_kernel(python, state)
        view.wait(verdict, f"{n},{m},{state['rule']}")
        view.page.wait_for_timeout(100)  # texts follow when the state rests
        return view

    return opened


# Code ----------------------------------------------------------------------------------------------------


def test_what_the_panels_show_is_counted(open_view):
    """At sizes beyond the sliders, too."""
    panels = ["windows", "influence", "matrix"]
    for n, m, compared in [
        (7, 5, "35 entries of P, 7 influences"),
        (1, 1, "1 entry of P, 1 influence"),
        (224, 100, "224 influences"),
    ]:
        assert f"{compared} compared" in open_view(n, m, show=panels).status.inner_text()
    assert "4 winners" in open_view(14, 4, kind="max", show=panels).status.inner_text()


def test_the_displayed_program_runs_as_a_process_and_the_call_opens_the_view_with_its_lock(open_view):
    state = {"rule": "float64_ratio", "x": "random", "show": ["windows", "gradient", "code"], "lock": ["kind"]}
    view = open_view(224, 100, "disagrees", **state)
    code = code_of(view, "torch")
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    y, grad = (np.array(json.loads(line)) for line in printed.splitlines())
    np.testing.assert_allclose(y, view.numbers()["y"], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(grad, view.numbers()["grad"], rtol=1e-12, atol=1e-12)
    *before, call = code_of(view, "explore").splitlines()
    space = {}
    exec("\n".join([*before, f"again = {call}"]), space)
    assert space["again"].state() == eval(view.python("view.state()"))


def copied_by(view, name):
    view.root.get_by_role("button", name=name).click()
    view.root.locator(".pt-copied", has_text="copied").first.wait_for()


def test_copy_buttons_copy(open_view):
    view = open_view(14, 4, show=["windows", "code"])
    for name, button in [("torch", "copy the PyTorch code"), ("explore", "copy the explore call")]:
        copied_by(view, button)
        assert view.page.evaluate("() => navigator.clipboard.readText()") == code_of(view, name)


def test_copy_buttons_copy_where_plain_http_has_no_clipboard(open_view):
    view = open_view(14, 4, show=["windows", "code"])
    view.page.evaluate("() => { window.__real = navigator.clipboard; navigator.clipboard.writeText('before') }")
    view.page.evaluate("() => Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
    copied_by(view, "copy the PyTorch code")
    view.page.evaluate("() => { delete navigator.clipboard }")
    assert view.page.evaluate("() => navigator.clipboard.readText()") == code_of(view, "torch")
    assert view.page.locator("textarea.pt-clipboard").count() == 0


# Large sizes ---------------------------------------------------------------------------------------------


def test_224_to_100_has_its_windows_its_verdict_and_the_numbers_of_the_current_window(open_view):
    view = open_view(224, 100, window=24)
    b = bins(224, 100)
    shown = view.numbers()
    assert (shown["start"].tolist(), shown["stop"].tolist()) == (b.start.tolist(), b.stop.tolist())
    assert "100 windows, 100 outputs, 224 gradients compared" in view.status.inner_text()
    assert view.line() == (
        "window i = 24 (25th of 100) start = ⌊24·224/100⌋ = ⌊53.76⌋ = 53 stop = ⌈25·224/100⌉ = ⌈56⌉ = 56 "
        "y₂₄ = (53 + 54 + 55)/3 = 54"
    )
    numbers = [int(t) for t in view.root.locator(".pt-number").all_text_contents()]
    assert numbers[0] == 0
    assert numbers[-1] == 224
    assert len(numbers) < 30
    assert view.root.locator(".pt-cut").get_attribute("d").count("M") == 2  # those of the current window


def test_matrix_beyond_64_says_how_large_it_would_be(open_view):
    view = open_view(224, 100, show=["windows", "matrix"])
    assert (
        panel(view, "matrix").locator(".pt-empty").inner_text()
        == "P has 100 × 224 entries here; it is drawn up to 64 × 64."
    )
    assert view.root.locator("[data-row]").count() == 0


def test_long_table_shows_the_neighbourhood_of_the_current_window(open_view):
    view = open_view(224, 100, window=50, show=["windows", "table"])
    shown = [int(row[0]) for row in table_of(view)]
    assert shown == [0, 1, *range(38, 63), 98, 99]
    assert table_of(view)[14][1:6] == ["112", "114.24", "112", "115", "3"]
    assert panel(view, "table").get_by_text("…").count() == 2


def test_4096_is_drawn_without_a_wall_of_frames(open_view):
    view = open_view(4096, 1000)
    assert "1000 windows, 1000 outputs, 4096 gradients compared" in view.status.inner_text()
    assert view.mark("output", 5).locator(".pt-output").evaluate("e => getComputedStyle(e).stroke") == "none"
    assert len(view.root.locator(".pt-number").all_text_contents()) < 15


# Presenter size ------------------------------------------------------------------------------------------


def test_presenter_size_shows_nothing_under_20_px_and_folds_the_rest_away(open_view):
    view = open_view(14, 4)
    assert view.root.evaluate(SMALLEST) < 20
    view.more()
    view.root.get_by_label("presenter size").check()
    view.page.wait_for_timeout(400)
    assert view.python("view.presenter, view.state()['presenter']") == "(True, True)"
    shown = [name for name in PANELS if name != "influence"]
    for panels in (["windows", "gradient"], [*shown, "influence"]):
        view = open_view(7, 5, presenter=True, show=panels)
        assert view.root.evaluate(SMALLEST) >= 20
    assert view.root.locator(".pt-folded.pt-away").bounding_box()["height"] == 0
    view.more()
    for name in ("Rule", "Example", "Pooling"):
        assert view.menu(name).bounding_box()["height"] > 20
    assert view.root.evaluate(SMALLEST) >= 20
    view.root.get_by_label("presenter size").uncheck()
    view.page.wait_for_timeout(400)
    assert view.root.evaluate(SMALLEST) < 20


# Locks ---------------------------------------------------------------------------------------------------


def test_every_lock_holds_its_control(open_view):
    view = open_view(14, 4, lock=list(LOCKS), show=["windows", "duel"])
    controls = {
        "input_size": view.slider("Input size"),
        "target_size": view.slider("Target size"),
        "window": view.slider("Window"),
        "rule": view.menu("Rule"),
        "kind": view.menu("Pooling"),
        "example": view.menu("Example"),
        "x": view.menu("Input x"),
        "upstream": view.menu("Gradient dL/dy"),
        "against": view.menu("Against"),
        "presenter": view.root.get_by_label("presenter size"),
        **{name: view.root.get_by_label(title, exact=True) for name, title in NAMES.items()},
    }
    assert set(controls) == set(LOCKS)
    for control in controls.values():
        assert control.is_disabled()
    assert view.root.get_by_role("button", name="next window").is_disabled()
    for lock, disabled in each_lock(view, view.python, LOCKS, {name: [each] for name, each in controls.items()}):
        also = {"example"} if lock in ("input_size", "target_size") else set()
        assert {name for name, [each] in disabled.items() if each} == {lock, *also}


def test_locking_the_window_stops_the_play(open_view):
    view = open_view(14, 4)
    view.root.get_by_role("button", name="play").click()
    view.python("view.lock = ['window']")
    view.root.get_by_role("button", name="play").wait_for()  # it says pause while it plays
    assert view.root.get_by_role("button", name="play").is_disabled()


def test_all_panels_and_all_locks_have_one_word(open_view):
    view = open_view(5, 3, "unchecked", show=[], lock="all")
    assert view.slider("Input size").is_disabled()
    assert view.root.get_by_text("the windows are hidden", exact=True).count() == 1
    assert view.python("view.lock == list(pooltutor.live.explorer.LOCKS)") == "True"


def test_a_lock_holds_against_keys_too(open_view):
    view = open_view(5, 3, "unchecked", lock=["windows", "window"], show=[])
    view.slider("Input size").focus()
    view.page.keyboard.press("w")
    assert "Your turn" in view.status.inner_text()
    view.mark("output", 2).click()
    assert view.slider("Window").input_value() == "0"


# State ---------------------------------------------------------------------------------------------------


def test_state_follows_what_the_learner_does(open_view):
    view = open_view(14, 4)
    view.set_sizes(9, 6)
    view.show("matrix P")
    view.menu("Rule").select_option("split")
    view.wait("disagrees", "9,6,split")
    state = eval(view.python("view.state()"))
    expected = {
        **Explorer.usual,
        "input_size": 9,
        "target_size": 6,
        "rule": "split",
        "show": ["windows", "gradient", "matrix"],
        "more": True,  # where the tick is
    }
    assert state == expected
    assert explore(**state).state() == expected
