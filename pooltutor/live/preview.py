"""What a live view leaves in a saved notebook: a still picture of its state, and the state itself."""

from typing import Any

from pooltutor.live.as_text import to_text
from pooltutor.live.view import View
from pooltutor.still import Bundle, Still, with_still

STATE = "application/vnd.pooltutor.view+json"
"""The mime type of a view's state, ``{"view": its kind, "state": its values}``: no notebook shows it, the site does."""


class Previewed(View):
    """A widget that carries a still picture of its state, ``preview_width`` CSS pixels wide, beside itself."""

    preview_width: int  # the picture itself has more pixels, for sharp screens
    state_names: tuple[str, ...]  # of all that opens the view again

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
        bundle[0][STATE] = self.saved_state()
        return with_still(bundle, self.still(), self.preview_width)

    def saved_state(self) -> dict[str, Any]:
        """Return what a page needs to open this view again, as JSON has it.

        >>> from pooltutor import explore
        >>> explore(7, 5).saved_state()["view"], explore(7, 5).saved_state()["state"]["target_size"]
        ('explorer', 5)
        """
        return {"view": self._view, "state": {name: to_text(getattr(self, name)) for name in self.state_names}}
