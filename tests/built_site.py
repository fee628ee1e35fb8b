"""The lessons' web site, built once, and what a test does with its pages."""

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe

from pooltutor.live.preview import STATE
from pooltutor.site.building import build
from pooltutor.site.lessons import lessons
from tests.lab import PATIENCE
from tests.onepage import RECORD, is_fault

AXE = {"resultTypes": ["violations"], "preload": False}  # the policy lets nothing be fetched
ALIVE = "() => document.querySelectorAll('[data-saved]').length === document.querySelectorAll('[data-alive]').length"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site."""
    folder = tmp_path_factory.mktemp("site") / "some" / "folder"
    build(folder, RECORD)
    return folder


@pytest.fixture(scope="module")
def reader(chromium):
    """A page of a browser without a network; an error and a request that leaves the site are failures."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    context.set_default_timeout(PATIENCE * 1000)
    page = watched(context.new_page(), ("file:", "data:", "blob:"))
    yield page
    assert page.faults == []
    context.close()


def watched(page, own):
    """Note on a page every error, and every request that does not go where ``own`` says."""
    page.faults = []
    page.on("console", lambda message: is_fault(message) and page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: request.url.startswith(own) or page.faults.append(request.url))
    return page


@pytest.fixture(scope="module")
def served(site):
    """The address of the site on a server that has it in a folder."""
    handler = partial(QuietHandler, directory=str(site.parent.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/some/folder/"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """A server that keeps its log to itself."""

    def log_message(self, *about):
        """Say nothing."""


def unfold(page) -> None:
    """Open all that is folded in the text."""
    page.evaluate("() => { for (const folded of document.querySelectorAll('main details')) folded.open = true }")


def wake(page) -> int:
    """Scroll every view of the page into sight, wait until all live, and return how many there are."""
    unfold(page)
    figures = page.locator("[data-saved]")
    for k in range(figures.count()):
        figures.nth(k).evaluate("figure => figure.scrollIntoView({ behavior: 'instant' })")
        page.wait_for_timeout(30)  # an observer tells of what is in sight at the next frame
    page.wait_for_function(ALIVE)
    page.wait_for_function("() => !document.querySelector('[data-verdict=checking]')")
    return figures.count()


# Of each combination of colours and letters one element: what axe finds of one, it finds of all that look so. To look
# at every element would take minutes. `known` are the combinations that were looked at on other pages.
SAMPLE = """known => {
  const seen = new Set(known);
  const look = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor, opacity } = getComputedStyle(each);
      layers.push(`${backgroundColor} ${opacity}`);
    }
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    return [color, fontSize, fontWeight, ...layers.filter((layer) => layer !== 'rgba(0, 0, 0, 0) 1')].join(' | ');
  };
  const hasText = (element) => element.matches('input') || [...element.childNodes].some((node) =>
    node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const element of document.querySelectorAll('body *')) {
    delete element.dataset.sample;
    if (element.closest('.site-view') || !hasText(element) || !element.checkVisibility()) continue;
    if (!seen.has(look(element))) element.dataset.sample = '';
    seen.add(look(element));
  }
  return [...seen];
}"""


def axe_findings(page, known: dict[str, set[str]]) -> list:
    """What axe has against a page without its views: in the first theme against all of it, then against its colours.

    ``known`` has the combinations of colours of each theme that were looked at before; those of this page are added.
    """
    page.evaluate(Axe().axe_script)
    page.evaluate("() => axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-sample]' }] })")
    options, found = AXE, []
    for theme, looks in known.items():
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        seen = set(page.evaluate(SAMPLE, list(looks)))
        if seen - looks or options is AXE:
            found += page.evaluate("options => axe.run({ exclude: [['.site-view']] }, options)", options)["violations"]
        looks |= seen
        options = {**AXE, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
    return [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found]


def saved_views() -> dict[str, int]:
    """How many views each lesson has in its notebook."""
    return {lesson.key: sum(map(count_of_states, lesson.notebook["cells"])) for lesson in lessons()}


def count_of_states(cell) -> int:
    return sum(STATE in output.get("data", {}) for output in cell.get("outputs", []))


def pages(site: Path) -> list[Path]:
    """The pages that Sphinx made."""
    alone = ("pooling.html", "embed.html")
    return [path for path in sorted(site.rglob("*.html")) if path.name not in alone]


def links(html: str) -> set[str]:
    """What a page links to, and loads."""
    return set(re.findall(r'\b(?:href|src|action)="([^"]*)"', html))
