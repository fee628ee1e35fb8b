"""A real Voila for the browser tests and the benchmarks."""

import socket
import subprocess
import sys
import time
from contextlib import suppress

from tests.lab import PATIENCE, Lab, end, free_port


class Voila:
    """Voila on the notebooks of a JupyterLab, with its environment."""

    def __init__(self, lab: Lab) -> None:
        self.port, self.log = free_port(), (lab.home / "voila.log").open("w")
        options = ["--no-browser", "--Voila.ip=127.0.0.1", "--port", str(self.port), "--show_tracebacks=True"]
        command = [sys.executable, "-m", "voila", str(lab.notebooks), *options]
        self.process = subprocess.Popen(command, env=lab._environment(), stdout=self.log, stderr=self.log)
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
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
        # The page is complete when the notebook has been executed; the views say themselves when they are there.
        page.goto(f"http://127.0.0.1:{self.port}/voila/render/{name}", wait_until="commit", timeout=PATIENCE * 1000)
        return page

    def close(self) -> None:
        """End the server, and the kernels with it."""
        end(self.process)
        self.log.close()
