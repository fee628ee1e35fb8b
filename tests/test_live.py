"""The live views without a browser: what is sent once, the joined code, the state of an explorer."""

import base64
import inspect
import json
import re
import subprocess
import sys
import zlib

import numpy as np
import pytest
import traitlets

from pooltutor import atlas, bins, explore, laws
from pooltutor.legend import DARK, LIGHT
from pooltutor.live import Explorer, classroom, shared
from pooltutor.live import explorer as live
from pooltutor.live.joining import joined_code, read, sent_code
from pooltutor.live.numbers import PRESETS, check_numbers, numbers
from pooltutor.rules import RULES
from pooltutor.words import load
from tests.spec import refused

# What is sent --------------------------------------------------------------------------------------------


def test_what_is_sent_once_per_kernel_stays_small():
    assert len(shared.shared().code) < 118_000  # deflated, and with it go no tables of windows
    assert zlib.decompress(shared.shared().code).decode() == sent_code(shared.VIEWS)
    assert len(explore()._esm) < 2_100


def test_every_rule_travels_as_its_formula():
    assert {sent["name"]: sent["text"] for sent in shared.shared().rules} == {
        name: rule.text for name, rule in RULES.items()
    }
    assert len(json.dumps(shared.shared().rules)) < 6_000


# Code ------------------------------------------------------------------------------------------------------


def test_nothing_in_the_browser_knows_a_rule_or_names_a_colour_or_the_network():
    code = joined_code(shared.VIEWS)
    assert re.findall(r"Math\.(?:floor|ceil)\([^)]*[nm] ?/|Math\.round\([^)]*[nm] ?/", code) == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", code + read("css/view.css")) == []
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", read("css/view.css")) == []


def test_every_colour_of_the_style_sheet_is_in_the_legend():
    used = set(re.findall(r"var\(--pt-(\w+)\)", read("css/view.css")))
    assert used <= set(LIGHT)
    assert set(LIGHT) == set(DARK)


SHARED = {"hatch-even": "shared_even", "hatch-odd": "shared_odd", "solid": "shared_solid", "hatch-row": "shared_hatch"}


def test_only_the_legend_says_which_colour_shared_cells_have():
    marks = r"\.pt-(hatch-even|hatch-odd|hatch-row|solid) ?[,{][^}]*?(?:stroke|fill): var\(--pt-(\w+)\)"
    assert dict(re.findall(marks, read("css/view.css") + read("css/grid.css"))) == SHARED


def leaves(words, path=()):
    for key, value in words.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)


def test_every_word_of_the_views_is_used_by_the_code():
    code = joined_code(shared.VIEWS)
    # looked up by a value, not by name
    lookups = {"kinds", "speeds", "panels", "presets", "ordinals", "forward", "backward", "reasons", "copies"}
    unused = [
        ".".join(path)
        for path in leaves(load()["view"])
        if not lookups & set(path) and not re.search(rf"[.\"]{path[-1]}\b", code)
    ]
    assert unused == []


def test_what_the_examples_say_is_so():
    why = {tuple(example["sizes"]): example["why"] for example in load()["view"]["examples"]}
    shared = {pair: np.flatnonzero(bins(*pair).coverage > 1).tolist() for pair in why}
    assert "cells 3 and 10 are shared" in why[14, 4]
    assert shared[14, 4] == [3, 10]
    assert sorted({*bins(7, 4).lengths.tolist()}) == [2, 3], why[7, 4]
    assert bins(5, 3)[1] == (1, 4), why[5, 3]
    assert all(bins(5, 3, rule)[:] != bins(5, 3)[:] for rule in ("equal_kernel", "forum", "fixed_stride"))
    assert laws.influence_ratio(7, 5) == 3, why[7, 5]
    assert (set(bins(8, 7).lengths), laws.influence(8, 7)[[0, -1]].tolist()) == ({2}, [0.5, 0.5]), why[8, 7]
    assert (set(bins(16, 6).lengths), len(shared[16, 6])) == ({3, 4}, 4), why[16, 6]
    assert (len(shared[8, 4]), len(shared[60, 6])) == (0, 0)
    assert (bins(6, 8).lengths == 2).any()
    assert np.float32(11) * np.float32(26 / 22) < 13, why[26, 22]
    assert 25 * (224 / 100) == 56.00000000000001, why[224, 100]


