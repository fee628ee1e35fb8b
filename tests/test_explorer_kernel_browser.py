"""The 1-D explorer beside a kernel that moves it, is busy, slow or gone; on small and dark screens; many at once."""

import os
import re
import signal

import numpy as np
import pytest
import torch

from pooltutor.legend import THEMES
from tests.view import View, assert_same_as_pytorch

pytestmark = pytest.mark.browser

OPEN = "import pooltutor\nview = pooltutor.explore(14, 4)\nview"
GONE = "not checked: the kernel is not connected"


# One page and its kernel, driven from both sides ---------------------------------------------------------------


@pytest.fixture(scope="module")
def bench(lab, notebook):
    """A page with one explorer, and a function that runs Python in its kernel."""
    page = notebook(OPEN, name="bench.ipynb")
    view = View(page.page)
    view.wait("agrees", "14,4,pytorch")
    python = lab.python("bench.ipynb")
    python("import sys, time\nfrom pooltutor.live import explorer, judged\nreal = judged.judge")
    yield page, view, python
    page.clean()


@pytest.fixture
def beside(bench):
    """The same at 14 -> 4, with the kernel as it was."""
    _, view, python = bench
    python("judged.judge = real")
    view.set_in_kernel(python, {"input_size": 14, "target_size": 4, "rule": "pytorch", "kind": "avg", "x": "ramp"})
    view.wait("agrees", "14,4,pytorch")
    return view, python


def test_first_screen_says_the_promised_sentence(beside):
    view, _ = beside
    version = torch.__version__.split("+")[0]
    assert view.wait("agrees", "14,4,pytorch").split("\n")[-1] == (
        f"Same numbers as PyTorch {version}. 4 windows, 4 outputs, 14 gradients compared; largest difference 0."
    )


# Corners, a tiling, upsampling, a size that no slider has; the one-file page compares more.
SIZES = {"avg": [(1, 1), (64, 64), (1, 64), (64, 1), (7, 5), (6, 8), (26, 22)], "max": [(64, 1), (7, 5), (6, 8)]}


@pytest.mark.parametrize("kind", SIZES)
def test_every_displayed_number_is_pytorchs(beside, kind):
    view, _ = beside
    view.menu("Pooling").select_option(kind)
    for n, m in SIZES[kind]:
        view.set_sizes(n, m)
        view.wait("agrees", f"{n},{m},pytorch")
        assert_same_as_pytorch(view, n, m, kind)


def test_a_number_that_is_typed_into_the_picture_reaches_python_unless_it_is_locked(beside):
    view, python = beside
    typed = view.root.locator(".pt-cell-editor input")
    view.mark("cell", 5).locator(".pt-cell").dblclick()
    view.page.keyboard.type("-2.5")  # keys that JupyterLab must not take
    view.page.keyboard.press("Enter")
    view.wait("agrees", "14,4,pytorch")
    assert_same_as_pytorch(view, 14, 4)
    assert python("view.x") == repr("0, 1, 2, 3, 4, -2.5, 6, 7, 8, 9, 10, 11, 12, 13")
    python("view.lock = ['x']")
    view.root.locator("input[aria-label='Input x as a list'][disabled]").wait_for(state="attached")
    view.mark("cell", 5).locator(".pt-cell").dblclick()
    assert not typed.is_visible()
    view.mark("output", 2).locator(".pt-upstream").dblclick()
    assert typed.is_visible()
    python("view.lock = ['x', 'upstream']")
    typed.wait_for(state="hidden")  # what is locked meanwhile closes
    view.mark("cell", 4).focus()
    view.page.keyboard.press("Enter")
    assert not typed.is_visible()
    assert view.mark("cell", 4).get_attribute("aria-pressed") == "true"  # it pins, as it always did
    view.page.keyboard.press("Escape")


