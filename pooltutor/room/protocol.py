"""What phones and the teacher may say, and what the room knows of them: plain Python without a socket.

Nothing is kept beyond the process, and an answer is counted, never judged: the teacher's page does that.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pooltutor.stories.questions import LONGEST_ANSWER

MOST_PHONES = 1000
"""Phones that a room has place for."""

LOBBY = -1
"""The step before the first, when people join."""

_PHONE = re.compile(r"[0-9a-f]{32}")
_TEACHER_SAYS = ("go", "reveal", "again", "app")


class Refused(Exception):
    """What was said is not accepted; ``reason`` is one of the words under ``room.refused``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Nonsense(ValueError):
    """What was said is nothing that one of our pages says."""


@dataclass(frozen=True)
class Join:
    """A page introduces itself: a phone by the random number that it has made, the teacher's by the secret."""

    name: str


@dataclass(frozen=True)
class Answer:
    """A phone answers the question of a step."""

    step: int
    given: str


@dataclass(frozen=True)
class Command:
    """The teacher opens a step ("go"), shows what was answered ("reveal"), or asks once more ("again").

    "app" opens the classroom's app, whatever the step: a link would come from another page, which the app refuses.
    """

    verb: str
    step: int


def read_phone(text: str | bytes) -> Join | Answer:
    """Return what a phone says.

    >>> read_phone('{"type": "answer", "step": 2, "given": "0:2 1:4 3:5"}')
    Answer(step=2, given='0:2 1:4 3:5')

    Raises Nonsense for anything else, Refused for an answer that is too long.
    """
    said = _read(text)
    if said.get("type") == "join" and _PHONE.fullmatch(_text(said, "phone")):
        return Join(said["phone"])
    if said.get("type") == "answer":
        return Answer(_step(said), _given(said))
    raise Nonsense


def read_teacher(text: str | bytes) -> Join | Command:
    """Return what the teacher's page says.

    >>> read_teacher('{"type": "go", "step": 0}')
    Command(verb='go', step=0)

    Raises Nonsense for anything else.
    """
    said = _read(text)
    if said.get("type") == "join":
        return Join(_text(said, "secret"))
    if said.get("type") in _TEACHER_SAYS:
        return Command(said["type"], _step(said))
    raise Nonsense


def _read(text: str | bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(text) if isinstance(text, str) else None  # bytes are nothing that a page sends
    except (ValueError, RecursionError):  # the latter for "[[[[[["
        raise Nonsense from None
    if not isinstance(said, dict):
        raise Nonsense
    return said


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise Nonsense
    return value


def _step(said: Mapping[str, Any]) -> int:
    value = said.get("step")
    if type(value) is not int:
        raise Nonsense
    return value


def _given(said: Mapping[str, Any]) -> str:
    """A text as somebody types it: of letters that can be printed, in a few lines."""
    given = _text(said, "given").strip()
    if len(given) > LONGEST_ANSWER:
        raise Refused("long")
    if not given or not all(each.isprintable() or each == "\n" for each in given):
        raise Nonsense
    return given


@dataclass
class Room:
    """The steps, the one that is open, who is there, and what was answered."""

    steps: Sequence[Mapping[str, Any]]
    step: int = LOBBY
    revealed: set[int] = field(default_factory=set)
    answers: dict[int, dict[str, str]] = field(default_factory=dict)
    here: Counter[str] = field(default_factory=Counter)

    # Phones --------------------------------------------------------------------------------------------------

    def join(self, phone: str) -> None:
        """A phone is there; one that has two pages open, or lost its old connection, is still one phone."""
        if len(self.here) >= MOST_PHONES and phone not in self.here:
            raise Refused("full")
        self.here[phone] += 1

    def leave(self, phone: str) -> None:
        """A connection of a phone has ended; what it answered still counts, since phones sleep."""
        self.here[phone] -= 1
        if not self.here[phone]:
            del self.here[phone]

    def answer(self, phone: str, answer: Answer) -> None:
        """Take the answer of a phone, in place of the one that it gave before."""
        if answer.step != self.step or not self.is_open:
            raise Refused("late")
        given = self.answers.setdefault(self.step, {})
        if len(given) >= MOST_PHONES and phone not in given:
            raise Refused("full")
        given[phone] = answer.given

    def for_phone(self, phone: str) -> dict[str, Any]:
        """What a phone shows: the open step and no other, and the answer that this phone has given."""
        return {
            "step": self.step,
            "steps": len(self.steps),
            "content": _for_phones(self.steps[self.step]) if self.step != LOBBY else None,
            "revealed": self.step in self.revealed,
            "given": self.answers.get(self.step, {}).get(phone, ""),
        }

    # The teacher ---------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the open step asks, and has not been revealed."""
        return self.step != LOBBY and bool(self.steps[self.step].get("ask")) and self.step not in self.revealed

    def obey(self, command: Command) -> bool:
        """Do what the teacher's page asks; False where that changes nothing, as a click that comes twice."""
        if command.verb == "go":
            if not LOBBY <= command.step < len(self.steps) or command.step == self.step:
                return False
            self.step = command.step
            return True
        if command.step != self.step or self.is_open != (command.verb == "reveal"):
            return False
        if command.verb == "reveal":
            self.revealed.add(self.step)
        elif self.step in self.revealed:  # the same question once more, after the class has discussed it
            self.revealed.discard(self.step)
            self.answers.pop(self.step, None)
        else:
            return False
        return True

    def for_teacher(self) -> dict[str, Any]:
        """What the teacher's page shows: how many have answered, and what only when it is revealed."""
        given = self.answers.get(self.step, {})
        revealed = self.step in self.revealed
        return {
            "step": self.step,
            "phones": len(self.here.keys() | given.keys()),
            "answered": len(given),
            "revealed": revealed,
            "answers": Counter(given.values()).most_common() if revealed else None,
        }


def _for_phones(step: Mapping[str, Any]) -> dict[str, Any]:
    """A step as phones get it: their views do not judge what is answered, but send it."""
    return {**step, "ask": {**step["ask"], "send": True}} if step.get("ask") else dict(step)
