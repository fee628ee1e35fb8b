"""Stories: what is none is refused in one sentence, what is one opens its steps, and a page may change no story."""

import json
import re
from dataclasses import fields

import pytest
import traitlets

import pooltutor
from pooltutor.live import StoryView
from pooltutor.live.story import DEMO, story_data
from pooltutor.live.story_steps import led_names
from pooltutor.stories import STORIES, Step, read_story
from pooltutor.stories.questions import check_question
from tests.spec import refused
from tests.test_teaching import TEXT

OWN = [
    {"say": "Three cells, two windows.", "set": {"input_size": 3, "target_size": 2}, "point": ["cell:1"]},
    {"say": "Which cell is shared?", "set": {"input_size": 6, "target_size": 4, "show": []}, "ask": {"kind": "shared"}},
    {"say": "The map.", "view": "atlas", "set": {"colour": "longest", "input_size": 8, "target_size": 7}},
    {"say": "An image.", "view": "grid", "set": {"input_size": [4, 4], "target_size": [3, None], "window": [2, 3]}},
]


def test_a_story_of_ones_own_opens_what_its_steps_set():
    view = pooltutor.story(OWN)
    assert repr(view) == "story('A story of your own')"
    assert (view.step, view.shown.input_size, view.shown.question) == (0, 3, None)
    view.step = 1
    assert (view.shown.input_size, view.shown.show, view.shown.question) == (6, [], {"kind": "shared"})
    view.step = 2
    assert (view.shown.colour, view.shown.explorer.input_size, view.shown.explorer.target_size) == ("longest", 8, 7)
    view.step = 3
    assert (view.shown.target_size, view.shown.window) == ((3, None), (2, 3))
    view.step = 0
    assert (view.shown.input_size, view.shown.show, view.shown.question) == (3, ["windows", "gradient"], None)


def test_a_step_is_the_same_whichever_was_open_before():
    for name in STORIES:
        onwards, back = pooltutor.story(name), pooltutor.story(name)
        count = len(onwards.story.steps)
        states = []
        for k in range(count):
            onwards.step = k
            states.append(state_of(onwards))
        for k in reversed(range(count)):
            back.step = k
            assert state_of(back) == states[k], (name, k)


def state_of(view):
    kind = view.story.steps[view.step].view
    state = {name: getattr(view.shown, name) for name in led_names(kind)}
    return state, getattr(view.shown, "question", None)


def test_a_story_leads_an_explorer_from_the_state_that_it_has():
    view = pooltutor.explore(14, 4, kind="max", story=[{"say": "One."}, {"say": "Two.", "set": {"target_size": 7}}])
    view.step = 1
    assert (view.target_size, view.kind) == (7, "max")
    view.target_size = 5
    view.step = 0
    assert (view.input_size, view.target_size) == (14, 4)
    flat = pooltutor.explore2d((6, 8), (4, 3), story=[{"say": "One."}, {"say": "Two.", "set": {"colour": "overlaps"}}])
    flat.step = 1
    assert (flat.colour, flat.input_size) == ("overlaps", (6, 8))
    chart = pooltutor.atlas("gcd", story=[{"say": "One.", "set": {"colour": "agreement", "rule": "forum"}}])
    assert (chart.colour, chart.explorer.rule) == ("agreement", "forum")
    assert view.story.steps[0].view, flat.story.steps[0].view == ("explorer", "grid")


def test_a_story_can_be_a_file(tmp_path):
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"title": "Mine", "steps": OWN}), encoding="utf-8")
    assert repr(pooltutor.story(str(path))) == "story('Mine')"
    assert read_story(path).steps == read_story(OWN).steps


def test_presenter_size_holds_for_every_view_of_a_story():
    view = pooltutor.story(OWN, presenter=True)
    explorer, chart, grid = view.led_views.values()
    assert (explorer.presenter, chart.explorer.presenter, grid.presenter) == (True, True, True)


# What is refused -------------------------------------------------------------------------------------------

