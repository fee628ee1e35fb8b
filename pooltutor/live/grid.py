"""The 2-D explorer: its state in Python, its preview, and what its page claims."""

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, ClassVar

import numpy as np
import traitlets

from pooltutor import pictures
from pooltutor.binning import bins, refusal
from pooltutor.kinds import KINDS
from pooltutor.legend import GRID_COLOURS
from pooltutor.live.as_text import AS_TEXT, to_text
from pooltutor.live.judged import Judged
from pooltutor.live.numbers import check_numbers, numbers
from pooltutor.live.own_picture import check_image, check_own, check_own_id, image_sentence, image_state, own_from_page
from pooltutor.live.page_claims import grid_claim
from pooltutor.live.shared import CLAIMED, USUAL, shared
from pooltutor.live.story_steps import Led
from pooltutor.live.traits import (
    Checked,
    RefusedValue,
    check_channel,
    check_choice,
    check_grid_size,
    check_grid_target,
    check_names,
    check_pair,
    refusing,
)
from pooltutor.rules import as_argument
from pooltutor.still import Still
from pooltutor.stories.questions import check_question, is_open
from pooltutor.validation import check_window
from pooltutor.verify import Claim
from pooltutor.words import current, load, say

Pair = tuple[int, int]

PANELS = tuple(load()["grid"]["panels"])
"""What ``show`` may name: the switches under the picture, each of which has a word."""

LOCKS = (
    *("input_size", "target_size", "rule", "kind", "example", "window", "image", "colour", "channel", "upstream"),
    *("presenter", *PANELS),
)
"""What ``lock`` may name: the controls and switches that a teacher can hold fixed."""

_USUAL_SIZE = (6, 8)


