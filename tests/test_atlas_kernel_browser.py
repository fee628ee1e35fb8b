"""The atlas beside a kernel: what reaches Python, larger sizes, an explorer it is given, locks, keys, no kernel."""

import numpy as np
import pytest

from pooltutor import bins, pairs
from tests.atlas import Map, painted
from tests.view import View, assert_same_as_pytorch

pytestmark = pytest.mark.browser

OPEN = "import pooltutor\nview = pooltutor.atlas()\nview"
BESIDE = "given = pooltutor.explore(9, 4)\nother = pooltutor.atlas('avgpool', explorer=given)\nother"


@pytest.fixture(scope="module")
def bench(notebook, lab):
    """One page with an atlas and its explorer, then an explorer's other atlas; and its kernel."""
    page = notebook(OPEN, BESIDE, name="atlas.ipynb")
    page.page.locator("[data-atlas]").nth(1).wait_for()
    view = View(page.page, nth=1)
    view.wait("agrees", "14,4,pytorch")
    yield page, Map(page.page), view, lab.python("atlas.ipynb")
    page.clean()


@pytest.fixture
def seen(bench):
    """The first atlas and its explorer as they were at first."""
    page, map_, view, _ = bench
    page.page.evaluate("() => { document.body.dataset.jpThemeLight = 'true'; document.activeElement?.blur() }")
    page.page.mouse.move(2, 2)
    map_.choose("agreement")
    map_.choose("gcd")
    view.menu("Rule").select_option("pytorch")
    view.set_sizes(14, 4)
    map_.wait_mark(14, 4)
    view.wait("agrees", "14,4,pytorch")
    return map_, view


def test_the_map_is_painted_and_a_click_opens_the_pair(seen):
    map_, view = seen
    np.testing.assert_array_equal(map_.pixels(), painted(pairs.chart("gcd"), "light"))
    map_.click(6, 8)
    map_.wait_mark(6, 8)
    view.wait("agrees", "6,8,pytorch")
    assert_same_as_pytorch(view, 6, 8)


def test_the_mark_follows_the_sliders_and_so_does_python(seen, bench):
    map_, view = seen
    view.set_sizes(30, 22)
    map_.wait_mark(30, 22)
    map_.text("30 → 22")
    assert map_.middle("mark") == (30, 22)
    view.wait("agrees", "30,22,pytorch")
    *_, python = bench
    assert python("view.input_size, view.target_size, view.explorer.verdict") == "(30, 22, 'agrees')"
    map_.click(33, 44)
    view.wait("agrees", "33,44,pytorch")
    assert python("view.input_size, view.target_size, view.explorer.input_size") == "(33, 44, 33)"


def test_python_moves_mark_explorer_and_colouring(seen, bench):
    map_, view = seen
    *_, python = bench
    python("view.input_size, view.target_size = 20, 6\nview.colour, view.rule = 'agreement', 'split'")
    view.wait("disagrees", "20,6,split")
    map_.wait_mark(20, 6)
    np.testing.assert_array_equal(map_.pixels(), painted(pairs.chart("agreement", "split"), "light"))
    assert (map_.menu("Colour").input_value(), map_.menu("Rule").input_value()) == ("agreement", "split")
    map_.choose("influence")
    map_.page.wait_for_timeout(300)
    assert python("view.colour") == "'influence'"
    view.wait("agrees", "20,6,pytorch")


def test_a_pair_beyond_the_map_has_no_mark_and_the_readout_says_so(seen):
    map_, view = seen
    box = view.box("Input size")
    box.fill("100")
    box.press("Enter")
    view.wait("agrees", "100,4,pytorch")
    assert map_.text("100 → 4") == "100 → 4: beyond this map, which ends at 64"
    assert map_.root.locator(".pt-mark").count() == 0
    assert (map_.root.get_attribute("data-input"), map_.root.get_attribute("data-target")) == ("", "")
    map_.click(7, 5)
    view.wait("agrees", "7,5,pytorch")


def test_another_atlas_steers_the_explorer_it_was_given_and_draws_none(seen, bench):
    page, map_, _, python = bench
    other = Map(page.page, nth=1)
    other.wait_mark(9, 4)
    assert page.page.locator(".pooltutor").count() == 3
    np.testing.assert_array_equal(other.pixels(), painted(pairs.chart("avgpool"), "light"))
    other.click(7, 5)
    other.wait_mark(7, 5)
    page.page.wait_for_timeout(300)
    assert python("given.input_size, given.target_size, other.input_size, view.input_size") == "(7, 5, 7, 14)"
    map_.wait_mark(14, 4)


