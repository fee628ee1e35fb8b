"""The parts of a 2-D picture: both grids, the sides of the input, what the colours mean, and the current window."""

from typing import Any

import numpy as np

from pooltutor.figures.board import CAPTION, Board, captions_of, letters_of
from pooltutor.figures.faces import cell_colours, explained, output_colours
from pooltutor.figures.page import Page
from pooltutor.figures.picture import Artists
from pooltutor.figures.plane import Letters, Sheet, boxes, draw_swatches, hexes, pixels, write
from pooltutor.figures.sides import draw_bars, draw_cuts, draw_shared, draw_veil, room_for_cuts
from pooltutor.pooling import winners

FINEST = 6  # px: boxes smaller than this are painted as pixels
OUTLINE: dict[str, Any] = {"line": 3, "thinnest": 1.6, "corner": 6, "inset": -1.5, "zorder": 4}


# The grids ------------------------------------------------------------------------------------------------


def draw_input(board: Board) -> dict[str, Artists]:
    """The cells of the input: numbers on colours, or pixels; the winners marked; and what the colours mean."""
    page, sheet, letters = board.page, board.put.input, board.letters
    if board.veiled:
        return _draw_unknown(page, sheet, "cell", "panel", "line")
    numbers = letters is not None
    rgb = cell_colours(board.scene, board.values, numbers, page.colours)
    drawn = {"cells": boxes(page, sheet, hexes(rgb), "ground") if numbers else pixels(page, sheet, rgb)}
    if letters:
        drawn["cell_texts"] = write(page, sheet, letters, hexes(rgb))
    if board.scene.kind == "max" and board.scene.x.ndim == 2 and not board.hidden:
        drawn["winners"] = _draw_winners(board)
    if board.scene.colour != "values" or not numbers:
        meanings = explained(board.scene, board.values, rgb, page.words["grid"])
        drawn |= draw_swatches(page, meanings, sheet.ends[0], sheet.ends[3] + CAPTION + 6)
    return drawn


def draw_output(board: Board) -> dict[str, Artists]:
    """The outputs at their exact rectangles, or the gradient that arrives there."""
    page, scene, sheet, y = board.page, board.scene, board.put.output, board.y
    arriving = scene.colour == "gradient"
    edge, ink = ("gradient", "gradient") if arriving else ("output_edge", "")
    if board.hidden and not arriving:
        return _draw_unknown(page, sheet, "output", "output", edge)
    numbers = board.letters is not None and y.ndim == 2
    rgb = output_colours(scene, y, numbers, page.colours)
    letters = letters_of(sheet, _output_words(board))
    boxed = numbers and min(sheet.unit) >= FINEST
    drawn = {"outputs": boxes(page, sheet, hexes(rgb), edge, 5) if boxed else pixels(page, sheet, rgb)}
    if letters:
        drawn["output_texts"] = write(page, sheet, letters, hexes(rgb), ink if numbers else "")
    return drawn


def _output_words(board: Board) -> list[list[Any]]:
    """The numbers of the output; none for colours."""
    if board.scene.colour == "gradient":
        return [board.scene.upstream.ravel().tolist()]
    if board.y.ndim == 3:
        return []
    empty = np.multiply.outer(board.scene.rows.lengths, board.scene.columns.lengths) == 0
    word = board.page.words["empty"]
    return [[word if none else v for v, none in zip(board.y.ravel().tolist(), empty.ravel(), strict=True)]]


def _draw_unknown(page: Page, sheet: Sheet, what: str, fill: str, edge: str) -> dict[str, Artists]:
    """A question mark in each box, or where they are too small one for all of them."""
    letters = letters_of(sheet, [[page.words["unknown"]] * (sheet.shape[0] * sheet.shape[1])])
    if letters is None:
        sheet = Sheet(sheet.xs[[0, -1]], sheet.ys[[0, -1]])
        letters = Letters([page.words["unknown"]], 16)
    fills = [page.colours[fill]] * len(letters.texts)
    corner = 5 if what == "output" else 0
    return {f"{what}s": boxes(page, sheet, fills, edge, corner), f"{what}_texts": write(page, sheet, letters, fills)}


def _draw_winners(board: Board) -> Artists:
    """A triangle at the lower edge of each cell that wins, or a dot on its pixel."""
    page, sheet = board.page, board.put.input
    won = np.unique(winners(board.scene.x, [board.scene.rows, board.scene.columns]))
    left, right, top, height = (edge[won[won >= 0]] for edge in sheet.boxes)
    small, numbers = min(sheet.unit), board.letters is not None
    side = min(0.2 * small, 9) if numbers else float(np.clip(0.6 * small, 2, 9))
    y = top + height - 0.6 * side - 3 if numbers else top + height / 2
    style: dict[str, Any] = {"c": page.colours["winner"], "edgecolors": page.colours["on_light"], "zorder": 3.2}
    style |= {"linewidths": 0.8 * page.pt, "marker": "^" if numbers else "o"}
    return (page.ax.scatter((left + right) / 2, y, (side * page.pt) ** 2, **style),)


