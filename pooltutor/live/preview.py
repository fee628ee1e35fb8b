"""The static picture of a live view: what a notebook shows where no kernel runs."""

import base64
from typing import Any

from pooltutor.live.view import View

Bundle = tuple[dict[str, Any], dict[str, Any]] | None
"""What a widget shows of itself, by mime type, and what is to be known about it."""


def with_picture(bundle: Bundle, png: bytes, width: int) -> Bundle:
    """Put a PNG, ``width`` CSS pixels wide, beside a widget; None (no widget can be shown here) stays None."""
    if bundle is None:
        return None
    data, metadata = bundle
    data["image/png"] = base64.b64encode(png).decode()
    metadata["image/png"] = {"width": width}
    return data, metadata


class Previewed(View):
    """A widget that carries a PNG of its state, ``preview_width`` CSS pixels wide, beside itself."""

    preview_width: int  # the picture itself has more pixels, for sharp screens

    def preview(self) -> bytes:
        """Return the PNG of the present state."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        return with_picture(super()._repr_mimebundle_(**kwargs), self.preview(), self.preview_width)
