"""The rows of numbers around the windows: input cells, outputs, and both gradients."""

import numpy as np

from pooltutor.figures.canvas import Canvas
from pooltutor.figures.colours import gradient_fills, ink_on
from pooltutor.figures.layout import Layout
from pooltutor.figures.picture import Labelled


def draw_gradients(canvas: Canvas, layout: Layout) -> Labelled:
    """The computed gradient, or question marks."""
    y, n, answer = layout.rows.gradients, layout.b.input_size, layout.answer
    canvas.label(y + 15, "gradient", "gradient_sub", "gradient")
    fills = [canvas.colours["panel"]] * n if answer is None else gradient_fills(answer.gradient, canvas.colours)
    values = [canvas.words["unknown"]] * n if answer is None else answer.gradient
    left = np.arange(n)
    boxes = canvas.boxes(left, left + 1, y, 30, fills, canvas.colours["between"])
    inks = [ink_on(fill, canvas.colours) for fill in fills]
    return Labelled(boxes, canvas.numbers(values, left, left + 1, y + 15, 14, inks))


def draw_cells(canvas: Canvas, layout: Layout) -> Labelled:
    """The input cells and their numbers."""
    y, left = layout.rows.cells, np.arange(layout.b.input_size)
    canvas.label(y + 23, "input", "input_sub", n=len(left))
    boxes = canvas.boxes(left, left + 1, y, 47, canvas.colours["input"], canvas.colours["between"])
    return Labelled(boxes, canvas.numbers(layout.x, left, left + 1, y + 19, 17, "input_ink"))


def draw_outputs(canvas: Canvas, layout: Layout) -> Labelled:
    """Outputs at their exact intervals, or question marks. That of an empty window has no colour."""
    b, top, answer, say, colours = layout.b, layout.rows.outputs, layout.answer, canvas.words, canvas.colours
    canvas.label(top + 17, "output", layout.kind, m=len(b))
    empty = np.zeros(len(b), bool) if answer is None else b.lengths == 0
    shown = [say["unknown"]] * len(b) if answer is None else answer.outputs.tolist()
    values = [say["empty"] if none else v for v, none in zip(shown, empty, strict=True)]
    fills = [colours["panel" if none else "output"] for none in empty]
    left, right, middle = b.cuts[:-1], b.cuts[1:], top + 17 - (0 if answer is None else 5 * layout.dual)
    boxes = canvas.boxes(left, right, top, 34, fills, colours["output_edge"], corner=5, inset=1.5)
    return Labelled(boxes, canvas.numbers(values, left, right, middle, 16, "output_ink"))


def draw_upstreams(canvas: Canvas, layout: Layout) -> Labelled:
    """The gradient that arrives at each output."""
    y, left, right = layout.rows.upstreams, layout.b.cuts[:-1], layout.b.cuts[1:]
    canvas.label(y + 15, "upstream", "upstream_sub", "gradient")
    hue, page = canvas.colours["gradient"], canvas.colours["page"]
    boxes = canvas.boxes(left, right, y, 30, page, hue, solid=hue, line=1.4, corner=5, inset=1.5)
    return Labelled(boxes, canvas.numbers(layout.upstream, left, right, y + 15, 15, "gradient"))
