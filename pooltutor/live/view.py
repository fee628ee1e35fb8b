"""What every widget with a view has: a few lines of code that fetch the rest from what all views share."""

from typing import Any

import anywidget
import traitlets
from ipywidgets import Widget, widget_serialization

from pooltutor.live.joining import joined_code
from pooltutor.live.shared import shared
from pooltutor.live.traits import Guarded


class View(Guarded, anywidget.AnyWidget):
    """A widget that a page draws; ``_view`` names what it draws.

    Its page finds the shared widget by its name. Where it cannot, it asks this one: marimo keeps a widget for the one
    page that it was made for, and the shared one is made once per process.
    """

    _esm = joined_code("js/bootstrap.js")
    _view = traitlets.Unicode().tag(sync=True)
    _shared = traitlets.Instance(Widget).tag(sync=True, **widget_serialization)

    def __init__(self, **state: Any) -> None:
        super().__init__(_shared=shared(), **state)
        self.on_msg(self._hand_out)

    def _hand_out(self, _: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict) and content.get("type") == "shared":
            self.send({"type": "shared", "state": self._shared.get_state()})
