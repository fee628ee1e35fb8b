"""The JavaScript modules: they import downwards only, and are joined in the order that their imports ask for."""

import re
from pathlib import Path

import pytest

from pooltutor import page
from pooltutor.live import joining
from pooltutor.live.joining import imported_by, in_order, joined_code, sent_code
from pooltutor.live.shared import VIEWS
from pooltutor.room import pages
from pooltutor.site import assets
from tests.spec import refused

FOLDER = Path(joining.__file__).parent
ALONE = {"js/bootstrap.js", "js/page/loader.js", "js/site/theme.js"}  # scripts of their own, sent before all else
# What a browser gets: the widgets' code, and each page's.
ENTRIES = {
    "widgets": (VIEWS,),
    "page": page.CODE,
    "phone": pages.code("phone"),
    "teacher": pages.code("teacher"),
    "site, every page": assets.HEAD,
    "site, pages with views": assets.BODY,
    "other people's pages": assets.EMBED,
}
# For each folder those that its modules may import from, beside their own.
FOLDERS = {
    "js/pure": {"js/pure/formula"},
    "js/pure/formula": set(),
    "js/pure/explorer": {"js/pure", "js/pure/formula", "js/pure/question"},
    "js/pure/grid": {"js/pure"},
    "js/pure/image": set(),
    "js/pure/question": {"js/pure", "js/pure/formula"},
    "js/pure/atlas": {"js/pure"},
    "js/pure/room": {"js/pure", "js/pure/question"},
    "js/pure/story": {"js/pure", "js/pure/atlas", "js/pure/question"},
    "js/view": {"js/pure", "js/pure/question"},
    "js/explorer": {"js/pure", "js/pure/explorer", "js/pure/question", "js/view", "js/explorer/panels"},
    "js/explorer/panels": {"js/pure", "js/pure/explorer", "js/view"},
    "js/grid": {"js/pure", "js/pure/grid", "js/pure/image", "js/view"},
    "js/atlas": {"js/pure", "js/pure/atlas", "js/view", "js/explorer"},
    "js/story": {"js/pure", "js/pure/story", "js/view", "js/explorer", "js/grid", "js/atlas"},
    "js/page": {
        "js",
        "js/pure",
        "js/pure/question",
        "js/pure/story",
        "js/pure/grid",
        "js/pure/atlas",
        "js/view",
        "js/classroom",
    },
    "js/classroom": {"js/pure", "js/view", "js/page"},
    "js/site": {"js", "js/page", "js/pure", "js/pure/story", "js/view"},
    "js/room": {"js/classroom", "js/pure", "js/pure/question", "js/pure/room", "js/view", "js/story", "js/page"},
    "js": {"js/pure", "js/explorer", "js/grid", "js/atlas", "js/classroom", "js/story"},
}


def modules():
    return {path.relative_to(FOLDER).as_posix() for path in (FOLDER / "js").rglob("*.js")}


def test_the_guide_names_every_module():
    guide = (FOLDER.parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = guide.partition("Inside `live/js/`")[2].partition("`types.d.ts`")[0]
    assert sorted(f"js/{name}" for name in re.findall(r"`([\w/]+\.js)`", table)) == sorted(modules())


@pytest.fixture
def house(tmp_path, monkeypatch):
    """Write modules into a folder of their own, and join from there."""
    monkeypatch.setattr(joining, "files", lambda _: tmp_path)

    def write(**codes):
        for name, code in codes.items():
            (tmp_path / f"{name}.js").write_text(code, encoding="utf-8")

    return write


def test_every_module_is_joined_and_none_is_forgotten():
    assert {name for entries in ENTRIES.values() for name in in_order(*entries)} == modules() - ALONE


@pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES.keys())
def test_a_module_stands_behind_those_that_it_imports(entries):
    order = in_order(*entries)
    assert len(set(order)) == len(order)
    for place, name in enumerate(order):
        assert set(imported_by(name)) <= set(order[:place]), name


