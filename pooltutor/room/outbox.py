"""What is still to be told to one client: little, however slowly it reads."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from tornado.websocket import WebSocketClosedError

BEHIND = 10.0
"""Seconds that one message may take; a client that takes longer is closed, and comes back when it can."""


class Outbox:
    """Sends changes of a state, one message at a time; what changes meanwhile becomes one message more.

    So a client that does not read holds two messages at the most. ``closed`` is called where it is behind.
    """

    def __init__(self, send: Callable[[str], Awaitable[None]], closed: Callable[[], None]) -> None:
        self._send, self._closed = send, closed
        self._due: dict[str, Any] = {}
        self._task: asyncio.Task | None = None
        self._over = False

    def tell(self, **change: Any) -> None:
        """Have a change sent as soon as the client has read what came before."""
        if self._over:
            return
        self._due |= change
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._work())

    def close(self) -> None:
        """Send nothing more."""
        self._over = True
        self._due = {}

    async def _work(self) -> None:
        while self._due:
            message, self._due = json.dumps(self._due), {}
            try:
                async with asyncio.timeout(BEHIND):
                    await self._send(message)
            except TimeoutError:
                self.close()
                self._closed()
            except (OSError, WebSocketClosedError):  # it has left
                self.close()
