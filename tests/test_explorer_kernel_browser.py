"""The 1-D explorer beside a kernel that is busy, gone or restarted, on small and dark screens, and many at once."""

import os
import signal
import time

import numpy as np
import pytest

from tests.lab import Lab, LabPage
from tests.test_explorer_browser import assert_same_as_pytorch
from tests.view import View

pytestmark = pytest.mark.browser

OPEN = "import pooltutor\nview = pooltutor.explore(14, 4)\nview"


@pytest.fixture
def opened(lab, lab_page):
    """Write a notebook of these cells, open and run it; return the page."""

    def open_cells(*cells: str, **options) -> LabPage:
        lab.write("cells.ipynb", *cells)
        return lab_page(**options).open("cells.ipynb")

    return open_cells


def run_cell(page: LabPage, index: int) -> None:
    """Run one cell by hand, as a learner does."""
    page.page.locator(".jp-Cell").nth(index).locator(".cm-content").click()
    page.page.keyboard.press("Shift+Enter")


def output(page: LabPage, index: int) -> str:
    return page.page.locator(".jp-Cell").nth(index).locator(".jp-OutputArea-output pre").inner_text()


def test_killed_kernel_leaves_the_picture_alive_and_the_verdict_honest(opened):
    page = opened(f"{OPEN}", "import os\nos.getpid()")
    view = View(page.page)
    view.wait("agrees", "14,4,pytorch")
    os.kill(int(output(page, 1)), signal.SIGKILL)
    assert "not checked: the kernel is not connected" in view.wait("unchecked", "14,4,pytorch")
    view.set_sizes(7, 5)
    assert "not checked: the kernel is not connected" in view.wait("unchecked", "7,5,pytorch")
    assert_same_as_pytorch(view, 7, 5)
    box = view.box("Input size")
    box.fill("300")
    box.press("Enter")
    assert view.note() == "Sizes above 64 are looked up by the kernel, which is not connected; 300 → 5 was not opened."
    assert box.input_value() == "7"
    assert_same_as_pytorch(view, 7, 5)
    page.clean()


def test_shut_down_kernel_is_noticed_without_a_change(opened, lab):
    page = opened(OPEN)
    view = View(page.page)
    view.wait("agrees", "14,4,pytorch")
    lab.end_sessions()
    assert "not checked: the kernel is not connected" in view.wait("unchecked", "14,4,pytorch")


def test_busy_kernel_is_said_and_the_picture_goes_on(opened):
    page = opened(f"{OPEN}", "import time\ntime.sleep(6)")
    view = View(page.page)
    view.root.wait_for()
    view.set_sizes(7, 5)
    assert_same_as_pytorch(view, 7, 5)
    view.wait("agrees", "7,5,pytorch")


def test_python_moves_the_view_and_reads_the_verdict(opened):
    page = opened(
        f"{OPEN}",
        "view.input_size, view.target_size, view.window = 7, 5, 2",
        "view.rule = 'forum'",
        "(view.verdict, None if view.report is None else bool(view.report))",
        "view.x = [1, 10, 100]\nview.rule = 'pytorch'",
    )
    view = View(page.page)
    view.wait("agrees", "7,5,pytorch")
    assert view.numbers()["x"].tolist() == [1, 10, 100, 0, 0, 0, 0]
    assert view.line().startswith("window i = 2 (3rd of 5)")
    run_cell(page, 2)
    view.wait("disagrees", "7,5,forum")
    run_cell(page, 3)
    page.page.locator(".jp-Cell").nth(3).locator("pre", has_text="'disagrees', False").wait_for()
    page.clean()


def test_the_learners_moves_reach_python(opened):
    page = opened(f"{OPEN}", "(view.input_size, view.target_size, view.rule, view.verdict, bool(view.report))")
    view = View(page.page)
    view.wait("agrees", "14,4,pytorch")
    view.set_sizes(26, 22)
    view.menu("Rule").select_option("float32")
    view.wait("disagrees", "26,22,float32")
    run_cell(page, 1)
    page.page.locator(".jp-Cell").nth(1).locator("pre", has_text="(26, 22, 'float32', 'disagrees', False)").wait_for()


