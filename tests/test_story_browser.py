"""A story on the one-file page: forwards and back by mouse, keys and clicker, asked and answered, kept and cleared."""

import pytest

from pooltutor.words import load
from tests.onepage import Shown2d
from tests.view import View

pytestmark = pytest.mark.browser

WORDS = load()["stories"]["ten-minute-demo"]
FRAMES = """() => [...document.querySelectorAll('.pt-point')].map(frame => {
  const { left, top, width, height } = frame.getBoundingClientRect();
  return [left, top, left + width, top + height];
})"""


class Led(View):
    """The view that the open step of a story shows, and the bar above it."""

    def __init__(self, page) -> None:
        self.page = page
        self.bar = page.locator(".pt-story-bar")
        self.root = page.locator(".pt-story-stage > :not([hidden]) .pooltutor:has(svg.pt-picture)")
        self.status = self.root.get_by_role("status")

    def says(self, step: str) -> bool:
        """Wait until the bar says the text of a step."""
        self.bar.locator(".pt-say").get_by_text(WORDS[step], exact=True).wait_for()
        return True

    def press(self, name: str) -> None:
        self.bar.get_by_role("button", name=name, exact=True).click()

    def frames_hold(self, *marks) -> bool:
        """Whether there is one frame around each of these marks, and no other."""
        self.page.wait_for_function(f"count => ({FRAMES})().length === count", arg=len(marks))
        frames = self.page.evaluate(FRAMES)
        boxes = [mark.bounding_box() for mark in marks]
        return all(
            left - 1 <= box["x"] and top - 1 <= box["y"] and box["x"] + box["width"] <= right + 1
            for (left, top, right, _), box in zip(frames, boxes, strict=True)
        )


@pytest.fixture
def led(open_page):
    """The demo as nobody has begun it."""
    page = open_page("#tab=story").page
    page.evaluate("() => localStorage.clear()")
    fresh = Led(open_page("#tab=story").page)
    assert fresh.says("half")
    return fresh


def test_a_story_goes_forwards_and_back_by_mouse_keys_and_clicker(led):
    page = led.page
    assert led.bar.get_by_role("button", name="Back", exact=True).get_attribute("aria-disabled") == "true"
    led.press("Next")
    assert led.says("half_shown")
    led.wait("recorded", "14,4,pytorch")
    assert led.frames_hold(led.mark("cell", 3), led.mark("cell", 10))
    page.keyboard.press("ArrowRight")  # in the bar, too, the arrows step the windows
    assert led.line().startswith("window i = 2 (3rd of 4)")
    page.keyboard.press("PageDown")
    assert led.says("tells")
    led.mark("cell", 1).focus()
    page.keyboard.press("PageDown")
    assert led.says("tells_shown")
    led.wait("recorded", "5,3,pytorch")
    assert led.frames_hold(led.mark("window", 1))
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("PageDown")
    led.wait("disagrees", "5,3,equal_kernel")
    page.keyboard.press("PageUp")
    led.wait("recorded", "5,3,pytorch")
    led.set_sizes(9, 4)
    led.mark("cell", 2).click()
    assert page.evaluate(FRAMES) == [], "whoever takes hold of the picture is shown nothing any more"
    led.press("Next")
    led.press("Back")
    led.wait("recorded", "5,3,pytorch")


def test_a_step_in_two_dimensions_opens_the_other_view_in_the_same_size(led):
    led.press("Next")
    led.more()
    led.root.get_by_label("presenter size", exact=True).check()
    led.more(False)
    led.page.evaluate("() => { location.hash = 'tab=story&step=20'; }")
    assert led.says("corner_shown")
    assert "pt-big" in led.bar.get_attribute("class")
    grid = Shown2d(led.page)
    grid.root, grid.status = led.root, led.status
    grid.wait_for((8, 8), (7, 7))
    assert led.root.get_attribute("class").split()[:2] == ["pooltutor", "pt-grid"]
    assert "pt-big" in led.root.get_attribute("class")
    assert led.frames_hold(led.root.locator("[data-cell='0,0']"))
    led.press("Next")
    assert led.says("exit")
    led.mark("cell", 1).wait_for()


def test_what_was_answered_is_kept_and_can_be_forgotten(led, open_page):
    led.page.keyboard.press("PageDown")
    led.page.keyboard.press("PageDown")
    assert led.says("tells")
    assert set(led.raw()["start"]) == {""}, "nothing of the windows is there"
    for k, window in enumerate(["0:2", "1:4", "3:5"]):
        led.root.locator(".pt-answer input").nth(k).fill(window)
    led.root.locator(".pt-main-button").first.click()
    led.bar.get_by_text("1 of 8 questions answered").wait_for()
    led.wait("recorded", "5,3,pytorch")
    led.page.keyboard.press("PageDown")
    led.page.wait_for_url("**#tab=story&step=3")

    again = Led(open_page("#tab=explorer").page)
    again.page.get_by_role("tab", name="Demo").click()
    assert again.says("tells_shown")
    assert again.bar.get_by_text("1 of 8 questions answered").is_visible()
    again.press("Back")
    again.wait("recorded", "5,3,pytorch")
    assert again.root.locator(".pt-said-right").is_visible()
    again.press("start again and forget all answers")
    assert again.says("half")
    assert again.bar.get_by_text("0 of 8 questions answered").is_visible()
    assert again.page.evaluate("() => localStorage.length") == 0


@pytest.mark.parametrize("kept", ["{", '{"step": 99, "answers": {}}', '{"step": 2, "answers": {"2": {"given": 5}}}'])
def test_what_is_kept_is_checked_when_it_is_read(led, open_page, kept):
    led.page.evaluate("kept => localStorage.setItem('pooltutor story ten-minute-demo', kept)", kept)
    again = Led(open_page("#tab=story").page)
    assert again.says("tells" if '"step": 2' in kept else "half")
    assert again.bar.get_by_text("0 of 8 questions answered").is_visible()


def test_on_a_phone_nothing_of_the_bar_is_wider_than_the_screen(led):
    led.page.set_viewport_size({"width": 360, "height": 740})
    led.press("Next")
    led.wait("recorded", "14,4,pytorch")
    assert led.page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert all(button.bounding_box()["height"] >= 44 for button in led.bar.locator(".pt-turns button").all())
    led.page.set_viewport_size({"width": 1100, "height": 900})
