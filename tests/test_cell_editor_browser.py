"""Numbers are changed where they stand in the picture: x of a cell, and the gradient that arrives at an output."""

import numpy as np
import pytest

from pooltutor.words import load
from tests.view import FOCUSED, assert_same_as_pytorch

pytestmark = pytest.mark.browser

WORDS = load()["view"]


class Editor:
    """The box in which a number of a view is typed."""

    def __init__(self, view) -> None:
        self.view, self.keyboard = view, view.page.keyboard
        self.input = view.root.locator(".pt-cell-editor input")

    def open(self, kind: str, k: int) -> None:
        """Double-click the number."""
        self.view.mark(kind, k).locator({"cell": ".pt-cell", "output": ".pt-upstream"}[kind]).dblclick()

    def type(self, text: str, *keys: str) -> None:
        self.keyboard.type(text)
        for key in keys:
            self.keyboard.press(key)

    @property
    def label(self) -> str:
        """Which number is open; "" for none."""
        return self.input.get_attribute("aria-label") if self.input.is_visible() else ""

    @property
    def note(self) -> str:
        note = self.view.root.locator(".pt-cell-editor .pt-note")
        return note.inner_text() if note.is_visible() else ""


@pytest.fixture
def view(open_explorer):
    return open_explorer()


@pytest.fixture
def editor(view):
    return Editor(view)


def focused(view) -> str:
    return view.page.evaluate(FOCUSED)[1]


