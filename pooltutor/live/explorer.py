"""The 1-D explorer: its state in Python, its preview, and what its page claims."""

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, ClassVar

import traitlets

from pooltutor.binning import bins, refusal
from pooltutor.kinds import KINDS
from pooltutor.live.judged import Judged
from pooltutor.live.numbers import check_numbers, numbers
from pooltutor.live.page_claims import axis_claim
from pooltutor.live.shared import CLAIMED, USUAL
from pooltutor.live.story_steps import Led
from pooltutor.live.traits import Checked, check_names, check_shown_size, refusing
from pooltutor.rules import as_argument, check_shown_rule
from pooltutor.still import Still
from pooltutor.stories.questions import check_question, is_open
from pooltutor.validation import check_window
from pooltutor.verify import Claim
from pooltutor.words import current, load, say

PANELS = tuple(load()["view"]["panels"])
"""What ``show`` may name: the switches under the picture, each of which has a word."""

LOCKS = (
    *("input_size", "target_size", "rule", "kind", "example", "window", "x", "upstream", "against", "presenter"),
    *PANELS,
)
"""What ``lock`` may name: the controls and switches that a teacher can hold fixed."""


class Explorer(Led, Judged):
    """The live picture of one size pair; make it with :func:`explore`.

    Traits: ``input_size``, ``target_size`` (1 to 4096), ``window``, ``rule``, ``kind``, ``x`` and ``upstream``
    (a preset's name or numbers), ``show``, ``lock``, ``against`` (the second rule of a duel), ``presenter`` (large
    print), ``more`` (all controls are folded out), ``question`` and what was answered, ``answer``, and of the check
    ``verdict`` ("agrees", "disagrees", "checking" or "unchecked") with ``report`` (a :class:`pooltutor.Report`, or
    None).
    """

    claimed: ClassVar = CLAIMED["explorer"]
    usual: ClassVar = USUAL["explorer"]

    _view = traitlets.Unicode("explorer").tag(sync=True)

    input_size = Checked(14, check_shown_size).tag(sync=True)
    target_size = Checked(4, check_shown_size).tag(sync=True)
    window = Checked(0, lambda value, name: value).tag(sync=True)  # its range depends on target_size, see below
    x = Checked(usual["x"], check_numbers).tag(sync=True)
    upstream = Checked(usual["upstream"], check_numbers).tag(sync=True)
    show = Checked(usual["show"], partial(check_names, accepted=PANELS)).tag(sync=True)
    lock = Checked(usual["lock"], partial(check_names, accepted=LOCKS)).tag(sync=True)
    against = Checked(usual["against"], check_shown_rule).tag(sync=True)
    question = Checked(usual["question"], partial(check_question, axes=1)).tag(sync=True)

    @traitlets.validate("window")
    def _window(self, proposal: Any) -> int:
        with refusing():
            return check_window(proposal.value, self.target_size)

    def state(self) -> dict[str, Any]:
        """Return what :func:`explore` needs to open this very view again: ``explore(**view.state())``.

        >>> explore(7, 5, show=["windows", "influence"]).state()["show"]
        ['windows', 'influence']
        """
        return super().state()

    # Following a change ------------------------------------------------------------------------------

    @traitlets.observe("target_size")
    def _keep_window_inside(self, change: Any) -> None:
        self.window = min(self.window, self.target_size - 1)

    def claim_of(self, shown: dict[str, Any], buffers: Sequence[Any]) -> Claim:
        """Turn the numbers that the page displays, as text, into a claim."""
        return axis_claim(shown)

    # Without a kernel --------------------------------------------------------------------------------

    preview_width = 900

    def still(self) -> Still:
        """Return the picture of the present state, and its words."""
        state = (getattr(self, name) for name in (*self.claimed, "window", "against"))
        shown = [name for name in self.show if name != "windows" or not is_open(self.question, self.answer)]
        return _preview(current(), *state, *shown)

    def __repr__(self) -> str:
        return f"explore({self.input_size}, {self.target_size}{as_argument(self.rule)})"


@lru_cache(maxsize=64)
def _preview(
    language: str, n: int, m: int, rule: str, kind: str, x: str, upstream: str, window: int, against: str, *show: str
) -> Still:
    """The still picture of a state, with words of that language: what a notebook shows without a kernel.

    One picture stands for the view: the duel or the influence where those panels are open, else the windows.
    """
    from pooltutor import figures  # loads matplotlib, which a view that is only looked at live does not need

    hidden, defined = "windows" not in show, not refusal(n, m, rule)
    b, arriving = bins(n, m, rule if defined else "pytorch"), numbers(upstream, m)
    picture: figures.Picture
    if not hidden and (not defined or "duel" in show):
        # It says in words where a rule has no windows.
        picture = figures.duel(n, m, rule, against, x=numbers(x, n), kind=kind)
    elif not hidden and "influence" in show and not KINDS[kind].has_winners:
        picture = figures.gradient(b, upstream=arriving)
    else:
        values, gradient = numbers(x, n), "gradient" in show
        picture = figures.windows(
            b, x=values, upstream=arriving, kind=kind, gradient=gradient, hidden=hidden, window=window
        )
    return picture.still(say("figure.still_view"))


def explore(
    input_size: int = 14,
    target_size: int = 4,
    *,
    rule: str = "pytorch",
    kind: str = "avg",
    show: Iterable[str] | None = None,
    lock: Iterable[str] | None = None,
    window: int = 0,
    x: Any = "ramp",
    upstream: Any = "count",
    against: str = "pytorch",
    presenter: bool = False,
    more: bool = False,
    question: dict[str, Any] | None = None,
    answer: dict[str, Any] | None = None,
    story: Any = None,
) -> Explorer:
    """Open the live explorer at ``input_size -> target_size``.

    ``show`` names the panels that are open: "windows", "gradient" (by default these two), "influence", "duel"
    (``rule`` and the rule ``against`` one above the other), "matrix", "table", "code", "words". ``show=[]`` hides
    the windows until the learner reveals them. ``lock`` names controls and panels that stay as they are.
    ``x`` and ``upstream`` are a preset ("ramp", "count", "ones", "spike", "powers", "random") or a list of numbers;
    ``presenter=True`` is for a lecture hall; ``more=True`` folds out the controls that stand under "More".
    ``question`` is asked in the picture, such as ``{"kind": "windows"}``, with what has been answered so far in
    ``answer``: what would give it away is hidden until then.
    ``story`` leads through this view, see :func:`pooltutor.story`.

    >>> view = explore(14, 4)
    >>> view.input_size, view.target_size, view.verdict
    (14, 4, 'unchecked')
    >>> explore(**view.state()).state() == view.state()
    True

    Raises TypeError or ValueError, with the accepted range, for bad arguments. Sizes go up to 4096.
    """
    view = Explorer(
        target_size=target_size,  # before the window, whose range it is
        input_size=input_size,
        rule=rule,
        kind=kind,
        show=Explorer.usual["show"] if show is None else show,
        lock=Explorer.usual["lock"] if lock is None else lock,
        window=window,
        x=x,
        upstream=upstream,
        against=against,
        presenter=presenter,
        more=more,
        question=question,
        answer=answer,
    )
    view.story = story
    return view
