"""A still picture with its words, as a notebook takes it: the PNG, and what a screen reader says in its place."""

import base64
from html import escape
from typing import Any, NamedTuple, Protocol

Bundle = tuple[dict[str, Any], dict[str, Any]]
"""What an object shows of itself, by mime type, and what is to be known about it."""


class Still(NamedTuple):
    """A PNG, and the same in words."""

    png: bytes
    alt: str


def with_still(bundle: Bundle, still: Still, width: int) -> Bundle:
    """Put a still picture, ``width`` CSS pixels wide, beside what an object shows of itself.

    A PNG and no HTML: that is what every reader of notebooks shows, one that does not trust the notebook too. The
    words are where nbconvert looks for alternative text.
    """
    data, metadata = bundle
    data["image/png"] = base64.b64encode(still.png).decode()
    metadata["image/png"] = {"width": width, "alt": still.alt}
    return data, metadata


WIDTH_BELOW = 720
"""CSS px: how wide a picture is that stands below a verdict."""


class Drawn(Protocol):
    """A picture that can say itself in words."""

    @property
    def alt(self) -> str:
        """What a screen reader says."""

    def png(self) -> bytes:
        """Return it as a file."""


def picture_below(picture: Drawn | None) -> str:
    """Return a picture below a verdict as HTML that needs nothing else; "" where there is none."""
    if picture is None:
        return ""
    data = base64.b64encode(picture.png()).decode()
    return f'<img width="{WIDTH_BELOW}" alt="{escape(picture.alt)}" src="data:image/png;base64,{data}">'
