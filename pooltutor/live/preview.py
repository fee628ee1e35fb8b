"""The static picture of a live view: what a notebook shows where no kernel runs."""

import base64
from typing import Any

import anywidget


class Previewed(anywidget.AnyWidget):
    """A widget that carries a PNG of its state, ``preview_width`` CSS pixels wide, beside itself."""

    preview_width: int  # the picture itself has more pixels, for sharp screens

    def preview(self) -> bytes:
        """Return the PNG of the present state."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        data["image/png"] = base64.b64encode(self.preview()).decode()
        metadata["image/png"] = {"width": self.preview_width}
        return data, metadata