def test_a_wrong_rule_disagrees(beside):
    view, _ = beside
    view.set_sizes(5, 3)
    view.menu("Rule").select_option("forum")
    assert "window 1 is 2:4 here, PyTorch's is 1:4" in view.wait("disagrees", "5,3,forum")


def test_examples_open_their_sizes_also_those_beyond_the_sliders(beside):
    view, _ = beside
    values = [v for v in view.menu("Example").locator("option").evaluate_all("all => all.map(o => o.value)") if v]
    assert len(values) == 14
    larger = [pair for pair in values if max(map(int, pair.split(","))) > 64]
    for pair in [*larger, values[0]]:
        view.menu("Example").select_option(pair)
        view.wait("agrees", f"{pair},pytorch")
        assert_same_as_pytorch(view, *map(int, pair.split(",")))


def test_a_typed_size_is_clamped_or_changes_nothing_and_says_so(beside):
    view, _ = beside
    box = view.box("Input size")
    for text, n, note in [
        ("0", "1", "Input size takes whole numbers from 1 to 4096; 0 became 1."),
        ("", "1", "Input size takes whole numbers from 1 to 4096; nothing has changed."),
        ("200", "200", ""),
    ]:
        box.fill(text)
        box.press("Enter")
        view.wait("agrees", f"{n},4,pytorch")
        assert view.note() == note
        assert box.input_value() == n
        assert_same_as_pytorch(view, int(n), 4)


def test_jupyterlab_takes_no_key_from_the_view(beside, bench):
    view, _ = beside
    page, *_ = bench
    cells = page.page.locator(".jp-Notebook .jp-Cell").count()
    view.slider("Input size").focus()
    for key in ["ArrowRight", "ArrowDown", "b", "x", "a", "d", "d", "ArrowUp", "ArrowRight"]:
        page.page.keyboard.press(key)
    view.wait("agrees", "16,4,pytorch")
    view.mark("cell", 0).focus()
    for key in ["ArrowRight", "b", "x", "End"]:
        page.page.keyboard.press(key)
    assert page.page.locator(".jp-Notebook .jp-Cell").count() == cells
    assert page.page.evaluate("() => document.activeElement.dataset.cell") == "15"


def test_python_moves_the_view_and_reads_the_verdict(beside):
    view, python = beside
    python("view.input_size, view.target_size, view.window = 7, 5, 2\nview.x = [1, 10, 100]")
    view.wait("agrees", "7,5,pytorch")
    assert view.numbers()["x"].tolist() == [1, 10, 100, 0, 0, 0, 0]
    assert view.line().startswith("window i = 2 (3rd of 5)")
    python("view.rule = 'forum'")
    view.wait("disagrees", "7,5,forum")
    assert python("view.verdict, bool(view.report), view.report.first_difference.index") == "('disagrees', False, 2)"


def test_the_learners_moves_reach_python(beside):
    view, python = beside
    view.set_sizes(26, 22)
    view.menu("Rule").select_option("float32")
    view.show("gradient", False)
    view.wait("disagrees", "26,22,float32")
    assert python("view.input_size, view.target_size, view.rule, view.verdict, view.show") == (
        "(26, 22, 'float32', 'disagrees', ['windows'])"
    )
    view.show("gradient")


def test_a_state_that_python_refuses_leaves_the_view_as_it_is(beside):
    view, python = beside
    refused = python("try:\n    view.input_size = 0\nexcept ValueError as error:\n    print(error)")
    assert refused == "input_size must be an integer from 1 to 4096, got 0\n"
    assert view.status.get_attribute("data-for") == "14,4,pytorch"
    assert python("view.input_size") == "14"


def test_a_change_in_python_unsettles_the_verdict_until_the_view_has_asked_again(beside):
    view, python = beside
    assert python("view.target_size = 5\n(view.verdict, view.report)") == "('checking', None)"
    view.wait("agrees", "14,5,pytorch")
    assert python("view.verdict, bool(view.report)") == "('agrees', True)"


