"""The atlas on the one-file page: what is painted is the class of each pair, and a pair opens in the explorer."""

import io

import numpy as np
import pytest
from PIL import Image

from pooltutor import bins, pairs
from pooltutor.legend import THEMES
from tests.atlas import Map, painted, rgb
from tests.view import assert_same_as_pytorch

pytestmark = pytest.mark.browser

SWATCHES = """legend => [...legend.querySelectorAll('[data-class]')].map(entry => [
  Number(entry.dataset.class), getComputedStyle(entry.querySelector('.pt-swatch')).backgroundColor,
  entry.children[1].textContent, entry.querySelector('.pt-count').textContent])"""


@pytest.fixture
def seen(follow):
    """The atlas and its explorer as they were at first."""
    view = follow("#tab=atlas")
    view.wait("recorded", "14,4,pytorch")
    return Map(view.page), view


# What is painted -------------------------------------------------------------------------------------------


MAPS = [(colour, "pytorch") for colour in pairs.CHARTS]
MAPS += [("agreement", rule) for rule in ("equal_kernel", "fixed_stride", "float32", "round")]


@pytest.mark.parametrize(("colour", "rule"), MAPS)
def test_every_pixel_has_the_colour_of_its_class(seen, colour, rule):
    map_, _ = seen
    map_.choose(colour, rule)
    chart = pairs.chart(colour, rule)
    np.testing.assert_array_equal(map_.pixels(), painted(chart, "light"))
    assert map_.root.locator("h3").text_content() == chart.title
    for k, swatch, label, count in map_.root.locator(".pt-legend").evaluate(SWATCHES):
        assert swatch == f"rgb{rgb(THEMES['light'][chart.colours[k]])}"
        assert label == chart.labels[k]
        assert count == f"{(chart.classes == k).sum():,}"


def test_classes_that_are_not_on_the_map_are_not_in_the_legend(seen):
    map_, _ = seen
    for rule, classes in (("pytorch", {0}), ("forum", {0, 1}), ("fixed_stride", {0, 1, 2})):
        map_.choose("agreement", rule)
        assert {entry[0] for entry in map_.root.locator(".pt-legend").evaluate(SWATCHES)} == classes


def test_pixels_stand_where_the_axes_say_and_each_is_as_large_as_the_next(seen):
    map_, _ = seen
    box = map_.cells.bounding_box()
    assert box["width"] == box["height"] >= 64
    assert box["width"] % 64 == 0  # at one device pixel per CSS pixel
    shot = np.array(Image.open(io.BytesIO(map_.page.screenshot(clip=box))))
    true, cell = painted(pairs.chart("gcd"), "light"), int(box["width"]) // 64
    for n, m in [(60, 7), (7, 60), (48, 36), (49, 36), (30, 50), (63, 58)]:  # away from rays, mark and guides
        x, y = (n - 1) * cell, (64 - m) * cell
        assert (shot[y : y + cell, x : x + cell, :3] == true[n - 1, m - 1]).all()

    def tick(which: str, size: int) -> dict[str, float]:
        return map_.root.locator(f".pt-tick-text{which}").get_by_text(str(size), exact=True).bounding_box()

    below, left = tick(":not(.pt-to-right)", 24), tick(".pt-to-right", 40)
    assert below["x"] + below["width"] / 2 - box["x"] == pytest.approx(map_.place(24, 1)["x"], abs=2.5)
    assert left["y"] + left["height"] / 2 - box["y"] == pytest.approx(map_.place(1, 40)["y"], abs=2.5)


def test_dark_pages_get_the_dark_colours(seen):
    map_, _ = seen
    map_.choose("avgpool")
    map_.page.emulate_media(color_scheme="dark")
    map_.root.and_(map_.page.locator("[data-theme=dark]")).wait_for()
    map_.page.wait_for_timeout(100)
    np.testing.assert_array_equal(map_.pixels(), painted(pairs.chart("avgpool"), "dark"))
    ((_, swatch, *_), *_) = map_.root.locator(".pt-legend").evaluate(SWATCHES)
    assert swatch == f"rgb{rgb(THEMES['dark']['map_none'])}"
    map_.page.emulate_media(color_scheme="light")


