"""Questions in the one-file page: drawn, typed and clicked, by mouse, keys and touch, with nothing given away."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from pooltutor.words import load
from tests.lab import PATIENCE
from tests.onepage import Shown, Shown2d, link_of

pytestmark = pytest.mark.browser

WORDS = load()["question"]
WINDOWS = {"n": 5, "m": 3, "ask": "windows"}
# Everything of a view that a page has, but for what says which rule it is.
EVERYTHING = """root => {
  const copy = root.cloneNode(true);
  for (const each of copy.querySelectorAll('select, .pt-hint, .pt-chosen, [role=status]')) each.remove();
  return copy.outerHTML.replace(/pt-[\\d-]+|pt-(words|hatch|missing)-[\\d-]+/g, 'id').replace(/value="[^"]*"/g, '');
}"""


class Asked:
    """A view with a question."""

    def __init__(self, view) -> None:
        self.view, self.page, self.root = view, view.page, view.root

    @property
    def said(self) -> str:
        return self.root.locator(".pt-answer-said").inner_text()

    @property
    def own(self) -> list[str]:
        marks = self.root.locator(".pt-own-window").evaluate_all(
            "all => all.map(e => [e.dataset.ownStart, e.dataset.ownStop])"
        )
        return [":".join(pair) for pair in marks]

    @property
    def typed(self) -> list[str]:
        return self.root.locator(".pt-answer-fields input").evaluate_all("all => all.map(e => e.value)")

    def everybody_can_read_it(self) -> bool:
        """Whether axe-core finds no fault in the view."""
        violations = Axe().run(self.page, context=".pooltutor").response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in violations] == []
        return True

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).click()

    def shows(self, name: str) -> bool:
        return self.root.get_by_role("button", name=name, exact=True).is_visible()

    def answer(self, text: str) -> str:
        self.root.get_by_label(WORDS["answer"]).fill(text)
        self.press(WORDS["check"]["other"])
        return self.said

    def place(self, line: float, lane: int = 0) -> tuple[float, float]:
        """Where on the screen a place along the cells is, in a lane of one's own windows."""
        box = self.root.locator(".pt-own-zone").bounding_box()
        cells = self.root.locator("[data-cell]").count()
        return box["x"] + line * box["width"] / cells, box["y"] + (lane + 0.4) * box["height"] / 2

    def drag(self, start: float, stop: float, lane: int = 0) -> None:
        self.page.mouse.move(*self.place(start, lane))
        self.page.mouse.down()
        self.page.mouse.move(*self.place((start + stop) / 2, lane))
        self.page.mouse.move(*self.place(stop, lane))
        self.page.mouse.up()


@pytest.fixture
def ask(follow):
    """Follow a link to a question."""

    def asked(tab="explorer", **state):
        shown = follow(link_of(tab, state))
        return Asked(shown if tab == "explorer" else Shown2d(shown.page))

    return asked


def test_windows_are_drawn_checked_mended_and_then_pytorchs_lie_below(ask):
    asked = ask(**WINDOWS)
    asked.drag(0.3, 1.6)
    asked.drag(1.4, 2.7, lane=1)
    asked.drag(4.8, 3.2)  # from right to left
    assert asked.own == asked.typed == ["0:2", "1:3", "3:5"]
    asked.press(WORDS["check"]["windows"])
    assert asked.said.startswith("2 of 3 windows are right and stay. Not yet: this is one kernel for all windows")
    assert asked.root.locator(".pt-own-lock").count() == 2
    assert asked.everybody_can_read_it()
    asked.drag(1.95, 3, lane=0)  # a window that is right does not move
    assert asked.own == ["0:2", "1:3", "3:5"]

    asked.press(WORDS["open_size"].format(size="14 → 4"))
    asked.view.wait("recorded", "14,4,pytorch")
    assert asked.root.locator("[data-window='1']").get_attribute("data-stop") == "7"
    asked.press(WORDS["back"])
    assert asked.own == ["0:2", "1:3", "3:5"]
    assert asked.root.locator("[data-window='1']").get_attribute("data-stop") == ""

    asked.drag(2.97, 4.1, lane=1)
    assert asked.own == asked.typed == ["0:2", "1:4", "3:5"]
    asked.press(WORDS["check"]["windows"])
    asked.view.wait("recorded", "5,3,pytorch")
    assert asked.said == "Right. The windows are 0:2 1:4 3:5."
    assert asked.root.locator("[data-window='1']").get_attribute("data-stop") == "4"
    assert asked.everybody_can_read_it()
    assert "PyTorch's" in asked.root.locator(".pt-picture").text_content()

    asked.page.get_by_role("tab", name="Atlas").click()
    asked.page.get_by_role("tab", name="Explorer").click()
    assert asked.own == ["0:2", "1:4", "3:5"]
    asked.press(WORDS["over"])
    assert (asked.own, asked.said, asked.typed) == ([], "", ["", "", ""])


