"""For each mark of the table of displayed numbers: a picture that shows it, and how one number of it is altered."""

from collections.abc import Iterable
from typing import NamedTuple

from tests.onepage import link_of, written

TEXT = "textContent"
ALTER = """async (root, [where, name, text]) => {
  const mark = root.querySelector(where);
  const before = name === 'textContent' ? mark.textContent : mark.getAttribute(name);
  if (name === 'textContent') mark.textContent = text;
  else mark.setAttribute(name, text);
  await new Promise(done => setTimeout(done));  // until the view has seen it
  return [before, root.querySelector('[role=status]').dataset.rev];
}"""


class Altered(NamedTuple):
    """One number of a picture (view and state), where it stands, and what it is altered to."""

    view: str
    state: dict
    where: str
    name: str
    text: str
    before: tuple = ()  # what is altered first: after it all is right

    @property
    def link(self) -> str:
        return link_of({"line": "explorer", "grid": "2d"}[self.view], self.state)

    @property
    def about(self) -> str:
        """What the verdict about the picture says that it is about."""
        n, m, rule = (written(self.state.get(name, "pytorch")) for name in ("n", "m", "rule"))
        return f"{n},{m},{rule}"


def line(where, name, text, n=7, m=5, show=(), **state) -> Altered:
    return Altered("line", {"n": n, "m": m, "show": ["windows", "gradient", *show], **state}, where, name, text)


def grid(where, name, text, n=(6, 8), m=(4, 3), before=(), **state) -> Altered:
    return Altered("grid", {"n": n, "m": m, **state}, where, name, text, before)


def colours(where, name, text, **state) -> Altered:
    return grid(where, name, text, n=(10, 6), image="photo", **state)


MAX, COUNT = {"kind": "max"}, {"upstream": "count"}
TIES = {"kind": "max", "x": "1,2,2,2,1,0,0"}
# Under this rule only one window is wrong: after it is put right, all that could be wrong is PyTorch's bar beside it.
BARS = {"kind": "max", "rule": "split", "colour": "gradient", "upstream": "count"}


def right_window(axis) -> tuple:
    where = f"[data-{axis}-window='1']"
    return (where, "data-start", "1"), (f"{where} .pt-bar-text", TEXT, "1:3")


