"""Lesson 07: its cells run with ONNX and without, its questions are the page's, and what it says of others is so."""

import logging
import re
import sys
import warnings
from contextlib import redirect_stdout
from io import StringIO

import nbformat
import numpy as np
import pytest
import torch

from pooltutor import bins
from pooltutor.extras import EXTRAS
from tests.lessons import code_cells, prose, value_of
from tests.questions import LESSON, PAGE, page, questions, setup
from tests.quick import quick_takes

NAME = LESSON.stem
ROOT = PAGE.parent.parent
PORTABILITY = (ROOT / "docs" / "portability.md").read_text(encoding="utf-8")
NEEDS_ONNX = {5, 6}


@pytest.fixture
def names():
    """What a cell may use; the settings that the lesson makes for its own kernel are taken back."""
    threads, disabled = torch.get_num_threads(), logging.root.manager.disable
    with warnings.catch_warnings():
        yield {}
    logging.disable(disabled)
    torch.set_num_threads(threads)


@pytest.fixture
def no_onnx(monkeypatch):
    for module in EXTRAS["export"]:
        monkeypatch.setitem(sys.modules, module, None)


def printed(cell, names):
    """What a cell prints."""
    with redirect_stdout(StringIO()) as out:
        value_of(cell.source, names)
    return out.getvalue()


def saved(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


@pytest.mark.parametrize("number", quick_takes([1, 2, 3], range(1, 16)))
def test_the_cells_of_each_question_run_and_print_what_is_saved(number, names):
    if number in NEEDS_ONNX:
        pytest.importorskip("onnxruntime", reason="the extra export is not installed")
        pytest.importorskip("onnxscript", reason="the extra export is not installed")
    for cell in setup():
        printed(cell, names)
    cells = [cell for cell in questions()[number] if cell.cell_type == "code"]
    assert cells
    for cell in cells:
        assert printed(cell, names) == saved(cell)


def test_without_onnx_every_cell_runs_and_those_that_need_it_say_so(names, no_onnx):
    told = "onnxruntime is not installed; pip install 'pooltutor[export]' brings it.\n"
    for cell in code_cells(nbformat.read(LESSON, 4)):
        needs = cell.source.startswith("with optional():")
        text = printed(cell, names)
        assert (told in text) == needs, cell.source
        if needs and "for pool in" not in cell.source:
            assert text.endswith(told)


def test_there_are_fifteen_questions_each_with_answer_code_and_what_to_do():
    found = questions()
    assert list(found) == list(range(1, 16))
    for number, (heading, answer, *code, advice) in found.items():
        assert heading.source.startswith(f'### <a id="q{number}"></a>{number} · ')
        assert heading.metadata["jp-MarkdownHeadingCollapsed"] is True, "questions fold"
        assert (answer.cell_type, advice.cell_type) == ("markdown", "markdown")
        assert {cell.cell_type for cell in code} == {"code"}
        assert advice.source.startswith("**What to do.** ")


def test_the_page_of_questions_is_what_the_lesson_makes():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.questions"


def test_the_links_of_the_page_lead_somewhere():
    text = PAGE.read_text(encoding="utf-8")
    files = re.findall(r"\]\(([\w./-]+\.(?:md|ipynb))\)", text)
    assert {"portability.md", "../notebooks/07-in-the-wild.ipynb"} <= set(files)
    assert [file for file in files if not (PAGE.parent / file).exists()] == []
    anchors = re.findall(r"\]\(#([\w-]+)\)", text)
    assert [anchor for anchor in anchors if f'<a id="{anchor}"></a>' not in text] == []
    assert {f"q{number}" for number in range(1, 16)} <= set(anchors)


def test_readme_leads_whoever_has_an_error_message_to_the_page():
    assert "[Did you come here with an error message?](docs/questions.md)" in (ROOT / "README.md").read_text("utf-8")


# What it says of others ------------------------------------------------------------------------------------


def test_open_sizes_are_right_at_no_target_above_one():
    rows = re.findall(r"^\| (\S+) → (\S+) \| .+?right at (\d) of 6", PORTABILITY, re.M)
    above = [int(right) for _, target, right in rows if set(target.split("×")) != {"1"}]
    assert len(above) == 9
    assert max(above) < 6
    assert "Of nine average poolings with targets above 1, no file" in " ".join(prose(NAME).split())


def test_the_gradients_on_a_gpu_are_those_of_the_table():
    average, maximum = (
        int(re.search(rf"^\| {kind} 56×56 → 13×13 \| (\d+) \| 1 \|", PORTABILITY, re.M)[1])
        for kind in ("average", "maximum")
    )
    said = f"gave {average} different gradients for the average and {maximum} for the maximum"
    assert said in " ".join(prose(NAME).split())


def test_the_frameworks_that_split_or_refuse_agree_where_it_says():
    rows = re.findall(r"^\| (Equinox|TensorFlow Addons)[^|]*\| (\d+) \| (\d+) → (\d+) \|", prose(NAME), re.M)
    assert [name for name, *_ in rows] == ["Equinox", "TensorFlow Addons"]
    sizes = [(n, m) for n in range(1, 33) for m in range(1, 33)]
    same = [size for size in sizes if list(bins(*size, "split")) == list(bins(*size))]
    assert {int(count) for _, count, *_ in rows} == {len(same)}
    smaller = [(n, m) for n, m in sizes if m <= n and (n, m) not in same]
    assert {(int(n), int(m)) for *_, n, m in rows} == {min(smaller, key=sum)}


def test_the_predictions_of_both_stories():
    assert [max(bins(n, 6).lengths) for n in (16, 24, 32)] == [4, 4, 6]
    read = {cell for start in range(0, 12, 3) for cell in range(start, start + 3)}
    assert sorted(set(range(14)) - read) == [12, 13]
    assert 14**2 - 12**2 == 52 > 14**2 / 4
    assert np.prod([14 // (14 // 4)] * 2) == 16  # the shape is right