def test_an_answer_for_an_older_revision_or_another_view_is_ignored(beside):
    view, python = beside
    python(
        "for rev in (0, 1, 10**6):\n    for v in ('1', 'other'):\n"
        "        view.send({'type': 'verdict', 'view': v, 'rev': rev, 'verdict': 'disagrees', 'text': 'old'})"
    )
    view.page.wait_for_timeout(400)
    assert view.status.get_attribute("data-verdict") == "agrees"


def test_a_slow_answer_never_stands_beside_a_newer_picture(beside):
    view, python = beside
    python(
        "def slow(claim):\n    time.sleep(1 if claim.input_size == (5,) else 0)\n    return real(claim)\n"
        "judged.judge = slow"
    )
    view.set_sizes(5, 3)
    view.menu("Rule").select_option("forum")
    view.page.wait_for_timeout(200)  # the slow question is on its way
    view.menu("Rule").select_option("pytorch")
    view.set_sizes(7, 5)
    seen = view.root.evaluate(
        """async root => {
          const status = root.querySelector('[role=status]'), seen = new Set();
          const note = () => seen.add(status.dataset.for + ' ' + status.dataset.verdict);
          new MutationObserver(note).observe(status, {attributes: true, childList: true});
          await new Promise(done => setTimeout(done, 2000));
          return [...seen];
        }"""
    )
    view.wait("agrees", "7,5,pytorch")
    assert [s for s in seen if "disagrees" in s] == []


def test_busy_kernel_is_said_and_the_picture_goes_on(beside):
    view, python = beside
    # Answers come beside a running cell, so that only a check which itself takes long is seen to wait.
    python("def asleep(claim):\n    time.sleep(3.5)\n    return real(claim)\njudged.judge = asleep")
    view.set_sizes(7, 5)
    view.root.locator("[role=status]", has_text="the kernel is busy").wait_for()
    assert view.status.get_attribute("data-verdict") == "checking"
    assert_same_as_pytorch(view, 7, 5)
    view.wait("agrees", "7,5,pytorch")


def test_a_running_cell_does_not_stop_the_picture_or_fake_a_verdict(beside):
    view, python = beside
    python("time.sleep(2.5)", wait=False)
    view.set_sizes(9, 6)
    verdict, about = view.status.evaluate("status => [status.dataset.verdict, status.dataset.for]")
    # JupyterLab may ask beside the running cell, and then PyTorch may have answered by now: about this size alone.
    assert verdict == "checking" or (verdict, about) == ("agrees", "9,6,pytorch")
    assert_same_as_pytorch(view, 9, 6)
    view.wait("agrees", "9,6,pytorch")


def test_a_check_that_breaks_is_not_a_verdict(beside):
    view, python = beside
    python("def broken(claim):\n    raise RuntimeError('out of order')\njudged.judge = broken")
    view.set_sizes(9, 6)
    assert "not checked: out of order" in view.wait("unchecked", "9,6,pytorch")


def test_no_torch_is_said_and_never_looks_like_agreement(beside):
    view, python = beside
    python("torch, sys.modules['torch'] = sys.modules['torch'], None")
    try:
        view.set_sizes(9, 6)
        assert "not checked: PyTorch is not installed (pip install torch)" in view.wait("unchecked", "9,6,pytorch")
        assert np.isfinite(view.numbers()["y"]).all()
    finally:
        python("sys.modules['torch'] = torch")


def test_a_large_pair_opens_at_once_and_is_checked(beside):
    view, _ = beside
    box = view.box("Input size")
    box.fill("300")
    box.press("Enter")
    assert len(view.numbers()["x"]) == 300  # nothing waits for the kernel
    view.wait("agrees", "300,4,pytorch")
    assert_same_as_pytorch(view, 300, 4)