def test_rays_and_halves_are_labelled(seen):
    map_, _ = seen
    labels = map_.root.locator(".pt-ray-text").all_text_contents()
    assert sorted(labels) == sorted(["m = n", "n = 2m", "m = 2n", "upsampling: m > n", "downsampling: m < n"])


def test_rule_can_be_chosen_on_the_map_of_agreement_only(seen):
    map_, _ = seen
    for colour in pairs.CHARTS:
        map_.choose(colour)
        assert map_.menu("Rule").is_enabled() == (colour == "agreement")


def test_a_moved_pointer_paints_no_map_and_is_drawn_once_per_frame(seen):
    map_, _ = seen
    drawn = map_.root.evaluate(
        """async root => {
          const real = CanvasRenderingContext2D.prototype.putImageData;
          const frame = window.requestAnimationFrame;
          let [maps, frames, readouts] = [0, 0, 0];
          window.requestAnimationFrame = draw => { frames++; return frame(draw) };
          CanvasRenderingContext2D.prototype.putImageData = function (...all) { maps++; return real.apply(this, all) };
          const watch = new MutationObserver(() => readouts++);
          watch.observe(root.querySelector('.pt-readout'), {childList: true});
          const [map, box] = [root.querySelector('.pt-map'), root.querySelector('canvas').getBoundingClientRect()];
          for (let k = 0; k < 50; k++) {
            map.dispatchEvent(new PointerEvent('pointermove', {clientX: box.x + 20 + 5 * k, clientY: box.y + 40}));
          }
          window.requestAnimationFrame = frame;
          await new Promise(done => frame(() => frame(() => setTimeout(done))));
          CanvasRenderingContext2D.prototype.putImageData = real;
          watch.disconnect();
          return [maps, frames, readouts];
        }"""
    )
    assert drawn == [0, 1, 1]


# Reading ---------------------------------------------------------------------------------------------------


READ = {
    (14, 10): "gcd 2, 8 shared cells, longest window 3, influence ratio 3, not one AvgPool",
    (6, 8): "gcd 2, 6 cuts inside cells, longest window 2, influence ratio 3/2 = 1.5, not one AvgPool",
    (62, 28): "gcd 2, 26 shared cells, longest window 4, influence ratio 8/3 ≈ 2.667, not one AvgPool",
    (5, 3): (
        "gcd 1, 2 shared cells, longest window 3, influence ratio 5/2 = 2.5, AvgPool(kernel 3, stride 2, padding 1)"
    ),
    (8, 4): "gcd 4, 0 shared cells, longest window 2, influence ratio 1, AvgPool(kernel 2, stride 2)",
    (3, 2): "gcd 1, 1 shared cell, longest window 2, influence ratio 2, AvgPool(kernel 2, stride 1)",
    (1, 2): ("gcd 1, 1 cut inside a cell, longest window 1, influence ratio 1, AvgPool(kernel 2, stride 1, padding 1)"),
}


@pytest.mark.parametrize("pair", READ)
def test_hovering_reads_a_pair_out(seen, pair):
    map_, _ = seen
    map_.hover(*pair)
    name = f"{pair[0]} → {pair[1]}"
    assert map_.text(name) == f"{name}: {READ[pair]}"
    assert map_.middle("cursor") == pair
    assert map_.root.locator(".pt-at").all_text_contents() == [str(size) for size in pair]


def test_when_the_pointer_leaves_the_marked_pair_is_read(seen):
    map_, _ = seen
    map_.hover(40, 20)
    map_.text("40 → 20")
    map_.page.mouse.move(2, 2)
    map_.text("14 → 4")
    assert map_.middle("mark") == (14, 4)


