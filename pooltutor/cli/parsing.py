"""argparse in the current language: a parser whose help and refusals come from the words."""

import argparse
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from pooltutor.cli.arguments import short
from pooltutor.words import load, say

Commands = Any  # what add_subparsers returns has no public type

_MAY_BEGIN_WITH_MINUS = ("--start", "--stop", "--outputs", "--x")
"""Options whose value is a formula or numbers."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where to read more."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Take ``--stop -(-n//m)`` for ``--stop=-(-n//m)``: argparse would take the value for an option."""
        given = list(sys.argv[1:] if args is None else args)
        for k in range(len(given) - 2, -1, -1):
            if given[k] in _MAY_BEGIN_WITH_MINUS and re.match("-[^-]", given[k + 1]):
                given[k : k + 2] = [f"{given[k]}={given[k + 1]}"]
        return super().parse_known_args(given, namespace)

    def error(self, message: str) -> NoReturn:
        """Leave with status 2."""
        self.exit(2, short(say("cli.help.error", prog=self.prog, message=message)) + "\n")


def add_command(commands: Commands, name: str, run: Callable[[Namespace], int] | None, *examples: str) -> Parser:
    """Add a command with its help: a sentence, and examples that can be copied."""
    sentence = say(f"cli.help.sentences.{name}")
    command: Parser = commands.add_parser(
        name,
        help=sentence,
        description=sentence,
        epilog="\n".join([say("cli.help.examples"), *(f"  pooltutor {example}" for example in examples)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    if run is not None:
        command.set_defaults(run=run)
    return command


@contextmanager
def own_words() -> Iterator[None]:
    """Let argparse say its own sentences in the current language.

    It asks gettext, whose catalogues are compiled files; the words have the same sentences by the same keys. What they
    do not have stays English.
    """
    sentences, module = load()["cli"]["argparse"], vars(argparse)
    asked = module["_"]
    module["_"] = lambda text: sentences.get(text, text)
    try:
        yield
    finally:
        module["_"] = asked
