"""The page in a language that needs half as much room again: it says all that is seen and read aloud, uncut."""

import re

import pytest

from pooltutor import page
from tests.lab import PATIENCE
from tests.onepage import RECORD
from tests.pseudo import LETTERS, spoken, unbracketed

pytestmark = pytest.mark.browser
LINKS = {
    "explorer": "#tab=explorer&n=7&m=5&show=windows,gradient,influence,duel,matrix,table,code,words",
    "explorer wrong": "#tab=explorer&n=14&m=4&rule=forum&show=windows,gradient,influence,duel,matrix,table,code,words",
    "explorer dual": "#tab=explorer&n=6&m=8&rule=split&kind=max&show=windows,gradient,influence,duel,matrix",
    "explorer hidden": "#tab=explorer&n=8&m=4&show=code",
    "grid": "#tab=2d&show=windows,code,words",
    "grid photo": "#tab=2d&image=photo&colour=influence&show=windows",
    "grid maxima": "#tab=2d&kind=max&rule=split&colour=gradient&show=windows,words",
    "grid hidden": "#tab=2d&colour=overlaps&show=words",
    "atlas": "#tab=atlas",
    "atlas agreement": "#tab=atlas&colour=agreement&rule=fixed_stride",
    "duel": "#tab=duel",
}
# What no language says otherwise: the formula of a rule with its numbers, a gradient, what is no number.
FORMULA = re.compile(r"\b([a-z]\w*|y[₀-₉]+|dL/dx) = (round|min|max|mod|f32|f64|[\W\d_])*|\bnan\b|^max\($")
# Names of rows may come near to the word beside the arrow, and the name of the outputs to the size of the matrix.
CLOSE = "«forward|«y = P x"

SEEN = """() => {
  const seen = (element, box = element.getBoundingClientRect()) =>
    element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  const all = [...document.body.querySelectorAll("*")].filter(each => !each.closest("script, style, noscript, pre"));
  const texts = all.filter(each => seen(each.closest("select") ?? each))
    .flatMap(each => [...each.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent));
  const names = ["aria-label", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt"];
  const labels = all.filter(each => each.checkVisibility())
    .flatMap(each => names.map(name => each.getAttribute(name)).filter(text => text));
  const cut = all.filter(each => seen(each) && !each.closest("svg") && each.scrollWidth > each.clientWidth
    && ["hidden", "clip"].includes(getComputedStyle(each).overflowX)).map(each => each.outerHTML.slice(0, 200));
  const outside = [...document.querySelectorAll("svg text")].filter(each => seen(each)).filter(each => {
    const picture = each.ownerSVGElement.getBoundingClientRect(), box = each.getBoundingClientRect();
    return box.left < picture.left - 4 || box.right > picture.right + 4; // letters are less wide than their boxes
  }).map(each => each.textContent);
  const words = [...document.querySelectorAll("svg text")].filter(each => seen(each) && each.textContent.includes("«"))
    .map(each => ({ text: each.textContent, ...each.getBoundingClientRect().toJSON() }));
  const meet = (one, other, [first, last]) => Math.min(one[last], other[last]) - Math.max(one[first], other[first]);
  const overlaps = words.flatMap((one, k) => words.slice(0, k)
    .filter(other => meet(one, other, ["left", "right"]) > 1 && meet(one, other, ["top", "bottom"]) > 3)
    .map(other => `${other.text} ${one.text}`));
  const wide = document.documentElement.scrollWidth - innerWidth;
  return { texts: [...texts, ...labels], cut, outside, overlaps, wide };
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pseudo")
    with spoken(folder):
        html = page.page_html(RECORD)
    (folder / "pooling.html").write_text(html, encoding="utf-8")
    return (folder / "pooling.html").as_uri()


@pytest.fixture(scope="module")
def opened(chromium):
    context = chromium.new_context(offline=True)
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def show(opened, address, width):
    """Open a state with all its controls."""
    opened.set_viewport_size({"width": width, "height": 900})
    opened.goto("about:blank")  # a new hash alone would not load the page anew
    opened.goto(address)
    root = opened.locator("[role=tabpanel]:visible")
    root.locator("svg text").first.wait_for()
    for more in root.locator(".pt-more[aria-expanded=false]:visible").all():
        more.click()


@pytest.mark.parametrize("width", [980, 360])
@pytest.mark.parametrize("name", LINKS)
def test_every_text_and_every_name_is_in_the_language_and_nothing_is_cut(opened, address, name, width):
    show(opened, address + LINKS[name], width)
    found = opened.evaluate(SEEN)
    assert sum("«" in text for text in found["texts"]) > 30
    assert [text for text in found["texts"] if LETTERS.search(FORMULA.sub("", unbracketed(text)))] == []
    assert [pair for pair in found["overlaps"] if not re.search(CLOSE, pair)] == []
    assert (found["cut"], found["outside"], max(0, found["wide"])) == ([], [], 0)
