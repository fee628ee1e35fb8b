"""What a formula is refused for: one sentence, with the line and the character that it is about."""

from typing import Any, NamedTuple

from pooltutor.words import say


class Place(NamedTuple):
    """Where something stands in a text, both counted from 1."""

    line: int
    character: int


class FormulaError(ValueError):
    """A formula that cannot be read, or gives no window; its text is the sentence about it."""

    def __init__(self, key: str, place: Place | None = None, **places: Any) -> None:
        self.key, self.place = key, place
        said = say(f"formula.{key}", **places)
        at = "" if place is None else " " + say("formula.place", line=place.line, character=place.character)
        super().__init__(said + at)
