"""The classroom: explorer, 2-D explorer, atlas, rule duel and demo as tabs, in large print, windows hidden at first."""

from typing import Any

import traitlets
from ipywidgets import Tab, VBox, Widget, widget_serialization

from pooltutor.live.atlas import atlas
from pooltutor.live.explorer import explore
from pooltutor.live.grid import explore2d
from pooltutor.live.story import DEMO, story
from pooltutor.live.traits import Checked, Guarded
from pooltutor.live.view import View
from pooltutor.still import Bundle, with_still
from pooltutor.validation import check_window
from pooltutor.verify import check
from pooltutor.words import load

NAMES = ("explorer", "2d", "atlas", "duel", "story")
"""The tabs, by the names that an address and the words have for them."""


class ClassroomBar(View):
    """What stands over the tabs: the title, the keys, full screen; it ties the tabs to the address of their page."""

    _view = traitlets.Unicode("classroom").tag(sync=True)
    _tab = traitlets.Instance(Tab).tag(sync=True, **widget_serialization)
    _views: "traitlets.List[Widget]" = traitlets.List(traitlets.Instance(Widget)).tag(sync=True, **widget_serialization)
    _names: "traitlets.List[str]" = traitlets.List(traitlets.Unicode()).tag(sync=True)


def _check_tab(value: Any, name: str) -> int | None:
    return None if value is None else check_window(value, len(NAMES), name)


class ClassroomTabs(Guarded, Tab):
    """The tabs, of which a page opens one."""

    selected_index = Checked(None, _check_tab).tag(sync=True)


class Classroom(Guarded, VBox):
    """The bar and the tabs. Where no kernel runs, the first tab stands for them as a picture."""

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle | None:
        first = explore(14, 4, show=[])
        return with_still((super()._repr_mimebundle_(**kwargs), {}), first.still(), first.preview_width)

    def __repr__(self) -> str:
        return "classroom()"


def classroom() -> Classroom:
    """Open the classroom: tabs with an explorer, a 2-D explorer, the atlas, a duel of rules and the demo.

    Windows are hidden until W is pressed. PyTorch is loaded before the first question. In Voila a link to the page
    opens a tab and its state, ``#tab=explorer&n=7&m=5&show=windows``, and the keys of a clicker step.

    >>> bar, tabs = classroom().children
    >>> tabs.titles
    ('Explorer', 'Two dimensions', 'Atlas', 'Rule duel', 'Demo')
    """
    check(14, 4)
    large: dict[str, Any] = {"presenter": True}
    all_sizes = atlas()
    all_sizes.explorer.presenter, all_sizes.explorer.show = True, []
    views = [
        explore(14, 4, show=[], **large),
        explore2d((6, 8), (4, 3), show=[], **large),
        all_sizes,
        explore(5, 3, rule="equal_kernel", x="powers", show=["duel"], **large),
        story(DEMO, **large),
    ]
    titles = load()["page"]["tabs"]
    tabs = ClassroomTabs(children=views, titles=[titles[name] for name in NAMES], selected_index=0)
    bar = ClassroomBar(_tab=tabs, _views=views, _names=list(NAMES))
    return Classroom([bar, tabs])
