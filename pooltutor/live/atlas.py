"""The atlas: all size pairs 1..64 x 1..64 as one map that steers an explorer."""

from functools import lru_cache
from typing import Any

import traitlets
from ipywidgets import widget_serialization

from pooltutor.live.explorer import Explorer, explore
from pooltutor.live.shared import shared
from pooltutor.live.story_steps import Led, State, led_names
from pooltutor.live.traits import Checked, check_choice
from pooltutor.pairs import CHARTS
from pooltutor.quoting import quoted
from pooltutor.rules import as_argument, check_shown_rule
from pooltutor.still import Still
from pooltutor.validation import SLIDER_MAX, check_size
from pooltutor.words import current, say


def _check_drawn_size(value: Any, name: str) -> int:
    return check_size(value, name, SLIDER_MAX)


def _check_chart(value: Any, name: str) -> str:
    return check_choice(value, name, CHARTS)


def _rule_of_map(colour: str, rule: str) -> str:
    """Only one map differs from rule to rule; the others are PyTorch's."""
    return rule if colour == "agreement" else "pytorch"


class Atlas(Led):
    """The map of all size pairs; make it with :func:`atlas`.

    Traits: ``colour`` (one of :data:`pooltutor.pairs.CHARTS`), ``rule`` (whose agreement is drawn), and
    ``input_size``, ``target_size`` (1 to 64): the marked pair, which is the explorer's as long as it is on the map.
    """

    _view = traitlets.Unicode("atlas").tag(sync=True)
    _explorer = traitlets.Instance(Explorer).tag(sync=True, **widget_serialization)
    _beside = traitlets.Bool(help="draws the explorer too, inside the view").tag(sync=True)

    colour = Checked("gcd", _check_chart).tag(sync=True)
    rule = Checked("pytorch", check_shown_rule).tag(sync=True)
    input_size = Checked(14, _check_drawn_size).tag(sync=True)
    target_size = Checked(4, _check_drawn_size).tag(sync=True)

    def __init__(self, explorer: Explorer, **state: Any) -> None:
        shared().open_charts()
        super().__init__(_explorer=explorer, **state)
        self._follow()
        explorer.observe(self._follow, ["input_size", "target_size"])

    @property
    def explorer(self) -> Explorer:
        """The explorer that shows the marked pair."""
        return self._explorer

    def close(self) -> None:
        """End the view; the explorer lives on by itself."""
        if self.comm is not None:  # also called of a view that is closed already, or never opened
            self.explorer.unobserve(self._follow, ["input_size", "target_size"])
        super().close()

    # The pair is linked here and not in the browser as well: two links would answer each other's old states.

    def _follow(self, change: Any = None) -> None:
        pair = self.explorer.input_size, self.explorer.target_size
        if max(pair) <= SLIDER_MAX:
            with self.hold_trait_notifications():
                self.input_size, self.target_size = pair

    @traitlets.observe("input_size", "target_size")
    def _steer(self, change: Any) -> None:
        with self.explorer.hold_trait_notifications():
            self.explorer.input_size, self.explorer.target_size = self.input_size, self.target_size

    @traitlets.observe("colour", "rule")
    def _judge(self, change: Any) -> None:
        """An explorer of the map's own follows the rule of the map, and is left alone where that stays the same."""
        now = {"colour": self.colour, "rule": self.rule}
        rule = _rule_of_map(**now)
        if self._beside and rule != _rule_of_map(**{**now, change.name: change.old}):
            self.explorer.rule = rule

    def open_state(self, state: State, question: State | None, answer: State | None) -> None:
        """Show a state; an explorer of the map's own then shows nothing else than the pair."""
        if self._beside:
            usual = {name: value for name, value in Explorer.usual.items() if name in led_names("explorer")}
            self.explorer.open_state({**usual, "rule": _rule_of_map(state["colour"], state["rule"])}, None, None)
        super().open_state(state, question, answer)

    # Without a kernel --------------------------------------------------------------------------------

    preview_width = 640
    state_names = ("input_size", "target_size", "colour", "rule")

    def still(self) -> Still:
        """Return the picture of the present state, and its words."""
        return _preview(current(), self.colour, self.rule)

    def __repr__(self) -> str:
        return f"atlas({self.colour!r}{as_argument(self.rule)})"


@lru_cache(maxsize=16)
def _preview(language: str, colour: str, rule: str) -> Still:
    """The still map, with words of that language: what a notebook shows where no kernel runs."""
    from pooltutor import figures  # loads matplotlib, which a view that is only looked at live does not need

    return figures.atlas(colour, rule).still(say("figure.still_view"))


def atlas(colour: str = "gcd", *, rule: str = "pytorch", explorer: Explorer | None = None, story: Any = None) -> Atlas:
    """Open the live map of all size pairs 1..64 x 1..64.

    ``colour`` says what is drawn: "gcd", "longest" (window), "influence" (ratio), "avgpool" (is it one AvgPool?) or
    "agreement" (does ``rule`` agree with PyTorch?). A click opens a pair in the ``explorer``: the one that is given,
    or else one of its own, drawn with the map. ``story`` leads through the map, see :func:`pooltutor.story`.

    >>> view = atlas("agreement", rule="forum")
    >>> view.explorer.input_size = 20
    >>> view, view.input_size, view.target_size
    (atlas('agreement', rule='forum'), 20, 4)

    Raises ValueError for an unknown colour or rule, and TypeError where ``explorer`` is none.
    """
    colour, rule = _check_chart(colour, "colour"), check_shown_rule(rule, "rule")
    if not isinstance(explorer, Explorer | None):
        raise TypeError(say("errors.view.explorer", came=quoted(explorer)))
    own = explore(rule=_rule_of_map(colour, rule))
    view = Atlas(explorer or own, _beside=explorer is None, colour=colour, rule=rule)
    view.story = story
    return view