def test_an_answer_for_an_older_revision_or_another_view_is_ignored(opened):
    page = opened(
        f"{OPEN}",
        "for rev in (0, 1, 10**6):\n"
        "    for v in ('1', 'other'):\n"
        "        view.send({'type': 'verdict', 'view': v, 'rev': rev, 'verdict': 'disagrees', 'text': 'old'})\n"
        "'sent'",
    )
    view = View(page.page)
    view.wait("agrees", "14,4,pytorch")
    run_cell(page, 1)
    page.page.wait_for_timeout(500)
    assert view.status.get_attribute("data-verdict") == "agrees"


def test_a_slow_answer_never_stands_beside_a_newer_picture(opened):
    slow = (
        "import time\nfrom pooltutor.live import explorer\nreal = explorer.compare\n"
        "def slow(claim):\n    time.sleep(1 if claim.input_size == (5,) else 0)\n    return real(claim)\n"
        "explorer.compare = slow"
    )
    page = opened(f"{slow}\n{OPEN}")
    view = View(page.page)
    view.wait("agrees", "14,4,pytorch")
    view.set_sizes(5, 3)
    view.menu("Rule").select_option("forum")
    page.page.wait_for_timeout(200)  # the slow question is on its way
    view.menu("Rule").select_option("pytorch")
    view.set_sizes(7, 5)
    seen = view.root.evaluate(
        """async root => {
          const status = root.querySelector('[role=status]'), seen = new Set();
          const note = () => seen.add(status.dataset.for + ' ' + status.dataset.verdict);
          new MutationObserver(note).observe(status, {attributes: true, childList: true});
          await new Promise(done => setTimeout(done, 2500));
          return [...seen];
        }"""
    )
    assert view.wait("agrees", "7,5,pytorch")
    assert not [s for s in seen if "disagrees" in s]


def test_twenty_views_share_one_module_and_one_set_of_tables(opened):
    page = opened("import pooltutor", *["pooltutor.explore(14, 4)"] * 20)
    page.page.locator(".pooltutor").nth(19).wait_for()
    assert page.page.evaluate("() => globalThis.__pooltutor.size") == 1
    assert page.page.evaluate("() => document.adoptedStyleSheets.filter(s => s.pooltutor).length") == 1
    for nth in (0, 19):
        View(page.page, nth).wait("agrees", "14,4,pytorch")
    ids = page.page.locator("svg pattern").evaluate_all("all => all.map(p => p.id)")
    assert len(set(ids)) == 20
    page.clean()


def test_large_size_is_complete_at_first_paint(opened):
    page = opened("import pooltutor", "pooltutor.explore(224, 100)")
    view = View(page.page)
    view.wait("agrees", "224,100,pytorch")
    assert_same_as_pytorch(view, 224, 100)
    view.menu("Rule").select_option("float64_ratio")
    view.wait("disagrees", "224,100,float64_ratio")


def test_locked_controls_stay_and_shown_panels_are_open(opened):
    page = opened("import pooltutor\npooltutor.explore(5, 3, show=['words'], lock=['rule', 'windows', 'input_size'])")
    view = View(page.page)
    view.wait("unchecked", "5,3,pytorch")
    assert view.menu("Rule").is_disabled()
    assert view.slider("Input size").is_disabled()
    assert view.slider("Target size").is_enabled()
    view.slider("Target size").focus()
    page.page.keyboard.press("w")  # locked: stays hidden
    assert set(view.raw()["start"]) == {""}
    assert view.root.locator(".pt-words").bounding_box()["height"] > 15
    assert view.root.locator(".pt-grad-box").count() == 0


