"""The web site of the lessons, as far as it needs neither Sphinx nor a browser: sources, sizes, twins, refusals."""

import json
import re

import pytest

from pooltutor import atlas, bins, explore, explore2d, story
from pooltutor.live.preview import STATE
from pooltutor.site import assets, building, gallery, sources
from pooltutor.site.figures import Figures
from pooltutor.site.lessons import folder_of, lessons
from pooltutor.site.notebook_page import lesson_source, with_anchors
from pooltutor.site.pictures import Pictures
from pooltutor.site.sizes import pieces
from pooltutor.site.thumbnails import DRAWN, thumbnail
from pooltutor.site.twins import lesson_twin, llms_text
from pooltutor.words import load
from tests.onepage import RECORD
from tests.spec import refused


def figures():
    return Figures(Pictures(), "../", {})


def output_of(view):
    """What a notebook keeps of a view."""
    data, metadata = view._repr_mimebundle_()
    return json.loads(json.dumps({"output_type": "execute_result", "data": data, "metadata": metadata}))


# The state of a view ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "view",
    [
        lambda: explore(5, 3, rule="forum", show=["windows", "duel"], x=[1, 2, 3, 4, 5]),
        lambda: explore(5, 3, question={"kind": "windows"}),
        lambda: explore2d((7, 7), (5, None), colour="gradient"),
    ],
)
def test_a_view_leaves_all_of_its_state_in_its_output(view):
    made = view()
    saved = output_of(made)["data"][STATE]
    assert saved == {"view": made._view, "state": json.loads(json.dumps(made.state()))}


def test_a_map_leaves_its_pair_and_a_story_its_steps():
    map_ = atlas("agreement", rule="forum")
    map_.explorer.input_size = 20
    state = {"input_size": 20, "target_size": 4, "colour": "agreement", "rule": "forum"}
    assert output_of(map_)["data"][STATE] == {"view": "atlas", "state": state}
    told = story("tour")
    told.step = 1
    saved = output_of(told)["data"][STATE]["state"]
    assert (saved["step"], saved["story"]["name"], len(saved["story"]["steps"])) == (1, "tour", len(told.story.steps))


def test_a_picture_of_ones_own_goes_with_its_view():
    saved = output_of(explore2d(image=[[1, 2], [3, 4]]))["data"][STATE]["state"]
    assert saved["image"] == "own"
    assert (saved["_own"]["height"], saved["_own"]["width"]) == (2, 2)


# Outputs ---------------------------------------------------------------------------------------------------


def test_a_view_becomes_a_figure_with_its_state_and_its_picture_in_words():
    made = figures()
    html = made.output(output_of(explore(5, 3, show=[])))["data"]["text/html"]
    assert made.count == 1
    assert 'id="view-1"' in html
    assert "&quot;target_size&quot;:3" in html
    (name,) = made.pictures.files
    alt = explore(5, 3, show=[]).still().alt
    assert f'src="../_static/pictures/{name}" width="900"' in html
    assert alt.split(".")[0] in html


def test_no_output_has_a_style_attribute_or_a_style_sheet():
    made = figures()
    data = {
        "text/html": ['<style>.a{color:red}</style><div class="a"><b style="color:#123456">7</b></div>'],
        "text/plain": "7",
    }
    html = made.output({"output_type": "execute_result", "data": data, "metadata": {}})["data"]["text/html"]
    assert "style=" not in html
    assert "<style" not in html
    (name,) = re.findall(r'<b class="(\w+)">', html)
    assert made.styles[name] == f".{name} {{ color:#123456 }}"
    assert ".a{color:red}" in made.styles.values()


def test_a_question_that_python_marks_says_where_python_is():
    turn = load()["exercises"]["your_turn"]
    data = {"text/html": f"<div>{turn}</div>", "text/plain": f"… {turn}"}
    html = figures().output({"output_type": "execute_result", "data": data, "metadata": {}})["data"]["text/html"]
    assert "python3 run.py" in html
    assert turn not in html


def test_what_is_text_stays_as_it_is():
    stream = {"output_type": "stream", "name": "stdout", "text": "14"}
    assert figures().output(stream) is stream


# Sizes in a text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("At 14 → 4 and 5 → 3.", [[[14], [4]], [[5], [3]]]),
        ("6 × 8 → 4 × 3 and 56×64 → 21×6", [[[6, 8], [4, 3]], [[56, 64], [21, 6]]]),
        ("from 1 → 1 to 64 → 64", [[[1], [1]], [[64], [64]]]),
        ("the smallest, 26 → 22 (48)", [[[26], [22]]]),
        ("in two steps 3 → 2 → 1, or 14 → 10 → 5", []),
        ("n → m, 2.5 → 1, 7 → 3.5, 1,024 → 7, 7 × 7 → 5, 0 → 3, 5000 → 2, 300 × 300 → 7 × 7", []),
    ],
)
def test_sizes_are_found_where_they_are_sizes(text, sizes):
    found = list(pieces(text))
    assert "".join(each for each, _ in found) == text
    assert [each for _, each in found if each] == sizes


# Lessons ---------------------------------------------------------------------------------------------------


def test_a_lesson_has_a_number_a_name_and_a_question():
    heads = [lesson.heading for lesson in lessons()]
    assert [head.number for head in heads] == [f"{k:02}" for k in range(len(heads))]
    assert len(heads) >= 8
    assert heads[1].name == "Windows"
    assert heads[1].question == "Which cells does output i read?"
    assert all(head.title and head.question for head in heads)


