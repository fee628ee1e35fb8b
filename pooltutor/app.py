"""The classroom as an application of Voila, in a process of its own: ``python -m pooltutor.app [PORT [BASE]]``.

It answers this machine's own pages alone, runs a few kernels at the most, writes its port to stdout as soon as it
listens, and ends when its stdin ends, so that it does not outlive the command that started it.
"""

import asyncio
import os
import sys
from html import escape
from threading import Thread
from typing import Any

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.routing import Router
from tornado.web import Application, RedirectHandler, RequestHandler, authenticated
from traitlets import List
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler
from voila.voila_kernel_manager import voila_kernel_manager_factory

from pooltutor.access import TOP, Base, read_base, refusal
from pooltutor.demo import first_free, notebook
from pooltutor.words import say

MOST = 6
"""Kernels at once; each takes about 300 MB, and one of them waits for the next page."""

OPTIONS = {
    "Voila.config_file_paths": "[]",  # not those of the folder that it is started from
    "Voila.open_browser": False,
    "template": "pooltutor",
    "VoilaConfiguration.allow_template_override": "NO",
    "VoilaConfiguration.allow_theme_override": "NO",
    # Seconds after which a kernel is ended whose page has left without a word, as a browser does that crashes.
    "MappingKernelManager.cull_idle_timeout": 300,
    "MappingKernelManager.cull_interval": 60,
}


Pooled: Any = voila_kernel_manager_factory(AsyncMappingKernelManager, preheat_kernel=True, default_pool_size=1)


class Kernels(Pooled):
    """Voila's kernels that are started in advance, MOST at once: those of open pages, and one for the next."""

    _asked: "List[asyncio.Task]" = List()

    def taken(self) -> int:
        """Return how many kernels there are, and will be when those that start have started."""
        return sum(not task.done() or _kernel(task) in self for task in self._asked)

    def fill_if_needed(self, delay: float | None = None, notebook_name: str | None = None, **named: Any) -> None:
        """Have a kernel started for the next page, unless one waits already or there are MOST."""
        if self.taken() < MOST:
            super().fill_if_needed(delay, notebook_name, **named)
            alive = [task for task in self._asked if not task.done() or _kernel(task) in self]
            self._asked = [*alive, *(task for task in self._pools[notebook_name] if task not in alive)]

    async def get_rendered_notebook(self, *arguments: Any, **named: Any) -> tuple:
        """Hand a kernel over; it may have waited for so long that it would be ended before its page has connected."""
        task, cells, kernel = await super().get_rendered_notebook(*arguments, **named)
        self.get_kernel(kernel).last_activity = utcnow()
        return task, cells, kernel


def _kernel(task: asyncio.Task) -> str | None:
    """The name of the kernel that a finished task has started, or None where it has failed."""
    return None if task.cancelled() or task.exception() else task.result()["kernel_id"]


class Page(TornadoVoilaHandler):
    """The classroom's page; each has a kernel of its own."""

    @authenticated
    async def get(self, path: str = "") -> None:
        """Show the page with the kernel that waits; where none may be started, say so."""
        if not path:
            self.kernel_manager.fill_if_needed(0, self.notebook_path)
            if self.kernel_manager.get_pool_size(self.notebook_path) == 0:
                self.set_status(503)
                self.finish(sentence_page("full", self.base_url, most=MOST))
                return
        await super().get(path)

    def should_use_rendered_notebook(self, *arguments: Any) -> bool:
        """Take every kernel from those that are counted."""
        return True


class Refused(RequestHandler):
    """The page for a refused request: a sentence and, if the user followed a link, the way in."""

    def initialize(self, reason: str, path: str) -> None:
        """Keep the reason, of :func:`pooltutor.access.refusal`, and where the classroom's page is."""
        self.reason, self.path = reason, path

    def prepare(self) -> None:
        """Answer every method in the same way."""
        self.set_status(403)
        self.set_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.finish(sentence_page(self.reason, self.path))


def sentence_page(name: str, path: str, **values: Any) -> str:
    """Return a page with a sentence of the words, and a link to the classroom that keeps the end of the address."""
    # With "?" it is the same page at another address: a link to the very address that is open would load nothing.
    link = f'<p><a href="{escape(path)}?">{escape(say("demo.open"))}</a></p>' if name == "foreign" else ""
    return f"""<!DOCTYPE html>
<meta charset="utf-8"><title>{escape(say("demo.title"))}</title>
<style>body {{ font: 24px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 32em; padding: 0 1em }}</style>
<p>{escape(say(f"demo.{name}", **values))}</p>{link}
<script>for (const link of document.links) link.hash = location.hash;</script>
"""


class Gate(Router):
    """Lets requests through to an application, or has them refused there: pages, files, sockets and all."""

    def __init__(self, application: Application, port: int, base: Base) -> None:
        self.application, self.port, self.base = application, port, base

    def find_handler(self, request: HTTPServerRequest, **named: Any) -> HTTPMessageDelegate | None:
        """Return who answers a request; whoever leaves the path out, or its last slash, is shown the way."""
        path, way_in = self.base.path, request.path in ("/", self.base.path.removesuffix("/"), self.base.path)
        reason = refusal(request.headers, self.port, page=way_in, base=self.base)
        if reason:
            return self.application.get_handler_delegate(request, Refused, {"reason": reason, "path": path})
        if way_in and request.path != path:
            return self.application.get_handler_delegate(request, RedirectHandler, {"url": path, "permanent": False})
        return self.application.find_handler(request, **named)


class Classroom(Voila):
    """Voila with a gate in front, kernels that are counted, and an end."""

    port: Any  # Voila's, whose types are not known
    base: Base = TOP

    def init_settings(self) -> dict[str, Any]:
        """Return Voila's settings, with our kernels in place of its own."""
        settings = super().init_settings()
        allowed = settings["kernel_manager"].allowed_message_types
        settings["allow_origin"] = self.base.origin  # of a proxy that asks for another name than it was asked for
        self.kernel_manager = settings["kernel_manager"] = Kernels(
            parent=self,
            connection_dir=self.connection_dir,
            kernel_spec_manager=self.kernel_spec_manager,
            allowed_message_types=allowed,
        )
        return settings

    def init_handlers(self) -> list:
        """Return Voila's handlers, with our page in place of its own."""
        ours = {TornadoVoilaHandler: Page}
        return [(path, ours.get(kind, kind), *rest) for path, kind, *rest in super().init_handlers()]

    def start(self) -> None:
        """Take a port, then start; Voila would end with a port that another process has taken meanwhile."""
        self.port, self.sockets = first_free(lambda port: bind_sockets(port, "127.0.0.1"), self.port or None)
        super().start()

    def listen(self) -> None:
        """Answer until stdin ends, or the process is asked to end."""
        self.ioloop = IOLoop.current()
        HTTPServer(Gate(self.app, self.port, self.base)).add_sockets(self.sockets)
        Thread(target=self._end_with_stdin, daemon=True).start()
        print(self.port, flush=True)
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nobody reads on, and kernels that write there would hang
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("Stopping...")
        finally:
            self.stop()

    def _end_with_stdin(self) -> None:
        sys.stdin.buffer.read()
        self.ioloop.add_callback(self.ioloop.stop)


def main(port: str = "0", base: str = "/") -> None:
    """Serve the classroom, on the first free port for 0, below a path and behind a proxy if ``base`` says so."""
    app = Classroom.instance()
    app.base = read_base(base)
    options = {**OPTIONS, "port": port, "Voila.base_url": app.base.path}
    app.initialize([str(notebook()), *(f"--{name}={value}" for name, value in options.items())])
    try:
        app.start()
    except OSError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
