"""What every explorer is in Python: state that its page shows, and the kernel's side of the check."""

import sys
from collections.abc import Sequence
from threading import Lock
from typing import Any, ClassVar

import traitlets
from ipywidgets import Widget, widget_serialization

from pooltutor.binning import check_rule
from pooltutor.displayed import unjudged
from pooltutor.live.preview import Previewed
from pooltutor.live.shared import read, shared
from pooltutor.live.traits import Checked, check_bool
from pooltutor.pooling import check_kind
from pooltutor.verify import Claim, Report, judge
from pooltutor.words import load

# JupyterLab may deliver messages in a thread beside a running cell; PyTorch is asked by one at a time.
_one_check_at_a_time = Lock()


class Judged(Previewed):
    """A view whose displayed numbers PyTorch is asked about.

    ``claimed`` names the traits that a verdict depends on; ``usual`` is the state that nobody has changed, apart
    from sizes. A kind of explorer turns what its page sends into a claim.
    """

    _esm = read("bootstrap.js")
    _view = traitlets.Unicode().tag(sync=True)
    _shared = traitlets.Instance(Widget).tag(sync=True, **widget_serialization)

    rule = Checked("pytorch", lambda value, name: check_rule(value).name).tag(sync=True)
    kind = Checked("avg", lambda value, name: check_kind(value)).tag(sync=True)
    presenter = Checked(False, check_bool).tag(sync=True)
    verdict = traitlets.Enum(("agrees", "disagrees", "checking", "recorded", "unchecked"), "unchecked").tag(sync=True)
    report = traitlets.Instance(Report, allow_none=True)

    claimed: ClassVar[tuple[str, ...]] = ()
    usual: ClassVar[dict[str, Any]] = {}

    _early: tuple[list[Any], Report] | None = None  # a report that came before the state it is about

    def __init__(self, **state: Any) -> None:
        super().__init__(_shared=shared(), **state)
        self.observe(self._unsettle, self.claimed)
        self.on_msg(self._answer)

    def claim_of(self, shown: dict[str, Any], buffers: Sequence[Any]) -> Claim:
        """Turn the numbers that the page displays, read back from its picture, into a claim."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """Return what opens this very view again."""
        names = ("input_size", "target_size", *self.usual)
        return {name: list(value) if isinstance(value := getattr(self, name), list) else value for name in names}

    # Following a change ------------------------------------------------------------------------------

    def _unsettle(self, change: Any) -> None:
        self.report = None
        if self.verdict != "unchecked":
            self.verdict = "checking"
        if self._early is not None and self._early[0] == self._claimed_state():
            self.report, self.verdict = self._early[1], self._early[1].verdict
        self._early = None

    @traitlets.observe("verdict")
    def _drop_report(self, change: Any) -> None:
        if self.verdict not in ("agrees", "disagrees"):
            self.report = None

    def _claimed_state(self) -> list[Any]:
        values = (getattr(self, name) for name in self.claimed)
        return [list(value) if isinstance(value, tuple) else value for value in values]  # as JSON has it

    # The kernel's side of the check ------------------------------------------------------------------

    def _answer(self, _: Any, content: Any, buffers: Any) -> None:
        if not isinstance(content, dict) or content.get("type") != "check":
            return
        about = {"view": content["view"], "rev": content["rev"]}
        if "torch" not in sys.modules:
            self.send({"type": "loading", **about})
        try:
            with _one_check_at_a_time:
                report = self._report(content["claim"], buffers or ())
        except Exception as error:  # a view must hear back whatever happens, or it would wait for ever
            self.send({"type": "verdict", **about, "verdict": "unchecked", "text": f"not checked: {error}"})
            raise
        if content["claim"]["state"] == self._claimed_state():
            self.report, self.verdict = report, report.verdict
        else:  # ipywidgets holds back states while one is on its way, but no messages: the state may yet come
            self._early = (content["claim"]["state"], report)
        self.send({"type": "verdict", **about, "verdict": report.verdict, "text": report.text})

    def _report(self, claim: dict[str, Any], buffers: Sequence[Any]) -> Report:
        """Ask PyTorch, unless the page claims a number that nothing judges."""
        parts = unjudged(claim["parts"])
        if not parts:
            return judge(self.claim_of(claim, buffers))
        reason = load()["report"]["unjudged"].format(part=parts[0])
        sizes = tuple(claim["n"]), tuple(claim["m"])
        return Report("unchecked", *sizes, claim["kind"], "cpu", "float64", reason=reason)
