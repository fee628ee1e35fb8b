"""What every explorer is in Python: state that its page shows, and the kernel's side of the check."""

import sys
from collections.abc import Sequence
from copy import copy
from functools import partial
from threading import Lock
from typing import Any, ClassVar

import traitlets

from pooltutor.displayed import unjudged
from pooltutor.kinds import KINDS
from pooltutor.live.preview import Previewed
from pooltutor.live.traits import Checked, check_choice
from pooltutor.quoting import quoted
from pooltutor.rules import check_shown_rule
from pooltutor.stories.questions import FRESH, check_answer
from pooltutor.validation import check_bool
from pooltutor.verify import Claim, Report, judge
from pooltutor.words import say

VERDICTS = ("agrees", "disagrees", "checking", "recorded", "unchecked")

MOST_VALUES = 200_000
"""A claim of more values than this is not read; the largest view claims a third of them."""

# JupyterLab may deliver messages in a thread beside a running cell; PyTorch is asked by one at a time.
_one_check_at_a_time = Lock()


class Judged(Previewed):
    """A view whose displayed numbers PyTorch is asked about.

    ``claimed`` names the traits that a verdict depends on; ``usual`` is the state that nobody has changed, apart
    from sizes. A kind of explorer turns what its page sends into a claim.
    """

    rule = Checked("pytorch", check_shown_rule).tag(sync=True)
    kind = Checked("avg", partial(check_choice, accepted=KINDS)).tag(sync=True)
    presenter = Checked(False, check_bool).tag(sync=True)
    more = Checked(False, check_bool).tag(sync=True)
    question: Any = None  # each kind of explorer has questions of its own
    answer = Checked(FRESH, check_answer).tag(sync=True)
    verdict = Checked("unchecked", partial(check_choice, accepted=VERDICTS)).tag(sync=True)
    report = traitlets.Instance(Report, allow_none=True)

    claimed: ClassVar[tuple[str, ...]] = ()
    usual: ClassVar[dict[str, Any]] = {}

    _noted: tuple[Any, Any] = (FRESH, None)  # an answer, and the question that it answers
    _early: tuple[list[Any], Report] | None = None  # a report that came before the state it is about

    def __init__(self, **state: Any) -> None:
        super().__init__(**state)
        self.observe(self._unsettle, self.claimed)
        self.on_msg(self._answer)

    def from_page(self, asked: Any) -> dict[str, Any]:
        """Return what a page may have; what PyTorch says is not the page's to say, only to repeat.

        That it is being asked is no news either: the question comes by itself, and a state may come after the answer.
        """
        wanted = super().from_page(asked)
        if wanted.get("verdict") in ("agrees", "disagrees", "checking") and wanted["verdict"] != self.verdict:
            del wanted["verdict"]
        return wanted

    def claim_of(self, shown: dict[str, Any], buffers: Sequence[Any]) -> Claim:
        """Turn the numbers that the page displays, read back from its picture, into a claim."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """Return what opens this very view again."""
        values = {name: getattr(self, name) for name in self.state_names}
        return {name: copy(value) if isinstance(value, list | dict) else value for name, value in values.items()}

    @property
    def state_names(self) -> tuple[str, ...]:  # type: ignore[override]
        """The names of all that its state consists of: the sizes, and what each kind of explorer has besides."""
        return ("input_size", "target_size", *self.usual)

    # Following a change ------------------------------------------------------------------------------

    def _unsettle(self, change: Any) -> None:
        self.report = None
        if self.verdict != "unchecked":
            self.verdict = "checking"
        if self._early is not None and self._early[0] == self._claimed_state():
            self.report, self.verdict = self._early[1], self._early[1].verdict
        else:
            self._early = None

    @traitlets.observe("answer")
    def _note_answer(self, change: Any) -> None:
        self._noted = (self.answer, self.question)

    @traitlets.observe("question")
    def _ask_anew(self, change: Any) -> None:
        """Another question begins without an answer, unless one was set together with it."""
        answer, question = self._noted
        if answer is self.answer and question != self.question:
            self.answer = None

    @traitlets.observe("verdict")
    def _drop_report(self, change: Any) -> None:
        if self.verdict not in ("agrees", "disagrees"):
            self.report = None

    def _claimed_state(self) -> list[Any]:
        values = (getattr(self, name) for name in self.claimed)
        return [list(value) if isinstance(value, tuple) else value for value in values]  # as JSON has it

    # The kernel's side of the check ------------------------------------------------------------------

    def _answer(self, _: Any, content: Any, buffers: Any) -> None:
        about = _question(content)
        if about is None:
            return
        self.verdict = "checking"
        if "torch" not in sys.modules:
            self.send({"type": "loading", **about})
        try:
            report = self._judge(content.get("claim"), buffers or ())
        except Exception as error:  # a view must hear back whatever happens, or it would wait for ever
            self.verdict = "unchecked"
            said = say("report.unchecked", reason=error)
            self.send({"type": "verdict", **about, "verdict": "unchecked", "text": said})
            if not isinstance(error, (TypeError, ValueError)):  # those are sentences about the claim
                raise
            return
        if content["claim"]["state"] == self._claimed_state():
            self.report, self.verdict = report, report.verdict
        else:  # ipywidgets holds back states while one is on its way, but no messages: the state may yet come
            self._early = (content["claim"]["state"], report)
        self.send({"type": "verdict", **about, "verdict": report.verdict, "text": report.text})

    def _judge(self, sent: Any, buffers: Sequence[Any]) -> Report:
        try:
            if not (isinstance(sent, dict) and len(sent["state"]) == len(self.claimed) and _is_short(sent)):
                raise ValueError
            check_choice(sent["kind"], "kind", KINDS)
            if others := unjudged(sent["parts"]):
                return self._unjudged(sent, others[0])
            claim = self.claim_of(sent, buffers)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # whatever a page may send
            raise ValueError(say("live.unreadable")) from None
        with _one_check_at_a_time:
            return judge(claim)

    def _unjudged(self, sent: dict[str, Any], part: str) -> Report:
        """What is said of a claim with a number that nothing judges."""
        reason = say("live.unjudged", part=quoted(part))
        return Report("unchecked", tuple(sent["n"]), tuple(sent["m"]), sent["kind"], "cpu", "float64", reason=reason)


def _question(content: Any) -> dict[str, Any] | None:
    """Which view asks in which revision; None where nothing is asked, or nobody is there to be answered."""
    if not isinstance(content, dict) or content.get("type") != "check":
        return None
    view, revision = content.get("view"), content.get("rev")
    if not isinstance(view, str) or len(view) > 100 or not isinstance(revision, int):
        return None
    return {"view": view, "rev": revision}


def _is_short(sent: Any) -> bool:
    """Are there at most MOST_VALUES texts and numbers in it, a long text counting for several?"""
    waiting, count = [sent], 0
    while waiting:
        value = waiting.pop()
        count += 1 + len(value) // 40 if isinstance(value, str) else 1
        parts = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
        if count + len(waiting) + len(parts) > MOST_VALUES:
            return False
        waiting += parts
    return True