class Explorer2d(Led, Judged):
    """The live picture of one 2-D size pair; make it with :func:`explore2d`.

    Traits: ``input_size`` (height, width), ``target_size`` (the same, None keeps), ``window`` (row, column),
    ``rule``, ``kind``, ``image``, ``colour``, ``channel``, ``upstream``, ``show``, ``lock``, ``presenter``,
    ``more``, and as the answer ``verdict`` with ``report``. ``x`` is what is pooled.
    """

    claimed: ClassVar = CLAIMED["grid"]
    usual: ClassVar = USUAL["grid"]

    _view = traitlets.Unicode("grid").tag(sync=True)
    _own = Checked({}, check_own).tag(**AS_TEXT, from_json=own_from_page)  # channels, height, width, dtype, data
    _own_id = Checked("", check_own_id).tag(sync=True)  # tells one own image from another

    input_size = Checked(_USUAL_SIZE, check_grid_size).tag(sync=True)
    target_size = Checked((4, 3), check_grid_target).tag(sync=True)
    window = Checked(usual["window"], lambda value, name: value).tag(sync=True)  # its range depends on the sizes
    image = Checked(usual["image"], check_image).tag(sync=True)
    colour = Checked(usual["colour"], partial(check_choice, accepted=GRID_COLOURS)).tag(sync=True)
    channel = Checked(usual["channel"], check_channel).tag(sync=True)
    upstream = Checked(usual["upstream"], check_numbers).tag(sync=True)
    show = Checked(usual["show"], partial(check_names, accepted=PANELS)).tag(sync=True)
    lock = Checked(usual["lock"], partial(check_names, accepted=LOCKS)).tag(sync=True)
    question = Checked(usual["question"], partial(check_question, axes=2)).tag(sync=True)

    def __init__(self, **state: Any) -> None:
        shared().open_pictures()
        super().__init__(**state)

    @traitlets.validate("window")
    def _window(self, proposal: Any) -> Pair:
        with refusing():
            pair = check_pair(proposal.value, "window", "window")
            row, column = (check_window(pair[k], self._targets[k], f"window[{k}]") for k in (0, 1))
        return row, column

    @traitlets.validate("image", "_own")
    def _carried(self, proposal: Any) -> Any:
        """Is the view's own picture there as long as it is shown?"""
        after = {"image": self.image, "_own": self._own, proposal.trait.name: proposal.value}
        if after["image"] == "own" and not after["_own"]:
            raise RefusedValue(image_sentence("image", say("errors.view.no_picture")))
        return proposal.value

    def open_image(self, source: Any) -> None:
        """Pool another picture: whatever ``explore2d(image=source)`` takes, a file too. The input size stays.

        >>> view = explore2d((2, 2), (1, 1))
        >>> view.open_image([[1, 2, 3], [4, 5, 6]])
        >>> view.image, view.x, view.whole_size
        ('own', array([[1., 2.],
               [4., 5.]]), (2, 3))

        Raises TypeError or ValueError for what is no picture; the view then stays as it is.
        """
        with self.hold_trait_notifications():
            for name, value in image_state(source).items():
                self.set_trait(name, value)

    @property
    def _targets(self) -> Pair:
        """The target size, with what is kept filled in."""
        height, width = (n if m is None else m for n, m in zip(self.input_size, self.target_size, strict=True))
        return height, width

    @property
    def _picture(self) -> np.ndarray | None:
        """The whole picture that is pooled a part of, (H, W) or (3, H, W); None for a pattern."""
        if self.image in pictures.PATTERNS:
            return None
        if self.image in pictures.PICTURES:
            whole = pictures.picture(self.image)
            return np.moveaxis(whole, -1, 0) if whole.ndim == 3 else whole
        own = self._own
        shape = (own["channels"], own["height"], own["width"])
        array = np.frombuffer(own["data"], own["dtype"]).reshape(shape)
        return array if shape[0] == 3 else array[0]

    @property
    def whole_size(self) -> Pair:
        """The size of the whole picture; that of a pattern, which has any size, is (6, 8)."""
        whole = self._picture
        return _USUAL_SIZE if whole is None else (whole.shape[-2], whole.shape[-1])

    @property
    def x(self) -> np.ndarray:
        """What is pooled, (H, W) or (3, H, W); a picture is cut to size, or filled up with zeros."""
        height, width = self.input_size
        whole = self._picture
        if whole is None:
            return pictures.pattern(self.image, height, width)
        x = np.zeros((*whole.shape[:-2], height, width))
        part = whole[..., :height, :width]
        x[..., : part.shape[-2], : part.shape[-1]] = part
        return x

    def state(self) -> dict[str, Any]:
        """Return what :func:`explore2d` needs to open this very view again: ``explore2d(**view.state())``.

        >>> explore2d((7, 7), (5, None), colour="gradient").state()["target_size"]
        (5, None)
        """
        state = super().state()
        if self.image == "own":
            whole = self._picture
            state["image"] = whole if whole is None or whole.ndim == 2 else np.moveaxis(whole, 0, -1)
        return state

    def saved_state(self) -> dict[str, Any]:
        """Return what a page needs to open this view again; a picture of one's own goes with it, as text."""
        saved = super().saved_state()
        if self.image == "own":
            saved["state"] |= {"_own": to_text(self._own), "_own_id": self._own_id}
        return saved

    # Following a change ------------------------------------------------------------------------------

    @traitlets.observe("_own")
    def _judge_anew(self, change: Any) -> None:
        self._unsettle(change)

    @traitlets.observe("input_size", "target_size")
    def _keep_window_inside(self, change: Any) -> None:
        row, column = (min(i, m - 1) for i, m in zip(self.window, self._targets, strict=True))
        self.window = row, column

    # The kernel's side of the check ------------------------------------------------------------------

    def claim_of(self, shown: dict[str, Any], buffers: Sequence[Any]) -> Claim:
        """Turn the numbers that the page displays into a claim."""
        return grid_claim(shown, buffers)

    # Without a kernel --------------------------------------------------------------------------------

    preview_width = 900

    def still(self) -> Still:
        """Return the picture of the present state, and its words."""
        x = self.x if self.x.ndim == 2 or self.channel is None else self.x[self.channel]
        about = (self.input_size, self._targets, self.rule, self.kind, self.upstream, self.colour, self.window)
        hidden = "windows" not in self.show or is_open(self.question, self.answer)
        return _preview(current(), x.tobytes(), x.shape, hidden, *about)

    def __repr__(self) -> str:
        image = "" if self.image == "ramp" else f", image={self.image!r}"
        return f"explore2d({self.input_size}, {self.target_size}{as_argument(self.rule)}{image})"