def test_the_keyboard_alone_draws_asks_for_hints_and_goes_on(ask):
    asked = ask(**WINDOWS)
    keys = asked.page.keyboard
    asked.root.locator("[data-cell='0']").focus()
    keys.press("Enter")  # a window of one cell; the focus goes to its end
    keys.press("ArrowRight")
    assert asked.own == ["0:2"]
    assert asked.page.evaluate("document.activeElement.getAttribute('aria-valuenow')") == "2"
    asked.root.get_by_label(WORDS["window_field"].format(i=1)).fill("2:4")
    asked.root.get_by_label(WORDS["window_field"].format(i=2)).fill("3:5")
    grip = asked.root.get_by_role("slider", name=WORDS["grip"]["start"].format(i=1))
    grip.focus()
    keys.press("End")
    assert grip.get_attribute("aria-valuenow") == "3", "an end stays on its side of the other"
    keys.press("Home")
    keys.press("ArrowRight")
    assert asked.own == asked.typed == ["0:2", "1:4", "3:5"]
    keys.press("Delete")
    assert asked.own == ["0:2", "3:5"]
    asked.press(WORDS["check"]["windows"])
    assert asked.said == "2 of 3 windows are there. Draw or type the others, too."
    for k in (1, 2, 3):
        asked.press(WORDS["hint"].format(k=k, count=3))
        assert asked.root.locator(".pt-answer-hint").inner_text().endswith(".")
    asked.press(WORDS["show_me"])
    asked.view.wait("recorded", "5,3,pytorch")
    asked.press(WORDS["another"])
    size = asked.root.locator(".pt-asked-size").inner_text()
    assert size != "5 → 3"
    assert asked.own == []
    asked.press(WORDS["show_me"])
    asked.press(WORDS["explore"])
    asked.view.wait("recorded", f"{size.replace(' → ', ',')},pytorch")
    assert asked.view.slider("Input size").is_visible()
    assert not asked.root.locator(".pt-question").is_visible()
    asked.page.wait_for_url(lambda url: "ask=" not in url)


KINDS = [
    ({"n": 14, "m": 4, "ask": "shared"}, "3 7 10", "every pair of neighbours", "10 3"),
    ({"n": 14, "m": 4, "ask": "output:1"}, "4.71", "a cut cell in part", "9/2"),
    ({"n": 7, "m": 5, "upstream": "ones", "ask": "gradient:3"}, "1", "all of an output's gradient", "1/3"),
    ({"n": 7, "m": 5, "upstream": "ones", "ask": "rank:0x1x3"}, "3 1 0", "the centre first", "1 0 3"),
    ({"n": 14, "m": 10, "ask": "count:shared"}, "4", "the remainder", "8"),
    ({"n": 5, "m": 3, "ask": "size:equal_kernel"}, "7 4", "a smaller size", "5 3"),
    (
        {"n": 5, "m": 3, "ask": "formula"},
        "start = i\nstop = i + 1",
        "differs",
        "start = i*n//m\nstop = ceil((i+1)*n/m)",
    ),
    ({"tab": "2d", "n": (6, 8), "m": (4, 3), "ask": "count:four"}, "6", "every cut", "4"),
    ({"tab": "2d", "n": (8, 8), "m": (7, 7), "ask": "gradient:0x0"}, "1", "all of an output's", ".25"),
    ({"tab": "2d", "n": (6, 8), "m": (4, 3), "ask": "output:0x1"}, "5", "another output", "7.5"),
]


def test_each_kind_is_asked_hides_its_answer_names_the_idea_and_shows_what_is_right(ask):
    for state, wrong, idea, right in KINDS:
        asked = ask(**state)
        for attribute in ("y", "start", "grad"):  # of cells, windows and outputs, as far as the view has them
            values = asked.root.locator(f"[data-{attribute}]").evaluate_all(
                f"all => all.map(e => e.dataset.{attribute})"
            )
            assert set(values) <= {""}, (state, attribute)
        asked.page.keyboard.press("w")
        assert asked.root.locator(".pt-hidden-box").first.is_visible(), state
        assert idea in asked.answer(wrong), state
        assert asked.answer(right).startswith("Right. "), state
        asked.view.wait("recorded")


def test_cells_are_marked_with_a_click_and_with_the_space_bar(ask):
    asked = ask(n=14, m=4, ask="shared")
    asked.root.locator("[data-cell='3']").click()
    asked.root.locator("[data-cell='9']").focus()
    asked.page.keyboard.press(" ")
    asked.page.keyboard.press("ArrowRight")
    asked.page.keyboard.press("Enter")
    assert asked.typed == ["3 9 10"]
    asked.press(WORDS["check"]["other"])
    assert "cell 9 is in one window only" in asked.said
    asked.root.locator("[data-cell='9']").click()
    asked.press(WORDS["check"]["other"])
    assert asked.said == "Right. These cells are in more than one window: 3 10."


def test_an_open_question_looks_the_same_whatever_its_answer_is(ask):
    asks = ("windows", "shared", "output:1", "gradient:1", "count:shared")
    for question in asks:
        pages, heights = set(), set()
        for rule in ("forum", "fixed_stride"):
            asked = ask(n=5, m=3, ask=question, rule=rule, show=["windows", "gradient", "table", "words"])
            asked.view.wait("unchecked")
            pages.add(asked.root.evaluate(EVERYTHING))
            heights.add(asked.root.bounding_box()["height"])
        assert len(pages) == len(heights) == 1, question
    assert re.search("hidden", pages.pop())


def test_a_finger_draws_windows_on_a_phone(chromium, address):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, offline=True)
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.goto(address + link_of("explorer", {**WINDOWS, "m": 2}))
    asked = Asked(Shown(page))
    asked.root.locator(".pt-own-zone").scroll_into_view_if_needed()
    touch = context.new_cdp_session(page)

    def finger(*places):
        for k, (line, lane) in enumerate(places):
            x, y = asked.place(line, lane)
            kind = "touchMove" if k else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    scrolled = page.evaluate("scrollY")
    finger((0.4, 0), (1.5, 0), (2.5, 0))
    finger((2.5, 1), (3.5, 1), (3.6, 1))
    assert asked.own == ["0:3", "2:4"]
    finger((3.9, 1), (4.4, 1), (4.8, 1))  # by its grip
    assert asked.own == ["0:3", "2:5"]
    assert page.evaluate("scrollY") == scrolled
    asked.press(WORDS["check"]["windows"])  # a tap right after such touches is sometimes none for Chromium
    assert asked.said == "Right. The windows are 0:3 2:5."
    context.close()