def test_words_have_a_name_for_every_preset():
    assert set(load()["view"]["presets"]) == set(PRESETS)


def test_every_other_rule_has_a_reason_for_a_duel():
    reasons = load()["view"]["duel"]["reasons"]
    assert set(reasons) == {*RULES} - {"pytorch"}
    places = {"length", "true_length", "start", "true_start", "stop", "true_stop", "cut", "next_cut", "step"}
    places |= {"i", "n", "m", "window"}
    for reason in reasons.values():
        assert set(re.findall(r"\{(\w+)\}", str(reason))) <= places


def test_the_usual_state_is_that_of_the_function_and_of_the_class():
    given = {name: p.default for name, p in inspect.signature(explore).parameters.items()}
    assert list(given) == ["input_size", "target_size", *Explorer.usual, "story"]
    assert {name: given[name] or Explorer.usual[name] for name in Explorer.usual} == Explorer.usual
    assert explore().state() == Explorer().state() == {"input_size": 14, "target_size": 4, **Explorer.usual}


def test_a_view_hands_out_what_is_shared_to_a_page_that_does_not_know_it():
    sent: list[dict] = []
    for view in (explore(), atlas(), classroom().children[0]):
        view.send = lambda content, buffers=None: sent.append(content)
        view._handle_custom_msg({"type": "shared"}, [])
        answer = json.loads(json.dumps(sent.pop()))  # there are no bytes in it, which would be lost
        assert answer["type"] == "shared"
        assert base64.b64decode(answer["state"]["code"]) == shared.shared().code
        assert json.loads(answer["state"]["words"]["json"]) == shared.shared().words
        assert sent == []


def test_what_a_reader_sees_in_an_order_travels_as_text():
    carried = shared.shared().get_state()
    for name in ("words", "usual"):
        value = getattr(shared.shared(), name)
        assert list(json.loads(carried[name]["json"])) == list(value)
        assert sorted(value) != list(value), "in this order a saved notebook would bring it back"


RULE = f"rule must be one of {', '.join(RULES)} or the text of a formula"

# State -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"input_size": 0}, "input_size must be an integer from 1 to 4096, got 0"),
        ({"input_size": 4097}, "input_size must be an integer from 1 to 4096, got 4097"),
        ({"target_size": 2.5}, "target_size must be an integer from 1 to 4096, got 2.5"),
        ({"target_size": None}, "target_size must be an integer from 1 to 4096, got None"),
        ({"window": 4}, "window must be an integer from 0 to 3, got 4"),
        ({"rule": "Forum"}, f"{RULE}, got 'Forum'"),
        ({"kind": "mean"}, "kind must be one of avg, max, got 'mean'"),
        ({"x": "1, two"}, f"x must be a list of numbers or one of {', '.join(PRESETS)}, got '1, two'"),
        ({"upstream": []}, f"upstream must be a list of numbers or one of {', '.join(PRESETS)}, got []"),
        ({"show": ["heat"]}, f"show must be a list of {', '.join(live.PANELS)}, got 'heat'"),
        ({"against": "PyTorch"}, f"{RULE.replace('rule', 'against')}, got 'PyTorch'"),
        ({"presenter": 1}, "presenter must be True or False, got 1"),
        ({"lock": 3}, f"lock must be a list of {', '.join(live.LOCKS)}, got 3"),
    ],
)
def test_a_refused_state_says_what_is_accepted_and_changes_nothing(change, message):
    view = explore(14, 4)
    ((name, value),) = change.items()
    before = getattr(view, name)
    with refused((TypeError, ValueError), message):
        setattr(view, name, value)
    assert getattr(view, name) == before


def test_explore_refuses_the_same():
    with refused(ValueError, "input_size must be an integer from 1 to 4096, got 0"):
        explore(0, 4)
    with refused(ValueError, f"{RULE}, got 'x'"):
        explore(14, 4, rule="x")


def test_the_current_window_stays_inside_when_the_target_shrinks():
    view = explore(14, 4)
    view.window = 3
    view.target_size = 2
    assert view.window == 1


