"""The picture itself: it is taken hold of, it moves, and the terms of its sum wear the marks of their cells."""

import pytest

from pooltutor.words import load
from tests.onepage import Shown, link_of
from tests.view import FOCUSED, SET_RANGE, assert_same_as_pytorch

pytestmark = pytest.mark.browser

GRIPS = load()["view"]["picture_words"]["grips"]
# Numbers of animations, when the next frame has been shown: all of them, and those of marks that tell of windows.
MOVING = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  const moving = document.getAnimations().map(each => each.effect.target).filter(each => each?.ownerSVGElement);
  done([moving.length, moving.filter(each => each.matches('.pt-bar, .pt-selected, .pt-round')).length]);
})))"""
# Stop all motion in the middle, where numbers and places could differ most.
HALT = "() => document.getAnimations().forEach(each => { each.pause(); each.currentTime = 60; })"
# Ten sizes, one a frame, as under a slider that is dragged; returns the number of animations after each.
HOLD = f"""range => new Promise(done => {{
  const [set, counts] = [{SET_RANGE}, []];
  const next = (size) => {{
    counts.push(document.getAnimations().length);
    if (size > 30) return done(counts);
    set(range, size);
    requestAnimationFrame(() => next(size + 1));
  }};
  next(20);
}})"""


def middle(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(view, place: tuple[float, float], by: tuple[float, float], let_go: bool = True) -> None:
    """Take hold of a place, and move it in two steps."""
    (x, y), (dx, dy), mouse = place, by, view.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx / 2, y + dy / 2)
    mouse.move(x + dx, y + dy)
    if let_go:
        mouse.up()


def sizes(view) -> tuple[int, int]:
    return tuple(int(view.slider(name).input_value()) for name in ("Input size", "Target size"))


def end_of_input(view):
    return middle(view.slider(GRIPS["n"]["name"]))


def border(view, k: int):
    """Where the border right of output k is."""
    box = view.mark("output", k).locator(".pt-output").bounding_box()
    return box["x"] + box["width"] + 2, box["y"] + box["height"] / 2


def focused(view) -> str:
    return view.page.evaluate(FOCUSED)[1]


def test_sizes_and_numbers_are_dragged_in_the_picture(open_explorer):
    view = open_explorer()
    drag(view, end_of_input(view), (24, 0))
    assert sizes(view) == (16, 4)
    width = view.mark("output", 0).locator(".pt-output").bounding_box()["width"] + 4
    drag(view, border(view, 0), (width, 0))  # the first border goes to the middle: two outputs
    assert sizes(view) == (16, 2)
    view.wait("recorded", "16,2,pytorch")
    drag(view, border(view, 0), (-width, 0))
    assert sizes(view) == (16, 4)
    cell = view.mark("cell", 4).locator(".pt-cell")
    drag(view, middle(cell), (2, -16))
    assert view.numbers()["x"][4] == 6
    assert view.mark("cell", 4).get_attribute("aria-pressed") == "false"  # a drag is no click
    drag(view, middle(view.mark("output", 1).locator(".pt-upstream")), (0, 24))
    assert view.numbers()["upstream"][1] == -1
    assert_same_as_pytorch(view, 16, 4)
    drag(view, middle(cell), (0, 40), let_go=False)
    assert view.line().startswith("cell 4: x₄ = 1 in window 1")
    view.page.keyboard.press("Escape")  # taken back
    view.page.mouse.up()
    assert view.numbers()["x"][4] == 6


def test_grips_are_sliders_at_the_end_of_their_rows(open_explorer):
    view = open_explorer()
    press = view.page.keyboard.press
    view.mark("cell", 0).focus()
    for key in ("End", "ArrowRight"):
        press(key)
    assert focused(view) == GRIPS["n"]["name"]
    assert view.root.locator(".pt-picture [tabindex='0']").count() == 3  # one stop of the Tab key a row
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft"):
        press(key)
    assert sizes(view) == (15, 4)
    assert view.slider(GRIPS["n"]["name"]).get_attribute("aria-valuetext") == "n = 15 cells"
    press("Escape")
    assert focused(view).startswith("cell 14:")
    press("ArrowUp")
    press("ArrowUp")
    press("ArrowDown")
    assert view.numbers()["x"][14] == 15
    for key in ("Tab", "Tab", "End", "ArrowRight"):
        press(key)
    assert focused(view) == GRIPS["m"]["name"]
    for key in ("End", "Home", "ArrowRight"):
        press(key)
    assert sizes(view) == (15, 2)
    view.wait("recorded", "15,2,pytorch")
    assert_same_as_pytorch(view, 15, 2)


UNTIL_AT_REST = """new Promise((rests) => {
  const look = (before) => (scrollY === before ? rests() : setTimeout(look, 100, scrollY));
  look();
})"""


@pytest.fixture
def phone(chromium, address):
    context = chromium.new_context(viewport={"width": 390, "height": 900}, has_touch=True, offline=True)
    page = context.new_page()
    page.goto(address + link_of("explorer", {"n": 14, "m": 4}))
    yield Shown(page), context.new_cdp_session(page)
    context.close()


def test_a_finger_drags_grips_and_a_cell_that_was_tapped(phone):
    view, touch = phone
    view.wait("recorded", "14,4,pytorch")

    def swipe(place, dx, dy):
        x, y = place
        points = [[{"x": x + dx * part, "y": y + dy * part}] for part in (0, 0.5, 1)]
        for kind, where in zip(["touchStart", "touchMove", "touchMove", "touchEnd"], [*points, []], strict=True):
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

    cell = view.mark("cell", 4).locator(".pt-cell")
    swipe(middle(cell), 0, -24)
    assert view.numbers()["x"][4] == 4  # the page scrolls
    view.page.evaluate(UNTIL_AT_REST)  # or it would glide on below the next finger
    view.page.evaluate("scrollTo(0, 0)")
    cell.tap()
    swipe(middle(cell), 0, -24)
    assert view.numbers()["x"][4] == 7
    swipe(end_of_input(view), -40, 0)
    swipe(border(view, 1), 30, 0)
    n, m = sizes(view)
    assert n < 14
    assert m == 3
    view.wait("recorded", f"{n},3,pytorch")
    assert_same_as_pytorch(view, n, 3)


def test_what_changes_is_seen_to_move_and_its_numbers_are_right_meanwhile(open_explorer):
    view = open_explorer()
    page = view.page
    page.wait_for_timeout(250)  # what follows another change at once does not move
    devtools = page.context.new_cdp_session(page)
    devtools.send("Animation.enable")
    devtools.send("Animation.setPlaybackRate", {"playbackRate": 0.02})  # a busy machine would miss 200 ms
    view.root.get_by_role("button", name="next window").click()
    assert page.evaluate(MOVING)[1] >= 3
    page.evaluate(HALT)
    devtools.send("Animation.setPlaybackRate", {"playbackRate": 1})
    devtools.detach()
    bar = view.mark("window", 1).locator(".pt-bar")
    assert bar.bounding_box()["width"] < view.mark("window", 0).locator(".pt-bar").bounding_box()["width"]
    assert bar.get_attribute("width") == view.mark("window", 0).locator(".pt-bar").get_attribute("width")
    assert_same_as_pytorch(view, 14, 4)
    page.wait_for_timeout(250)
    view.slider("Target size").press("ArrowRight")
    page.evaluate(HALT)
    assert view.wait("recorded", "14,5,pytorch")
    assert_same_as_pytorch(view, 14, 5)
    assert max(view.slider("Target size").evaluate(HOLD)[2:]) <= 40
    page.keyboard.press("w")
    page.wait_for_timeout(250)
    view.slider("Target size").press("ArrowRight")
    assert page.evaluate(MOVING)[1] == 0  # nothing tells of hidden windows
    page.emulate_media(reduced_motion="reduce")
    page.wait_for_timeout(250)
    page.keyboard.press("w")
    view.root.get_by_role("button", name="next window").click()
    assert page.evaluate(MOVING) == [0, 0]
    page.emulate_media(reduced_motion="no-preference")


def test_a_term_and_its_cell_light_each_other(open_explorer):
    view = open_explorer(window=1)
    term = view.root.locator(".pt-line .pt-term", has_text="4").first
    said = view.line()
    term.hover()
    lit = view.root.locator(".pt-picture .pt-lit")
    assert middle(lit)[0] == pytest.approx(middle(view.mark("cell", 4).locator(".pt-cell"))[0], abs=1)
    assert view.line() == said
    view.root.locator(".pt-term-cut").first.hover()
    assert lit.get_attribute("d")
    view.mark("cell", 4).locator(".pt-cell").hover()
    assert view.root.locator(".pt-term.pt-lit").inner_text() == "4"
    assert lit.count() == 0
    view.root.get_by_role("status").hover()
    term.click()
    assert view.mark("cell", 4).get_attribute("aria-pressed") == "true"
    view.page.keyboard.press("Escape")
    assert view.line() == said
