"""The heading of a picture whose rule is not PyTorch's: its name, its formula, and how many windows differ."""

from pooltutor.binning import Bins, bins
from pooltutor.figures.canvas import Canvas
from pooltutor.rules import RULES


def draw_rule(canvas: Canvas, b: Bins, left: float, right: float, *, hidden: bool = False) -> None:
    """The name of a rule other than PyTorch's; unless hidden, its formula and how many windows differ."""
    say, rule = canvas.words, RULES[b.rule]
    if b.rule == "pytorch":
        return
    canvas.text(left, 22, say["rule"].format(title=rule.title), 16, "ink", ha="left")
    if not hidden:
        count = len(b.differs(bins(b.input_size, b.target_size)))
        said, ink = ("differs", "disagrees_ink") if count else ("same", "ink_soft")
        canvas.text(right, 22, say[said].format(count=count, n=b.input_size, m=len(b)), 14, ink, ha="right")
        canvas.text(left, 46, rule.formula, 14, "ink_soft", "normal", ha="left")
