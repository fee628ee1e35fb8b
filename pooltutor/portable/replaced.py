"""The report of ``replace``: what became what, what stayed, and what was compared."""

from dataclasses import asdict, dataclass
from typing import Any

from pooltutor.portable.arguments import Sizes
from pooltutor.portable.calls import Call
from pooltutor.portable.comparing import Compared
from pooltutor.portable.other_sizes import WANTED
from pooltutor.report import badge
from pooltutor.words import load


@dataclass(frozen=True)
class Replaced:
    """One module: its names, the sizes that it was met with, what it was, and what the new one is made of."""

    names: tuple[str, ...]
    sizes: tuple[Sizes, ...]
    before: str
    after: str

    @property
    def name(self) -> str:
        """The first of its names."""
        return self.names[0]


@dataclass(frozen=True)
class Replacement:
    """What ``replace`` did; truthy where no adaptive pooling of PyTorch's is left.

    ``functions`` are calls that are no modules of PyTorch's, and ``unmet`` modules that the run did not come by.
    """

    replaced: tuple[Replaced, ...]
    functions: tuple[Call, ...]
    unmet: tuple[str, ...]
    compared: tuple[Compared, ...]
    dynamic: bool

    def __bool__(self) -> bool:
        return not self.functions and not self.unmet

    @property
    def text(self) -> str:
        """The report in lines."""
        return "\n".join(self._lines())

    def _lines(self) -> list[str]:
        words = load()["portable"]["replaced"]
        lines = [words["count"][len(self.replaced) != 1].format(count=len(self.replaced))]
        for each in self.replaced:
            name = ", ".join(name or words["itself"] for name in each.names)
            lines.append("  " + words["line"].format(name=name, before=each.before, after=each.after))
        for call in self.functions:
            lines.append(words["function"].format(where=call.where, function=call.function))
        if self.unmet:
            lines.append(words["unmet"].format(names=", ".join(self.unmet)))
        others = len(self.compared) - 1
        if self.dynamic and others < WANTED:
            lines.append(words["fewer"].format(count=others, wanted=WANTED))
        return [*lines, self._comparison(words)]

    def _comparison(self, words: dict[str, Any]) -> str:
        outputs = max(each.output_difference for each in self.compared)
        gradients = max(each.gradient_difference for each in self.compared)
        sizes = "; ".join(each.sizes for each in self.compared)
        return words["compared"].format(sizes=sizes, outputs=f"{outputs:.1g}", gradients=f"{gradients:.1g}")

    def to_json(self) -> dict[str, Any]:
        """The report as numbers and texts that json can write."""
        functions = [{"where": call.where, "function": call.function} for call in self.functions]
        return {
            "dynamic": self.dynamic,
            "replaced": [asdict(each) for each in self.replaced],
            "functions": functions,
            "unmet": list(self.unmet),
            "compared": [asdict(each) for each in self.compared],
        }

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        first, *rest = self._lines()
        mark, verdict = ("✓", "agrees") if self else ("?", "unchecked")
        return badge(verdict, mark, "\n".join([first, *rest])).replace("\n", "<br>")
