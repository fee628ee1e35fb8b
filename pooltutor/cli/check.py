"""``pooltutor check``: what PyTorch says about one size pair, or about all pairs up to a size."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from pooltutor import words
from pooltutor.cli.arguments import as_given, size_pair, whole
from pooltutor.cli.as_json import json_text, report_facts, trial_facts
from pooltutor.cli.own_rule import given_rule, is_own
from pooltutor.report import place_text
from pooltutor.rules import check_rule
from pooltutor.trial import LARGEST_TRIED, try_rule
from pooltutor.validation import LARGEST_SHOWN, SLIDER_MAX
from pooltutor.verify import NotChecked, Report, check

Pair = tuple[int, int]


def check_sizes(options: Namespace) -> int:
    """Print what PyTorch says, and return 0 where it agrees and 1 where it does not."""
    rule = given_rule(options)
    asked = {"rule": rule} | {name: getattr(options, name) for name in ("kind", "device", "dtype")}
    if options.input_size is None:
        up_to = str(SLIDER_MAX) if options.up_to is None else options.up_to
        most = whole(up_to, "--up-to", LARGEST_TRIED if is_own(rule) else LARGEST_SHOWN)
        return _check_all(most, asked, options.json)
    if options.target_size is None or options.up_to is not None:
        raise ValueError(words.say("errors.command.check"))
    sizes, targets = size_pair(options.input_size, options.target_size)
    report = _ask(as_given(sizes), as_given(targets), asked)
    print(json_text({"rule": rule} | report_facts(report)) if options.json else repr(report))
    return 0 if report else 1


def _ask(sizes: Any, targets: Any, asked: dict[str, str]) -> Report:
    """A report that is true or false; NotChecked where PyTorch could not be asked."""
    report = check(sizes, targets, **asked)
    if report.agrees is None:
        raise NotChecked(repr(report))
    return report


# All pairs -----------------------------------------------------------------------------------------------


def _check_all(most: int, asked: dict[str, str], as_json: bool) -> int:
    """Ask about every pair to ``most`` for which the rule has windows, and sum up.

    What is wrong with a formula of one's own is found without PyTorch, and its whole trial is said; one that is right
    is PyTorch's to confirm.
    """
    trial = try_rule(asked["rule"], most) if is_own(asked["rule"]) else None
    found = {} if trial is None else trial_facts(trial)
    said = [] if trial is None else trial.lines[1:]
    if trial is None or trial:
        answer = _asked_of_all(most, asked)
        found, said = found | answer, [answer["text"], *said]
    else:
        said = [repr(trial)]
    print(json_text(found) if as_json else "\n".join(said))
    return 0 if found["agrees"] else 1


def _asked_of_all(most: int, asked: dict[str, str]) -> dict[str, Any]:
    """How many pairs agree, the first that does not, and the sentence about them."""
    rule, say = check_rule(asked["rule"]), words.load()["cli"]["check"]
    pairs = [(n, m) for n in range(1, most + 1) for m in range(1, most + 1) if rule.defined(n, m)]
    agreeing, first = 0, None
    for n, m in _followed(pairs, say["progress"]):
        report = _ask(n, m, asked)
        agreeing += bool(report)
        if first is None and not report:
            first = report
    return {
        "rule": asked["rule"],
        "up_to": most,
        "sizes": len(pairs),
        "agrees": first is None,
        "agreeing": agreeing,
        "version": report.version,
        "first": None if first is None else report_facts(first),  # a report that disagrees counts as False
        "text": _summary(most, agreeing, len(pairs), report.version, first, asked),
    }


def _summary(most: int, agreeing: int, pairs: int, version: str, first: Report | None, asked: dict[str, str]) -> str:
    """How many pairs agree, and the first that does not."""
    say = words.load()["cli"]["check"]
    about: dict[str, Any] = {"pairs": pairs, "most": most, "version": version}
    about["where"] = place_text(asked["device"], asked["dtype"])
    about["rest"] = "" if pairs == most**2 else say["undefined"]
    if first is None:
        return str(say["agree"].format(**about))
    (n,), (m,) = first.input_size, first.target_size
    return str(say["disagree"].format(**about, agreeing=agreeing, n=n, m=m, difference=first.first_difference))


def _followed(pairs: list[Pair], description: str) -> Iterable[Pair]:
    """The pairs with a progress bar on the terminal, and without one where stderr is none."""
    if not sys.stderr.isatty():
        return pairs
    from rich.console import Console
    from rich.progress import track

    return track(pairs, description, console=Console(stderr=True), transient=True)