ALTERED: dict[str, list[Altered]] = {
    "start": [
        line("[data-window='1']", "data-start", "0"),
        line("[data-window='1'] .pt-bar-text", TEXT, "0:3"),
        line("[data-window='1']", "data-start", "1", n=6, m=8),
        grid("[data-row-window='1']", "data-start", "0"),
    ],
    "stop": [
        line("[data-window='1']", "data-stop", "4"),
        grid("[data-column-window='1']", "data-stop", "7"),
        grid("[data-column-window='2'] .pt-bar-text", TEXT, "5:7"),
    ],
    "table-row": [
        line(f"[data-table-row='2'] td:nth-child({column})", TEXT, "9", show=["table"]) for column in range(1, 8)
    ],
    "feeds": [line("[data-feeds='1'] .pt-bar-text", TEXT, "1:4", n=6, m=8)],
    "feeding": [
        line("[data-feeding='2']", "data-to", "5", show=["influence"]),
        line("[data-feeding='2'] text", TEXT, "1:4", show=["influence"]),
    ],
    "row-feeds": [grid("[data-row-feeds='1'] .pt-bar-text", TEXT, "1:4", m=(7, 3))],
    "column-feeds": [grid("[data-column-feeds='1'] .pt-bar-text", TEXT, "1:4", m=(4, 9))],
    "shared": [line("[data-shared]", "data-shared", "1 2"), line("[data-shared]", "data-shared", "1", n=6, m=8)],
    "shared-row": [grid("[data-shared-row]", "data-shared-row", "0")],
    "shared-column": [grid("[data-shared-column]", "data-shared-column", "0")],
    "true": [
        line("[data-true='2']", "data-from", "1", show=["duel"], rule="float32"),
        line("[data-true='2'] text", TEXT, "2:4", show=["duel"], rule="float32"),
        line("[data-true='2'] text", TEXT, "1:5", n=6, m=8, show=["duel"]),
    ],
    "row-true": [grid("[data-row-true='1']", "data-from", "0", (3, 4), (2, 2), right_window("row"), **BARS)],
    "column-true": [grid("[data-column-true='1']", "data-to", "2", (4, 3), (2, 2), right_window("column"), **BARS)],
    "y": [
        line("[data-output='1']", "data-y", "5.5"),
        line("[data-output='1'] .pt-y", TEXT, "5.5"),
        grid("[data-output='1,2']", "data-y", "5.5"),
        colours("[data-output='1,2']", "data-y", "1 2 3"),
    ],
    "y-of": [grid("[data-y-of='1,2']", TEXT, "18.25")],
    "side-y": [line("[data-side-y='2'] text", TEXT, "5.5", show=["matrix"])],
    "rival-y": [
        line("[data-rival-output='2']", "data-rival-y", "5.5", show=["duel"], against="split"),
        line("[data-rival-output='2'] .pt-y", TEXT, "5.5", show=["duel"], against="split"),
        line("[data-rival='2'] text", TEXT, "2:6", show=["duel"], against="split"),
        line("[data-rival-output='2']", "data-rival-y", "5.5", n=6, m=8, show=["duel"], against="round"),
    ],
    "grad": [
        line("[data-cell='3']", "data-grad", "7.5"),
        line("[data-cell='3'] .pt-grad", TEXT, "7.5"),
        grid("[data-cell='4,7']", "data-grad", "7.5"),
        grid("[data-of='4,7']", TEXT, "7.5", colour="gradient"),
        colours("[data-cell='1,2']", "data-grad", "7 8 9"),
    ],
    "side-grad": [line("[data-side-grad='2'] text", TEXT, "7.5", show=["matrix"])],
    "grad-ends": [
        grid("[data-grad-ends]", "data-grad-ends", "0 99", colour="gradient"),
        grid("[data-grad-ends]", TEXT, "dL/dx from 0 to 99", colour="gradient"),
    ],
    "winner": [
        line("[data-output='2']", "data-winner", "3", **MAX),
        line("[data-output='2'] .pt-won", TEXT, "x[3]", **MAX),
        grid("[data-output='1,1']", "data-winner", "0", **MAX),
        colours("[data-output='1,1']", "data-winner", "0 1 2", **MAX),
    ],
    "won-of": [grid("[data-won-of='1,1']", TEXT, "x[2,4]", **MAX)],
    "winners": [grid("[data-winners]", "data-winners", "1 2 3", **MAX)],
    "ties": [line("[data-ties]", "data-ties", "1,2,3,4,5", **TIES)],
    "count": [
        grid("[data-cell='1,2']", "data-count", "3", colour="overlaps"),
        grid("[data-of='1,2']", TEXT, "3", colour="overlaps"),
        colours("[data-cell='1,2']", "data-count", "9", colour="overlaps"),
    ],
    "times-of": [grid("[data-times-of='1,2']", TEXT, "×3")],
    "count-ends": [grid("[data-count-ends]", TEXT, "in 1 to 9 windows each", colour="overlaps")],
    "weight": [
        line("[data-row='2']", "data-weight", "0.75", show=["matrix"]),
        line("[data-row='2']", "data-to", "6", show=["matrix"]),
        line("[data-row='2'] text", TEXT, "3/4", show=["matrix"]),
    ],
    "influence": [
        line("[data-influence][data-of='2']", "data-influence", "5", show=["influence"]),
        line("[data-influence][data-of='2'] text", TEXT, "5/7", show=["influence"]),
        grid("[data-cell='0,0']", "data-influence", "5", colour="influence"),
        grid("[data-of='1,2']", TEXT, "7/11", colour="influence"),
        colours("[data-cell='1,2']", "data-influence", "9", colour="influence", kind="avg"),
        colours("[data-cell='1,2']", "data-influence", "9", colour="influence", kind="max", channel="1"),
    ],
    "ratio": [
        line("[data-ratio]", "data-ratio", "4", show=["influence"], kind="avg"),
        line("[data-ratio]", TEXT, "column sums, max/min 4", show=["influence"]),
    ],
    "influence-ends": [grid("[data-influence-ends]", "data-influence-ends", "0 99", colour="influence")],
    "x": [
        line("[data-cell='3']", "data-x", "33"),
        line("[data-cell='3'] .pt-x", TEXT, "33"),
        grid("[data-cell='1,2']", "data-x", "33"),
        grid("[data-of='1,2']", TEXT, "33"),
        colours("[data-cell='1,2']", "data-x", "1 2 300"),
    ],
    "side-x": [line("[data-side-x='2'] text", TEXT, "33", show=["matrix"])],
    "x-ends": [
        grid("[data-x-ends]", "data-x-ends", "0 99"),
        grid("[data-x-ends]", TEXT, "values from 0 to 99"),
        colours("[data-x-ends]", "data-x-ends", "0 999"),
    ],
    "upstream": [
        line("[data-output='2']", "data-upstream", "33"),
        line("[data-output='2'] .pt-g", TEXT, "33"),
        grid("[data-output='1,2']", "data-upstream", "33"),
    ],
    "side-g": [line("[data-side-g='2'] text", TEXT, "33", show=["matrix"])],
    "g-of": [grid("[data-g-of='1,1']", TEXT, "g 6", colour="gradient", **COUNT)],
}