def test_locked_sizes_stay_and_the_atlas_says_so(seen, bench):
    page, *_, python = bench
    other = Map(page.page, nth=1)
    python("given.input_size, given.target_size, given.lock = 9, 4, ['input_size']")
    other.wait_mark(9, 4)
    other.click(7, 5)
    other.root.get_by_text("The sizes of the explorer are locked.").wait_for()
    other.wait_mark(9, 4)
    python("given.lock = []")
    other.click(7, 5)
    other.wait_mark(7, 5)
    assert not other.root.get_by_text("locked").is_visible()


def test_jupyterlab_takes_no_key_from_the_map(seen):
    map_, view = seen
    cells = map_.page.locator(".jp-Notebook .jp-Cell").count()
    map_.focusable.focus()
    for key in ["ArrowDown", "b", "x", "a", "d", "d", "ArrowUp", "ArrowUp", "Enter"]:
        map_.page.keyboard.press(key)
    view.wait("agrees", "14,5,pytorch")
    map_.menu("Colour").focus()
    for key in ["b", "x"]:
        map_.page.keyboard.press(key)
    assert map_.page.locator(".jp-Notebook .jp-Cell").count() == cells


def test_the_small_picture_has_the_kernels_verdict(seen, bench):
    map_, _ = seen
    map_.click(7, 5)
    assert map_.pair("7,5,pytorch", "agrees") == list(bins(7, 5))
    page, *_ = bench
    other = Map(page.page, nth=1)
    other.click(9, 7)
    assert other.pair("9,7,pytorch", "unchecked") == list(bins(9, 7)), "nobody shows its explorer"


ACTIVE = ".jp-Cell.jp-mod-active"
IN_SIGHT = """map => {
  const [box, room] = [map, map.closest('.jp-WindowedPanel-outer')].map(each => each.getBoundingClientRect());
  return box.top >= room.top && box.bottom <= room.bottom;
}"""


def test_shift_enter_does_not_go_past_the_map(notebook):
    before = "from IPython.display import HTML\nimport pooltutor\nHTML('<div style=\"height: 600px\"></div>')"
    page = notebook(before, "pooltutor.atlas()", "'next'", "'last'", name="stepping.ipynb", run=False).page
    page.locator(".jp-Cell").first.click()
    page.keyboard.press("Escape")
    for k in range(2):
        page.keyboard.press("Shift+Enter")
        page.locator(".jp-Cell").nth(k + 1).and_(page.locator(ACTIVE)).wait_for()
    map_ = Map(page)
    map_.pair("14,4,pytorch", "agrees")
    assert map_.focusable.evaluate(IN_SIGHT)
    map_.focusable.focus()
    page.locator(".jp-Cell").nth(1).and_(page.locator(ACTIVE)).wait_for()
    map_.root.evaluate("root => root.dataset.old = ''")
    page.keyboard.press("Shift+Enter")  # on the map: it runs its cell, as everywhere in JupyterLab
    page.locator(".jp-Cell").nth(2).and_(page.locator(ACTIVE)).wait_for()
    page.locator("[data-atlas]:not([data-old])").wait_for()
    map_.pair("14,4,pytorch", "agrees")
    assert map_.focusable.evaluate(IN_SIGHT)


def test_without_a_kernel_maps_and_pairs_still_open(notebook, lab):
    page = notebook(OPEN, name="alone.ipynb")
    map_, view = Map(page.page), View(page.page, nth=1)
    view.wait("agrees", "14,4,pytorch")
    (session,) = [s for s in lab.api("GET", "sessions") if s["path"] == "alone.ipynb"]
    lab.api("DELETE", f"sessions/{session['id']}")
    view.wait("unchecked", "14,4,pytorch")
    map_.choose("agreement", "forum")
    np.testing.assert_array_equal(map_.pixels(), painted(pairs.chart("agreement", "forum"), "light"))
    map_.click(7, 5)
    map_.wait_mark(7, 5)
    assert view.wait("unchecked", "7,5,forum").endswith("not checked: the kernel is not connected")
    assert [error for error in page.errors if "api/" not in error and "WebSocket" not in error] == []
