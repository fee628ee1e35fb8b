"""A still picture with its words, as a notebook takes it: the PNG, and what a screen reader says in its place."""

import base64
from html import escape
from typing import Any, NamedTuple

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


def image_element(png: bytes, alt: str, width: int) -> str:
    """A still picture as HTML that needs nothing else."""
    data = base64.b64encode(png).decode()
    return f'<img width="{width}" alt="{escape(alt)}" src="data:image/png;base64,{data}">'
