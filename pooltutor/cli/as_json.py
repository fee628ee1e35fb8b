"""What a report and a trial say, as values that JSON has."""

import json
import math
from dataclasses import asdict
from typing import Any

from pooltutor.report import Report
from pooltutor.trial import Trial


def json_text(found: dict[str, Any]) -> str:
    """Return values as one JSON object; numpy's numbers become Python's."""
    return json.dumps(found, default=lambda number: number.item())


def report_facts(report: Report) -> dict[str, Any]:
    """Return what a report says; the largest difference is a text where it is no number.

    >>> report_facts(Report("agrees", (14,), (4,), "avg", "cpu", "float64", "2.13.0"))["target_size"]
    (4,)
    """
    found = asdict(report)
    if not math.isfinite(report.largest_difference):
        found["largest_difference"] = str(report.largest_difference)
    return found | {"text": report.text}


def trial_facts(trial: Trial) -> dict[str, Any]:
    """Return the counts and the smallest sizes of a trial, the name it is known by, and its sentences."""
    found = trial.found
    where = {name: asdict(getattr(found, name)) for name in ("differing", "without_windows", "beyond", "below")}
    about = {"rule": trial.rule.chosen, "up_to": trial.up_to, "sizes": trial.sizes, "agrees": bool(trial)}
    return {**about, **where, "refusal": found.refusal or None, "known": found.known, "text": trial.text}