def test_a_change_of_what_a_verdict_depends_on_drops_the_report():
    view = explore(14, 4)
    assert (view.verdict, view.report) == ("unchecked", None)
    for change in ({"input_size": 15}, {"rule": "forum"}, {"kind": "max"}, {"x": "ones"}, {"upstream": [1, 2]}):
        view.verdict = "agrees"
        for name, value in change.items():
            setattr(view, name, value)
        assert (view.verdict, view.report) == ("checking", None)
    view.verdict = "agrees"
    view.window = 1
    assert view.verdict == "agrees"


def test_a_verdict_is_one_of_five_words():
    with pytest.raises(traitlets.TraitError, match="verdict"):
        explore(14, 4).verdict = "fine"


OWN = "k = ceil(n / m)\nstart = i * n // m\nstop = start + k"


def test_a_formula_of_ones_own_is_a_state_like_any_other():
    view = explore(14, 4, rule=OWN, against="start = i\nstop = i + 1")
    assert view.state()["rule"] == OWN
    view.rule = "split"
    view.rule = OWN.replace("\n", "\r\n")
    assert explore(**view.state()).rule == view.rule
    before = view.rule
    said = "q has no value yet: i, n and m are given, and other names are assigned first (line 1, character 9)"
    with refused(ValueError, said):
        view.rule = "start = q\nstop = i"
    with refused(ValueError, f"{RULE.replace('rule', 'against')}, got 'i'"):
        view.against = "i"
    assert (view.rule, view.against) == (before, "start = i\nstop = i + 1")


def test_a_view_takes_no_functions_which_no_browser_runs():
    with pytest.raises(ValueError, match=rf"\A{re.escape(RULE)}, got \(<function"):
        explore(14, 4, rule=(lambda i, n, m: i, lambda i, n, m: i + 1))


@pytest.mark.parametrize(("rule", "verdict"), [(OWN, "disagrees"), (RULES["pytorch"].text, "agrees")])
def test_the_kernel_judges_a_formula_of_ones_own(rule, verdict):
    view = explore(5, 3, rule=rule)
    *_, answer = answers(view, displayed(view))
    assert answer["verdict"] == view.verdict == verdict


# The kernel's side of the check -----------------------------------------------------------------------------


def displayed(view, **changes) -> dict:
    """What a correct view displays of its state, as the browser sends it."""
    n, m = view.input_size, view.target_size
    b, x, g = bins(n, m, view.rule), numbers(view.x, n), numbers(view.upstream, m)
    shares = [g[i] / b[i].length if b[i].start <= j < b[i].stop else 0.0 for j in range(n) for i in range(m)]
    shown = {
        "x": x,
        "upstream": g,
        "outputs": [x[w.slice].mean() for w in b],
        "gradients": np.reshape(shares, (n, m)).sum(1),
    }
    parts = {name: [str(v) for v in values] for name, values in shown.items()}
    parts["windows"] = [[[str(v) for v in side] for side in (b.start, b.stop)]]
    state = [getattr(view, name) for name in view.claimed]
    return {"n": [n], "m": [m], "kind": view.kind, "state": state, "parts": {**parts, **changes}}


def answers(view, claim) -> list[dict]:
    sent: list[dict] = []
    view.send = lambda content, buffers=None: sent.append(content)
    view._handle_custom_msg({"type": "check", "view": "7-1", "rev": 5, "claim": claim}, [])
    return sent


def test_the_kernel_confirms_what_a_correct_view_displays():
    view = explore(14, 4)
    *_, answer = answers(view, displayed(view))
    assert {k: answer[k] for k in ("type", "view", "rev", "verdict")} == {
        "type": "verdict",
        "view": "7-1",
        "rev": 5,
        "verdict": "agrees",
    }
    assert (view.verdict, view.report.compared) == ("agrees", {"windows": 4, "outputs": 4, "gradients": 14})


@pytest.mark.parametrize("part", ["starts", "stops", "outputs", "gradients"])
@pytest.mark.parametrize("wrong", ["99", "nonsense", None])
def test_the_kernel_refutes_one_wrong_or_unreadable_number(part, wrong):
    view = explore(14, 4)
    claim = displayed(view)
    starts, stops = claim["parts"]["windows"][0]
    {**claim["parts"], "starts": starts, "stops": stops}[part][2] = wrong
    *_, answer = answers(view, claim)
    assert answer["verdict"] == "disagrees"
    assert not view.report


