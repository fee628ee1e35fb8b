"""The heading of a picture whose rule is not PyTorch's: its name, its formula, and how many windows differ."""

from pooltutor.binning import Bins, bins
from pooltutor.figures.canvas import Canvas
from pooltutor.figures.text import shortened, text_width
from pooltutor.rules import check_rule

GAP = 24  # px: between what stands at the left and at the right


def draw_rule(canvas: Canvas, b: Bins, left: float, right: float, *, hidden: bool = False) -> None:
    """The name of a rule other than PyTorch's; unless hidden, its formula and how many windows differ."""
    say, rule = canvas.words, check_rule(b.rule)
    if b.rule == "pytorch":
        return
    name, room = say["rule"].format(title=rule.title), (right - left) / canvas.ux
    canvas.text(left, 22, name, 16, "ink", room=room / 2, ha="left")
    if not hidden:
        count = len(b.differs(bins(b.input_size, b.target_size)))
        said, ink = ("differs", "disagrees_ink") if count else ("same", "ink_soft")
        judged, rest = say[said].format(count=count, n=b.input_size, m=len(b)), room - 16 * text_width(name) - GAP
        canvas.text(right, 22, judged, 14, ink, room=max(rest, room / 2 - GAP), ha="right")
        canvas.text(left, 46, shortened(rule.formula, 14, "normal", room), 14, "ink_soft", "normal", ha="left")
