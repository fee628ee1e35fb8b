"""The still picture of a live view: what a notebook shows where no kernel runs."""

from typing import Any

from pooltutor.live.view import View
from pooltutor.still import Bundle, Still, with_still


class Previewed(View):
    """A widget that carries a still picture of its state, ``preview_width`` CSS pixels wide, beside itself."""

    preview_width: int  # the picture itself has more pixels, for sharp screens

    def still(self) -> Still:
        """Return the picture of the present state, and its words."""
        raise NotImplementedError

    def preview(self) -> bytes:
        """Return the PNG of the present state."""
        return self.still().png

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle | None:
        bundle: Bundle | None = super()._repr_mimebundle_(**kwargs)
        if bundle is None:  # no widget can be shown here
            return None
        return with_still(bundle, self.still(), self.preview_width)