# Around the grids -----------------------------------------------------------------------------------------


def draw_sides(board: Board) -> dict[str, Artists]:
    """The bars of rows and columns, the cuts, what is shared, the captions, and the way from grid to grid."""
    page, put, drawn = board.page, board.put, {}
    for name, side, end in (("row", put.rows, put.input.ends[1]), ("column", put.columns, put.input.ends[3])):
        drawn[f"{name}_cuts"] = draw_cuts(page, side, end, bright=board.letters is None)
        if board.hidden:
            draw_veil(page, side)
            continue
        drawn[f"{name}_bars"], drawn[f"{name}_bar_texts"] = draw_bars(page, side)
        sheet = put.output if side.dual else put.input
        drawn[f"{name}_shared"] = draw_shared(page, side, sheet, hatched=board.letters is not None)
    _name_sides(board)
    _draw_captions(board)
    return drawn


def _name_sides(board: Board) -> None:
    """What the bars are, at the left of both sides."""
    page, (rows, columns), say = board.page, (board.put.rows, board.put.columns), board.page.words["grid"]
    feed = [not board.hidden and side.dual for side in (rows, columns)]
    down, across = say["rows_feed" if feed[0] else "rows"], say["columns_feed" if feed[1] else "columns"]
    left, outside = board.put.input.ends[0], rows.lanes - room_for_cuts(rows.b) + 2
    page.text(outside, board.put.input.middle[1], down, 12, "ink_soft", "normal", rotation=90)
    page.text(left - 10, columns.lanes + columns.strip / 2, across, 12, "ink_soft", "normal", ha="right")


def _draw_captions(board: Board) -> None:
    """What both grids are, and an arrow from the input to the output, or back for a gradient."""
    page, put, scene = board.page, board.put, board.scene
    for sheet, caption in zip((put.input, put.output), captions_of(scene, page.words["grid"]), strict=True):
        page.text(sheet.middle[0], sheet.ends[3] + 26, caption, 14, "ink")
    ends, y = (put.input.ends[1] + 14, put.output.ends[0] - 9), put.input.middle[1]
    if scene.colour == "gradient":
        page.arrow(ends[1], y, ends[0], y, "gradient", 20)
    else:
        page.arrow(ends[0], y, ends[1], y, "ink", 20)


# The current window ---------------------------------------------------------------------------------------


def draw_window(board: Board, row: int, column: int) -> dict[str, Artists]:
    """Outline one output; unless hidden its window, within that its exact rectangle, and its bars."""
    page, put, (rows, columns) = board.page, board.put, (board.scene.rows, board.scene.columns)
    output = _outlined(page, put.output.xs[[column, column + 1]], put.output.ys[[row, row + 1]])
    (first, last), (begin, end) = rows[row], columns[column]
    if board.hidden or first == last or begin == end:
        return {"outlines": output}
    window = _outlined(page, put.input.xs[[begin, end]], put.input.ys[[first, last]])
    across, down = put.columns.along(columns.cuts[[column, column + 1]]), put.rows.along(rows.cuts[[row, row + 1]])
    exact = _outlined(page, across, down, "output_edge", inset=4.5, line=2.4, zorder=2.3, linestyle=(0, (3, 1.6)))
    bars: list[Any] = []
    for side, i, ends in ((put.rows, row, (first, last)), (put.columns, column, (begin, end))):
        left, right, top, height = side.of_bars(np.arange(*ends) if side.dual else np.array([i]))
        bars += page.boxes(left, right, top, height, "none", page.colours["focus"], **OUTLINE)
    return {"outlines": (*output, *window, *exact, *bars)}


def _outlined(page: Page, xs: np.ndarray, ys: np.ndarray, ink: str = "focus", **more: Any) -> Artists:
    """An outline, and below it a wider one in the colour of the ground, so that it is seen on any picture."""
    style = {**OUTLINE, **more}
    below = {**style, "line": style["line"] + 2.5, "zorder": style["zorder"] - 0.1}
    left, right, top, height = xs[:1], xs[1:], ys[:1], ys[1:] - ys[:1]
    page.boxes(left, right, top, height, "none", page.colours["ground"], **below)
    return page.boxes(left, right, top, height, "none", page.colours[ink], **style)
