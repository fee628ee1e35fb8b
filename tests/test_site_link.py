"""Links to the lessons' web site, in README.md and in each lesson; and a lesson that is exported to HTML shows both."""

import json
import re
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from traitlets.config import Config

from pooltutor.cli import main
from pooltutor.cli.site_link import checked_address, linked, site_address
from pooltutor.site.figures import Figures
from pooltutor.site.lessons import Lesson, lessons, source
from pooltutor.site.notebook_page import lesson_source
from pooltutor.site.pictures import Pictures
from tests.lessons import WIDGET
from tests.spec import refused

ROOT = Path(__file__).resolve().parent.parent
EXPORT = Config(json.loads((ROOT / "deploy" / "settings" / "jupyter_config.json").read_text(encoding="utf-8")))
MARKED = "é\r\n<!-- site -->\r\nnone yet\r\n<!-- /site -->\nend"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A git repository with an origin, a README with a place for the link, and two lessons of ours."""
    for command in (["init", "-q"], ["remote", "add", "origin", "git@github.com:Someone/pooltutor.git"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    (tmp_path / "README.md").write_bytes(MARKED.encode())
    (tmp_path / "notebooks").mkdir()
    for lesson in lessons()[:2]:
        (tmp_path / "notebooks" / lesson.path.name).write_bytes(lesson.path.read_bytes())
    (tmp_path / "notebooks" / "mine.ipynb").write_text("mine")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("remote", "address"),
    {
        "https://github.com/some-one/pool.tutor.git": "https://some-one.github.io/pool.tutor/",
        "git@github.com:Someone/Pooltutor.git": "https://someone.github.io/Pooltutor/",
        "https://someone:secret@github.com/someone/someone.github.io": "https://someone.github.io/",
    }.items(),
)
def test_github_says_where_the_site_of_a_repository_is(remote, address):
    assert site_address(remote) == address


def test_elsewhere_the_address_is_asked_for_and_looked_at():
    needed = "ADDRESS is needed here: only a repository on github.com tells where its site is, and the origin is"
    with refused(ValueError, f"{needed} 'https://gitlab.com/school/pooltutor.git'"):
        site_address("https://someone:secret@gitlab.com/school/pooltutor.git")
    assert checked_address("https://example.org:8000/a/~b") == "https://example.org:8000/a/~b/"
    for wrong in ("example.org", "javascript:alert(1)", "https://a.org/?q=1", "https://a.org/(b)", "https://a.org/ b"):
        with refused(
            ValueError, f"ADDRESS must be that of a folder on the web, as https://example.org/pooling/, got {wrong!r}"
        ):
            checked_address(wrong)


def test_readme_and_lessons_get_the_link_and_a_new_one_takes_its_place(repository, capsys):
    before = {path: path.read_bytes() for path in repository.rglob("*.ipynb")}
    first, second = sorted((repository / "notebooks").glob("0*.ipynb"))
    for arguments, address in (([], "https://someone.github.io/pooltutor/"), (["http://a.org/b"], "http://a.org/b/")):
        assert main(["site-link", *arguments]) == 0
        assert capsys.readouterr().out == f"README.md and 2 lessons link to {address} now.\n"
        readme = (repository / "README.md").read_bytes().decode()
        assert readme.startswith(f"é\r\n<!-- site -->\r\n[The lessons as a web site]({address})")
        assert readme.endswith("<!-- /site -->\nend")
        for path in (first, second):
            text = source(Lesson(path).notebook["cells"][0])
            assert re.findall(r"\]\((http[^)]+)\)", text) == [f"{address}lessons/{path.stem}.html"]
            nbformat.validate(nbformat.read(path, 4))
    assert (repository / "notebooks" / "mine.ipynb").read_text() == "mine"
    for path in (first, second):  # nothing else has changed
        new = Lesson(path).notebook
        new["cells"][0]["source"] = json.loads(before[path])["cells"][0]["source"]
        assert new == json.loads(before[path])


def test_what_is_printed_is_not_written(repository, capsys):
    before = {path: path.read_bytes() for path in repository.rglob("*.*") if path.is_file()}
    assert main(["site-link", "--print"]) == 0
    assert "(https://someone.github.io/pooltutor/)" in capsys.readouterr().out
    assert main(["site-link", "ftp://example.org"]) == 2
    (repository / "README.md").write_text("no place")
    assert main(["site-link"]) == 2
    (repository / "README.md").write_bytes(MARKED.encode())
    assert {path: path.read_bytes() for path in before} == before


def test_the_page_of_the_site_does_not_link_to_itself(tmp_path):
    path = tmp_path / "01-windows.ipynb"
    path.write_bytes(linked(lessons()[1], "https://example.org/"))
    cells = json.loads(lesson_source(Lesson(path), Figures(Pictures(), "../", {})))["cells"]
    assert "example.org" not in source(cells[0])


def test_readme_and_all_lessons_link_to_the_same_site_or_none_does():
    """Before there is an address README says how it comes there; a lesson says nothing."""
    (readme,) = re.findall(r"<!-- site -->\n(.*)\n<!-- /site -->", (ROOT / "README.md").read_text(encoding="utf-8"))
    linked_by = [
        re.findall(r"<!-- site -->\n\n\*\[[^]]+\]\((.+)lessons/", source(each.notebook["cells"][0]))
        for each in lessons()
    ]
    address = re.findall(r"\]\((https?://[^)]+)\)", readme)
    assert linked_by == [address] * len(lessons())
    assert address or "`pooltutor site-link`" in readme


# As HTML ---------------------------------------------------------------------------------------------------


def test_a_lesson_that_is_exported_shows_its_pictures_and_leads_to_its_page():
    notebook = nbformat.reads(linked(lessons()[1], "https://example.org/").decode(), 4)
    html, _ = HTMLExporter(config=EXPORT).from_notebook_node(notebook)
    pictures = [
        output for cell in notebook.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
    ]
    assert html.count("<img") == len(pictures) > 2
    assert '<a href="https://example.org/lessons/01-windows.html">' in html


def exported(output, state, config):
    """The HTML of a notebook with one output, saved with the state of its widgets."""
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {WIDGET.replace("view", "state"): state}})
    return HTMLExporter(config=config).from_notebook_node(notebook)[0]


def test_a_view_is_exported_as_its_picture_where_our_settings_hold():
    """Otherwise it waits for scripts of other machines, and without a network there is nothing."""
    state = {"version_major": 2, "version_minor": 0, "state": {"one": {}}}
    data = {WIDGET: {"model_id": "one", "version_major": 2, "version_minor": 0}, "text/plain": "view"}
    view = nbformat.v4.new_output("display_data", {**data, "image/png": "aGVsbG8="})
    slider = nbformat.v4.new_output("display_data", data)
    assert "<img" in exported(view, state, EXPORT)
    assert "<img" not in exported(view, state, Config())
    assert f'<script type="{WIDGET}">' in exported(slider, state, EXPORT)
