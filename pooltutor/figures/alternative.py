"""The picture in words, for whoever does not see it: the sentences by which the live views describe theirs."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from pooltutor.binning import Bins, bins
from pooltutor.figures.text import number_text
from pooltutor.words import load

MANY, LONG = 16, 12  # more numbers than this are shortened in the middle; windows of a grid
DIGITS = 6


def alternative(title: str, *sentences: str) -> str:
    """The title of a picture and what it shows, in one paragraph.

    >>> alternative("14 → 4, rule PyTorch", "The windows are hidden until you show them.")
    '14 → 4, rule PyTorch. The windows are hidden until you show them.'
    """
    return " ".join((f"{title[:1].upper()}{title[1:]}.", *filter(None, sentences)))


def listed(texts: Sequence[str], most: int = MANY) -> str:
    """Texts one after the other; of more than ``most`` only the first three and the last two.

    >>> listed(list("abcdefg"), 6)
    'a, b, c, …, f, g'
    """
    return ", ".join(texts if len(texts) <= most else [*texts[:3], "…", *texts[-2:]])


def numbers(values: Iterable[Any]) -> str:
    """Numbers one after the other."""
    return listed([number_text(value, DIGITS) for value in values])


# One axis -------------------------------------------------------------------------------------------------


def hidden_windows() -> str:
    """That the windows are hidden."""
    return str(load()["view"]["description"]["hidden"])


def windows_in_words(b: Bins) -> str:
    """The windows, which cells are in several of them, and which are not PyTorch's."""
    say, shared = load()["view"]["description"], np.flatnonzero(b.coverage > 1)
    cells = {"count": len(shared), "cells": listed(list(map(str, shared)))}
    sentences = [
        say["windows"].format(windows=listed([_window(*one) for one in b])),
        say[("none_shared", "shared_one")[len(shared)] if len(shared) < 2 else "shared"].format(**cells),
    ]
    true = bins(b.input_size, len(b))
    if len(wrong := b.differs(true)):
        first = int(wrong[0])
        place = {"count": len(wrong), "m": len(b), "i": first, "truth": _window(*true[first])}
        sentences.append(say["wrong"].format(**place))
    return " ".join(sentences)


def _window(start: int, stop: int) -> str:
    return str(load()["figure"]["empty"]) if start == stop else f"{start}:{stop}"


def outputs_in_words(outputs: Iterable[Any]) -> str:
    """The outputs of one axis."""
    return str(load()["view"]["description"]["outputs"].format(outputs=numbers(outputs)))


def gradients_in_words(gradients: Iterable[Any]) -> str:
    """The gradients of the cells of one axis."""
    return str(load()["view"]["description"]["gradients"].format(gradients=numbers(gradients)))


# Two axes -------------------------------------------------------------------------------------------------


def axes_in_words(rows: Bins, columns: Bins) -> str:
    """The windows of both axes, how many cells are in how many windows, and how many are not PyTorch's."""
    say = load()["grid"]["description"]
    lists = [listed([_window(*one) for one in b], LONG) for b in (rows, columns)]
    sentences = [say[name].format(windows=each) for name, each in zip(("rows", "columns"), lists, strict=True)]
    counts, cells = np.unique(np.multiply.outer(rows.coverage, columns.coverage), return_counts=True)
    told = [say["cells_in"].format(cells=k, count=c) for c, k in zip(counts, cells, strict=True)]
    same = say["covered_same"].format(count=counts[0])
    sentences.append(same if len(counts) == 1 else say["covered"].format(counts=listed(told, LONG)))
    wrong = [len(b.differs(bins(b.input_size, len(b)))) for b in (rows, columns)]
    if any(wrong):
        sentences.append(say["wrong"].format(rows=wrong[0], columns=wrong[1]))
    return " ".join(sentences)


def planes_in_words(outputs: np.ndarray) -> str:
    """The outputs of a grid, (H, W), or those of each channel, (H, W, 3)."""
    say = load()["grid"]["description"]
    if outputs.ndim == 2:
        return str(say["outputs"].format(outputs=numbers(outputs.ravel())))
    channels = zip(say["channels"], np.moveaxis(outputs, -1, 0), strict=True)
    return " ".join(say["outputs_of"].format(name=name, outputs=numbers(plane.ravel())) for name, plane in channels)


def shown_in_words(colour: str, values: np.ndarray) -> str:
    """What the cells of a grid show besides their values, from the least to the greatest; of values nothing."""
    say = load()["grid"]["description"]["shows"]
    if colour not in say:
        return ""
    ends = {"least": number_text(np.nanmin(values)), "most": number_text(np.nanmax(values))}
    return str(say[colour].format(**ends))
