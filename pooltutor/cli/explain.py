"""``pooltutor explain``: the facts of a size pair as a table in the terminal, or as JSON."""

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pooltutor import words
from pooltutor.cli.arguments import size_pair, window_number
from pooltutor.cli.explain_facts import facts
from pooltutor.cli.own_rule import given_rule
from pooltutor.kinds import KINDS
from pooltutor.rules import check_rule
from pooltutor.windows import shortened

LARGEST = 10**6  # its JSON has 120 MB


class Terminal(Console):
    """A console that leaves it to its caller what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Called by rich while it handles the BrokenPipeError."""
        raise


def explain(options: Namespace) -> int:
    """Print what there is to know about a size pair."""
    sizes, targets = size_pair(options.input_size, options.target_size, LARGEST)
    smallest = min(n if m is None else m for n, m in zip(sizes, targets, strict=True))
    window = None if options.window is None else window_number(options.window, smallest)
    about = {"rule": given_rule(options), "kind": options.kind, "window": window}
    if options.json:
        print(json.dumps(facts(sizes, targets, **about)))
    else:
        show(facts(sizes, targets, **about, numbered=shortened), Terminal(highlight=False, markup=False))
    return 0


def show(found: dict[str, Any], terminal: Console) -> None:
    """Print the facts: for each axis a table and what follows from it, then the code."""
    say, axes = words.load()["cli"]["explain"], found["axes"]
    n, m = (" × ".join(map(str, found[name])) for name in ("input_size", "target_size"))
    terminal.print(say["title"].format(n=n, m=m, rule=check_rule(found["rule"]).title), style="bold")
    for name, axis in zip(say["axes"][-len(axes) :], axes, strict=True):
        if len(axes) > 1:
            terminal.print(
                "\n" + say["axis"].format(axis=name, n=axis["input_size"], m=axis["target_size"]), style="bold"
            )
        terminal.print(_windows(axis, say))
        terminal.print(_lines(_laws(axis, found["kind"], say)))
    same = [say["layer"].format(layer=found["layer"])] if found.get("layer") else []
    for line in ("", *found["code"], *same):
        terminal.print(line, soft_wrap=True)  # a line of code that is broken cannot be copied


def _windows(axis: dict[str, Any], say: dict[str, Any]) -> Table:
    """A row for each window; where some are wrong a last column has PyTorch's in their place."""
    headings = [*say["headings"], *[say["true"]] * bool(axis.get("wrong"))]
    table = Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        column.justify, column.overflow = "right", "fold"  # nothing is cut off on a narrow terminal
    for window in axis["windows"]:
        cells = [say["left_out"]] * len(headings) if window is None else list(_row(window, say))
        table.add_row(*cells[: len(headings)])
    return table


def _row(window: dict[str, Any], say: dict[str, Any]) -> Iterator[str]:
    yield from (str(window[name]) for name in ("i", "cut", "next_cut"))
    yield _range([window["start"], window["stop"]], say)
    yield str(window["length"])
    yield "" if window["shared_with_next"] is None else str(window["shared_with_next"])
    wrong = window.get("pytorch") not in (None, [window["start"], window["stop"]])
    yield "✗ " + _range(window["pytorch"], say) if wrong else ""


def _range(window: list[int], say: dict[str, Any]) -> str:
    start, stop = window
    return f"{start}:{stop}" if start < stop else say["empty"]


def _lines(rows: Iterator[tuple[str, str]]) -> Table:
    """Names at the left, what there is to say about each at the right, wrapped to the terminal."""
    grid = Table.grid(padding=(0, 2))
    for name, text in rows:
        grid.add_row(Text(name, "bold"), text)
    return grid


def _laws(axis: dict[str, Any], kind: str, say: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What follows from the windows of one axis: a name, and a sentence with the numbers filled in."""
    m, count = axis["target_size"], axis["overlaps"]
    steps = ", ".join(" = ".join([name, *values]) for name, values in axis["steps"]["lines"])
    yield say["window"].format(i=axis["steps"]["window"]), steps
    if "gcd" in axis:
        yield say["overlaps"], say["law"].format(count=count, m=m, gcd=axis["gcd"])
    else:
        yield say["overlaps"], say["sharing"].format(count=count)
    if not KINDS[kind].has_winners:
        shares = " ".join(say["left_out"] if share is None else share for share in axis["influence"])
        yield say["influence"], say["shares"].format(shares=shares, ratio=axis["influence_ratio"])
    else:
        yield say["influence"], say["by_value"]
    if "avg_pool" in axis:
        yield say["pools"][kind], axis["avg_pool_reason"]
    else:
        yield say["rule"], _verdict(axis, say)


def _verdict(axis: dict[str, Any], say: dict[str, Any]) -> str:
    """How the windows of another rule compare with PyTorch's."""
    first = axis["first_wrong"]
    if first is None:
        return say["same"].format(n=axis["input_size"], m=axis["target_size"])
    claimed, pytorch = _range([first["start"], first["stop"]], say), _range(first["pytorch"], say)
    return say["wrong"].format(
        count=axis["wrong"], m=axis["target_size"], i=first["i"], claimed=claimed, pytorch=pytorch
    )