@pytest.mark.parametrize("name", sorted(modules() - ALONE))
def test_a_folder_imports_only_from_folders_below_it(name):
    folder = name.rpartition("/")[0]
    assert {each.rpartition("/")[0] for each in imported_by(name)} <= {folder, *FOLDERS[folder]}


@pytest.mark.parametrize("entries", [entries for entries in ENTRIES.values() if VIEWS in entries], ids=" ".join)
def test_a_page_with_views_runs_the_code_of_the_widgets_first(entries):
    views = in_order(VIEWS)
    assert in_order(*entries)[: len(views)] == views


@pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES.keys())
def test_nothing_is_imported_in_what_the_browser_gets(entries):
    assert re.findall(r"^import\b.*", joined_code(*entries), re.MULTILINE) == []


def test_the_widgets_export_their_door_alone():
    assert re.findall(r"^export (?:async )?(?:function|const|class) (\w+)", joined_code(VIEWS), re.M) == ["render"]


@pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES.keys())
def test_top_level_names_of_the_modules_differ(entries):
    code = joined_code(*entries).replace("export ", "")
    names = re.findall(r"^(?:async )?(?:function\*?|const|let|class) (\w+)", code, re.M)
    destructured = re.findall(r"^(?:const|let) [\[{]", code, re.M)
    assert destructured == []
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_modules_are_joined_in_the_order_of_their_imports_and_the_last_one_exports(house):
    house(
        top='import { left } from "./left.js";\nimport { right } from "./right.js";\nexport const top = left;\n',
        left='import { base } from "./base.js";\nexport const left = base;\n',
        right='import {\n  base,\n} from "./base.js";\n// A comment.\nexport const right = base;\n',
        base="export const base = 1;\n",
    )
    assert in_order("top.js") == ["base.js", "left.js", "right.js", "top.js"]
    lines = ["const base = 1;", "const left = base;", "const right = base;", "export const top = left;"]
    assert joined_code("top.js").split("\n\n") == [*lines[:3], lines[3] + "\n"]


def test_modules_that_import_each_other_are_refused(house):
    house(
        a='import { b } from "./b.js";\n',
        b='import { c } from "./c.js";\n',
        c='import { b } from "./b.js";\n',
    )
    with refused(ValueError, "JavaScript modules import each other in a circle: b.js → c.js → b.js"):
        in_order("a.js")


def test_an_import_of_what_is_not_there_is_refused(house):
    house(a='import { b } from "./b.js";\n')
    with refused(ValueError, "a.js imports b.js, which is not there"):
        in_order("a.js")


def test_comments_and_types_stay_at_home(house):
    house(
        a="/** A sentence. */\nconst shown = (\n  /** @type {{ n: number }} */ { n },\n  /** @type {string} */ text,\n"
        ") => `${n} ${text}`; // in the line\n/**\n * @param {string} text\n */\nexport function draw(text) {\n"
        "  // a line\n  return shown({ n: 1 }, text);\n}\n"
    )
    assert joined_code("a.js").split("\n") == [
        "const shown = (",
        "  { n },",
        "  text,",
        ") => `${n} ${text}`; // in the line",
        "export function draw(text) {",
        "  return shown({ n: 1 }, text);",
        "}",
        "",
    ]


def test_what_is_sent_has_no_indentation_and_no_remark_behind_code(house):
    house(remarks='const far = "https://a.b"; // far away\nfunction f() {\n  return [1, // one\n    8 // 2];\n}\n')
    assert sent_code("remarks.js") == 'const far = "https://a.b";\nfunction f() {\nreturn [1,\n8 // 2];\n}\n'


@pytest.mark.parametrize("entries", ENTRIES.values(), ids=ENTRIES.keys())
def test_no_comment_in_front_of_code_reaches_the_browser(entries):
    assert re.findall(r"^ *//.*|/\*\*.*", joined_code(*entries), re.MULTILINE) == []