POINTS = (
    "point must be a list of sizes, line, steps, picture, verdict, more, cuts, input, windows, outputs, map, cell:0, "
    "window:0, output:0, got "
)
KEYS = "may have say, view, set, point, ask, simple, got"
BAD = {
    "nothing": (None, "story must be one of tour, ten-minute-demo, "),
    "an unknown name": ("lecture", "a list of steps, or a JSON file with one, got 'lecture'"),
    "no steps": ([], "story must have 1 to 100 steps, got 0"),
    "too many steps": ([{"say": "x"}] * 101, "story must have 1 to 100 steps, got 101"),
    "other keys": ({"steps": OWN, "author": "me"}, "story may have title, steps, got 'author'"),
    "a formula that ends too early": (
        [{"say": "x", "ask": {"kind": "size", "rule": "start = ("}}],
        "story, step 1: ",
    ),
    "an empty title": ({"title": " ", "steps": OWN}, "story.title must be a text of 1 to 1000 characters, got ' '"),
    "steps of a dictionary": ({"steps": {"0": "x"}}, "story must be one of"),
    "a step that is a text": (["hello"], "story, step 1: a step must be a dictionary with say, view, set,"),
    "a step that says nothing": ([OWN[0], {"set": {}}], "story, step 2: say must be a text of 1 to 1000 characters"),
    "a long text": ([{"say": "x" * 1001}], "story, step 1: say must be a text of 1 to 1000 characters"),
    "a key that no step has": ([{"say": "x", "says": "y"}], f"story, step 1: a step {KEYS} 'says'"),
    "an unknown view": (
        [{"say": "x", "view": "duel"}],
        "view must be one of explorer, grid, atlas, got 'duel'",
    ),
    "a state that is a list": ([{"say": "x", "set": [1]}], "set must be a dictionary with the state of a view"),
    "an unknown part of the state": (
        [{"say": "x", "set": {"size": 3}}],
        "set may have input_size, target_size, ",
    ),
    "what no step sets": ([{"say": "x", "set": {"presenter": True}}], "set may have input_size, target_size, "),
    "a bad size": ([{"say": "x", "set": {"input_size": 0}}], "input_size must be an integer from 1 to 4096, got 0"),
    "a bad rule": ([{"say": "x", "set": {"rule": "best"}}], "step 1: rule "),
    "a window that is not there": (
        [{"say": "x", "set": {"target_size": 3, "window": 3}}],
        "window must be an integer",
    ),
    "a window of two axes that is not there": (
        [{"say": "x", "view": "grid", "set": {"window": [4, 0]}}],
        "step 1: window[0] must be an integer from 0 to 3, got 4",
    ),
    "a picture that nobody has": (
        [{"say": "x", "view": "grid", "set": {"image": "own"}}],
        "image must be one of",
    ),
    "a map that there is not": (
        [{"say": "x", "view": "atlas", "set": {"colour": "red"}}],
        "colour must be one of",
    ),
    "a window of the map": ([{"say": "x", "view": "atlas", "set": {"window": 1}}], "step 1: set may have input_size"),
    "an unknown part to point at": ([{"say": "x", "point": ["nose"]}], f"step 1: {POINTS}'nose'"),
    "a selector": ([{"say": "x", "point": ["cell:0'], *"]}], f'{POINTS}"cell:0\'], *"'),
    "a point that is no list": ([{"say": "x", "point": "cell:1"}], f"{POINTS}'cell:1'"),
    "an unknown question": ([{"say": "x", "ask": {"kind": "why"}}], "step 1: ask['kind'] must be one of windows, "),
    "a question of two axes": (
        [{"say": "x", "ask": {"kind": "gradient", "index": [0, 0]}}],
        "ask['index'] must be",
    ),
    "a question of the map": (
        [{"say": "x", "view": "atlas", "ask": {"kind": "windows"}}],
        "step 1: only the views explorer, grid ask, got ask with view 'atlas'",
    ),
    "simple that is a number": ([{"say": "x", "simple": 1}], "step 1: simple must be True or False, got 1"),
    "a file that is not there": ("none.json", "story must be a file of JSON text that can be read, got 'none.json'"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_story_is_refused_in_one_sentence(case):
    value, sentence = BAD[case]
    with pytest.raises((TypeError, ValueError)) as caught:
        pooltutor.story(value)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[{", "is not from 1:3 (line:column) on"),
        (b"\xff", "must be a file of JSON text that can be read"),
        (b"[" * 100_000, "is not from 1:1 (line:column) on"),
        (b" " * 200_001, "must be a file of at most 200000 bytes"),
    ],
)
def test_a_file_that_holds_no_story_is_refused(tmp_path, content, sentence):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        pooltutor.story(path)


def test_a_view_refuses_steps_of_other_views_and_a_step_that_there_is_not():
    with refused(ValueError, "story, step 3: view must be one of explorer, got 'atlas'"):
        pooltutor.explore(story=OWN)
    view = pooltutor.story(OWN)
    with refused(traitlets.TraitError, "step must be an integer from 0 to 3, got 4"):
        view.step = 4
    assert view.step == 0


# What a page may do ----------------------------------------------------------------------------------------

ANSWER = {"given": "1 4", "checked": "", "tries": 1, "hints": 0, "state": "open", "seed": 0}


def test_a_page_opens_steps_and_answers_and_changes_no_story():
    view = pooltutor.story(OWN)
    view.set_state({"step": 1, "answers": {"1": ANSWER}, "story": {"title": "x", "steps": []}})
    assert (view.step, view.answers, view.story.title) == (1, {"1": ANSWER}, "A story of your own")
    assert view.shown.input_size == 3, "the page sets the view itself: the learner may have gone on from there"
    view.step = 0
    view.step = 1
    assert (view.shown.input_size, view.shown.answer) == (6, ANSWER)


@pytest.mark.parametrize(
    "answers", [[], {"100": ANSWER}, {"one": ANSWER}, {"1": {"given": 3}}, {"1": {**ANSWER, "given": "x" * 5000}}]
)
def test_answers_that_are_none_are_refused(answers):
    view = pooltutor.story(OWN)
    view.set_state({"answers": answers})
    assert view.answers == {}


def test_what_a_page_gets_of_a_story_is_json_with_whole_states():
    for name in STORIES:
        data = json.loads(json.dumps(story_data(name)))
        assert data == json.loads(json.dumps(pooltutor.story(name).get_state("story")["story"]))
        for step in data["steps"]:
            assert set(step["set"]) == set(led_names(step["view"]))
            assert not [selector for selector in step["point"] if not selector.startswith(".pt-")]


def test_a_story_carries_a_still_picture_that_gives_nothing_away():
    view = pooltutor.story("predict-windows")
    assert isinstance(view, StoryView)
    data, metadata = view._repr_mimebundle_()
    assert data["image/png"]
    alt = metadata["image/png"]["alt"]
    assert alt.startswith("5 cells, 3 outputs.")
    assert "1:4" not in alt
    view.step = 1
    assert "1:4" in view._repr_mimebundle_()[1]["image/png"]["alt"]


def test_the_story_that_the_guide_for_teachers_writes_opens_in_python_and_as_a_file(tmp_path):
    programs = re.findall(r"```python\n(.*?)```", TEXT, re.S)
    (program,) = [each for each in programs if "pooltutor.story(" in each]
    names = {"pooltutor": pooltutor}
    exec(program, names)
    shown = []
    for step in range(5):
        names["lesson"].step = step
        shown.append((repr(names["lesson"].shown), getattr(names["lesson"].shown, "question", None)))
    asks = [{"kind": "shared"}, None, {"kind": "count", "of": "shared"}, None, None]
    assert shown == list(zip(["explore(6, 4)"] * 2 + ["explore(12, 8)"] * 2 + ["atlas('gcd')"], asks, strict=True))
    path = tmp_path / "law.json"
    path.write_text(json.dumps({"title": "A law", "steps": names["law"]}), encoding="utf-8")
    assert pooltutor.story(path).story.steps == names["lesson"].story.steps


def test_the_guide_for_teachers_says_what_a_step_may_have_and_names_all_stories():
    part = TEXT.partition("## A story of your own")[2].partition("\n## ")[0]
    keys = re.findall(r"^\| `(\w+)` \|", part, re.M)
    assert keys == [field.name for field in fields(Step)]
    for question in re.findall(r'`(\{"kind".*?\})`', part):
        assert check_question(json.loads(question), "ask")
    assert {name for name in STORIES if f'"{name}"' not in part} == set()
    assert f"a story: {len(read_story(DEMO).steps)} steps" in TEXT
