"""Can everybody read and reach it? axe-core over whole views, and the contrast of every text in the pictures."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pooltutor.live.explorer import PANELS
from tests.lab import PATIENCE
from tests.test_words import contrast
from tests.view import View

pytestmark = pytest.mark.browser

SHOWN = "dict(show=list(pooltutor.live.explorer.PANELS))"
STATES = {
    "right": "7, 5, kind='avg'",
    "wrong": "26, 22, rule='float32', against='equal_kernel'",
    "max": "14, 4, kind='max', x=[3, 1, 2, 9, 9, 0, 4, 4, 1, 2, 7, 7, 3, 7]",
    "mixed": "14, 4, upstream=[-3, 2, 0, 1]",
    "dual": "6, 8, rule='round'",
    "large": "7, 5, presenter=True",
}
GRIDS = {
    "grid": "(6, 8), (4, 3), window=(1, 1), show='all'",
    "grid, gradient": "(7, 5), (5, 4), colour='gradient', show='all'",
    "grid, digit": "(16, 14), (6, 5), image='digit', kind='max', window=(2, 2)",
    "grid, wrong": "(5, 7), (3, 5), rule='forum', colour='overlaps'",
    "grid, influence": "(8, 7), (7, 5), colour='influence', presenter=True",
    "grid, photo": "None, (20, 7), image='photo'",
}

# Every text of a picture with its colour and the fill of the last painted shape under its middle, as [r, g, b].
TEXTS = """root => {
  const rgb = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const ground = getComputedStyle(root).backgroundColor;
  return [...root.querySelectorAll('svg text')].map(text => {
    const box = text.getBoundingClientRect(), svg = text.closest('svg');
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    let under = ground;
    for (const shape of svg.querySelectorAll('rect')) {
      if (shape.closest('defs') || text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_FOLLOWING) continue;
      const b = shape.getBoundingClientRect(), fill = getComputedStyle(shape).fill;
      if (fill.startsWith('rgb') && b.left <= x && x <= b.right && b.top <= y && y <= b.bottom) under = fill;
    }
    return [text.textContent, rgb(getComputedStyle(text).fill), rgb(under)];
  });
}"""


def as_hex(rgb):
    return "#" + "".join(f"{value:02x}" for value in rgb[:3])


@pytest.fixture(scope="module")
def gallery(notebook):
    """One explorer with all its panels open for each state, 2-D explorers, and an atlas."""
    opening = "import pooltutor, pooltutor.live.explorer\n"
    views = [f"pooltutor.explore({state}, **{SHOWN})" for state in STATES.values()]
    views += [f"pooltutor.explore2d({state})" for state in GRIDS.values()]
    page = notebook(opening + views[0], *views[1:], "pooltutor.atlas('agreement', rule='forum')", name="gallery.ipynb")
    settled = "() => document.querySelectorAll('[role=status][data-verdict]:not([data-verdict=checking])').length"
    page.page.wait_for_function(f"{settled} === {len(views) + 1}", timeout=PATIENCE * 1000)
    # JupyterLab's body is 0 px high with its overflow hidden, and axe takes all that is in it for hidden.
    page.page.evaluate(
        "() => { document.body.style.overflow = document.body.parentElement.style.overflow = 'visible' }"
    )
    yield page
    page.clean()


@pytest.fixture(params=["light", "dark"])
def themed(gallery, request):
    """The gallery in a theme, which every view follows at once."""
    set_theme = "light => { document.body.dataset.jpThemeLight = String(light) }"
    gallery.page.evaluate(set_theme, request.param == "light")
    gallery.page.locator(f".pooltutor[data-theme={request.param}]").first.wait_for()
    gallery.page.wait_for_timeout(300)  # marks are drawn anew
    yield gallery.page
    gallery.page.evaluate(set_theme, True)


def test_axe_finds_nothing_serious(themed):
    found = Axe().run(themed, context=".pooltutor", options={"resultTypes": ["violations"]}).response
    assert found["testEngine"]["name"] == "axe-core"
    serious = [
        (violation["id"], [node["html"][:160] for node in violation["nodes"]][:3])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_axe_would_find_a_faint_text(themed):
    themed.evaluate("() => { document.querySelector('.pooltutor .pt-words').style.color = '#888888' }")
    themed.evaluate("() => { document.querySelector('.pooltutor').style.background = '#777777' }")
    found = Axe().run(themed, context=".pooltutor", options={"runOnly": ["color-contrast"]}).response
    themed.evaluate("() => { document.querySelector('.pooltutor .pt-words').style.color = '' }")
    themed.evaluate("() => { document.querySelector('.pooltutor').style.background = '' }")
    assert [violation["id"] for violation in found["violations"]] == ["color-contrast"]


def test_every_text_in_the_pictures_has_a_contrast_of_at_least_4_5(themed):
    seen = 0
    for k, state in enumerate([*STATES, *GRIDS]):
        for text, ink, ground in View(themed, k).root.evaluate(TEXTS):
            assert contrast(as_hex(ink), as_hex(ground)) >= 4.5, (state, text, ink, ground)
            seen += 1
    assert seen > 900


def test_every_panel_is_in_the_gallery(gallery):
    assert len(PANELS) == 8
    for k in range(len(STATES)):
        root = View(gallery.page, k).root
        assert root.locator(".pt-panel:visible").count() == 4
        assert root.locator("[data-influence]").count() > 0
