"""A notebook that was saved after use and is opened again without its kernel: its views live on, and say so."""

import json

import pytest

from tests.lab import Lab, LabPage
from tests.view import View
from tests.view2d import View2d

pytestmark = pytest.mark.browser

CELLS = (
    "import pooltutor\npooltutor.explore(7, 5)",
    "pooltutor.explore(100, 7)",  # its bins come from the kernel
    "pooltutor.explore2d((16, 16), (6, 6), image='digit')",
    "atlas = pooltutor.atlas()\natlas",
    "pooltutor.story('predict-windows')",
)
OTHER = "import ipywidgets\nipywidgets.IntSlider()"  # a widget that is not ours
SAVING = {"@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True}}  # as all our own environments have it
GONE = "not checked: the kernel is not connected; run this cell again"


@pytest.fixture(scope="module")
def saved(tmp_path_factory, context):
    """The server on a notebook that was run, looked at and saved; its kernel has ended, and it was started again."""
    server = Lab(tmp_path_factory.mktemp("reopened"), SAVING)
    server.write("used.ipynb", *CELLS, OTHER)
    page = context.new_page()
    opened = LabPage(page, server).open("used.ipynb")
    for nth, about in enumerate(("7,5", "100,7")):
        View(page, nth).wait("agrees", f"{about},pytorch")
    View2d(page, 2).wait_for((16, 16), (6, 6))
    View(page).set_sizes(9, 4)
    View(page).wait("agrees", "9,4,pytorch")
    page.locator("[data-atlas]").wait_for()
    page.locator(".widget-slider").wait_for()
    fields = page.locator(".pt-story .pt-answer input")
    for k, window in enumerate(("0:2", "1:4", "3:5")):
        fields.nth(k).fill(window)
    page.locator(".pt-story .pt-answer").get_by_role("button", name="Check my windows").click()
    page.get_by_text("questions answered: 1 of 1").wait_for()
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_text("The middle one is longer than the others").wait_for()
    server.choices = choices(page)
    opened.save()
    page.close()
    server.end_sessions()
    server.close()
    server.start()
    yield server
    server.close()


def choices(page) -> list[str]:
    """What can be chosen, in the order in which it stands there: the entries of all menus, and all ticks."""
    return page.locator(".pooltutor option, .pooltutor input[type=checkbox] + label").evaluate_all(
        "all => all.map(each => each.textContent)"
    )


@pytest.fixture(scope="module")
def reopened(saved, context):
    page = context.new_page()
    opened = LabPage(page, saved).open("used.ipynb", run=False)
    page.locator(".widget-slider").wait_for()
    for nth in range(len(CELLS)):
        View(page, nth).root.wait_for()
    page.locator("[data-atlas] .pt-cells").wait_for()
    yield opened
    page.close()


def test_every_view_is_there_and_says_that_nobody_checks_it(reopened):
    page = reopened.page
    assert View(page).wait("unchecked", "9,4,pytorch") == f"?\n{GONE}"
    assert View(page, 1).wait("unchecked", "100,7,pytorch") == f"?\n{GONE}"
    assert View2d(page, 2).wait_for((16, 16), (6, 6), verdict="unchecked") == GONE
    assert page.get_by_text("Error displaying widget").count() == 0
    assert page.get_by_text("model not found").count() == 0
    reopened.clean()


def test_a_story_is_where_it_was_left_and_goes_on(reopened):
    page = reopened.page
    page.get_by_text("The middle one is longer than the others").wait_for()
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_text("Where does each of the three windows start and stop?").wait_for()
    assert page.get_by_text("questions answered: 1 of 1").is_visible()
    assert page.locator(".pt-story .pt-said-right").is_visible()
    reopened.clean()


ICONS = """() => [...document.querySelectorAll('.jupyter-widgets-disconnected')].map((marked) =>
  [!!marked.querySelector('.pooltutor'), getComputedStyle(marked, '::before').display])"""


def test_no_icon_stands_above_our_views_and_other_widgets_keep_theirs(reopened):
    shown = reopened.page.evaluate(ICONS)
    assert [display for is_ours, display in shown if is_ours] == ["none"] * len(CELLS)
    assert [display == "none" for is_ours, display in shown if not is_ours] == [False]


def test_menus_and_ticks_stand_in_the_same_order(reopened, saved):
    assert saved.choices.index("windows") < saved.choices.index("gradient") < saved.choices.index("code")
    assert choices(reopened.page) == saved.choices


def test_it_still_follows_the_sliders(reopened):
    view = View(reopened.page)
    view.set_sizes(5, 3)
    assert view.wait("unchecked", "5,3,pytorch") == f"?\n{GONE}"
    assert view.numbers()["start"].tolist() == [0, 1, 3]
    assert view.numbers()["stop"].tolist() == [2, 4, 5]


def test_the_file_has_what_a_view_needs_once_and_as_text(saved):
    path = saved.notebooks / "used.ipynb"
    kept = json.loads(path.read_text(encoding="utf-8"))["metadata"]["widgets"]
    models = kept["application/vnd.jupyter.widget-state+json"]["state"].values()
    assert [model.get("buffers", []) for model in models if model.get("buffers")] == []
    carrying = [model for model in models if "code" in model["state"]]
    assert len(carrying) == 1
    assert len(json.dumps(kept)) < 500_000
