"""The rule that a command is told: a name, a formula in a file, or a formula for start and one for stop."""

from argparse import Namespace

from pooltutor.formula import FormulaError, formula
from pooltutor.formula.parser import LONGEST
from pooltutor.quoting import quoted
from pooltutor.rules import OWN, check_rule
from pooltutor.words import say

_MOST_BYTES = 4 * LONGEST
"""A longer file has more characters than a formula: no character has more bytes."""

_ENDS = ("start", "stop")


def given_rule(options: Namespace) -> str:
    r"""Return the name of the rule or the text of the formula; without any, PyTorch's.

    >>> given_rule(Namespace(rule=None, rule_file=None, start="i", stop="start + 2"))
    'start = i\nstop = start + 2'

    Raises ValueError, with one sentence, for what is no rule and for more than one; OSError for a file that cannot be
    read.
    """
    ends = [getattr(options, name) for name in _ENDS]
    ways = [options.rule is not None, options.rule_file is not None, ends != [None, None]]
    if sum(ways) > 1:
        raise ValueError(say("errors.command.rules"))
    if None in ends and ends != [None, None]:
        raise ValueError(say("errors.command.ends"))
    if options.rule_file is not None:
        return str(check_rule(_in_file(options.rule_file), "--rule-file").chosen)
    return _of_ends(*ends) if ways[2] else str(check_rule(options.rule or "pytorch").chosen)


def is_own(rule: str) -> bool:
    """Whether a rule is none of those that have a name."""
    return check_rule(rule).name == OWN


def _in_file(name: str) -> str:
    """The text of a file, of which no more is read than a formula may have."""
    data = b""
    if name:
        with open(name, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
    try:
        text = "" if len(data) > _MOST_BYTES else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or "\0" in text:
        raise ValueError(say("errors.command.rule_file", most=LONGEST, came=quoted(name)))
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def _of_ends(start: str, stop: str) -> str:
    """The formula of two options; a sentence about one of them names the option, and counts from its beginning."""
    text = "\n".join(f"{name} = {value}" for name, value in zip(_ENDS, (start, stop), strict=True))
    if "\n" in start + stop:
        raise ValueError(say("errors.command.one_line"))
    try:
        return formula(text).text
    except FormulaError as error:
        if error.place is None:
            raise
        name, (line, character) = _ENDS[error.place.line - 1], error.place
        at = say("formula.place", line=line, character=character)
        about = {"option": f"--{name}", "character": max(1, character - len(f"{name} = "))}
        sentence = str(error).removesuffix(at).rstrip()
        raise ValueError(say("errors.command.end", **about, sentence=sentence)) from None
