"""The report of ``inspect`` as text and as JSON; the words for both and for HTML."""

from typing import TYPE_CHECKING, Any

from pooltutor.portable.targets import BAD, FINE, NOTE, Verdict, facts
from pooltutor.words import load, say

if TYPE_CHECKING:
    from pooltutor.portable.inspecting import Axis, Found, Inspection

MARKS = {FINE: "✓", NOTE: "!", BAD: "✗"}
"""What stands before a verdict; nothing is said by colour alone."""

UNKNOWN_MARK = "?"


def times(sizes: tuple[int, ...]) -> str:
    """Sizes as they are written: 6 × 8."""
    return " × ".join(map(str, sizes))


def size_text(found: "Found") -> str:
    """N → m; one number where all axes are alike."""
    n, m = ((s[0],) if len(set(s)) == 1 else s for s in (found.call.input_size, found.call.target_size))
    if len(n) != len(m):
        n, m = found.call.input_size, found.call.target_size
    return f"{times(n)} → {times(m)}"


def distinct_axes(found: "Found") -> tuple["Axis", ...]:
    """The axes, those of the same sizes once."""
    return tuple(dict.fromkeys(found.axes))


def cells_text(found: "Found") -> tuple[str, str]:
    """Whether windows tile or share cells on each axis, and the influence ratio of the map."""
    words = load()["portable"]["report"]
    if found.tiles:
        first = words["tile"]
    else:
        first = words["shared"].format(counts=", ".join(str(axis.shared) for axis in distinct_axes(found)))
    ratio = f"{found.influence:.3g}"
    return first, words["influence_equal"] if ratio == "1" else words["influence"].format(ratio=ratio)


def single_text(found: "Found") -> str:
    """The single pooling, or why there is none."""
    return found.single or say("portable.report.no_single", reasons=" ".join(found.reasons))


def verdict_text(verdict: Verdict) -> str:
    """A mark and a word."""
    return f"{MARKS.get(verdict.level, UNKNOWN_MARK)} {verdict.word}"


def target_name(target: str) -> str:
    """A target in words."""
    return " ".join(load()["portable"]["targets"][target])


def as_text(report: "Inspection") -> str:
    """The report in lines: one block for each pooling, then where the verdicts come from."""
    if not report:
        return report.title
    blocks = [report.title, report.summary, *map(_block, report)]
    return "\n\n".join([*blocks, "\n".join([*status_lines(report), *source_lines()])])


def _block(found: "Found") -> str:
    call = found.call
    first = say(
        "portable.report.line", number=found.number, where=call.where or say("portable.replaced.itself"),
        function=call.function, sizes=size_text(found), channels=call.channels,
    )  # fmt: skip
    lines = [first, "  " + "; ".join(cells_text(found)), "  " + single_text(found)]
    width = max(len(target_name(each.target)) for each in found.verdicts)
    lines += [f"  {target_name(each.target):<{width}}  {verdict_text(each)}" for each in found.verdicts]
    return "\n".join(lines)


def status_lines(report: "Inspection") -> list[str]:
    """A sentence for each status that the report has and that needs one."""
    met = dict.fromkeys(each.status for found in report for each in found.verdicts)
    words = load()["portable"]["statuses"]
    return [f"{words[status][0]}: {words[status][1]}" for status in met if words[status][1]]


def source_lines() -> list[str]:
    """For each target whether it was run here or read, when, which version, and where."""
    words = load()["portable"]["report"]
    return [
        words["ran" if about["ran"] else "read"].format(
            target=target_name(target), date=about["date"], version=about["version"], source=" ".join(about["sources"])
        )
        for target, about in facts().items()
    ]


def as_json(report: "Inspection") -> dict[str, Any]:
    """The report as numbers and texts, with the facts that the verdicts rest on."""
    return {"poolings": [_entry(found) for found in report], "targets": facts()}


def _entry(found: "Found") -> dict[str, Any]:
    call = found.call
    return {
        "where": call.where,
        "names": list(call.names),
        "function": call.function,
        "kind": call.kind,
        "shape": list(call.shape),
        "dtype": call.dtype,
        "input_size": list(call.input_size),
        "target_size": list(call.target_size),
        "axes": [
            {"input_size": axis.input_size, "target_size": axis.target_size, "shared": axis.shared,
             "lengths": {str(length): count for length, count in axis.lengths.items()},
             "influence_ratio": axis.influence, "reason": axis.reason}
            for axis in found.axes
        ],
        "tiles": found.tiles,
        "influence_ratio": found.influence,
        "single": found.single,
        "verdicts": {each.target: {"status": each.status, "level": each.level} for each in found.verdicts},
    }  # fmt: skip
