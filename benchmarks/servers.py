"""What the measurements in a browser need: JupyterLab, Voila beside it on the same notebooks, and the browser."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.conftest import FLAGS, NO_BROWSER, browser_path
from tests.lab import Lab, free_port


class Voila:
    """Voila on the notebooks of a JupyterLab, with its environment."""

    def __init__(self, lab: Lab) -> None:
        self.port, self.log = free_port(), (lab.home / "voila.log").open("w")
        options = ["--no-browser", "--Voila.ip=127.0.0.1", "--port", str(self.port), "--show_tracebacks=True"]
        command = [sys.executable, "-m", "voila", str(lab.notebooks), *options]
        self.process = subprocess.Popen(command, env=lab._environment(), stdout=self.log, stderr=self.log)
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.1)
        raise RuntimeError(f"Voila did not start; see {self.log.name}")

    def open(self, page, name: str):
        """Show a notebook, which Voila executes, and return the page."""
        # Voila's own template asks a CDN for stylesheets in the head of the page, and where the network answers
        # nothing, the page waits for it: nothing beyond this machine is asked.
        page.route("**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort())
        page.goto(f"http://127.0.0.1:{self.port}/voila/render/{name}")
        return page

    def close(self) -> None:
        """End the server, and the kernels with it."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


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
        raise SystemExit(f"The live views were not measured: {NO_BROWSER}.")
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
