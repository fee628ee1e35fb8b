"""The report of ``inspect`` as a notebook shows it: a table with windows as strips and a chip for each verdict."""

import re
from html import escape
from typing import TYPE_CHECKING

from pooltutor.binning import bins
from pooltutor.legend import LIGHT
from pooltutor.portable.report_text import (
    MARKS,
    UNKNOWN_MARK,
    cells_text,
    distinct_axes,
    size_text,
    source_lines,
    status_lines,
)
from pooltutor.portable.targets import BAD, FINE, Verdict
from pooltutor.words import load

if TYPE_CHECKING:
    from pooltutor.portable.inspecting import Axis, Found, Inspection

FIRST_TARGETS = ("onnx_legacy", "onnx_default", "onnx_dynamic", "mps", "cuda")
"""Those with columns of their own; the others fold away."""

_WIDTH, _LANE = 108, 9
_MOST = 160
"""Cells or windows that are drawn; more would be thinner than a pixel."""


def as_html(report: "Inspection") -> str:
    """The whole report; it has no script, so that a notebook that nobody trusts shows it, too."""
    words = load()["portable"]["report"]
    head = f"<h4>{escape(report.title)}</h4>"
    if not report:
        return f'<div class="pooltutor-inspect">{_STYLE}{head}</div>'
    others = [each.target for each in report[0].verdicts if each.target not in FIRST_TARGETS]
    more = _table([_head(["where", "axis"], others), *(_other_row(found, others) for found in report)])
    statuses, sources = ("<br>".join(map(_linked, lines)) for lines in (status_lines(report), source_lines()))
    return (
        f'<div class="pooltutor-inspect">{_STYLE}{head}<p>{escape(report.summary)}</p>'
        + _table([_head(["where", "axis", "windows", "cells", "single"], FIRST_TARGETS), *map(_row, report)])
        + f'<p class="about">{statuses}</p>'
        + f'<p class="way">{words["way"]}</p>'
        + _folded(words["others"], more)
        + _folded(words["sources"], f'<p class="about">{sources}</p>')
        + "</div>"
    )


