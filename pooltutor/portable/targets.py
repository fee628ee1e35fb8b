"""What becomes of one adaptive pooling elsewhere: a verdict for each target, with a date and a source."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pooltutor.portable.calls import Call
from pooltutor.words import load

FINE, NOTE, BAD, UNKNOWN = "fine", "note", "bad", "unknown"
"""How a verdict is shown: works, works with something to know, fails or gives other numbers, not known."""

_LEVELS = {
    **dict.fromkeys(("one_node", "three_nodes", "four_nodes", "agrees", "runs", "repeats"), FINE),
    **dict.fromkeys(("unrolled", "listed", "varies", "slices", "decomposed"), NOTE),
    **dict.fromkeys(("refused", "wrong"), BAD),
    "unknown": UNKNOWN,
}


@dataclass(frozen=True)
class Verdict:
    """What a target does with a pooling: a word of the words file, and whether it was run here or read."""

    target: str
    status: str
    ran: bool
    date: str
    version: str
    sources: tuple[str, ...]

    @property
    def level(self) -> str:
        """One of :data:`FINE`, :data:`NOTE`, :data:`BAD` and :data:`UNKNOWN`."""
        return _LEVELS[self.status]

    @property
    def word(self) -> str:
        """The status in a word or two."""
        return str(load()["portable"]["statuses"][self.status][0])


@cache
def facts() -> dict[str, dict[str, Any]]:
    """When, with which version and from where each target's verdicts come; run here, or read."""
    return dict(json.loads(Path(__file__).with_name("targets.json").read_text(encoding="utf-8")))


def verdicts(call: Call) -> tuple[Verdict, ...]:
    """One verdict for each target, in the order of the table."""
    return tuple(
        Verdict(target, _RULES[target](call), about["ran"], about["date"], about["version"], tuple(about["sources"]))
        for target, about in facts().items()
    )


# What the verdicts rest on ---------------------------------------------------------------------------------


def _pairs(call: Call) -> list[tuple[int, int]]:
    return list(zip(call.input_size, call.target_size, strict=True))


def _whole(call: Call) -> bool:
    """One window that is the whole map."""
    return all(m == 1 for m in call.target_size)


def _tiles(call: Call) -> bool:
    return all(m and n % m == 0 for n, m in _pairs(call))


def _of_one_length(call: Call) -> bool:
    """Whether on each axis all windows have one length: the default exporter then gathers them once."""
    return all(m and (n % m == 0 or m % (n % m) == 0) for n, m in _pairs(call))


def _onnx_legacy(call: Call) -> str:
    return "one_node" if _tiles(call) else "refused"


def _onnx_default(call: Call) -> str:
    if call.kind == "avg" and call.axes == 3 and not _whole(call):
        return "refused"
    if _tiles(call):
        return "three_nodes" if call.axes == 1 and not _whole(call) else "one_node"
    if call.kind == "max":
        return "refused"
    return "four_nodes" if call.axes == 2 and _of_one_length(call) else "unrolled"


def _onnx_dynamic(call: Call) -> str:
    """Sizes that tile while the program is traced become fixed steps, and so do those that do not."""
    if _whole(call):
        return "agrees"
    return "refused" if _onnx_default(call) == "refused" else "wrong"


def _mps(call: Call) -> str:
    if call.axes == 3:
        return "unknown"
    if _tiles(call):
        return "runs"
    if call.kind == "avg":  # above n it takes whole multiples
        return "runs" if all(n and m % n == 0 for n, m in _pairs(call)) else "refused"
    return "runs" if all(m and m <= n and n % m <= 1 for n, m in _pairs(call)) else "wrong"


def _cuda(call: Call) -> str:
    if call.kind == "avg" and _whole(call):
        return "repeats"  # it is a mean there
    return "varies" if (call.kind, call.axes) == ("max", 3) else "listed"


def _coreml(call: Call) -> str:
    if call.axes == 3:
        return "refused"
    return "one_node" if call.axes == 2 and _tiles(call) else "slices"


def _tensorrt(call: Call) -> str:
    if call.axes != 2:
        return "unknown"
    return "one_node" if _tiles(call) else "wrong"


def _openvino(call: Call) -> str:
    return "agrees"


def _tflite(call: Call) -> str:
    return "decomposed" if call.kind == "avg" and call.axes == 2 else "unknown"


_RULES: dict[str, Callable[[Call], str]] = {
    "onnx_legacy": _onnx_legacy,
    "onnx_default": _onnx_default,
    "onnx_dynamic": _onnx_dynamic,
    "mps": _mps,
    "cuda": _cuda,
    "coreml": _coreml,
    "tensorrt": _tensorrt,
    "openvino": _openvino,
    "tflite": _tflite,
}