@pytest.mark.parametrize(
    ("rule", "pair", "sentence"),
    [
        ("pytorch", (26, 22), "PyTorch: PyTorch's windows"),
        ("float32", (26, 22), "float32: 1 of 22 windows is wrong"),
        ("split", (5, 3), "split: 2 of 3 windows are wrong"),
        ("fixed_stride", (3, 5), "The rule 'AvgPool recipe' has no windows when m > n."),
    ],
)
def test_the_map_of_agreement_says_what_the_rule_makes_of_a_pair(seen, rule, pair, sentence):
    map_, _ = seen
    map_.choose("agreement", rule)
    map_.hover(*pair)
    name = f"{pair[0]} → {pair[1]}"
    assert map_.text(name).startswith(f"{name}: {sentence}, gcd ")


# The explorer ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", [(14, 10), (1, 64), (64, 1), (6, 8), (64, 64)])
def test_a_click_opens_the_pair_and_pytorch_agrees(seen, pair):
    map_, view = seen
    view.more()
    view.slider("Window").fill("3")
    map_.page.wait_for_timeout(150)  # it rests
    map_.click(*pair)
    map_.wait_mark(*pair)
    view.wait("recorded", f"{pair[0]},{pair[1]},pytorch")
    assert_same_as_pytorch(view, *pair)
    assert view.slider("Window").input_value() == "0"
    assert map_.middle("mark") == pair


def test_a_click_on_the_map_of_agreement_opens_the_pair_under_its_rule(seen):
    map_, view = seen
    map_.choose("agreement", "float32")
    map_.click(26, 22)
    view.wait("disagrees", "26,22,float32")
    map_.click(25, 22)
    view.wait("recorded", "25,22,float32")


# The small picture -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", [(14, 10), (1, 64), (64, 1), (6, 8), (64, 63)])
def test_a_click_shows_the_windows_in_the_card(seen, pair):
    map_, _ = seen
    map_.click(*pair)
    n, m = pair
    b = bins(n, m)
    expected = list(zip(*b.feeds, strict=True)) if m > n else list(b)
    assert map_.pair(f"{n},{m},pytorch", "recorded") == expected
    said = map_.root.locator(".pt-pair-said").text_content()
    assert said == f"={n} → {m}: recorded: PyTorch has these windows"
    picture = map_.root.locator(".pt-pair-picture")
    assert picture.get_attribute("aria-label").startswith(f"Input size {n}, target size {m}. The windows are 0:")
    across = [box["width"] for box in (picture.bounding_box(), map_.root.locator(".pt-pair").bounding_box())]
    view_box = picture.get_attribute("viewBox").split()
    assert across[0] == across[1] == float(view_box[2])


def test_the_small_picture_follows_the_explorer_and_its_rule(seen):
    map_, view = seen
    map_.choose("agreement", "float32")
    map_.click(26, 22)
    assert map_.pair("26,22,float32", "disagrees") == list(bins(26, 22, "float32"))
    assert map_.root.locator(".pt-pair-picture .pt-wrong").count() == 1
    view.more()
    view.menu("Rule").select_option("pytorch")
    assert map_.pair("26,22,pytorch", "recorded") == list(bins(26, 22))
    view.set_sizes(9, 4)
    assert map_.pair("9,4,pytorch", "recorded") == list(bins(9, 4))
    view.menu("Rule").select_option("fixed_stride")
    view.set_sizes(4, 9)
    assert map_.pair("4,9,fixed_stride", "none") == []


def test_hidden_windows_are_hidden_in_the_card_too(seen):
    map_, view = seen
    view.more()
    view.root.get_by_role("checkbox", name="windows", exact=True).set_checked(False)
    assert map_.pair("14,4,pytorch", "hidden") == []
    assert map_.root.locator(".pt-pair-picture").get_attribute("aria-label").endswith("hidden until you show them.")
    map_.focusable.focus()
    map_.page.keyboard.press("w")
    assert map_.pair("14,4,pytorch", "recorded") == list(bins(14, 4))


ALTER_BAR = "(bar, to) => { const before = bar.dataset.to; bar.dataset.to = to; return before; }"