def test_the_words_tell_what_the_picture_shows(opened):
    page = opened("import pooltutor\npooltutor.explore(14, 4, show=['windows', 'gradient', 'words'])")
    view = View(page.page)
    view.wait("agrees", "14,4,pytorch")
    described = view.root.locator("svg.pt-picture").get_attribute("aria-describedby")
    assert page.page.locator(f"#{described}").inner_text() == (
        "14 input cells are pooled to 4 outputs. The windows are 0:4, 3:7, 7:11, 10:14. "
        "2 cells are in more than one window: 3, 10. The outputs are 1.5, 4.5, 8.5, 11.5. The gradients of the cells "
        "are 0.25, 0.25, 0.25, 0.75, 0.5, 0.5, 0.5, 0.75, 0.75, 0.75, 1.75, 1, 1, 1."
    )


@pytest.mark.parametrize("width", [360, 1024])
@pytest.mark.parametrize("sizes", [(14, 4), (64, 64), (6, 8), (1, 64)])
def test_nothing_sticks_out_on_a_phone_or_a_projector(opened, width, sizes):
    page = opened(f"import pooltutor\npooltutor.explore{sizes}", viewport={"width": width, "height": 740})
    view = View(page.page)
    view.wait("agrees")
    outside = view.root.evaluate(
        """root => { const box = root.getBoundingClientRect();
          const sticksOut = r => r.width && (r.left < box.left - 1 || r.right > box.right + 1);
          return [...root.querySelectorAll('*')].filter(e => !e.closest('.pt-unseen, defs'))
            .filter(e => sticksOut(e.getBoundingClientRect())).map(e => e.outerHTML.slice(0, 120)) }"""
    )
    assert outside == []


def test_dark_follows_jupyterlabs_theme(chromium, tmp_path):
    lab = Lab(tmp_path, {"apputils-extension/themes": {"theme": "JupyterLab Dark"}})
    try:
        lab.write("dark.ipynb", OPEN)
        page = LabPage(chromium.new_page(), lab).open("dark.ipynb")
        view = View(page.page)
        view.wait("agrees", "14,4,pytorch")
        assert view.root.get_attribute("data-theme") == "dark"
        from pooltutor.legend import DARK

        ground = view.root.evaluate("root => getComputedStyle(root).backgroundColor")
        assert ground == f"rgb({', '.join(str(int(DARK['ground'][k : k + 2], 16)) for k in (1, 3, 5))})"
        page.clean()
        page.page.close()
    finally:
        lab.close()


def test_read_without_a_kernel_the_picture_is_there(lab, lab_page):
    from tests.lessons import execute

    lab.write("saved.ipynb", "import pooltutor\npooltutor.explore(7, 5)")
    import nbformat

    nbformat.write(execute(lab.notebooks / "saved.ipynb"), lab.notebooks / "saved.ipynb")
    page = lab_page().open("saved.ipynb", run=False)
    picture = page.page.locator(".jp-OutputArea-output img")
    picture.wait_for()
    assert picture.evaluate("img => img.naturalWidth") > 900
    assert page.page.locator(".pooltutor").count() == 0
    page.clean()


def test_no_torch_is_said_and_never_looks_like_agreement(opened):
    page = opened(f"import sys\nsys.modules['torch'] = None\n{OPEN}")
    view = View(page.page)
    assert "not checked: PyTorch is not installed (pip install torch)" in view.wait("unchecked", "14,4,pytorch")
    assert np.isfinite(view.numbers()["y"]).all()


def test_time_goes_by_and_an_idle_view_keeps_its_verdict(opened):
    page = opened(OPEN)
    view = View(page.page)
    view.wait("agrees", "14,4,pytorch")
    revision = view.status.get_attribute("data-rev")
    time.sleep(4.5)  # two rounds of looking for the kernel
    assert view.status.get_attribute("data-verdict") == "agrees"
    assert view.status.get_attribute("data-rev") == revision
