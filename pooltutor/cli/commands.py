"""What may follow the name of each command, with its help and examples; a command loads what it needs when it runs."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from pooltutor.cli.arguments import checked_port
from pooltutor.cli.parsing import Commands, Parser, add_command, own_words
from pooltutor.kinds import KINDS
from pooltutor.legend import GRID_COLOURS, STILL_THEMES
from pooltutor.pairs import CHARTS
from pooltutor.reference import TYPES
from pooltutor.rules import RULES
from pooltutor.validation import SLIDER_MAX
from pooltutor.words import say


def parser() -> Parser:
    """All commands with all that they take."""
    top = Parser(
        prog="pooltutor",
        description=say("cli.help.description"),
        epilog=say("cli.help.epilog"),
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help=say("cli.help.version"))
    top.set_defaults(run=lambda options: _overview(top, options))
    commands = top.add_subparsers(title=say("cli.help.commands"), metavar="COMMAND")
    looking = (_add_explain, _add_check, _add_compare, _add_inspect, _add_figure)
    for add in (*looking, _add_page, _add_site, _add_demo, _add_lab, _add_binder_link, _add_site_link):
        add(commands)
    return top


def _overview(top: Parser, options: Namespace) -> int:
    """What there is to say where no command is named."""
    if options.version:
        from importlib.metadata import version

        print(version("pooltutor"))
    else:
        with own_words():
            top.print_help()
    return 0


def _add_sizes(command: Parser, nargs: str | None = None, example: str = "") -> None:
    first = say("cli.help.input_size", example=example or say("cli.help.either_size"))
    command.add_argument("input_size", metavar="N", nargs=nargs, help=first)
    command.add_argument("target_size", metavar="M", nargs=nargs, help=say("cli.help.target_size"))


def _add_rule(command: Parser, **options: Any) -> None:
    options = options or {"default": "pytorch"}
    command.add_argument("--rule", metavar="RULE", help=_one_of(*RULES), **options)


def _add_own_rule(command: Parser) -> None:
    """A rule by its name, or a formula of one's own; cli/own_rule.py reads what is given."""
    _add_rule(command, default=None)
    command.add_argument("--rule-file", metavar="FILE", help=say("cli.help.rule_file"))
    command.add_argument("--start", metavar="FORMULA", help=say("cli.help.start"))
    command.add_argument("--stop", metavar="FORMULA", help=say("cli.help.stop"))


def _add_kind(command: Parser) -> None:
    command.add_argument("--kind", metavar="KIND", default="avg", help=_one_of(*KINDS))


def _one_of(*names: str) -> str:
    return say("cli.help.one_of", names=", ".join(names))


def _choice(*names: str) -> str:
    return say("cli.help.choice", names=", ".join(names[:-1]), last=names[-1])


# One size pair, many size pairs --------------------------------------------------------------------------


def _add_explain(commands: Commands) -> None:
    examples = ("explain 7 5", "explain 5 3 --rule forum", "explain 6x8 4xNone --kind max", "explain 14 4 --json")
    own = "explain 26 22 --start 'int(i * n / m)' --stop 'ceil((i + 1) * n / m)' --window 11"
    command = add_command(commands, "explain", _explain, *examples, own)
    _add_sizes(command)
    _add_own_rule(command)
    _add_kind(command)
    command.add_argument("--window", metavar="I", help=say("cli.help.window"))
    command.add_argument("--json", action="store_true", help=say("cli.help.json"))


def _explain(options: Namespace) -> int:
    from pooltutor.cli.explain import explain

    return explain(options)


def _add_check(commands: Commands) -> None:
    examples = ("check 14 4", "check 6x8 4xNone --kind max", "check --up-to 64", "check --rule forum --up-to 16")
    own = ("check --rule-file mine.txt --up-to 64", "check --start 'i * n // m' --stop 'start + ceil(n / m)'")
    command = add_command(commands, "check", _check, *examples, *own, "check 14 4 --device cuda --dtype float16")
    _add_sizes(command, "?")
    command.add_argument("--up-to", metavar="K", help=say("cli.help.up_to", most=SLIDER_MAX))
    _add_own_rule(command)
    _add_kind(command)
    command.add_argument("--device", default="cpu", help=say("cli.help.device"))
    command.add_argument("--dtype", default="float64", help=_one_of(*TYPES))
    command.add_argument("--json", action="store_true", help=say("cli.help.short_json"))


def _check(options: Namespace) -> int:
    from pooltutor.cli.check import check_sizes

    return check_sizes(options)


def _add_compare(commands: Commands) -> None:
    examples = ("compare 14 4 --outputs 1.5,4.5,8.5,11.5", "compare 5 3 --windows 0:2,1:3,3:5")
    command = add_command(commands, "compare", _compare, *examples, "compare 6x8 4x3 --x x.npy --outputs y.npy --json")
    _add_sizes(command)
    command.add_argument("--outputs", metavar="Y", help=say("cli.help.outputs"))
    command.add_argument("--windows", metavar="W", help=say("cli.help.windows", example="0:4,3:7,7:11,10:14"))
    command.add_argument("--x", metavar="X", help=say("cli.help.x"))
    _add_kind(command)
    command.add_argument("--json", action="store_true", help=say("cli.help.short_json"))


def _compare(options: Namespace) -> int:
    from pooltutor.cli.compare import compare_numbers

    return compare_numbers(options)


# Models of one's own -------------------------------------------------------------------------------------


def _add_inspect(commands: Commands) -> None:
    examples = ("inspect model.py:build --input 1x3x256x256", "inspect torchvision.models:vgg16 --input 1x3x256x256")
    command = add_command(commands, "inspect", _inspect, *examples, "inspect model.py:build --input 1x3x64x64 --json")
    command.add_argument("model", metavar="MODEL", help=say("cli.help.model"))
    command.add_argument("--input", metavar="SHAPE", action="append", required=True, help=say("cli.help.input"))
    command.add_argument("--json", action="store_true", help=say("cli.help.short_json"))


