"""Traits of the live views: each value is accepted or refused by one of the package's own checks, in its words."""

from collections.abc import Callable, Iterable
from typing import Any

import traitlets

from pooltutor.binning import LARGEST_SHOWN, check_size


def check_names(value: Any, name: str, accepted: tuple[str, ...]) -> list[str]:
    """Return a list of accepted names, of one or several or "all"; ValueError names the first other one."""
    if value == "all":
        return list(accepted)
    names = [value] if isinstance(value, str) else list(value) if isinstance(value, Iterable) else [value]
    for each in names:
        if each not in accepted:
            raise ValueError(f"{name} must be a list of {', '.join(accepted)}, got {each!r}")
    return names


def check_bool(value: Any, name: str) -> bool:
    """Return True or False; TypeError for anything else, 0 and 1 included."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, got {value!r}")
    return value


def check_shown_size(value: Any, name: str) -> int:
    """Return a size that a view can show, 1 to 4096."""
    return check_size(value, name, LARGEST_SHOWN)


class Checked(traitlets.TraitType):
    """A trait whose values one of the package's own checks accepts or refuses, in its own words, None included."""

    def __init__(self, default: Any, check: Callable[[Any, str], Any]) -> None:
        super().__init__(default)
        self.check = check

    def validate(self, obj: Any, value: Any) -> Any:
        """Return what the check makes of the value, or let its one sentence out."""
        return self.check(value, self.name or "")
