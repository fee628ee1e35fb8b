"""The one-file page in a browser without a network: views that need no kernel, opened at a state by a link."""

from urllib.parse import quote

import pytest

from pooltutor import page
from pooltutor.validation import SLIDER_MAX
from tests.lab import PATIENCE
from tests.view import View
from tests.view2d import View2d

RECORD = {"version": "2.13.0", "date": "2026-01-02", "count": "4,226", "program": "0.1.0"}
SHORT_NAMES = {"input_size": "n", "target_size": "m"}
# Resolves after the page's own listener has opened the link; what stands in front makes every address a new one.
FOLLOW = """link => new Promise(opened => {
  addEventListener('hashchange', () => opened(location.hash), { once: true });
  location.hash = `again=${Math.random()}&` + link;
})"""


class Shown(View):
    """The view of the page's open tab."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.root = page.locator("[role=tabpanel]:visible .pooltutor:has(svg.pt-picture)")
        self.status = self.root.get_by_role("status")


class Shown2d(Shown, View2d):
    """The same of two dimensions."""

    right = "recorded"


def link_of(tab: str, state: dict) -> str:
    """The end of the address that opens a tab at a state; what is not said is as usual."""
    parts = [f"{SHORT_NAMES.get(name, name)}={quote(written(value), safe=',')}" for name, value in state.items()]
    return "&".join([f"#tab={tab}", *parts])


def written(value) -> str:
    """A value of the state as a link has it."""
    if isinstance(value, tuple):
        return "x".join("keep" if side is None else str(side) for side in value)
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the page lies as a file."""
    path = tmp_path_factory.mktemp("page") / "pooling.html"
    record = {**RECORD, "checksums": list(page.checksums()), "targets": SLIDER_MAX}
    path.write_text(page.page_html(record), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def offline(chromium):
    """A browser without a network; every error and every request but the page itself is a failure."""
    context = chromium.new_context(viewport={"width": 1100, "height": 900}, offline=True, accept_downloads=True)
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    opened.faults = []
    opened.on("console", lambda message: is_fault(message) and opened.faults.append(message.text))
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    own = ("file:", "data:", "blob:")
    opened.on("request", lambda request: request.url.startswith(own) or opened.faults.append(request.url))
    yield opened
    assert opened.faults == []
    context.close()


def is_fault(message) -> bool:
    """Whether a message of the console is an error or a warning; tests read pixels more often than a page does."""
    return message.type in ("error", "warning") and "willReadFrequently" not in message.text


@pytest.fixture
def open_page(offline, address):
    """Load the page anew, at a link."""

    def opened(link=""):
        offline.goto("about:blank")  # a new hash alone would not load the page anew
        offline.mouse.move(0, 0)  # where the last test left it, something may come to lie under it
        offline.goto(address + link)
        return Shown(offline)

    return opened


@pytest.fixture
def follow(offline, address):
    """Follow a link on the open page, which takes less than to load it anew; nothing is pinned or pointed at then."""

    def followed(link):
        if offline.url.split("#")[0] != address:
            offline.goto(address)
        offline.keyboard.press("Escape")
        offline.mouse.move(0, 0)
        offline.evaluate(FOLLOW, link.lstrip("#"))
        return Shown(offline)

    return followed


@pytest.fixture
def open_explorer(follow):
    """Open the explorer at a state, and wait for the verdict about it."""

    def opened(n=14, m=4, verdict="recorded", **state):
        view = follow(link_of("explorer", {"n": n, "m": m, **state}))
        view.wait(verdict, f"{n},{m},{state.get('rule', 'pytorch')}")
        return view

    return opened


@pytest.fixture
def open_grid(follow):
    """Open the 2-D explorer at a state, and wait for the verdict about it."""

    def opened(n=(6, 8), m=(4, 3), verdict="recorded", **state):
        view = Shown2d(follow(link_of("2d", {"n": n, "m": m, **state})).page)
        view.wait_for(n, m, state.get("rule", "pytorch"), verdict)
        return view

    return opened