def test_an_idle_view_keeps_its_verdict(beside):
    view, _ = beside
    revision = view.status.get_attribute("data-rev")
    view.page.wait_for_timeout(2500)  # two rounds of looking for the kernel
    assert view.status.get_attribute("data-verdict") == "agrees"
    assert view.status.get_attribute("data-rev") == revision


def test_light_and_dark_follow_jupyterlabs_theme(beside):
    view, _ = beside

    def choose(theme: str) -> str:
        view.page.get_by_role("menuitem", name="Settings", exact=True).click()
        view.page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).click()
        view.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{theme}$")).click()
        view.root.and_(view.page.locator(f"[data-theme={'dark' if 'Dark' in theme else 'light'}]")).wait_for()
        return view.root.evaluate("root => getComputedStyle(root).backgroundColor")

    def rgb(colour: str) -> str:
        return f"rgb({', '.join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))})"

    assert choose("JupyterLab Dark") == rgb(THEMES["dark"]["ground"])
    assert choose("JupyterLab Light") == rgb(THEMES["light"]["ground"])
    assert view.status.get_attribute("data-verdict") == "agrees"  # colours are no claim


def test_killed_kernel_leaves_the_picture_alive_and_the_verdict_honest(beside):
    """The last test of this page: its kernel does not come back."""
    view, python = beside
    os.kill(int(python("import os\nos.getpid()")), signal.SIGKILL)
    assert GONE in view.wait("unchecked", "14,4,pytorch")
    view.set_sizes(7, 5)
    assert GONE in view.wait("unchecked", "7,5,pytorch")
    assert_same_as_pytorch(view, 7, 5)
    box = view.box("Input size")
    box.fill("300")
    box.press("Enter")
    assert GONE in view.wait("unchecked", "300,5,pytorch")
    assert_same_as_pytorch(view, 300, 5)


# Other pages -----------------------------------------------------------------------------------------------------


GALLERY = [
    "import pooltutor\npooltutor.explore(5, 3, show=['words'], lock=['rule', 'windows', 'input_size'])",
    "pooltutor.explore(14, 4, show=['windows', 'gradient', 'words'])",
    "pooltutor.explore(224, 100)",
    "pooltutor.explore(64, 64)",
    "pooltutor.explore(6, 8)",
    "pooltutor.explore(1, 64)",
    "pooltutor.explore(55, 28, rule='fixed_stride')",
    "pooltutor.explore(3, 5, rule='split')",
    "pooltutor.explore(7, 5, lock=['window', 'input_size'])",
    "view = pooltutor.explore(14, 4)\nview",
    "view",
    *["pooltutor.explore(14, 4)"] * 9,
]


@pytest.fixture(scope="module")
def gallery(notebook):
    page = notebook(*GALLERY, name="gallery.ipynb")
    page.page.locator(".pooltutor").nth(len(GALLERY) - 1).wait_for()
    return page


def test_twenty_views_share_one_module(gallery):
    assert len(GALLERY) == 20
    View(gallery.page, 19).wait("agrees", "14,4,pytorch")
    assert gallery.page.evaluate("() => globalThis.__pooltutor.size") == 1
    assert gallery.page.evaluate("() => document.adoptedStyleSheets.filter(s => s.pooltutor).length") == 1
    patterns = gallery.page.locator(".pooltutor").evaluate_all(
        "all => all.map(view => [...view.querySelectorAll('svg pattern')].map(p => p.id))"
    )
    ids = [each for view in patterns for each in view]
    assert len(set(ids)) == len(ids) >= 20


def test_two_views_of_one_object_move_together(gallery):
    first, second = View(gallery.page, 9), View(gallery.page, 10)
    second.wait("agrees", "14,4,pytorch")
    for mover, n in [(first, 20), (second, 30), (first, 9)]:
        mover.slider("Input size").evaluate("(r, n) => { r.value = n; r.dispatchEvent(new Event('input')) }", n)
        assert [v.slider("Input size").input_value() for v in (first, second)] == [str(n)] * 2
    for view in (first, second):
        view.wait("agrees", "9,4,pytorch")
        assert_same_as_pytorch(view, 9, 4)


