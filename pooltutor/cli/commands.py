"""What may follow the name of each command, with its help and examples; a command loads what it needs when it runs."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from pooltutor.cli.arguments import checked_port, short
from pooltutor.kinds import KINDS
from pooltutor.reference import DTYPES
from pooltutor.rules import RULES
from pooltutor.validation import SLIDER_MAX

Commands = Any  # what add_subparsers returns has no public type


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where to read more."""

    def error(self, message: str) -> NoReturn:
        """Leave with status 2."""
        self.exit(2, short(f"{self.prog}: {message}; {self.prog} --help shows what it takes") + "\n")


def parser() -> Parser:
    """All commands with all that they take."""
    top = Parser(
        prog="pooltutor",
        description="See and check what PyTorch's adaptive pooling really does.",
        epilog="pooltutor COMMAND --help shows examples. Exit status: 0; 1 where something is not PyTorch's; 2 for bad "
        "input and for what could not be done.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help="print the version and leave")
    top.set_defaults(run=lambda options: _overview(top, options))
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for add in (_add_explain, _add_check, _add_figure, _add_page, _add_demo, _add_lab, _add_binder_link):
        add(commands)
    return top


def _overview(top: Parser, options: Namespace) -> int:
    """What there is to say where no command is named."""
    if options.version:
        from importlib.metadata import version

        print(version("pooltutor"))
    else:
        top.print_help()
    return 0


def _add(commands: Commands, name: str, run: Callable[[Namespace], int] | None, help: str, *examples: str) -> Parser:
    """A command with its help: a sentence, and examples that can be copied."""
    command: Parser = commands.add_parser(
        name,
        help=f"{help[0].lower()}{help[1:-1]}",
        description=help,
        epilog="\n".join(["examples:", *(f"  pooltutor {example}" for example in examples)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    if run is not None:
        command.set_defaults(run=run)
    return command


def _add_sizes(command: Parser, nargs: str | None = None, example: str = "7, or 6x8 in two dimensions") -> None:
    command.add_argument("input_size", metavar="N", nargs=nargs, help=f"input size: {example}")
    command.add_argument("target_size", metavar="M", nargs=nargs, help="target size in the same way; None keeps a side")


def _add_rule(command: Parser, **options: Any) -> None:
    options = options or {"default": "pytorch"}
    command.add_argument("--rule", metavar="RULE", help=f"one of {', '.join(RULES)}", **options)


def _add_kind(command: Parser) -> None:
    command.add_argument("--kind", metavar="KIND", default="avg", help=f"one of {', '.join(KINDS)}")


# One size pair, many size pairs --------------------------------------------------------------------------


def _add_explain(commands: Commands) -> None:
    sentence = "Print the windows of a size pair, what they share, how much each cell counts, and the code for it."
    examples = ("explain 7 5", "explain 5 3 --rule forum", "explain 6x8 4xNone --kind max", "explain 14 4 --json")
    command = _add(commands, "explain", _explain, sentence, *examples)
    _add_sizes(command)
    _add_rule(command)
    _add_kind(command)
    command.add_argument("--json", action="store_true", help="print the same, for all windows, as one JSON object")


def _explain(options: Namespace) -> int:
    from pooltutor.cli.table import explain

    return explain(options)


def _add_check(commands: Commands) -> None:
    sentence = "Ask PyTorch whether windows, outputs and gradients are right, for one size pair or for all to 64."
    examples = ("check 14 4", "check 6x8 4xNone --kind max", "check --up-to 64", "check --rule forum --up-to 16")
    command = _add(commands, "check", _check, sentence, *examples, "check 14 4 --device cuda --dtype float16")
    _add_sizes(command, "?")
    command.add_argument("--up-to", metavar="K", help=f"ask about all pairs from 1 to K (default: {SLIDER_MAX})")
    _add_rule(command)
    _add_kind(command)
    command.add_argument("--device", default="cpu", help="where PyTorch computes, as cpu or cuda")
    command.add_argument("--dtype", default="float64", help=f"one of {', '.join(DTYPES)}")


def _check(options: Namespace) -> int:
    from pooltutor.cli.agreement import check_sizes

    return check_sizes(options)


# Pictures ------------------------------------------------------------------------------------------------


def _add_figure(commands: Commands) -> None:
    sentence = "Write a picture as a PNG, SVG or PDF file."
    examples = {
        "windows": "figure windows 14 4 -o out.svg",
        "gradient": "figure gradient 7 5 -o out.pdf",
        "matrix": "figure matrix 7 5 -o out.png --theme dark",
        "duel": "figure duel 5 3 --rule forum -o out.svg",
        "atlas": "figure atlas --colour influence -o out.png",
        "2d": "figure 2d 6x8 4x3 --colour overlaps -o out.svg",
    }
    command = _add(commands, "figure", None, sentence, *examples.values())
    pictures = command.add_subparsers(title="pictures", metavar="PICTURE", dest="picture", required=True)
    for name, example in examples.items():
        _add_picture(_add(pictures, name, _figure, PICTURES[name], example), name)


PICTURES = {
    "windows": "Draw the windows of a size pair, its outputs and its gradient.",
    "gradient": "Draw how a gradient is shared out, and how much each cell counts.",
    "matrix": "Draw average pooling as a matrix.",
    "duel": "Draw the windows of two rules, one above the other.",
    "atlas": "Draw the map of all sizes to 64.",
    "2d": "Draw pooling in two dimensions.",
}


def _add_picture(command: Parser, name: str) -> None:
    """The options of one picture; it has those only that change it."""
    if name != "atlas":
        _add_sizes(command, example="6x8" if name == "2d" else "14")
    command.add_argument("-o", "--output", metavar="FILE", required=True, help="file to write: .png, .svg or .pdf")
    _add_rule(command, **{"required": True} if name == "duel" else {})
    if name == "duel":
        command.add_argument("--against", metavar="RULE", default="pytorch", help="the rule below (default: pytorch)")
    if name in ("windows", "duel", "2d"):
        _add_kind(command)
    if name == "atlas":
        command.add_argument("--colour", default="gcd", help="gcd, longest, influence, avgpool or agreement")
    if name == "2d":
        command.add_argument("--colour", default="values", help="values, overlaps, influence or gradient")
    command.add_argument("--theme", default="light", help="light or dark")


def _figure(options: Namespace) -> int:
    from pooltutor.cli.drawing import draw

    return draw(options)


# Ways to hand it to people -------------------------------------------------------------------------------


def _add_page(commands: Commands) -> None:
    sentence = "Write the explorers as one web page that needs no server and no network, after checking every size."
    command = _add(commands, "page", _page, sentence, "page", "page lecture/pooling.html")
    command.add_argument("file", metavar="FILE", nargs="?", default="pooling.html", help="default: pooling.html")


def _page(options: Namespace) -> int:
    from pooltutor.page import write_page

    print(write_page(Path(options.file)))
    return 0


def _add_server(command: Parser) -> None:
    command.add_argument("--port", metavar="N", help="serve there, and nowhere else if it is taken")
    command.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")


def _add_demo(commands: Commands) -> None:
    sentence = "Open the classroom app, without code and large enough for a projector."
    command = _add(commands, "demo", _demo, sentence, "demo", "demo --lan", "demo --no-browser --port 8899")
    command.add_argument("--lan", action="store_true", help="serve the one-file page to the room instead")
    _add_server(command)


def _demo(options: Namespace) -> int:
    from pooltutor.demo import main

    return main(port=checked_port(options.port), lan=options.lan, browser=not options.no_browser)


def _add_lab(commands: Commands) -> None:
    sentence = "Copy the lessons into a folder and open them in JupyterLab; a lesson that you have changed stays."
    command = _add(commands, "lab", _lab, sentence, "lab", "lab ~/lessons --no-browser --port 8899", "lab --copy-only")
    default = "pooltutor-lessons"
    command.add_argument("folder", metavar="FOLDER", nargs="?", default=default, help=f"default: {default}")
    command.add_argument("--copy-only", action="store_true", help="copy the lessons, and open nothing")
    _add_server(command)


def _lab(options: Namespace) -> int:
    from pooltutor.cli.lessons import lab

    return lab(options)


def _add_binder_link(commands: Commands) -> None:
    sentence = "Write the badge that opens this repository on Binder into its README.md, made from its origin."
    command = _add(commands, "binder-link", _binder_link, sentence, "binder-link", "binder-link --print")
    command.add_argument("--print", action="store_true", help="print it, and write nothing")


def _binder_link(options: Namespace) -> int:
    from pooltutor.cli.badge import binder_link

    return binder_link(options)
