"""The two pages of a room: each is one file, like the page that needs no network, and connects to the room alone."""

from typing import Any, NamedTuple

from pooltutor.live.shared import VIEWS
from pooltutor.page import whole_page
from pooltutor.words import load

STYLE = "css/room.css"


class Pages(NamedTuple):
    """The page that phones get, and the teacher's."""

    phone: str
    teacher: str


def room_pages(record: dict[str, Any]) -> Pages:
    """Return both pages, with the record of what was compared with PyTorch."""
    words = load()["room"]
    # 'self' is the room: the same machine and port, which a page loaded from there may connect to
    return Pages(*(whole_page(code(who), record, words["title"], STYLE, "'self'", room=words) for who in Pages._fields))


def code(who: str) -> tuple[str, str]:
    """Return what the page of a phone or of the teacher runs: the code of the widgets, then its own."""
    return VIEWS, f"js/room/{who}.js"
