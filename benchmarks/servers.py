"""What the measurements in a browser need: JupyterLab, Voila beside it on the same notebooks, and the browser."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import FLAGS, NO_BROWSER, browser_path
from tests.lab import Lab


class NoBrowser(RuntimeError):
    """What needs a browser cannot be measured."""


@contextmanager
def jupyterlab() -> Iterator[Lab]:
    """Run a JupyterLab in a folder of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lab = Lab(Path(folder))
        try:
            yield lab
        finally:
            lab.close()


@contextmanager
def chromium() -> Iterator:
    """Open a browser; it gives contexts of 1280 x 1000."""
    from playwright.sync_api import sync_playwright

    path = browser_path()
    if path is None:
        raise NoBrowser(NO_BROWSER)
    with sync_playwright() as playwright:
        own = {} if path == "playwright" else {"executable_path": path}
        browser = playwright.chromium.launch(args=FLAGS, **own)
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser):
    """A page of a context of its own, so that no cache of another one helps it."""
    return browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