def test_the_questions_of_a_lesson_are_counted_from_its_views(tmp_path):
    made = sources.Sources(lessons())
    made.write(tmp_path, RECORD)
    assert len(made.questions) == len(lessons())
    assert made.questions["00-start-here"] == []
    assert made.questions["04-two-dimensions"][:2] == [{"story": "predict-image", "step": k} for k in (0, 1)]
    assert made.questions["08-exercises"] == [{"place": "lessons/08-exercises#view-1"}]
    card = json.loads((tmp_path / "context.json").read_text(encoding="utf-8"))["lessons"][4]
    assert card["asked"] == made.questions["04-two-dimensions"]
    assert card["done"] == f"<b></b> of {len(card['asked'])} questions done"


def test_what_is_for_notebooks_alone_is_left_out():
    lesson = lessons()[1]
    lesson.notebook["cells"][2]["source"] = (
        "Look. <!-- notebook -->Press *Shift+Enter*.\nThen wait.<!-- /notebook --> See?"
    )
    cells = json.loads(lesson_source(lesson, figures()))["cells"]
    assert cells[2]["source"] == "Look. See?"
    assert cells[0]["source"].startswith("# Windows: ")
    assert load()["site"]["has_run"] in cells[0]["source"]


def test_names_of_headings_are_unique_in_the_site():
    text = '## <a id="q5"></a>5 · Export\n[this](#q5), [there](#elsewhere)'
    assert with_anchors(text, "page", ["q5"]) == "(page-q5)=\n## 5 · Export\n[this](#page-q5), [there](#elsewhere)"


def test_each_lesson_has_a_small_picture_and_none_tells_windows_that_a_lesson_asks_for():
    pictures = {lesson.heading.number: thumbnail(lesson.heading.number) for lesson in lessons()}
    assert set(pictures) <= set(DRAWN)
    assert len(set(pictures.values())) == len(pictures)
    assert "th-even" not in pictures["01"]
    assert pictures["01"].count("?") == 3
    assert pictures["00"].count("th-even") + pictures["00"].count("th-odd") == len(bins(14, 4))


def test_a_lesson_as_markdown_has_its_text_its_code_and_its_pictures_in_words():
    twin = lesson_twin(lessons()[1])
    assert twin.startswith("# 01 · Windows")
    assert "```python\nimport pooltutor\n" in twin
    assert "[0.0, 3.5, 7.0, 10.5, 14.0]" in twin
    assert "> explore(14, 4): " in twin
    assert "](02-overlaps.md)" in twin


def test_llms_txt_names_each_lesson_and_page():
    text = llms_text(lessons(), dict.fromkeys(sources.PAGES, "Title"))
    assert text.count("](lessons/") == len(lessons())
    assert text.count("](docs/") == len(sources.PAGES)
    assert text.startswith("# pooltutor\n\n> ")


def test_error_messages_of_the_front_page_are_those_of_the_questions():
    found = sources.messages()
    page = sources.page_text("questions")
    assert len(found) >= 5
    for each in found:
        assert f'# <a id="q{each["number"]}"></a>{each["number"]} · {each["question"]}' in page
        assert each["message"] in page


def test_the_gallery_opens_what_its_calls_say():
    words = load()["site"]["gallery"]
    assert set(gallery.CALLS) | {"title", "lead"} == set(words)
    kinds = {gallery.opened(call).saved_state()["view"] for call in gallery.CALLS.values()}
    assert kinds == {"explorer", "grid", "atlas", "story"}


# Files -----------------------------------------------------------------------------------------------------


def test_scripts_share_no_names_and_carry_what_pytorch_said():
    files = assets.static_files(RECORD, {"s1": ".s1 { color: red }"})
    for name in ("head.js", "views.js"):
        assert files[name].startswith("(() => {\n")
        assert "\nexport " not in files[name]
    data = json.loads(files["data.js"].removeprefix("globalThis.pooltutorSite = ").rstrip(";\n"))
    assert data["record"] == json.loads(json.dumps(RECORD))
    assert files["outputs.css"] == ".s1 { color: red }\n"
    assert assets.embedded(RECORD).count("export default") == 1


def test_a_folder_that_holds_something_else_stays_as_it_is(tmp_path):
    mine = tmp_path / "thesis.tex"
    mine.write_text("mine")
    lost = "which would be lost: name an empty folder, or one that has a site already"
    with refused(ValueError, f"{tmp_path} holds something else, {lost}"):
        building.write_site(tmp_path)
    with pytest.raises(NotADirectoryError):
        building.write_site(mine)
    assert mine.read_text() == "mine"
    (tmp_path / ".nojekyll").touch()  # as many folders have that GitHub shows
    with refused(ValueError, f"{tmp_path} holds something else, {lost}"):
        building.check_folder(tmp_path)
    (tmp_path / building.MARK).touch()
    building.check_folder(tmp_path)
    (tmp_path / ".git").mkdir()
    with refused(ValueError, f"{tmp_path} holds something else, {lost}"):
        building.check_folder(tmp_path)


def test_without_sphinx_the_extra_is_named_before_anything_is_compared(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError) as error:
        building.write_site(tmp_path / "new")
    assert error.value.name == "sphinx"


def test_the_sources_are_found():
    assert (folder_of("site") / "conf.py").exists()
    assert (folder_of("docs") / "questions.md").exists()
    with pytest.raises(FileNotFoundError):
        folder_of("nowhere")