def test_a_double_click_opens_a_cell_and_enter_keeps_what_is_typed(view, editor):
    editor.open("cell", 5)
    assert editor.label == "x of cell 5"
    assert editor.input.input_value() == "5"
    box, cell = editor.input.bounding_box(), view.mark("cell", 5).locator(".pt-cell").bounding_box()
    assert box["x"] == pytest.approx(cell["x"], abs=2)
    assert box["y"] == pytest.approx(cell["y"], abs=2)
    editor.type("-2.5", "Enter")
    assert editor.label == ""
    assert focused(view).startswith("cell 5: x -2.5")
    view.wait("recorded", "14,4,pytorch")
    assert view.numbers()["x"].tolist() == [0, 1, 2, 3, 4, -2.5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert_same_as_pytorch(view, 14, 4)


def test_tab_goes_from_cell_to_cell_and_leaves_after_the_last(view, editor):
    editor.open("cell", 11)
    editor.type("5", "Tab")
    assert editor.label == "x of cell 12"
    assert view.line().startswith("cell 12: x₁₂ = 12")
    editor.type("nan", "Shift+Tab")
    assert (editor.label, editor.input.input_value()) == ("x of cell 11", "5")
    editor.type("1e3", "Tab", "Tab")
    assert editor.label == "x of cell 13"
    editor.type("w", "Tab")  # which is no number, and no key of the view either
    assert editor.label == "x of cell 13"
    assert view.root.locator(".pt-bar").count() == 4
    editor.keyboard.press("Control+a")
    editor.type(".5", "Tab")
    assert editor.label == ""
    assert focused(view).startswith("window 0")
    np.testing.assert_array_equal(view.numbers()["x"][10:], [10, 1000, np.nan, 0.5])


def test_escape_takes_back_and_leaving_keeps(view, editor):
    editor.open("cell", 3)
    editor.type("7", "Escape")
    assert editor.label == ""
    assert focused(view).startswith("cell 3: x 3")
    editor.keyboard.press("Enter")  # by the keyboard alone
    assert editor.label == "x of cell 3"
    editor.type("7")
    view.status.click()
    assert editor.label == ""
    assert view.numbers()["x"][3] == 7
    editor.open("cell", 3)
    editor.type("seven")
    view.status.click()
    assert editor.label == ""
    assert view.numbers()["x"][3] == 7


def test_what_is_no_number_gets_the_sentence_of_the_box_for_all(view, editor):
    editor.open("cell", 4)
    for bad in ("two", "1 2", "0,5", "0x10"):
        editor.keyboard.press("Control+a")
        editor.type(bad, "Enter")
        assert editor.note == WORDS["bad_number"].format(name="Input x", token=bad)
        assert editor.input.get_attribute("aria-invalid") == "true"
        assert view.root.evaluate("root => document.activeElement.getAttribute('aria-describedby')") is not None
        assert editor.input.input_value() == bad
    editor.keyboard.press("Backspace")
    assert editor.note == ""
    editor.keyboard.press("Control+a")
    editor.type("9", "Enter")
    assert view.numbers()["x"][4] == 9


def test_what_stays_as_it_was_changes_nothing(view, editor):
    editor.open("cell", 4)
    editor.type("", "Tab")
    editor.type("", "Backspace", "Enter")
    assert editor.label == ""
    assert view.menu("Input x").input_value() == "ramp"


def test_the_gradient_that_arrives_is_changed_below_the_output(view, editor):
    view.root.locator("[data-output][tabindex='0']").focus()
    editor.keyboard.press("ArrowRight")
    editor.keyboard.press("Enter")
    assert editor.label == "dL/dy of output 1"
    editor.type("-8", "Tab")
    assert editor.label == "dL/dy of output 2"
    editor.type("0", "Enter")
    assert view.numbers()["upstream"].tolist() == [1, -8, 0, 4]
    assert view.slider("Window").input_value() == "1"
    assert focused(view).startswith("output 2")
    view.wait("recorded", "14,4,pytorch")
    assert_same_as_pytorch(view, 14, 4)
    editor.open("output", 0)
    assert editor.label == "dL/dy of output 0"


def test_what_is_not_shown_or_computed_does_not_open(open_explorer):
    view = open_explorer(show=["windows"])
    editor = Editor(view)
    view.mark("output", 2).focus()
    editor.keyboard.press("Enter")
    assert editor.label == ""
    assert view.slider("Window").input_value() == "2"
    view.mark("cell", 4).locator(".pt-cell").dblclick()
    assert editor.label == "x of cell 4"
    view.mark("output", 1).locator(".pt-output").dblclick()  # what is computed is not typed
    assert editor.label == ""


def test_a_box_over_a_thin_cell_is_wider_and_stays_in_the_picture(open_explorer):
    view = open_explorer(64, 20)
    editor = Editor(view)
    picture = view.root.locator("svg.pt-picture").bounding_box()
    for k in (0, 31, 63):
        editor.open("cell", k)
        assert editor.label == f"x of cell {k}"
        box, cell = editor.input.bounding_box(), view.mark("cell", k).locator(".pt-cell").bounding_box()
        assert box["width"] > 60 > 12 > cell["width"]
        assert box["height"] >= 30
        assert box["y"] >= cell["y"] + cell["height"]
        assert box["x"] >= picture["x"] - 1
        assert box["x"] + box["width"] <= picture["x"] + picture["width"] + 1
        editor.type("-1", "Enter")
    assert view.numbers()["x"][[0, 31, 63]].tolist() == [-1, -1, -1]


def test_the_box_follows_its_cell_and_goes_with_it(view, editor):
    editor.open("cell", 6)
    before = editor.input.bounding_box()["x"]
    view.slider("Input size").evaluate(
        "range => { range.value = 10; range.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    cell = view.mark("cell", 6).locator(".pt-cell").bounding_box()
    assert editor.input.bounding_box()["x"] == pytest.approx(cell["x"], abs=2)
    assert cell["x"] > before + 20
    view.slider("Input size").evaluate(
        "range => { range.value = 5; range.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    assert editor.label == ""
    view.wait("recorded", "5,4,pytorch")


def test_a_double_tap_opens_a_cell(chromium, address):
    context = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True, offline=True)
    page = context.new_page()
    page.goto(address + "#tab=explorer&n=14&m=4")
    cell = page.locator("[role=tabpanel]:visible [data-cell='9'] .pt-cell")
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(*at)
    assert not page.locator(".pt-cell-editor input:visible").count()
    page.touchscreen.tap(*at)
    assert page.locator(".pt-cell-editor input:visible").get_attribute("aria-label") == "x of cell 9"
    page.keyboard.type("4.5")
    page.keyboard.press("Enter")
    assert page.locator("[role=tabpanel]:visible [data-cell='9']").get_attribute("data-x") == "4.5"
    context.close()