def _inspect(options: Namespace) -> int:
    from pooltutor.cli.inspect_model import inspect_model

    return inspect_model(options)


# Pictures ------------------------------------------------------------------------------------------------


def _add_figure(commands: Commands) -> None:
    command = add_command(commands, "figure", None, *PICTURES.values())
    pictures = command.add_subparsers(title=say("cli.help.pictures"), metavar="PICTURE", dest="picture", required=True)
    for name, example in PICTURES.items():
        _add_picture(add_command(pictures, name, _figure, example), name)


PICTURES = {
    "windows": "figure windows 14 4 -o out.svg",
    "gradient": "figure gradient 7 5 -o out.pdf",
    "matrix": "figure matrix 7 5 -o out.png --theme dark",
    "duel": "figure duel 5 3 --rule forum -o out.svg",
    "atlas": "figure atlas --colour influence -o out.png",
    "2d": "figure 2d 6x8 4x3 --colour overlaps -o out.svg",
}
"""Each picture that can be drawn, with an example of its command."""


def _add_picture(command: Parser, name: str) -> None:
    """The options of one picture; it has those only that change it."""
    if name != "atlas":
        _add_sizes(command, example="6x8" if name == "2d" else "14")
    command.add_argument("-o", "--output", metavar="FILE", required=True, help=say("cli.help.output"))
    _add_rule(command, **{"required": True} if name == "duel" else {})
    if name == "duel":
        command.add_argument("--against", metavar="RULE", default="pytorch", help=say("cli.help.against"))
    if name in ("windows", "duel", "2d"):
        _add_kind(command)
    if name == "atlas":
        command.add_argument("--colour", default="gcd", help=_choice(*CHARTS))
    if name == "2d":
        command.add_argument("--colour", default="values", help=_choice(*GRID_COLOURS))
    command.add_argument("--theme", default="either", help=_choice(*STILL_THEMES))


def _figure(options: Namespace) -> int:
    from pooltutor.cli.figure import draw

    return draw(options)


# Ways to hand it to people -------------------------------------------------------------------------------


def _add_page(commands: Commands) -> None:
    command = add_command(commands, "page", _page, "page", "page lecture/pooling.html")
    file = "pooling.html"
    command.add_argument("file", metavar="FILE", nargs="?", default=file, help=say("cli.help.default", value=file))


def _page(options: Namespace) -> int:
    from pooltutor.page import write_page

    print(write_page(Path(options.file)))
    return 0


def _add_site(commands: Commands) -> None:
    command = add_command(commands, "site", _site, "site", "site lecture/site")
    usual = "pooling-site"
    told = say("cli.help.default", value=usual)
    command.add_argument("folder", metavar="FOLDER", nargs="?", default=usual, help=told)


def _site(options: Namespace) -> int:
    from pooltutor.site.building import write_site

    print(write_site(options.folder))
    return 0


def _add_server(command: Parser) -> None:
    command.add_argument("--port", metavar="N", help=say("cli.help.port"))
    command.add_argument("--no-browser", action="store_true", help=say("cli.help.no_browser"))


def _add_demo(commands: Commands) -> None:
    examples = ("demo", "demo --lan", "demo --room", "demo --no-browser --port 8899", "demo --base-url /pooling/")
    command = add_command(commands, "demo", _demo, *examples)
    to_all = command.add_mutually_exclusive_group()
    to_all.add_argument("--lan", action="store_true", help=say("cli.help.lan"))
    story = "ten-minute-demo"
    to_all.add_argument("--room", metavar="STORY", nargs="?", const=story, help=say("cli.help.room", value=story))
    command.add_argument("--base-url", metavar="PATH", help=say("cli.help.base_url"))
    _add_server(command)


def _demo(options: Namespace) -> int:
    from pooltutor.access import read_base
    from pooltutor.demo import main

    base = read_base(options.base_url)
    to_all = {"lan": options.lan, "room": options.room}
    return main(port=checked_port(options.port), browser=not options.no_browser, base=base, **to_all)


def _add_lab(commands: Commands) -> None:
    examples = ("lab", "lab ~/lessons --no-browser --port 8899", "lab --copy-only", "lab --reset 02")
    command = add_command(commands, "lab", _lab, *examples)
    default = "pooltutor-lessons"
    command.add_argument(
        "folder", metavar="FOLDER", nargs="?", default=default, help=say("cli.help.default", value=default)
    )
    command.add_argument("--copy-only", action="store_true", help=say("cli.help.copy_only"))
    command.add_argument("--reset", metavar="LESSON", help=say("cli.help.reset"))
    _add_server(command)


def _lab(options: Namespace) -> int:
    from pooltutor.cli.lab import lab

    return lab(options)


def _add_binder_link(commands: Commands) -> None:
    command = add_command(commands, "binder-link", _binder_link, "binder-link", "binder-link --print")
    command.add_argument("--print", action="store_true", help=say("cli.help.print"))


def _binder_link(options: Namespace) -> int:
    from pooltutor.cli.binder_link import binder_link

    return binder_link(options)


def _add_site_link(commands: Commands) -> None:
    examples = ("site-link", "site-link --print", "site-link https://example.org/pooling/")
    command = add_command(commands, "site-link", _site_link, *examples)
    command.add_argument("address", metavar="ADDRESS", nargs="?", help=say("cli.help.address"))
    command.add_argument("--print", action="store_true", help=say("cli.help.print"))


def _site_link(options: Namespace) -> int:
    from pooltutor.cli.site_link import site_link

    return site_link(options)
