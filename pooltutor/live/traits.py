"""Traits of the live views: each value is accepted or refused by one of the package's own checks, in its words.

A page can send anything. It may set :class:`Checked` traits and no others, so that code, words, tables and what a
widget refers to stay as Python made them.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

import ipywidgets
import traitlets

from pooltutor import pictures
from pooltutor.quoting import quoted
from pooltutor.validation import LARGEST_SHOWN, check_name, check_size
from pooltutor.words import say

# Checks ------------------------------------------------------------------------------------------------------


def check_choice(value: Any, name: str, accepted: Collection[str]) -> str:
    """Return one of the accepted names, or say in one sentence which there are."""
    return check_name(value, accepted, name)


def check_names(value: Any, name: str, accepted: tuple[str, ...]) -> list[str]:
    """Return a list of accepted names, of one or several or "all"; ValueError names the first other one."""
    if isinstance(value, str):
        value = accepted if value == "all" else [value]
    names: list[str] = []
    for each in _each(value):
        if not isinstance(each, str) or each not in accepted or len(names) == len(accepted):
            raise ValueError(say("errors.names", name=name, names=", ".join(accepted), came=quoted(each)))
        names.append(str(each))
    return names


def _each(value: Any) -> Iterator[Any]:
    try:
        return iter(value)
    except TypeError:
        return iter([value])


def check_shown_size(value: Any, name: str) -> int:
    """Return a size that a view can show, 1 to 4096."""
    return check_size(value, name, LARGEST_SHOWN)


def check_pair(value: Any, name: str, what: str, most: int = 0) -> tuple[Any, Any]:
    """Return both members of a pair; TypeError for anything else: it says what a "size", "target" or "window" is."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise TypeError(say(f"errors.view.{what}", name=name, most=most, came=quoted(value)))
    return value[0], value[1]


def check_grid_size(value: Any, name: str) -> tuple[int, int]:
    """Return an input size that the view can show: a height and a width from 1 to 256."""
    height, width = check_pair(value, name, "size", pictures.LARGEST)
    return check_size(height, f"{name}[0]", pictures.LARGEST), check_size(width, f"{name}[1]", pictures.LARGEST)


def check_grid_target(value: Any, name: str) -> tuple[int | None, int | None]:
    """Return a target size: a height and a width from 1 to 256, or None for one that is kept."""
    pair = check_pair(value, name, "target", pictures.LARGEST)
    height, width = (m if m is None else check_size(m, f"{name}[{k}]", pictures.LARGEST) for k, m in enumerate(pair))
    return height, width


def check_channel(value: Any, name: str) -> int | None:
    """Return the number of a colour channel, or None for all of them."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2):
        return value
    raise ValueError(say("errors.view.channel", name=name, came=quoted(value)))


# Refusals ----------------------------------------------------------------------------------------------------


class RefusedValue(traitlets.TraitError, ValueError):
    """A ValueError at which traitlets, too, takes a setting back."""


class RefusedType(traitlets.TraitError, TypeError):
    """A TypeError at which traitlets, too, takes a setting back."""


@contextmanager
def refusing() -> Iterator[None]:
    """Let a check say its sentence as an error at which traitlets takes a setting back: it does so at no other."""
    try:
        yield
    except traitlets.TraitError:
        raise
    except TypeError as error:
        raise RefusedType(str(error)) from None
    except ValueError as error:
        raise RefusedValue(str(error)) from None


def _same(a: Any, b: Any) -> bool:
    try:
        return bool(a == b)
    except ValueError:  # arrays are not compared as a whole; a check has yet to refuse them
        return False


class Checked(traitlets.TraitType):
    """A trait whose values one of the package's own checks accepts or refuses, in its own words, None included."""

    def __init__(self, default: Any, check: Callable[[Any, str], Any]) -> None:
        super().__init__(default)
        self.check = check

    def validate(self, obj: Any, value: Any) -> Any:
        """Return what the check makes of the value, or let its one sentence out."""
        with refusing():
            return self.check(value, self.name or "")

    def set(self, obj: Any, value: Any) -> None:
        """Set a value; one that it has already must go together with what is set beside it all the same."""
        before = getattr(obj, self.name or "")
        super().set(obj, value)
        if _same(before, getattr(obj, self.name or "")):
            obj.notify_change(traitlets.Bunch(name=self.name, old=before, new=before, owner=obj, type="change"))


class Guarded(ipywidgets.Widget):
    """A widget of which a page may set the :class:`Checked` traits alone, and which no refused setting changes."""

    def from_page(self, asked: Any) -> dict[str, Any]:
        """Return the part of a page's wishes that a page may have; the rest is passed over."""
        traits = self.traits(sync=True)
        named = asked if isinstance(asked, dict) else {}
        return {name: value for name, value in named.items() if isinstance(traits.get(name), Checked)}

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what a page sends: all of it, or where one value is refused nothing, and the page hears what holds."""
        asked = self.from_page(sync_data)
        try:
            super().set_state(asked)
        except traitlets.TraitError:
            self.send_state(list(asked))

    @contextmanager
    def hold_trait_notifications(self) -> Iterator[None]:
        """Set several traits at once, in any order: all of them, or after any error none."""
        before = {name: getattr(self, name) for name, trait in self.traits().items() if isinstance(trait, Checked)}
        with super().hold_trait_notifications():
            try:
                yield
            except BaseException:  # traitlets takes back what it refuses itself, and keeps the rest
                for name, value in before.items():
                    self.set_trait(name, value)
                raise

    def notify_change(self, change: Any) -> None:
        """Tell observers and the page of a change, unless everything is as before."""
        if change["type"] != "change" or not _same(change["old"], change["new"]):
            super().notify_change(change)