@lru_cache(maxsize=32)
def _preview(
    language: str,
    data: bytes,
    shape: tuple[int, ...],
    hidden: bool,
    input_size: Pair,
    target_size: Pair,
    rule: str,
    kind: str,
    upstream: str,
    colour: str,
    window: Pair,
) -> Still:
    """The still picture of a state, with words of that language: what a notebook shows without a kernel."""
    from pooltutor import figures  # loads matplotlib, which a view that is only looked at live does not need

    x = np.frombuffer(data).reshape(shape)
    if x.ndim == 3 and KINDS[kind].has_winners and colour in ("influence", "gradient"):
        x = x[0]  # each channel has a map of its own; the view shows the first
    if any(refusal(n, m, rule) for n, m in zip(input_size, target_size, strict=True)):
        rule, hidden = "pytorch", True
    rows, columns = (bins(n, m, rule) for n, m in zip(input_size, target_size, strict=True))
    return figures.grid(
        rows,
        columns,
        x=np.moveaxis(x, 0, -1) if x.ndim == 3 else x,
        upstream=numbers(upstream, target_size[0] * target_size[1]).reshape(target_size),
        kind=kind,
        colour="values" if hidden else colour,
        hidden=hidden,
        window=window,
    ).still(say("figure.still_view"))


def explore2d(
    input_size: Sequence[int] | None = None,
    target_size: Sequence[int | None] = (4, 3),
    *,
    rule: str = "pytorch",
    kind: str = "avg",
    image: Any = None,
    colour: str = "values",
    upstream: Any = "ones",
    show: Iterable[str] | None = None,
    lock: Iterable[str] | None = None,
    window: Sequence[int] = (0, 0),
    channel: int | None = None,
    presenter: bool = False,
    more: bool = False,
    question: dict[str, Any] | None = None,
    answer: dict[str, Any] | None = None,
    story: Any = None,
) -> Explorer2d:
    """Open the live explorer of two dimensions at ``input_size -> target_size``, each (height, width).

    ``input_size`` goes to 256 each way and is (6, 8), or with a picture the picture's own size, where it is not given;
    a smaller one cuts the picture, a larger one fills it up with zeros. ``target_size`` goes to 64, and None keeps that
    side. ``image`` is what is pooled: "ramp" (None means that), "checkerboard", "spot", "digit", "photo", or your own:
    a PNG or JPEG file (path, bytes, Pillow image), or an array (H, W) or (H, W, 3); later, ``view.image`` takes the
    names and ``view.open_image(source)`` all of these. ``colour`` is what the cells show:
    "values", "overlaps" (in how many windows each cell is), "influence" (how much it counts in all outputs together)
    or "gradient" for the ``upstream`` gradient. ``show=[]`` hides the windows; ``lock`` names controls that stay.
    ``question`` and ``answer`` are as in :func:`explore`.
    ``story`` leads through this view, see :func:`pooltutor.story`.

    >>> view = explore2d((6, 8), (4, 3))
    >>> view.input_size, view.target_size, view.x[1]
    ((6, 8), (4, 3), array([ 8.,  9., 10., 11., 12., 13., 14., 15.]))
    >>> explore2d(image="digit", target_size=(5, None)).input_size
    (16, 16)

    Raises TypeError or ValueError, with the accepted range, for bad arguments.
    """
    state = {
        **image_state("ramp" if image is None else image),
        "rule": rule,
        "kind": kind,
        "colour": colour,
        "upstream": upstream,
        "show": Explorer2d.usual["show"] if show is None else show,
        "lock": Explorer2d.usual["lock"] if lock is None else lock,
        "channel": channel,
        "presenter": presenter,
        "more": more,
        "question": question,
        "answer": answer,
    }
    view = Explorer2d(**state)
    view.input_size = view.whole_size if input_size is None else input_size
    view.target_size = target_size
    view.window = window
    view.story = story
    return view
