"""What the 2-D explorer pools: a name, or a picture of one's own that the view carries.

Python code may open any picture; a page may only name one, or send its numbers.
"""

import operator
import zlib
from contextlib import suppress
from typing import Any

from pooltutor import pictures
from pooltutor.live.as_text import to_bytes
from pooltutor.live.packed_picture import packed_picture
from pooltutor.quoting import quoted
from pooltutor.words import say

IMAGES = (*pictures.PATTERNS, *pictures.PICTURES)
"""What is there to be pooled; besides, an image of one's own."""

_LONGEST_ID = 60


def check_image(value: Any, name: str) -> str:
    """Return the name of what is pooled; "own" is the picture that a view carries.

    Files and arrays are no names: a page, which may set what is pooled, must not make the kernel open them.
    """
    if not isinstance(value, str) or value not in (*IMAGES, "own"):
        raise ValueError(image_sentence(name, quoted(value)))
    return str(value)


def image_sentence(name: str, came: str) -> str:
    """What may be pooled, and how a picture of one's own comes into a view."""
    return say("errors.view.image_name", name=name, names=", ".join(IMAGES), came=came)


def check_own(value: Any, name: str) -> dict[str, Any]:
    """Return a picture as :func:`pooltutor.live.packed_picture.packed_picture` packs it, or {} for none.

    One that was reduced may say from which height and width, as ``whole``.
    """
    if isinstance(value, dict) and not value:
        return {}
    try:
        channels, height, width = (operator.index(value[side]) for side in ("channels", "height", "width"))
        sides_fit = all(1 <= side <= pictures.LARGEST for side in (height, width))
        size = channels * height * width * {"uint8": 1, "float64": 8}[value["dtype"]]
        if channels not in (1, 3) or not sides_fit or memoryview(value["data"]).nbytes != size:
            raise ValueError
        data = bytes(value["data"])
        whole = _check_whole(value.get("whole"))
    except (LookupError, TypeError, ValueError):
        sentence = say("errors.view.picture", name=name, most=pictures.LARGEST, came=quoted(value))
        raise ValueError(sentence) from None
    return {"channels": channels, "height": height, "width": width, "dtype": value["dtype"], "data": data, **whole}


def _check_whole(value: Any) -> dict[str, Any]:
    """The height and width of a picture before it was reduced; nothing where none are said."""
    if value is None:
        return {}
    height, width = map(operator.index, value)
    if not 0 < height * width <= pictures.LARGEST_PIXELS or min(height, width) < 1:
        raise ValueError
    return {"whole": (height, width)}


def own_from_page(sent: Any, widget: Any) -> Any:
    """Return what a page sends as a picture of its own, with bytes for its text; what is none is left to the check."""
    if not isinstance(sent, dict) or not sent:
        return sent
    with suppress(ValueError):
        return {**sent, "data": to_bytes(sent.get("data"))}
    return {**sent, "data": None}


def check_own_id(value: Any, name: str) -> str:
    """Return the name of an image of one's own, a short text."""
    if not isinstance(value, str) or len(value) > _LONGEST_ID:
        raise ValueError(say("errors.short_text", name=name, most=_LONGEST_ID, came=quoted(value)))
    return value


def image_state(source: Any) -> dict[str, Any]:
    """The traits of a view that pools ``source``: a name of :data:`IMAGES`, or anything that can be read."""
    if isinstance(source, str) and source in IMAGES:
        return {"image": source}
    picture, size = pictures.open_picture(source)
    own = packed_picture(picture) | ({} if size == picture.shape[:2] else {"whole": size})
    # They are sent in this order, one by one: a page that is told to show a picture must have it.
    return {"_own": own, "_own_id": f"{zlib.crc32(own['data'])} {picture.shape}", "image": "own"}
