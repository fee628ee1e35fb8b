"""``pooltutor site OUT``: compare with PyTorch, let Sphinx make the pages, and put everything else beside them."""

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pooltutor.extras import EXTRAS
from pooltutor.page import page_html, recorded
from pooltutor.site.assets import embedded, static_files
from pooltutor.site.lessons import folder_of, lessons
from pooltutor.site.sources import PAGES, Sources, page_text
from pooltutor.site.twins import lesson_twin, llms_text, with_twins
from pooltutor.words import say

MARK = "pooltutor.mjs"
"""A file that every site has, and nothing else: a folder that has it may be written anew."""

KEPT = ("documentation_options.js", "doctools.js", "language_data.js", "searchtools.js", "sphinx_highlight.js")
"""What the pages use of Sphinx's own scripts: the search does."""


def write_site(out: str | Path) -> str:
    """Compare all sizes with PyTorch, write the site into a folder, and return a sentence about it.

    Raises Disagrees or NotChecked where PyTorch does not confirm every size, ValueError where the folder holds
    something else, ModuleNotFoundError without Sphinx, and OSError where something cannot be written.
    """
    target = Path(out)
    check_folder(target)
    for name in EXTRAS["site"]:
        if find_spec(name) is None:
            raise ModuleNotFoundError(name=name)
    record = recorded()
    count = build(target, record)
    return say("site.written", path=out, pages=count, version=record["version"], count=record["count"])


def check_folder(target: Path) -> None:
    """Refuse a folder that holds anything but a site: what was there before would be lost."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(target))
    is_free = not target.is_dir() or not any(target.iterdir())
    is_site = (target / MARK).is_file() and not (target / ".git").exists()  # a repository holds more than its files
    if not (is_free or is_site):
        raise ValueError(say("site.not_empty", path=target))


def build(target: Path, record: dict[str, Any]) -> int:
    """Write the site with what PyTorch said, in place of an older one; return the number of its pages."""
    with tempfile.TemporaryDirectory() as work:
        source, made = Path(work, "source"), Path(work, "made")
        sources = Sources(lessons())
        sources.write(source, record)
        _run_sphinx(source, made)
        _tidy(made)
        _add_files(made, sources, record)
        if target.is_dir():
            shutil.rmtree(target)
        shutil.copytree(made, target)
        return len(list(made.rglob("*.html")))


def _run_sphinx(source: Path, made: Path) -> None:
    """In a process of its own: Sphinx changes much of the process that it runs in. A warning is a failure."""
    options = [
        "-b",
        "html",
        "-W",
        "--keep-going",
        "-q",
        "-c",
        str(folder_of("site")),
        "-d",
        str(made.with_name("kept")),
    ]
    command = [sys.executable, "-P", "-m", "sphinx", *options, str(source), str(made)]
    path = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path)), "PYTHONWARNINGS": "ignore"}
    run = subprocess.run(command, capture_output=True, text=True, env=settings, check=False)
    if run.returncode:
        raise RuntimeError(run.stderr.strip()[-4000:])


def _tidy(made: Path) -> None:
    """Leave out what Sphinx writes and no page uses."""
    for path in [*(made / "_static").iterdir(), *made.glob("*")]:
        if path.is_file() and path.name not in KEPT and path.suffix != ".html" and path.name != "searchindex.js":
            path.unlink()
        elif path.is_dir() and path.name in ("_sources", "_sphinx_design_static", "styles"):
            shutil.rmtree(path)
    (made / "genindex.html").unlink(missing_ok=True)


def _add_files(made: Path, sources: Sources, record: dict[str, Any]) -> None:
    texts = {f"_static/{name}": text for name, text in static_files(record, sources.styles).items()}
    texts |= {MARK: embedded(record), "pooling.html": page_html(record)}
    texts[".nojekyll"] = ""  # GitHub then takes names with an underscore
    for name in ("embed.html", "_static/favicon.svg"):
        texts[name] = (folder_of("site") / Path(name).name).read_text(encoding="utf-8")
    texts |= {f"lessons/{each.key}.md": lesson_twin(each) for each in sources.lessons}
    texts |= {f"docs/{name}.md": with_twins(page_text(name)) for name in PAGES}
    texts["llms.txt"] = llms_text(sources.lessons, sources.titles)
    (made / "_static" / "pictures").mkdir()
    for name, text in texts.items():
        (made / name).write_text(text, encoding="utf-8", newline="\n")
    for name, png in sources.pictures.files.items():
        (made / "_static" / "pictures" / name).write_bytes(png)