def _folded(title: str, html: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{html}</details>"


def _linked(line: str) -> str:
    """A line of plain text in which addresses can be followed, shown without what all of them begin with."""
    return re.sub(r"https://((?:github\.com/)?)(\S+)", r'<a href="https://\1\2">\2</a>', escape(line))


def _table(rows: list[str]) -> str:
    return f"<table><thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody></table>"


def _head(columns: list[str], targets: tuple[str, ...] | list[str]) -> str:
    words = load()["portable"]
    cells = [words["report"]["columns"][name] for name in columns]
    pairs = [f"{escape(first)}<small>{escape(second)}</small>" for first, second in map(words["targets"].get, targets)]
    return "<tr>" + "".join(f'<th scope="col">{each}</th>' for each in [*map(escape, cells), *pairs]) + "</tr>"


def _row(found: "Found") -> str:
    tile, influence = cells_text(found)
    chips = [_chip(each) for each in found.verdicts if each.target in FIRST_TARGETS]
    strips = "".join(_strip(axis) for axis in distinct_axes(found))
    single = f"<code>{escape(found.single)}</code>" if found.single else escape(load()["portable"]["report"]["none"])
    cells = f'<span class="whole">{escape(tile)}<small>{escape(influence)}</small></span>'
    row = [*_first_cells(found), strips, cells, single, *chips]
    if found.single:
        return _cells(row)
    why = escape(" ".join(found.reasons))  # too long for a column: a row of its own
    return _cells(row, "explained") + f'<tr><td colspan="{len(row)}" class="why">{why}</td></tr>'


def _other_row(found: "Found", targets: list[str]) -> str:
    return _cells([*_first_cells(found), *(_chip(each) for each in found.verdicts if each.target in targets)])


def _first_cells(found: "Found") -> list[str]:
    words, call = load()["portable"], found.call
    where = escape(call.where or words["replaced"]["itself"])
    about = words["report"]["about"].format(kind=words["report"]["kinds"][call.kind], channels=call.channels)
    return [
        f"<code>{where}</code><small>{escape(about)}</small>",
        f'<span class="size">{escape(size_text(found))}</span>',
    ]


def _cells(cells: list[str], name: str = "") -> str:
    return f'<tr class="{name}">' + "".join(f"<td>{each}</td>" for each in cells) + "</tr>"


def _chip(verdict: Verdict) -> str:
    mark = MARKS.get(verdict.level, UNKNOWN_MARK)
    level = {FINE: "fine", BAD: "bad"}.get(verdict.level, "note")
    return f'<span class="chip {level}">{mark} {escape(verdict.word)}</span>'


def _strip(axis: "Axis") -> str:
    """Cells above, shared ones darker, windows below in two lanes; in words for whoever does not see it."""
    n, m = axis.input_size, axis.target_size
    if not m or max(n, m) > _MOST:
        return f"<small>{n} → {m}</small>"
    cell, gap = _WIDTH / n, 0.8 if n <= 40 else 0
    shared = bins(n, m).coverage > 1
    boxes = [_box(j * cell, 0, cell - gap, LIGHT["line"], 0.95 if shared[j] else 0.35) for j in range(n)]
    lanes = 1 if not axis.shared else 2
    hues = (LIGHT["window_even"], LIGHT["window_odd"])
    for i, window in enumerate(bins(n, m)):
        lane = i % 2 if lanes == 2 else 0
        width = max((window.stop - window.start) * cell - 0.8, 0.5)
        boxes.append(_box(window.start * cell, (lane + 1) * (_LANE + 1), width, hues[i % 2], 1))
    height = (lanes + 1) * (_LANE + 1)
    name = escape(f"{n} → {m}")
    return (
        f'<svg role="img" aria-label="{name}" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}">{"".join(boxes)}</svg>'
    )


def _box(x: float, y: float, width: float, colour: str, opacity: float) -> str:
    return (
        f'<rect x="{x:.2f}" y="{y}" width="{width:.2f}" height="{_LANE}" rx="1" fill="{colour}" '
        f'fill-opacity="{opacity}"/>'
    )


# Chips have a ground of their own, and the rest takes the page's ink, so that it reads on light pages and dark ones.
_STYLE = (
    "<style>.pooltutor-inspect{font-size:13px;line-height:1.4;max-width:1000px;overflow-x:auto}"
    ".pooltutor-inspect h4{font-size:1.3em;margin:.4em 0 .1em}.pooltutor-inspect p{margin:.2em 0 .8em}"
    ".pooltutor-inspect table{border-collapse:collapse;margin:.4em 0;font-size:13px}"
    # JupyterLab aligns tables to the right, stripes them, shrinks pictures and gives code a ground of its own.
    ".pooltutor-inspect th,.pooltutor-inspect td{text-align:left!important;vertical-align:middle!important;"
    "padding:.5em .4em .5em 0!important;border-bottom:1px solid #8886;color:inherit;max-width:none}"
    ".pooltutor-inspect tr{background:none!important}"
    ".pooltutor-inspect code{background:none!important;padding:0!important}"
    ".pooltutor-inspect th{vertical-align:bottom}.pooltutor-inspect .explained td{border:none!important}"
    ".pooltutor-inspect .why{padding-top:0!important;font-size:.9em}.pooltutor-inspect details{margin:.4em 0}"
    ".pooltutor-inspect small{display:block;font-weight:normal;opacity:.8;font-size:.9em}"
    ".pooltutor-inspect svg{display:block;margin:.2em 0;max-width:none}.pooltutor-inspect .whole{white-space:nowrap}"
    ".pooltutor-inspect .size{border:1px solid #4c9be0;border-radius:.4em;padding:.15em .45em;white-space:nowrap}"
    ".pooltutor-inspect .chip{border-radius:1em;padding:.2em .5em;white-space:nowrap;font-weight:600}"
    f".pooltutor-inspect .fine{{background:{LIGHT['agrees_ground']};color:{LIGHT['agrees_ink']}}}"
    f".pooltutor-inspect .bad{{background:{LIGHT['disagrees_ground']};color:{LIGHT['disagrees_ink']}}}"
    f".pooltutor-inspect .chip.note{{background:{LIGHT['unchecked_ground']};color:{LIGHT['unchecked_ink']}}}"
    f".pooltutor-inspect .way{{background:{LIGHT['agrees_ground']};color:{LIGHT['agrees_ink']};padding:.7em 1em;"
    "border-radius:.6em}.pooltutor-inspect .about{font-size:.9em;opacity:.85}"
    f".pooltutor-inspect .way code{{color:inherit!important;font-weight:600}}</style>"
)
