"""A story as a view of its own: its text, and below it the view that the open step is about."""

from collections.abc import Callable
from typing import Any

import traitlets
from ipywidgets import Widget, widget_serialization

from pooltutor.live.atlas import Atlas, atlas
from pooltutor.live.explorer import Explorer, explore
from pooltutor.live.grid import Explorer2d, explore2d
from pooltutor.live.story_steps import Led, State, complete, usual_state
from pooltutor.live.traits import Guarded
from pooltutor.still import Still
from pooltutor.stories import read_story

KINDS: dict[str, type[Guarded]] = {"explorer": Explorer, "grid": Explorer2d, "atlas": Atlas}
DEMO = "ten-minute-demo"
"""The story that the classroom and the one-file page have as a tab."""

_OPEN: dict[str, Callable[[], Any]] = {"explorer": explore, "grid": explore2d, "atlas": atlas}


def story_data(story: Any) -> State:
    """Return a story as a page takes it, with the whole state of the view in each step.

    >>> [step["set"]["target_size"] for step in story_data("tour")["steps"]]
    [4, 4, 4, 4, 4]
    """
    bases = {kind: usual_state(kind, view) for kind, view in KINDS.items()}
    return complete(read_story(story), KINDS, bases).as_data()


class StoryView(Led):
    """A story with the views that its steps show; make it with :func:`story`.

    Traits: ``story``, ``step`` (counted from 0) and ``answers``.
    """

    state_names = ()

    _view = traitlets.Unicode("story").tag(sync=True)
    _views: "traitlets.Dict[str, Widget]" = traitlets.Dict().tag(sync=True, **widget_serialization)

    def __init__(self, story: Any, *, presenter: bool = False) -> None:
        told = read_story(story)
        views: dict[str, Any] = {kind: _OPEN[kind]() for kind in dict.fromkeys(step.view for step in told.steps)}
        for view in views.values():
            getattr(view, "explorer", view).presenter = presenter  # a map is as large as its explorer
        super().__init__(_views=views)
        self.story = told

    @property
    def led_views(self) -> dict[str, Any]:
        """The views that the steps show, by kind."""
        return self._views

    @property
    def shown(self) -> Any:
        """The view that the open step is about."""
        return self.led_views[self.story.steps[self.step].view]

    @property
    def preview_width(self) -> int:  # type: ignore[override]
        """How wide the still picture is."""
        return int(self.shown.preview_width)

    def still(self) -> Still:
        """Return the picture of the open step, and its words."""
        picture = self.shown.still()
        return Still(picture.png, f"{self.story.steps[self.step].say} {picture.alt}")

    def __repr__(self) -> str:
        return f"story({self.story.name if self.story.name != 'own' else self.story.title!r})"


def story(story: Any, *, presenter: bool = False) -> StoryView:
    """Open a story: steps that say something, set a view, and may ask.

    ``story`` is the name of a shipped one ("tour", "ten-minute-demo", ...), a list of steps, or a JSON file with one.
    A step is a dictionary: ``say`` (the text), ``view`` ("explorer", "grid" or "atlas"), ``set`` (the state of that
    view, by the names that ``explore``, ``explore2d`` and ``atlas`` have for it), ``point`` (what the text speaks of,
    as "cell:3", "window:1", "verdict"), ``ask`` (a question) and ``simple`` (nothing but sizes and picture). All but
    ``say`` may be left out. ``presenter=True`` is for a lecture hall.

    >>> view = story([
    ...     {"say": "No window is shared at 14 -> 7.", "set": {"input_size": 14, "target_size": 7}},
    ...     {"say": "And at 14 -> 4?", "set": {"input_size": 14, "target_size": 4, "show": []}},
    ... ])
    >>> view.step = 1
    >>> view.shown
    explore(14, 4)

    Raises TypeError or ValueError, in one sentence with the number of the step, for a step that no view can show.
    """
    return StoryView(story, presenter=presenter)
