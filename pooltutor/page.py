"""The explorers as one self-contained page: no server, no network, no kernel.

The page carries the same JavaScript, words and tables as the widgets, and the record of a comparison with PyTorch that
is made when the page is: every size that it opens, average and maximum. A page that would disagree is not written.

A page that is cut off or damaged says so: a sentence in its body waits for the code to remove it. Only where the cut is
in the head, in the first kilobytes, there is nothing yet that could speak.
"""

import base64
import datetime
import errno
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version as installed
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from pooltutor import reference
from pooltutor.kinds import KINDS
from pooltutor.live.charts import charts
from pooltutor.live.joining import read, sent_code
from pooltutor.live.shared import VIEWS, contents, packed_pictures
from pooltutor.live.story import DEMO, story_data
from pooltutor.pictures import LARGEST
from pooltutor.validation import SLIDER_MAX
from pooltutor.verify import Disagrees, NotChecked, Report, check
from pooltutor.words import load, say
from pooltutor.writing import write

CODE = (VIEWS, "js/page/page.js")
"""What the page runs: the code of the widgets, then its own."""


def sizes() -> list[tuple[int, int]]:
    """Return every size n -> m of the sliders."""
    small = range(1, SLIDER_MAX + 1)
    return list(product(small, small))


def reports() -> Iterator[Report]:
    """Yield a report for each size of the sliders and each kind of pooling."""
    for kind, (n, m) in product(KINDS, sizes()):
        yield check(n, m, kind=kind)


def checksums() -> Iterator[int]:
    """Yield for each input size to 256 a checksum of PyTorch's windows to all targets to 64, and to the size itself.

    The page computes windows from a formula, and takes them for PyTorch's only where they have this checksum.
    """
    for n in range(1, LARGEST + 1):
        targets = dict.fromkeys([*range(1, SLIDER_MAX + 1), n])
        windows = [reference.windows((n,), (m,), "avg", "cpu", "float64")[0] for m in targets]
        ends = np.concatenate([end for both in windows for end in both]).astype(np.uint32)
        factors = np.full(len(ends) + 1, 31, np.uint32)
        factors[0] = 1
        powers = np.multiply.accumulate(factors, dtype=np.uint32)[::-1]
        yield (int(powers[0]) + int(np.sum(ends * powers[1:], dtype=np.uint32))) % 2**32


def recorded() -> dict[str, Any]:
    """Compare all sizes with PyTorch and return what the page says about it: its version, the date, how many sizes.

    Raises Disagrees at the first size where PyTorch says otherwise, NotChecked where it could not be asked.
    """
    version, compared = "", set()
    for report in reports():
        if report.agrees is not True:
            n, m = *report.input_size, *report.target_size
            refusal = NotChecked if report.agrees is None else Disagrees
            raise refusal(say("page.refused", n=n, m=m, text=report.text))
        version = report.version
        compared.add((report.input_size, report.target_size))
    return {
        "version": version,
        "date": datetime.date.today().isoformat(),
        "count": f"{len(compared):,}",
        "program": installed("pooltutor"),
        "checksums": list(checksums()),
        "targets": SLIDER_MAX,
    }


def page_html(record: dict[str, Any]) -> str:
    """Return the page as HTML, with the record of what was compared."""
    return whole_page(CODE, record, load()["page"]["title"], "css/page.css")


def whole_page(
    entries: Sequence[str], record: dict[str, Any], title: str, style_sheet: str, connect: str = "", **more: Any
) -> str:
    """Return a page that runs the last of ``entries``, with the record, all that views share, and ``more``.

    Its Content-Security-Policy allows its two scripts and its style, and no more; ``connect`` is where it may connect
    to, if anywhere.
    """
    words = load()["page"]
    code, loader = sent_code(*entries), read("js/page/loader.js")
    style = "".join(map(read, (style_sheet, "css/damaged.css", "css/print.css")))
    data = base64.b64encode(_packed(code, {"record": record, "shared": page_contents(), **more})).decode()
    policy = (
        f"default-src 'none'; script-src {_hash(loader)} {_hash(code)}; style-src {_hash(style)}; "
        f"img-src data: blob:; base-uri 'none'; form-action 'none'{connect and f'; connect-src {connect}'}"
    )
    return f"""<!DOCTYPE html>
<html lang="{words["language"]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<noscript>{words["noscript"]}</noscript>
<p id="pooltutor-old" hidden>{words["old_browser"]}</p>
<p id="pooltutor-damaged">{words["damaged"]}</p>
<script type="text/plain" id="pooltutor-data">{data}</script>
<script>{loader}</script>
</body>
</html>
"""


def page_contents() -> dict[str, Any]:
    """Return what the kernel's shared widget holds, and what pages without a kernel need besides."""
    words = load()["page"]
    return {
        **contents(),
        "charts": charts(),
        "pictures": packed_pictures(),
        "page": {
            **words,
            "stories": {"tour": story_data("tour"), "story": story_data(DEMO)},
            "judge": {**load()["report"], "unjudged": load()["live"]["unjudged"], **words["judge"]},
        },
    }


def _packed(code: str, header: dict[str, Any]) -> bytes:
    """Header, code and bytes behind each other, deflated; the header says where its bytes are."""
    blobs = bytearray()

    def place(value: Any) -> dict[str, list[int]]:
        if not isinstance(value, bytes):
            raise TypeError(f"the page has no way to carry {type(value).__name__}")
        blobs.extend(value)
        return {"$bytes": [len(blobs) - len(value), len(value)]}

    text, script = json.dumps(header, default=place, ensure_ascii=False).encode(), code.encode()
    sizes = len(text).to_bytes(4, "little") + len(script).to_bytes(4, "little")
    return zlib.compress(sizes + text + script + bytes(blobs), 9)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def write_page(path: str | Path) -> str:
    """Compare all sizes with PyTorch, write the page, and return a sentence about both.

    Raises Disagrees or NotChecked where PyTorch does not confirm every size, OSError where the file cannot be written.
    """
    folder = Path(path).parent
    if not folder.is_dir():  # better said now than after the comparison
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    record = recorded()
    html = page_html(record)
    write(path, html.encode())
    return say("page.written", path=path, kilobytes=round(len(html.encode()) / 1000), **record)