OF_EACH_KIND = {"weight", "influence", "ratio", "y", "y-of", "side-y", "rival-y", "grad", "side-grad", "grad-ends"}
"""The marks whose numbers depend on the kind of pooling; those that a maximum alone has say so in their state."""


def in_both_kinds(mark: str, altered: Altered) -> list[Altered]:
    """An alteration of such a mark that says no kind of pooling is one of both; of another mark, of the average."""
    if "kind" in altered.state:
        return [altered]
    kinds = ("avg", "max") if mark in OF_EACH_KIND else ("avg",)
    return [altered._replace(state={**altered.state, "kind": kind}) for kind in kinds]


def by_picture(altered: Iterable[Altered]) -> dict[str, list[Altered]]:
    """Alterations of the same picture together, so that it is opened once."""
    pictures: dict[str, list[Altered]] = {}
    for each in altered:
        pictures.setdefault(f"{each.link} {each.before or ''}".strip(), []).append(each)
    return pictures


def turn(view, altered: list[Altered], right: str) -> None:
    """Alter the numbers of a right picture one by one, see each verdict turn, and with all put back be right again."""
    picture = altered[0]
    if picture.before:
        view.wait("disagrees", picture.about)
    true = [_alter(view, *each)[0] for each in picture.before]
    view.wait(right, picture.about)
    for each in altered:
        before, verdict, said = _alter(view, *each[2:5])
        assert before != each.text
        assert verdict == "disagrees", each
        assert not each.before or "that is shown as PyTorch's is" in said
        restored = _alter(view, each.where, each.name, before, judged=each is altered[-1])
    assert restored[1] == right, "a number was not put back"
    for (where, name, _), before in zip(picture.before, true, strict=True):
        _alter(view, where, name, before, judged=False)


def _alter(view, where: str, name: str, text: str, judged: bool = True) -> tuple[str, str, str]:
    """Alter the first element that is found; return what stood there before, and the verdict with its sentence."""
    before, revision = view.root.evaluate(ALTER, [where, name, text])
    if not judged:
        return before, "", ""
    status = view.root.locator(f"[role=status][data-rev='{revision}']:not([data-verdict=checking])")
    status.wait_for()
    return before, status.get_attribute("data-verdict"), status.inner_text()
