"""What every view that a story leads has: the story, the open step, the answers; and the states of its steps."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import traitlets

from pooltutor.live.preview import Previewed
from pooltutor.live.shared import USUAL
from pooltutor.live.traits import Checked, Guarded, check_pair, refusing
from pooltutor.quoting import quoted
from pooltutor.stories import Story, read_story
from pooltutor.stories.questions import check_answer
from pooltutor.stories.story import MOST_STEPS, at_step, check_keys
from pooltutor.validation import check_name, check_window
from pooltutor.words import say

State = dict[str, Any]

_SIZES = ("input_size", "target_size")
_NOT_LED = ("presenter", "more", "question", "answer")
"""What of a view's state no step sets: how large it is shown, what is unfolded, and what steps ask in their own way."""


def led_names(kind: str) -> list[str]:
    """Return the names of the state that a step sets in a kind of view."""
    return [name for name in (*_SIZES, *USUAL[kind]) if name not in _NOT_LED]


def usual_state(kind: str, view: type[Guarded]) -> State:
    """Return what a kind of view shows before anybody has changed it."""
    sizes = {name: view.class_traits()[name].default() for name in _SIZES}
    return {name: {**USUAL[kind], **sizes}[name] for name in led_names(kind)}


def complete(story: Story, views: Mapping[str, type[Guarded]], bases: Mapping[str, State]) -> Story:
    """Return the story with the whole state of its view in each step: what it sets, over what the view shows at first.

    So a step is the same whichever step was open before it. Raises TypeError or ValueError, in one sentence with the
    number of the step, where a view does not take a state.
    """
    steps = []
    for k, step in enumerate(story.steps):
        with at_step("story", k):
            check_name(step.view, views, "view")
            state = _checked(step.view, views[step.view], step.set, bases[step.view])
        steps.append(replace(step, set=state))
    return replace(story, steps=tuple(steps))


def _checked(kind: str, view: type[Guarded], said: State, base: State) -> State:
    """The state of a view, from what a step says and what the view shows at first; a window is counted anew."""
    traits, names = view.class_traits(), led_names(kind)
    check_keys(said, names, "set")
    state = {name: traits[name].check(value, name) for name, value in said.items()}
    if state.get("image") == "own" != base["image"]:
        traits["image"].check(None, "image")  # which says what there is
    state = {**base, "window": USUAL[kind].get("window"), **state}
    if kind == "atlas":
        del state["window"]
    else:
        state["window"] = _inside(state)
    return state


def _inside(state: State) -> Any:
    """The window of a state, which its target must have."""
    window, n, m = state["window"], state["input_size"], state["target_size"]
    if isinstance(m, int):
        return check_window(window, m)
    pair = check_pair(window, "window", "window")
    return tuple(check_window(pair[k], m[k] or n[k], f"window[{k}]") for k in (0, 1))


# Answers --------------------------------------------------------------------------------------------------------


def check_answers(value: Any, name: str) -> dict[str, State]:
    """Return the answers to the questions of a story, by the numbers of their steps, counted from 0, as text."""
    steps = [str(k) for k in range(MOST_STEPS)]
    if not isinstance(value, dict) or len(value) > MOST_STEPS or not all(step in steps for step in value):
        raise ValueError(say("errors.story.answers", name=name, came=quoted(value)))
    return {step: check_answer(answer, f"{name}[{step!r}]") for step, answer in value.items()}


# The view -------------------------------------------------------------------------------------------------------


class Led(Previewed):
    """A view that a story may lead.

    Traits: ``story`` (what :func:`pooltutor.story` takes, or None), ``step`` (the number of the step that is open,
    counted from 0) and ``answers`` (what was answered, by steps). Opening a step sets the state of the view.
    """

    # Not Checked: a page opens steps and answers, and the story stays as Python made it.
    story = traitlets.Any(None).tag(sync=True, to_json=lambda story, _: story and story.as_data())
    step = Checked(0, lambda value, name: value).tag(sync=True)  # its range depends on the story, see below
    answers = Checked({}, check_answers).tag(sync=True)

    _bases: dict[str, State] | None = None  # what the views showed before the story began
    _by_page = False  # a page that opens a step sets the view itself, and the learner goes on from there

    @property
    def led_views(self) -> "dict[str, Led]":
        """The views that the steps show, by kind."""
        return {self._view: self}

    @traitlets.validate("story")
    def _story(self, proposal: Any) -> Story | None:
        if proposal.value is None:
            return None
        views = self.led_views
        if self.story is None:
            self._bases = {
                kind: {name: getattr(view, name) for name in led_names(kind)} for kind, view in views.items()
            }
        with refusing():
            story = read_story(proposal.value, "story", next(iter(views)))
            return complete(story, {kind: type(view) for kind, view in views.items()}, self._bases or {})

    @traitlets.validate("step")
    def _step(self, proposal: Any) -> int:
        with refusing():
            return check_window(proposal.value, len(self.story.steps) if self.story else 1, "step")

    @traitlets.observe("story")
    def _begin(self, change: Any) -> None:
        self.step, self.answers = 0, {}
        self._open_step()

    @traitlets.observe("step")
    def _open_step(self, change: Any = None) -> None:
        if self.story is None or self._by_page:
            return
        step = self.story.steps[self.step]
        self.led_views[step.view].open_state(step.set, step.ask, self.answers.get(str(self.step)))

    def open_state(self, state: State, question: State | None, answer: State | None) -> None:
        """Show a state, and ask a question or none, of which an answer may be known."""
        asked = {"question": question, "answer": check_answer(answer, "answer")} if self.has_trait("question") else {}
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in {**state, **asked}.items():
                self.set_trait(name, value)

    def saved_state(self) -> dict[str, Any]:
        """Return what a page needs to open this view again, with its story as far as it has come."""
        saved = super().saved_state()
        if self.story:
            saved["state"] |= {"story": self.story.as_data(), "step": self.step, "answers": self.answers}
        return saved

    # What a page may do ----------------------------------------------------------------------------------

    def set_state(self, sync_data: State) -> None:
        """Take what a page sends."""
        with self._led_by_page():
            super().set_state(sync_data)

    @contextmanager
    def _led_by_page(self) -> Iterator[None]:
        self._by_page = True
        try:
            yield
        finally:
            self._by_page = False
