"""Sizes in a text, such as 14 → 4 and 6 × 8 → 4 × 3: which they are, and where they stand."""

import re
from collections.abc import Iterator

from pooltutor.pictures import LARGEST
from pooltutor.validation import LARGEST_SHOWN, SLIDER_MAX

SIDES = r"(\d+)(?: ?× ?(\d+))?"
SIZE = re.compile(rf"(?<![\d.,/×])(?<!× )(?<!→ ){SIDES} → {SIDES}(?!\.?\d)(?! ?[→×/])")

Sizes = list[list[int]]
"""Input and target, each with one number or two."""


def pieces(text: str) -> Iterator[tuple[str, Sizes | None]]:
    """Yield the text in pieces: those that are a size, with its numbers, and what is between them.

    >>> list(pieces("At 14 → 4, and 3 → 2 → 1."))
    [('At ', None), ('14 → 4', [[14], [4]]), (', and 3 → 2 → 1.', None)]
    """
    end = 0
    for found in SIZE.finditer(text):
        sizes = [[int(side) for side in sides if side] for sides in (found.groups()[:2], found.groups()[2:])]
        if not _can_be_shown(sizes):
            continue
        if found.start() > end:
            yield text[end : found.start()], None
        yield found[0], sizes
        end = found.end()
    if text[end:]:
        yield text[end:], None


def _can_be_shown(sizes: Sizes) -> bool:
    most = (LARGEST_SHOWN, LARGEST_SHOWN) if len(sizes[0]) == 1 else (LARGEST, SLIDER_MAX)
    in_range = all(1 <= side <= limit for sides, limit in zip(sizes, most, strict=True) for side in sides)
    return in_range and len(sizes[0]) == len(sizes[1])