def test_the_kernel_does_not_confirm_a_kind_of_number_that_nothing_judges():
    view = explore(14, 4)
    *_, answer = answers(view, displayed(view, variances=["1"] * 4))
    assert answer["verdict"] == view.verdict == "unchecked"
    assert answer["text"] == "not checked: nothing judges the displayed numbers named 'variances'"


def test_an_answer_for_a_state_that_has_passed_does_not_become_the_traits():
    view = explore(14, 4)
    claim = displayed(view)
    view.input_size = 15
    *_, answer = answers(view, claim)
    assert answer["verdict"] == "agrees"
    assert view.report is None


def test_a_report_that_comes_before_its_state_is_kept_for_it():
    ahead = explore(15, 4)
    claim = displayed(ahead)
    view = explore(14, 4)
    *_, answer = answers(view, claim)
    assert (answer["verdict"], view.report) == ("agrees", None)
    view.input_size = 15
    assert (view.verdict, bool(view.report)) == ("agrees", True)
    view.input_size = 16
    view.input_size = 15
    assert view.report is None


def test_a_verdict_that_is_none_drops_the_report():
    view = explore(14, 4)
    answers(view, displayed(view))
    view.verdict = "unchecked"
    assert view.report is None


def test_a_message_of_another_kind_is_not_answered():
    view = explore(14, 4)
    sent: list[dict] = []
    view.send = lambda content, buffers=None: sent.append(content)
    view._handle_custom_msg({"type": "hello"}, [])
    view._handle_custom_msg("hello", [])
    assert sent == []


# Numbers ---------------------------------------------------------------------------------------------------


def test_typed_numbers():
    assert check_numbers(" 1; 2.5\n-3e2,nan inf -Infinity ", "x") == "1, 2.5, -3e2, nan, inf, -Infinity"
    np.testing.assert_array_equal(numbers("1, nan, -inf", 4), [1, np.nan, -np.inf, 0])
    np.testing.assert_array_equal(numbers("1, 2, 3", 2), [1, 2])
    assert check_numbers(np.array([0.1, 2]), "x") == "0.10000000000000001, 2"
    for bad in ("", "1, 0x10", "1_000", "one", None, {"a": 1}):
        with pytest.raises(ValueError, match=r"^x must be a list of numbers or one of ramp"):
            check_numbers(bad, "x")


# Preview ---------------------------------------------------------------------------------------------------


def preview(view) -> bytes | None:
    data, _ = view._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    return base64.b64decode(data["image/png"]) if "image/png" in data else None


def test_every_view_carries_a_picture_of_its_own_state():
    pictures = {preview(view) for view in (explore(14, 4), explore(7, 5), explore(5, 3, show=[]), explore(5, 3))}
    assert len(pictures) == 4
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert preview(explore(14, 4)) in pictures


def test_the_preview_is_of_what_is_open():
    opened = [{}, {"show": ["windows", "duel"]}, {"show": ["windows", "influence"]}, {"show": ["duel", "influence"]}]
    pictures = [preview(explore(5, 3, rule="forum", **each)) for each in opened]
    assert len(set(pictures)) == 4
    assert pictures[3] == preview(explore(5, 3, rule="forum", show=[])), "hidden windows stay hidden"
    assert pictures[1] != preview(explore(5, 3, rule="forum", against="split", show=["windows", "duel"]))


def test_a_rule_without_windows_has_a_picture_that_says_so_and_no_traceback():
    undefined = preview(explore(3, 5, rule="fixed_stride"))
    assert undefined.startswith(b"\x89PNG")
    hidden = preview(explore(3, 5, rule="fixed_stride", show=[]))
    assert hidden == preview(explore(3, 5, show=[])) != undefined


def test_so_has_a_formula_without_windows():
    odd = preview(explore(14, 4, rule="start = i * n / m\nstop = n"))
    assert odd.startswith(b"\x89PNG")
    assert odd != preview(explore(14, 4))


def test_a_view_without_a_check_loads_neither_torch_nor_matplotlib():
    code = (
        "import sys, pooltutor; v = pooltutor.explore(7, 5); v.rule = 'forum';"
        "print([m for m in ('torch', 'matplotlib') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