def test_a_bar_that_something_else_alters_is_not_called_checked(seen):
    map_, _ = seen
    map_.pair("14,4,pytorch", "recorded")
    bar = map_.root.locator("[data-bar='1']")
    before = bar.evaluate(ALTER_BAR, "8")
    assert map_.pair("14,4,pytorch", "altered")[1] == (3, 8)
    assert "not checked" in map_.root.locator(".pt-pair-said").text_content()
    bar.evaluate(ALTER_BAR, before)
    map_.pair("14,4,pytorch", "recorded")


TOPS = """root => ['.pt-map', '.pt-legend', '.pt-readout', '.pt-pair', '.pt-atlas-help']
  .map(part => Math.round(root.querySelector(part).getBoundingClientRect().top)).concat(root.offsetHeight)"""


@pytest.mark.parametrize("width", [360, 980, 1024, 1280])
def test_nothing_moves_from_pair_to_pair(seen, width):
    map_, _ = seen
    try:
        map_.page.set_viewport_size({"width": width, "height": 900})
        map_.page.wait_for_timeout(300)
        places = set()
        for pair in [(14, 4), (1, 2), (62, 28), (64, 64), (3, 40)]:
            map_.click(*pair)
            map_.pair(f"{pair[0]},{pair[1]},pytorch", "recorded")
            places.add(tuple(map_.root.evaluate(TOPS)))
        assert len(places) == 1
    finally:
        map_.page.set_viewport_size({"width": 1100, "height": 900})


# Keys ------------------------------------------------------------------------------------------------------


def test_keys_move_a_cursor_and_enter_opens_the_pair(seen):
    map_, view = seen
    map_.focusable.focus()
    keys = map_.page.keyboard
    for key, pair in [
        ("ArrowRight", "15 → 4"),
        ("ArrowUp", "15 → 5"),
        ("ArrowLeft", "14 → 5"),
        ("ArrowDown", "14 → 4"),
        ("Shift+ArrowRight", "22 → 4"),
        ("PageUp", "22 → 12"),
        ("Shift+ArrowUp", "22 → 20"),
        ("PageDown", "22 → 12"),
        ("End", "64 → 12"),
        ("ArrowRight", "64 → 12"),
        ("Home", "1 → 12"),
        ("Shift+ArrowLeft", "1 → 12"),
        ("Shift+ArrowRight", "9 → 12"),
    ]:
        keys.press(key)
        map_.text(pair)
    assert map_.middle("cursor") == (9, 12)
    map_.wait_mark(14, 4)
    keys.press("Enter")
    view.wait("recorded", "9,12,pytorch")
    map_.wait_mark(9, 12)
    keys.press("ArrowRight")
    keys.press(" ")
    view.wait("recorded", "10,12,pytorch")
    assert map_.page.evaluate("() => document.activeElement.className") == "pt-map"


def test_the_map_is_one_tab_stop_with_name_and_help(seen):
    map_, _ = seen
    assert map_.root.locator("[tabindex], select:enabled").count() == 2  # the map and Colour; Rule is disabled here
    help_ = map_.root.locator(f"[id='{map_.focusable.get_attribute('aria-describedby')}']")
    assert "Enter" in help_.text_content()
    assert map_.root.locator("[role=status], [aria-live]").count() == 0


# Screens, and no kernel ------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1024])
def test_the_atlas_fits_narrow_pages(seen, width):
    map_, view = seen
    page = map_.page
    try:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
        room = page.locator("[role=tabpanel]:visible").bounding_box()
        for part in (map_.focusable, map_.root.locator(".pt-legend"), map_.root.locator(".pt-readout")):
            box = part.bounding_box()
            assert room["x"] <= box["x"] and box["x"] + box["width"] <= room["x"] + room["width"] + 1  # noqa: PT018
        assert view.root.bounding_box()["y"] >= map_.root.bounding_box()["y"] + map_.root.bounding_box()["height"]
        map_.click(30, 7)
        view.wait("recorded", "30,7,pytorch")
    finally:
        page.set_viewport_size({"width": 1100, "height": 900})