def test_a_locked_window_is_not_stepped_and_a_locked_size_not_opened(gallery):
    view = View(gallery.page, 8)
    view.wait("agrees", "7,5,pytorch")
    assert view.root.get_by_role("button", name="next window").is_disabled()
    assert view.menu("Example").is_disabled()
    view.mark("output", 3).click()
    assert view.slider("Window").input_value() == "0"
    view.slider("Target size").focus()
    gallery.page.keyboard.press("ArrowRight")
    view.wait("agrees", "7,6,pytorch")


def test_locked_controls_stay_and_shown_panels_are_open(gallery):
    view = View(gallery.page, 0)
    view.wait("unchecked", "5,3,pytorch")
    assert view.menu("Rule").is_disabled()
    assert view.slider("Input size").is_disabled()
    assert view.slider("Target size").is_enabled()
    view.slider("Target size").focus()
    gallery.page.keyboard.press("w")  # locked: stays hidden
    assert set(view.raw()["start"]) == {""}
    assert view.root.locator(".pt-words").bounding_box()["height"] > 15
    assert view.root.locator(".pt-grad-box").count() == 0


def test_the_words_tell_what_the_picture_shows(gallery):
    view = View(gallery.page, 1)
    view.wait("agrees", "14,4,pytorch")
    described = view.root.locator("svg.pt-picture").get_attribute("aria-describedby")
    assert gallery.page.locator(f"#{described}").inner_text() == (
        "Input size 14, target size 4. The windows are 0:4, 3:7, 7:11, 10:14. "
        "All windows have length 4. 2 cells are in more than one window: 3, 10. "
        "No AvgPool1d has these windows. The outputs are 1.5, 4.5, 8.5, 11.5. "
        "No cell counts more than cell 3, 1/4 + 1/4 = 1/2, and none less than cell 0, 1/4; the ratio is 2. "
        "The gradients of the cells "
        "are 0.25, 0.25, 0.25, 0.75, 0.5, 0.5, 0.5, 0.75, 0.75, 0.75, 1.75, 1, 1, 1."
    )


def test_large_size_is_complete_at_first_paint(gallery):
    view = View(gallery.page, 2)
    view.wait("agrees", "224,100,pytorch")
    assert_same_as_pytorch(view, 224, 100)
    view.menu("Rule").select_option("float64_ratio")
    view.wait("disagrees", "224,100,float64_ratio")


@pytest.mark.parametrize("width", [1280, 1024, 360])
def test_nothing_sticks_out_on_a_desk_a_projector_or_a_phone(gallery, width):
    gallery.page.set_viewport_size({"width": width, "height": 800})
    if width == 360:
        gallery.hide_files()
    gallery.page.wait_for_timeout(300)
    for nth in range(len(GALLERY)):
        outside = View(gallery.page, nth).root.evaluate(
            """root => { const box = root.getBoundingClientRect();
              const sticksOut = r => r.width && (r.left < box.left - 1 || r.right > box.right + 1);
              const all = [...root.querySelectorAll('*')].filter(e => !e.closest('.pt-unseen, defs'));
              const outside = all.filter(e => sticksOut(e.getBoundingClientRect()));
              return [box.width > 180, ...outside.map(e => e.outerHTML)] }"""
        )
        assert outside == [True], GALLERY[nth]


def test_a_kernel_that_is_shut_down_is_noticed(gallery, lab):
    """The last test of this page: its kernel does not come back."""
    views = [View(gallery.page, nth) for nth in (12, 19)]
    for view in views:
        view.wait("agrees", "14,4,pytorch")
    gallery.clean()
    lab.end_sessions()
    for view in views:  # nobody touched them
        assert GONE in view.wait("unchecked", "14,4,pytorch")
