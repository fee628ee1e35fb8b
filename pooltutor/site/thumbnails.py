"""A small picture for each lesson, drawn from the same windows as everything else; none gives an answer away.

Colours come from the style sheet, so that the pictures are light or dark with the page.
"""

from collections.abc import Callable
from html import escape
from math import gcd

import numpy as np

from pooltutor import pictures
from pooltutor.binning import Bins, bins
from pooltutor.pooling import gradient, pool
from pooltutor.words import load

WIDTH, HEIGHT = 240, 96


def thumbnail(number: str) -> str:
    """Return the picture of a lesson as SVG; one that has none of its own gets the picture of a prediction."""
    marks = "".join(DRAWN.get(number, _prediction)())
    return f'<svg class="site-thumb" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{marks}</svg>'


def _box(x: float, y: float, width: float, height: float, name: str, more: str = "") -> str:
    place = f'x="{x:.4g}" y="{y:.4g}" width="{max(width, 0.5):.4g}" height="{height:.4g}"'
    return f'<rect class="{name}" {place}{more}/>'


def _row(count: int, y: float, height: float, name: str) -> list[str]:
    side = WIDTH / count
    return [_box(k * side + 0.8, y, side - 1.6, height, name, ' rx="2"') for k in range(count)]


def _bars(windows: Bins, y: float, names: tuple[str, str] = ("th-even", "th-odd")) -> list[str]:
    side = WIDTH / windows.input_size
    return [
        _box(start * side + 1, y + 17 * (i % 2), (stop - start) * side - 2, 13, names[i % 2], ' rx="3"')
        for i, (start, stop) in enumerate(windows)
    ]


def _question_marks(count: int, y: float) -> list[str]:
    side = WIDTH / count
    return [f'<text x="{(k + 0.5) * side:.4g}" y="{y}">?</text>' for k in range(count)]


def _cuts(m: int, y: float) -> list[str]:
    line = f'<path class="th-line" d="M0 {y}H{WIDTH}"/>'
    cuts = [f'<path class="th-cut" d="m{WIDTH * i / m:.5g} {y - 4}l4 4l-4 4l-4-4z"/>' for i in range(1, m)]
    return [line, *cuts]


def _start() -> list[str]:
    return [*_row(14, 4, 16, "th-cell"), *_bars(bins(14, 4), 28), *_row(4, 68, 22, "th-out")]


def _prediction(n: int = 5, m: int = 3) -> list[str]:
    hidden = _box(1, 38, WIDTH - 2, 26, "th-hidden", ' rx="3"')
    outputs = [*_row(m, 72, 20, "th-out"), *_question_marks(m, 86)]
    return [*_row(n, 4, 16, "th-cell"), *_cuts(m, 29), hidden, *outputs]


def _map() -> list[str]:
    columns, rows = 40, 16
    side = WIDTH / columns
    most = np.log2(16)
    marks = []
    for m in range(1, rows + 1):
        for n in range(1, columns + 1):
            shade = min(6, round(6 * np.log2(gcd(n, m)) / most))
            if shade:
                marks.append(_box((n - 1) * side, (rows - m) * side, side, side, f"th-map-{shade}"))
    return [_box(0, 0, WIDTH, HEIGHT, "th-map-0"), *marks]


def _gradients() -> list[str]:
    received = gradient([1, 2, 3, 4], 14)
    side, most = WIDTH / 14, float(received.max())
    heights = [84 * float(each) / most for each in received]
    return [_box(k * side + 0.8, 92 - high, side - 1.6, high, "th-grad") for k, high in enumerate(heights)]


def _image() -> list[str]:
    digit = pictures.picture("digit")
    marks = [f'<path class="th-line" d="M108 {HEIGHT / 2}h22m-6 -5l6 5l-6 5"/>']
    for x, values in ((8, digit), (144, pool(digit, (5, 5)))):
        side = 88 / len(values)
        shades = np.asarray(values) / max(1, float(np.max(values)))
        for (row, column), shade in np.ndenumerate(shades):
            opacity = f' fill-opacity="{shade:.2f}"'
            marks.append(_box(x + column * side, 4 + row * side, side, side, "th-ink", opacity))
        marks.append(_box(x, 4, 88, 88, "th-frame"))
    return marks


def _duel() -> list[str]:
    theirs = _bars(bins(7, 5, "forum"), 24, ("th-wrong", "th-wrong"))
    return [*_row(7, 4, 14, "th-cell"), *theirs, *_bars(bins(7, 5), 61)]


def _family() -> list[str]:
    marks = []
    for k in range(4):
        boxes = [_box(60 * k + 4 + 27 * half, 24, 24, 48, "th-out", ' rx="3"') for half in (0, 1)]
        marks += [*boxes, *(f'<text x="{60 * k + 16 + 27 * half}" y="53">?</text>' for half in (0, 1))]
    return marks


def _elsewhere() -> list[str]:
    names = [first for first, _ in load()["portable"]["targets"].values()]
    chips = list(dict.fromkeys(names))[:6]
    marks = []
    for k, name in enumerate(chips):
        x, y = 124 * (k % 2), 4 + 31 * (k // 2)
        marks += [_box(x, y, 116, 26, "th-chip", ' rx="13"'), f'<text x="{x + 58}" y="{y + 18}">{escape(name)}</text>']
    return marks


DRAWN: dict[str, Callable[[], list[str]]] = {
    "00": _start,
    "01": _prediction,
    "02": _map,
    "03": _gradients,
    "04": _image,
    "05": _duel,
    "06": _family,
    "07": _elsewhere,
    "08": lambda: _prediction(10, 4),
}
