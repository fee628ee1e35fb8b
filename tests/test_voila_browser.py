"""The same views in Voila: no code, no cells, another page around them."""

import pytest

from tests.atlas import Map
from tests.lab import PATIENCE
from tests.view import SET_RANGE, View
from tests.voila import Voila

pytestmark = pytest.mark.browser
CELLS = (
    "import pooltutor\npooltutor.explore(7, 5, show=['windows', 'gradient', 'influence', 'matrix', 'table', 'code'])",
    "pooltutor.atlas()",
    "pooltutor.explore2d(image='photo', target_size=(7, None), colour='overlaps')",
)


@pytest.fixture(scope="module")
def voila(lab):
    server = Voila(lab)
    yield server
    server.close()


@pytest.fixture(scope="module")
def page(voila, lab, chromium):
    """One page on one notebook; it remembers what the views log as errors."""
    lab.write("in-voila.ipynb", *CELLS)
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE * 1000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    voila.open(page, "in-voila.ipynb")
    View(page).wait("agrees", "7,5,pytorch")
    yield page
    context.close()
    assert errors == []


def test_an_explorer_in_voila_follows_the_slider_and_is_checked(page):
    view = View(page)
    view.set_sizes(14, 4)
    sentence = view.wait("agrees", "14,4,pytorch")
    assert "4 windows, 4 outputs, 14 gradients, 56 entries of P, 14 influences compared" in sentence
    view.set_sizes(5, 3)
    view.menu("Rule").select_option("forum")
    assert "window 1 is 2:4 here, PyTorch's is 1:4" in view.wait("disagrees", "5,3,forum")
    view.menu("Rule").select_option("pytorch")


def test_a_typed_large_size_comes_from_the_kernel_in_voila(page):
    view = View(page)
    view.box("Input size").fill("224")
    view.box("Input size").press("Enter")
    view.wait("agrees", "224,3,pytorch")
    assert view.raw()["stop"] == ["75", "150", "224"]
    view.set_sizes(7, 5)


def test_copy_buttons_copy_in_voila(page):
    view = View(page)
    view.root.get_by_role("button", name="copy the PyTorch code").click()
    view.root.locator(".pt-copied", has_text="copied").first.wait_for()
    code = view.root.locator("[data-code='torch']").text_content()
    assert page.evaluate("() => navigator.clipboard.readText()") == code


def test_a_click_on_the_atlas_opens_the_pair_in_voila(page):
    Map(page).click(20, 6)
    page.locator("[role=status][data-verdict='agrees'][data-for='20,6,pytorch']").wait_for()


def test_a_photograph_in_voila_is_pooled_and_checked(page):
    view = View(page, page.locator(".pooltutor").count() - 1)
    sentence = view.wait("agrees", "128x96,7x96,pytorch")
    assert "103 windows, 2016 outputs, 12288 overlap counts compared" in sentence
    view.slider("Target height").evaluate(SET_RANGE, 5)
    view.wait("agrees", "128x96,5x96,pytorch")
