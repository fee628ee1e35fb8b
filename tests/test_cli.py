"""The command `pooltutor`: every command as a process with good and bad input, and what each does inside."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from math import gcd
from pathlib import Path

import numpy as np
import pytest

import run
from pooltutor import bins, figures, page, words
from pooltutor.cli import binder_link, lab
from pooltutor.cli.commands import PICTURES, parser
from pooltutor.legend import GRID_COLOURS
from pooltutor.pairs import CHARTS
from pooltutor.rules import RULES
from tests import spec
from tests.lab import PATIENCE, end, free_port, wait_for_words
from tests.test_words import paths, words_read

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\$ pooltutor (.+)\n((?:(?!\$ |```).*\n)+)", README, re.M)
COMMANDS = ["explain", "check", "compare", "inspect", "figure", "page", "site", "demo", "lab"]
COMMANDS += ["binder-link", "site-link"]
PAIRS = [(7, 5), (5, 3), (14, 4), (3, 7), (1, 6), (6, 1), (26, 22), (40, 30)]


def start(*arguments, code=None, **options):
    """The answer of a process of its own, in UTF-8; `code` stands in for `-m pooltutor`."""
    command = [sys.executable, *(["-m", "pooltutor"] if code is None else ["-c", code]), *arguments]
    settings = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **options.pop("env", {})}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=settings, timeout=PATIENCE, **options)


def lines(text):
    return [line.rstrip() for line in text.strip().splitlines()]


# Processes -------------------------------------------------------------------------------------------------


def test_readme_has_five_examples():
    assert [line.split()[0] for line, _ in EXAMPLES] == ["explain", "check", "check", "check", "figure"]


@pytest.mark.parametrize(
    ("line", "output"),
    [
        pytest.param(line, output, id=line, marks=[pytest.mark.slow] if line.startswith("check") else [])
        for line, output in EXAMPLES
    ],
)
def test_an_example_of_readme_prints_what_stands_there(line, output, tmp_path):
    answer = start(*shlex.split(line), cwd=tmp_path)
    assert lines(answer.stdout) == [re.sub(r"2\.13\.0", version(), line) for line in lines(output)]
    assert (answer.returncode, answer.stderr) == (output.startswith("✗"), "")
    assert all((tmp_path / name).stat().st_size for name in re.findall(r"-o (\S+)", line))


def version():
    import torch

    return torch.__version__.split("+")[0]


A_RULE = f"rule must be one of {', '.join(RULES)}, the text of a formula or a pair of functions"
REFUSED = {  # a line, and the one sentence that it gets
    "explain 7 0": "target_size must be an integer from 1 to 1000000, got 0",
    "check 7 5 --rule nobody": f"{A_RULE}, got 'nobody'",
    "figure windows 14 4 -o out.jpg": "a picture's file must end in .png, .svg, .pdf, got 'out.jpg'",
    "page nodir/x.html": "nodir: No such file or directory",
    "page one 'two\nlines'": "pooltutor: unrecognized arguments: two lines; pooltutor --help shows what it takes",
    "page one two": "pooltutor: unrecognized arguments: two; pooltutor --help shows what it takes",
    "site one two": "pooltutor: unrecognized arguments: two; pooltutor --help shows what it takes",
    "demo --port 80": "--port must be a whole number from 1024 to 65535, got '80'",
    "compare 14 4 --outputs 1,x": "--outputs must be a list of numbers, as 1.5,4.5,11/3, or a .npy file, got '1,x'",
    "check --up-to ''": "--up-to must be an integer from 1 to 4096, got ''",
    "inspect net.py:build --input 1x3x0": "--input must be an integer from 1 to 2147483648, got 0",
    "lab ''": "FOLDER must be the name of a folder, got ''",
    "lab ~nosuchuser/x": "FOLDER must be the name of a folder, got '~nosuchuser/x'",
    "lab --port \u0668\u0668": "--port must be a whole number from 1024 to 65535, got '\u0668\u0668'",
    "lab --port x": "--port must be a whole number from 1024 to 65535, got 'x'",
    "binder-link": "git knows no remote named origin here, and a link needs its address",
    "site-link": "git knows no remote named origin here, and a link needs its address",
    "site-link a.org": "ADDRESS must be that of a folder on the web, as https://example.org/pooling/, got 'a.org'",
}


@pytest.mark.parametrize("line", REFUSED)
def test_bad_input_gets_one_sentence_and_status_2(line, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert said(*shlex.split(line)) == (2, "", REFUSED[line] + "\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", ["explain 7 0", "page one 'two\nlines'"])  # refused by us, and by argparse
def test_bad_input_ends_a_process_with_that_sentence_and_status(line, tmp_path):
    answer = start(*shlex.split(line), cwd=tmp_path)
    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", REFUSED[line] + "\n")


def test_every_command_has_been_refused_something():
    assert {line.split()[0] for line in REFUSED} == set(COMMANDS)


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "--{}",
        "explain {} 5",
        "explain 7 {}",
        "explain 7 5 --rule {}",
        "explain 6x8 4x{}x3",
        "check 7 5 --device {}",
        "check 7 5 --dtype {}",
        "explain 7 5 --start {} --stop n",
        "explain 7 5 --start i --stop {}",
        "explain 7 5 --window {}",
        "check --rule-file {}",
        "compare 7 5 --outputs {}",
        "compare 7 5 --outputs {}.npy",
        "compare 7 5 --windows {}",
        "check --up-to {}",
        "figure {}",
        "figure windows 14 4 -o {}",
        "figure atlas -o {}/a.png",
        "figure atlas -o a.png --colour {}",
        "figure atlas -o a.png --theme {}",
        "page {}",
        "page {}/x",
        "demo --port {}",
        "lab {}",
        "lab x --port {}",
    ],
)
def test_what_is_said_of_a_long_argument_is_short(line, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pooltutor.page.recorded", lambda: {"version": "1", "date": "1", "count": "1", "program": "0"})
    for long in ("9" * 10**5, "a" * 10**5, "\n" * 10**5):
        status, output, error = said(*(word.replace("{}", long) for word in line.split()))
        assert (status, output) == (2, "")
        assert len(error) < 500


WAITING = "import time\nprint('half loaded', flush=True)\ntime.sleep(60)\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signal to one process")
@pytest.mark.parametrize("package", ["numpy", "torch"])
def test_ctrl_c_while_something_is_loaded_ends_quietly(tmp_path, package):
    (tmp_path / f"{package}.py").write_text(WAITING)
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    pipe, command = subprocess.PIPE, [sys.executable, "-m", "pooltutor", "check", "14", "4"]
    hears = {
        "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler)
    }  # a job in the background does not
    with subprocess.Popen(command, env=settings, stdout=pipe, stderr=pipe, text=True, **hears) as process:
        assert process.stdout.readline() == "half loaded\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE) == ("", "")
    assert process.returncode in (130, -signal.SIGINT), "a shell reports both as 130"


@pytest.mark.slow
@pytest.mark.parametrize("line", ["check 14 4", "page", "demo --lan --no-browser", "check --up-to 2"])
def test_a_damaged_pytorch_is_said_in_one_sentence(tmp_path, line):
    answer = start(*line.split(), cwd=tmp_path, env=damaged(tmp_path))
    assert answer.returncode == 2
    assert "import torch fails: boom" in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.slow
def test_the_classroom_opens_with_a_damaged_pytorch(tmp_path):
    code = "from pooltutor.live import classroom; print(classroom())"
    answer = start(code=code, env=damaged(tmp_path))
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "classroom()\n", "")


def damaged(folder):
    """The environment of a PyTorch that raises what no import should."""
    (folder / "site" / "torch").mkdir(parents=True)
    (folder / "site" / "torch" / "__init__.py").write_text("raise ValueError('boom')")
    return {"PYTHONPATH": os.pathsep.join([str(folder / "site"), str(ROOT)])}


def test_the_installed_script_is_the_same_command():
    script = Path(sys.executable).with_name("pooltutor.exe" if os.name == "nt" else "pooltutor")
    if not script.exists():
        pytest.skip("pooltutor runs from a folder and is not installed")
    answer = subprocess.run([script, "explain", "3", "x"], capture_output=True, text=True)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert answer.stderr.startswith("target_size must be")


LOADED = "import sys; from pooltutor.cli import main; main({}); print([n for n in {} if n in sys.modules])"


@pytest.mark.parametrize("line", ["explain 7 5", "check --up-to 0", "--version"])
def test_neither_torch_nor_matplotlib_is_loaded_where_they_are_not_needed(line):
    guests = ["torch", "matplotlib", "ipywidgets", "PIL", *(["rich"] if "explain" not in line else [])]
    assert lines(start(code=LOADED.format(line.split(), guests)).stdout)[-1] == "[]"


def test_a_module_that_is_loaded_would_be_seen():
    assert lines(start(code=LOADED.format(["explain", "3", "2"], ["torch", "rich"])).stdout)[-1] == "['rich']"


POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has neither closed pipes nor terminals of this kind")


@POSIX
@pytest.mark.parametrize("line", ["explain 64 32", "explain 640 320 --json", "--help"])
def test_a_closed_pipe_ends_a_command_quietly(line):
    command, buffered = [sys.executable, "-m", "pooltutor", *line.split()], {**os.environ, "PYTHONUNBUFFERED": ""}
    nobody, pipe = os.pipe()
    os.close(nobody)  # before the command starts: on a busy machine it might else have written all
    with subprocess.Popen(command, env=buffered, stdout=pipe, stderr=subprocess.PIPE) as process:
        os.close(pipe)
        assert (process.wait(PATIENCE), process.stderr.read()) == (141, b"")


@POSIX
def test_where_nobody_reads_the_status_still_tells():
    command = [sys.executable, "-m", "pooltutor", "explain", "0", "5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stderr.close()
        assert process.wait(PATIENCE) == 2
    nothing_open = f"{shlex.quote(sys.executable)} -m pooltutor explain 7 5 >&-"
    answer = subprocess.run(["sh", "-c", nothing_open], capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")


# A shell lets what it starts in the background ignore Ctrl+C, and so all that is started from there.
LISTENING = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from pooltutor.cli import main
sys.exit(main())
"""


@pytest.mark.slow
@POSIX
def test_ctrl_c_ends_a_check_quietly_and_a_terminal_sees_its_progress():
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", LISTENING, "check", "--up-to", "300"]
    # Where a shell runs the tests in the background, Ctrl+C is switched off for all that they start.
    hears = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, **hears)
    os.close(theirs)
    seen = b""
    while not re.search(rb"[1-9]%", seen):  # PyTorch has answered
        seen += os.read(ours, 4096)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=PATIENCE)
    with suppress(OSError):  # the terminal ends with its last process
        while more := os.read(ours, 4096):
            seen += more
    os.close(ours)
    assert (process.returncode, output) == (130, b"")
    assert b"asking PyTorch" in seen
    assert b"Traceback" not in seen


@pytest.mark.slow
def test_the_page_is_written_after_a_real_comparison(said, tmp_path, monkeypatch):
    def asked_here(n, m, kind):
        """PyTorch's answer, but for the averages to 64 -> 64: for these the README's own command asks, above."""
        return asked(n, m, kind=kind) if kind == "max" or max(n, m) > 64 else replace(known, input_size=(n,))

    asked, known = page.check, page.check(5, 3)
    monkeypatch.setattr(page, "check", asked_here)
    monkeypatch.chdir(tmp_path)
    answer = said("page", "lecture.html")
    size = (tmp_path / "lecture.html").stat().st_size
    assert size <= 300_000
    written = f"Written to lecture.html, {round(size / 1000)} KB; all 4,096 sizes of its sliders have the same numbers"
    assert answer == (0, f"{written} as PyTorch {version()}.\n", "")


FAKE = """
import sys, types
from pooltutor.verify import Disagrees, NotChecked
def write_page(path):
    if "wrong" in str(path): raise Disagrees("PyTorch disagrees at 5 -> 3.")
    if "silent" in str(path): raise NotChecked("PyTorch is not there.")
    return f"{path} is written."
def demo(**options):
    print(*(f"{name}={value}" for name, value in sorted(options.items())))
    return 0
sys.modules["pooltutor.page"] = types.SimpleNamespace(write_page=write_page)
sys.modules["pooltutor.demo"] = types.SimpleNamespace(main=demo)
from pooltutor.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("line", "answer"),
    {
        "page": (0, "pooling.html is written.\n", ""),
        "page out/p.html": (0, f"{Path('out/p.html')} is written.\n", ""),
        "page wrong.html": (1, "", "PyTorch disagrees at 5 -> 3.\n"),
        "page silent.html": (2, "", "PyTorch is not there.\n"),
        "demo": (0, "base=/ browser=True lan=False port=None room=None\n", ""),
        "demo --room": (0, "base=/ browser=True lan=False port=None room=ten-minute-demo\n", ""),
        "demo --room mine.json": (0, "base=/ browser=True lan=False port=None room=mine.json\n", ""),
        "demo --lan --no-browser --port {port}": (0, "base=/ browser=False lan=True port={port} room=None\n", ""),
        "demo --base-url https://a.b/c": (0, "base=https://a.b/c/ browser=True lan=False port=None room=None\n", ""),
    }.items(),
)
def test_page_and_demo_pass_on_what_they_are_told(line, answer):
    port = free_port()
    done = start(*line.format(port=port).split(), code=FAKE)
    status, output, error = answer
    assert (done.returncode, done.stdout, done.stderr) == (status, output.format(port=port), error)


# Help ------------------------------------------------------------------------------------------------------


def helps(said):
    """The help of each command and of each picture."""
    return {
        line: said(*line.split(), "--help")[1] for line in [*COMMANDS, *(f"figure {picture}" for picture in PICTURES)]
    }


def test_the_examples_in_every_help_are_accepted(said):
    for command, text in helps(said).items():
        examples = [shlex.split(line) for line in text.split("examples:")[1].strip().splitlines()]
        assert examples
        for name, *arguments in examples:
            assert (name, command.split()[0]) == ("pooltutor", arguments[0])
            assert callable(parser().parse_args(arguments).run)


def test_help_names_what_there_is_to_choose(said):
    text = {command: " ".join(help.split()) for command, help in helps(said).items()}
    assert ", ".join(RULES) in text["explain"]
    assert f"{', '.join(CHARTS[:-1])} or {CHARTS[-1]}" in text["figure atlas"]
    assert f"{', '.join(GRID_COLOURS[:-1])} or {GRID_COLOURS[-1]}" in text["figure 2d"]


def test_without_a_command_stands_the_help(said):
    status, output, error = said()
    assert (status, error) == (0, "")
    assert [line.split()[0] for line in output.splitlines() if re.match("    [a-z]", line)] == COMMANDS


def test_the_version_is_the_package_s(said):
    import pooltutor

    assert said("--version") == (0, f"{pooltutor.__version__}\n", "")


# explain ---------------------------------------------------------------------------------------------------


def explained(said, *arguments):
    status, output, error = said("explain", *map(str, arguments), "--json")
    assert (status, error) == (0, "")
    return json.loads(output)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("n", "m"), PAIRS)
def test_the_facts_are_those_of_the_specification(said, rule, n, m):
    if not spec.defined(rule, n, m):
        assert said("explain", str(n), str(m), "--rule", rule)[0] == 2
        return
    (axis,) = explained(said, n, m, "--rule", rule)["axes"]
    expected = spec.windows(rule, n, m)
    assert [(w["start"], w["stop"]) for w in axis["windows"]] == expected
    assert [w["length"] for w in axis["windows"]] == [stop - start for start, stop in expected]
    cuts = [Fraction(i * n, m) for i in range(m + 1)]
    assert [(w["i"], Fraction(w["cut"]), Fraction(w["next_cut"])) for w in axis["windows"]] == [
        (i, cuts[i], cuts[i + 1]) for i in range(m)
    ]
    cells = [set(range(*window)) for window in expected]
    shared = [max(0, expected[i][1] - expected[i + 1][0]) for i in range(m - 1)]
    assert [w["shared_with_next"] for w in axis["windows"]] == [*shared, None]
    assert axis["overlaps"] == sum(map(bool, shared))
    influence = [sum((Fraction(1, len(c)) for c in cells if j in c), Fraction(0)) for j in range(n)]
    assert list(map(Fraction, axis["influence"])) == influence
    assert axis["influence_ratio"] == (str(max(influence) / min(influence)) if min(influence) else "inf")
    true = spec.windows("pytorch", n, m)
    if rule == "pytorch":
        assert axis["gcd"] == gcd(n, m)
        assert axis["overlaps"] == m - axis["gcd"]
    else:
        assert [tuple(w["pytorch"]) for w in axis["windows"]] == true
        wrong = [i for i in range(m) if expected[i] != true[i]]
        assert axis["wrong"] == len(wrong)
        assert (axis["first_wrong"] or {"i": None})["i"] == (wrong[0] if wrong else None)


def value(code, x):
    """What the two lines that `explain` prints compute for these numbers."""
    import torch

    torch_x, scope = torch.from_numpy(x)[None], {}
    code = re.sub(r"torch\.rand\([\d, ]+\)", "torch_x", "\n".join(code))
    code = re.sub(r"numpy\.random\.rand\([\d, ]+\)", "x", code)
    exec(code, {"torch_x": torch_x, "x": x}, scope)
    return np.asarray(scope["y"]).reshape(-1)


@pytest.mark.parametrize("kind", ["avg", "max"])
@pytest.mark.parametrize(
    "sizes", ["7 5", "5 3", "7 2", "3 4", "4 7", "6x9 3x4", "6x9 4x3", "9x7 3x5", "6x9 4xNone", "4x5x6 2x3x5"]
)
def test_the_code_does_it_and_so_does_the_layer(said, sizes, kind):
    import torch

    found = explained(said, *sizes.split(), "--kind", kind)
    x = np.random.default_rng(7).normal(size=found["input_size"])
    y = value(found["code"], x)
    axes = [spec.windows("pytorch", n, m) for n, m in zip(found["input_size"], found["target_size"], strict=True)]
    assert y == pytest.approx(spec.pool(x, axes, kind).ravel(), abs=1e-12)
    assert (found["layer"] is None) == (None in [axis["avg_pool"] for axis in found["axes"]])
    if found["layer"]:
        assert y == pytest.approx(eval(found["layer"])(torch.from_numpy(x)[None]).numpy().ravel(), abs=1e-12)
    assert ("influence" in found["axes"][0]) == (kind == "avg")


def test_layers_are_found_and_missed():
    from pooltutor.cli.explain_facts import facts

    layer = {
        sizes: facts(*sizes, "pytorch", "avg")["layer"] for sizes in [((5,), (3,)), ((7,), (5,)), ((6, 9), (3, 5))]
    }
    padded = "torch.nn.AvgPool1d(3, stride=2, padding=1, count_include_pad=False)"
    both = "torch.nn.AvgPool2d((2, 3), stride=(2, 2), padding=(0, 1), count_include_pad=False)"
    assert list(layer.values()) == [padded, None, both]


def test_the_code_for_another_rule_is_pooltutor_s_own(said):
    x = np.random.default_rng(7).normal(size=(6, 9))
    code = explained(said, "6x9", "4x5", "--rule", "split", "--kind", "max")["code"]
    axes = [spec.windows("split", *pair) for pair in ((6, 4), (9, 5))]
    assert value(code, x) == pytest.approx(spec.pool(x, axes, "max").ravel())


@pytest.mark.parametrize(
    "line", ["7 5", "5 3 --rule forum", "3 7 --rule round", "40 30", "6x9 3x4", "6x9 4xNone --kind max"]
)
def test_the_table_says_what_the_json_says(said, line):
    found = explained(said, *line.split())
    text = " ".join(said("explain", *line.split())[1].split())
    for axis in found["axes"]:
        shown = [*axis["windows"][:12], *axis["windows"][-4:]] if len(axis["windows"]) > 17 else axis["windows"]
        for w in shown:
            window = f"{w['start']}:{w['stop']}" if w["length"] else "empty"
            shared = "" if w["shared_with_next"] is None else f" {w['shared_with_next']}"
            assert f" {w['i']} {w['cut']} {w['next_cut']} {window} {w['length']}{shared}" in text
            if w.get("pytorch") not in (None, [w["start"], w["stop"]]):
                assert f" ✗ {w['pytorch'][0]}:{w['pytorch'][1]}" in text
        if found["kind"] == "avg":
            cells = axis["influence"]
            cells = [*cells[:12], "…", *cells[-4:]] if len(cells) > 17 else cells
            assert f"influence {' '.join(cells)}; largest over smallest: {axis['influence_ratio']}" in text
        if found["rule"] == "pytorch":
            assert f": {axis['overlaps']} = m - gcd(n, m) = {axis['target_size']} - {axis['gcd']}" in text
            assert axis["avg_pool_reason"] in text
        elif axis["wrong"]:
            assert f"✗ {axis['wrong']} of {axis['target_size']} windows are not PyTorch's" in text
    assert (text.count(" … … ") > 0) == (line == "40 30")
    assert text.endswith(" ".join(found["code"]) + (f" # the same: {found['layer']}" if found.get("layer") else ""))


def test_a_row_after_17_is_left_out(said):
    assert "…" not in said("explain", "17", "16")[1]
    assert "…" not in said("explain", "16", "17")[1]
    assert said("explain", "2", "18")[1].count("…") == 6
    assert said("explain", "18", "2")[1].count("…") == 1


def test_nothing_is_cut_off_on_a_narrow_terminal(said, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    output = said("explain", "999999", "1000")[1]
    assert "999000/1000" not in output.split()  # 999 cuts of this length in 40 columns
    assert "".join(output.split()).count("…") == 7
    output = said("explain", "5", "3")[1]
    assert "# the same: torch.nn.AvgPool1d(3, stride=2, padding=1, count_include_pad=False)" in lines(output)


@pytest.mark.parametrize(
    ("line", "sentence"),
    {
        "explain 7 x": "target_size must be an integer from 1 to 1000000, got 'x'",
        "explain 6x 4": "input_size must be an integer from 1 to 1000000, got '6x'",
        "explain 1_0 4": "input_size must be an integer from 1 to 1000000, got '1_0'",
        "explain -7 4": "input_size must be an integer from 1 to 1000000, got -7",
        "explain 7 None": "target_size must be an integer from 1 to 1000000, got 'None'",
        "explain 6xNone 4x3": "input_size must be an integer from 1 to 1000000, got 'None'",
        "explain 1000001 4": "input_size must be an integer from 1 to 1000000, got 1000001",
        "explain 6x8 4x3x2": "input_size and target_size must have the same 1 to 3 entries, got 6x8 and 4x3x2",
        "explain 2x3x4x5 1": "input_size and target_size must have the same 1 to 3 entries, got 2x3x4x5 and 1",
        "explain 7 5 --kind sum": "kind must be one of avg, max, got 'sum'",
        "explain 3 7 --rule fixed_stride": "The rule 'AvgPool recipe' has no windows when m > n, got 3 -> 7",
        "check 14": "check takes two sizes, or --up-to and no size",
        "check 14 4 --up-to 3": "check takes two sizes, or --up-to and no size",
        "check --up-to 4097": "--up-to must be an integer from 1 to 4096, got 4097",
        "check --up-to 3 --rule x": f"{A_RULE}, got 'x'",
        "check 14 4 --dtype int8": "dtype must be one of float64, float32, float16, bfloat16, got 'int8'",
        "check 100001 4": (
            "input_size times the larger of both sizes may be up to 536870912 on an axis to check, got 10000200001"
        ),
        "check 4000x4000 4": "input_size and target_size may have up to 10000000 entries to check, got 16000000",
        "check 4x5 4000x4000": "input_size and target_size may have up to 10000000 entries to check, got 16000000",
        "figure 2d 6 4 -o a.svg": "figure 2d takes sizes as 6x8 4x3, got 6 4",
        "figure windows 6x8 4x3 -o a.svg": "figure windows takes sizes as 14 4, got 6x8 4x3",
        "figure duel 6x8 3 --rule forum -o a.svg": "input_size must be an integer from 1 to 2147483648, got '6x8'",
        "figure matrix 65 4 -o a.svg": "matrix draws sizes up to 64, got 65 -> 4",
        "figure windows 14 4 -o nowhere/a.svg": f"{Path('nowhere/a.svg')}: No such file or directory",
        "figure windows 14 4": "pooltutor figure windows: the following arguments are required: -o/--output; "
        "pooltutor figure windows --help shows what it takes",
        "figure windows 14 4 -o a.svg --colour gcd": "pooltutor: unrecognized arguments: --colour gcd; "
        "pooltutor --help shows what it takes",
        "figure atlas -o a.svg --colour pink": f"colour must be one of {', '.join(CHARTS)}, got 'pink'",
        "figure windows 14 4 -o a.svg --theme pink": "theme must be one of light, dark, either, got 'pink'",
    }.items(),
)
def test_every_refusal_is_one_sentence(said, line, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert said(*line.split()) == (2, "", sentence + "\n")
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_without_arrows_gets_their_numbers():
    answer = start("explain", "5", "3", "--rule", "forum", env={"PYTHONIOENCODING": "ascii"})
    assert answer.returncode == 0
    assert answer.stdout.startswith("5 \\u2192 3, rule the forum's\n")


# check -----------------------------------------------------------------------------------------------------


def test_a_report_is_printed_with_its_mark(said):
    status, output, error = said("check", "6x9", "4xNone", "--kind", "max", "--dtype", "float32")
    assert (status, error, output[0]) == (0, "", "✓")
    assert "(cpu, float32)" in output
    assert "13 windows, 36 outputs, 54 gradients" in output


def test_all_pairs_under_a_wrong_rule_are_counted_and_the_first_is_named(said):
    pairs = [(n, m) for n in range(1, 9) for m in range(1, 9)]
    wrong = [pair for pair in pairs if spec.windows("equal_kernel", *pair) != spec.windows("pytorch", *pair)]
    (n, m), agreeing = wrong[0], len(pairs) - len(wrong)
    status, output, error = said("check", "--up-to", "8", "--rule", "equal_kernel")
    assert (status, error) == (1, "")
    assert output.startswith(f"✗ {agreeing} of 64 pairs of sizes from 1 → 1 to 8 → 8 have the same numbers as PyTorch")
    assert f"The first difference is at {n} → {m}: window " in output


def test_pairs_without_windows_are_not_counted(said):
    status, output, _ = said("check", "--up-to", "4", "--rule", "fixed_stride", "--dtype", "float32")
    assert status == 0
    assert "(cpu, float32) for all 10 pairs of sizes from 1 → 1 to 4 → 4 where the rule has windows." in output


@pytest.mark.parametrize("line", ["check 14 4", "check", "check --up-to 3"])
def test_without_pytorch_nothing_passes(said, line, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    sentence = "? not checked: PyTorch is not installed (pip install torch); pooltutor[lab] brings it, too\n"
    assert said(*line.split()) == (2, "", sentence)


def test_without_the_device_nothing_passes(said):
    status, output, error = said("check", "--up-to", "3", "--device", "meta")
    assert (status, output) == (2, "")
    assert error.startswith("? not checked: PyTorch refused on meta: ")


def test_a_missing_package_is_one_sentence(said, monkeypatch):
    monkeypatch.setitem(sys.modules, "pooltutor.cli.explain", None)
    status, output, error = said("explain", "7", "5")
    assert (status, output) == (2, "")
    assert error == "import of pooltutor.cli.explain halted; None in sys.modules\n"


# figure ----------------------------------------------------------------------------------------------------

DRAWN = {  # a line, and the same by a call
    "windows 14 4 --kind max --theme dark": lambda: figures.windows(bins(14, 4), kind="max", theme="dark"),
    "gradient 7 5 --rule split": lambda: figures.gradient(bins(7, 5, "split")),
    "matrix 7 5 --theme dark": lambda: figures.matrix(bins(7, 5), theme="dark"),
    "duel 5 3 --rule forum --against split --kind max": lambda: figures.duel(5, 3, "forum", "split", kind="max"),
    "atlas --colour agreement --rule forum": lambda: figures.atlas("agreement", "forum"),
    "2d 6x8 4xNone --colour overlaps --theme dark": lambda: figures.grid(
        bins(6, 4), bins(8, 8), colour="overlaps", theme="dark"
    ),
    "2d 6x8 4x3 --kind max --rule round": lambda: figures.grid(bins(6, 4, "round"), bins(8, 3, "round"), kind="max"),
}


@pytest.mark.parametrize("line", DRAWN)
def test_a_picture_is_the_one_that_the_call_draws(said, line, tmp_path):
    mine, called = tmp_path / "mine.svg", tmp_path / "called.svg"
    picture = DRAWN[line]()
    picture.save(called)
    assert said("figure", *line.split(), "-o", str(mine)) == (0, f"{mine}: {picture.title}.\n", "")
    assert mine.read_bytes() == called.read_bytes()
    assert len(mine.read_bytes()) > 10_000


def test_every_picture_has_been_drawn():
    assert {line.split()[0] for line in DRAWN} == set(PICTURES)


@pytest.mark.parametrize(
    ("ending", "magic", "date"),
    [("png", b"\x89PNG", b"tIME"), ("svg", b"<?xml", b"dc:date"), ("pdf", b"%PDF", b"CreationDate")],
)
def test_a_file_has_its_type_and_no_date(said, tmp_path, ending, magic, date):
    file = tmp_path / f"out.{ending}"
    assert said("figure", "gradient", "5", "3", "-o", str(file))[0] == 0
    assert file.read_bytes().startswith(magic)
    assert date not in file.read_bytes()


# lab -------------------------------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A folder of two lessons that a new version may change, in the place of the real one."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name in (lab.FIRST, "01-windows.ipynb"):
        (folder / name).write_text(f"first {name}")
    monkeypatch.setattr(lab, "folders", lambda: (tmp_path / "none", folder))
    return folder


def test_lessons_are_copied_once(source, tmp_path):
    folder = tmp_path / "new" / "mine"
    assert lab.copy_lessons(folder) == ([lab.FIRST, "01-windows.ipynb"], [])
    assert {path.name: path.read_text() for path in folder.glob("[!.]*")} == {
        path.name: path.read_text() for path in source.iterdir()
    }
    assert lab.copy_lessons(folder) == ([], [])


def test_what_a_learner_has_changed_stays_and_the_rest_follows_a_new_version(source, tmp_path):
    folder = tmp_path / "mine"
    lab.copy_lessons(folder)
    (folder / lab.FIRST).write_text("mine")
    for path in source.iterdir():
        path.write_text("second")
    for _ in range(2):
        copied, kept = lab.copy_lessons(folder)
        assert kept == [lab.FIRST]
        assert (folder / lab.FIRST).read_text() == "mine"
        assert (folder / "01-windows.ipynb").read_text() == "second"
    assert copied == []
    (folder / lab.FIRST).rename(folder / "00-mine.ipynb")
    assert lab.copy_lessons(folder) == ([lab.FIRST], [])
    assert (folder / "00-mine.ipynb").read_text() == "mine"


def test_a_file_that_was_there_before_stays(source, tmp_path):
    (tmp_path / "01-windows.ipynb").write_text("somebody's")
    assert lab.copy_lessons(tmp_path) == ([lab.FIRST], ["01-windows.ipynb"])
    assert (tmp_path / "01-windows.ipynb").read_text() == "somebody's"


@pytest.mark.parametrize("manifest", ["", "[1]", "{", "\xff"])
def test_without_a_manifest_nothing_is_overwritten(source, tmp_path, manifest):
    folder = tmp_path / "mine"
    lab.copy_lessons(folder)
    (folder / lab.HIDDEN / "lessons.json").write_text(manifest, encoding="latin-1")
    (source / lab.FIRST).write_text("second")
    assert lab.copy_lessons(folder) == ([], [lab.FIRST])
    assert lab.copy_lessons(folder) == ([], [lab.FIRST])


def test_half_a_lesson_is_never_left_behind(source, tmp_path, monkeypatch):
    folder = tmp_path / "mine"
    monkeypatch.setattr(Path, "replace", lambda self, target: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        lab.copy_lessons(folder)
    monkeypatch.undo()
    assert not list(folder.glob("*.ipynb"))


def test_what_was_copied_before_something_went_wrong_is_not_the_learners(source, tmp_path):
    folder = tmp_path / "mine"
    (folder / "01-windows.ipynb").mkdir(parents=True)  # where a lesson should go
    with pytest.raises(OSError, match=r"01-windows\.ipynb"):
        lab.copy_lessons(folder)
    (source / lab.FIRST).write_text("a new version")
    (folder / "01-windows.ipynb").rmdir()
    assert lab.copy_lessons(folder) == ([lab.FIRST, "01-windows.ipynb"], [])


def test_lab_says_what_it_did_and_starts_jupyterlab(source, tmp_path, said, monkeypatch):
    started = []
    monkeypatch.setattr(lab, "_become", lambda command, settings: started.append((command, settings)) or 0)
    folder, port = tmp_path / "mine", str(free_port())
    assert said("lab", str(folder)) == (0, f"2 lessons are new in {folder}.\n", "")
    (folder / lab.FIRST).write_text("mine")
    (folder / "01-windows.ipynb").unlink()
    sentences = f"1 lesson is new in {folder}.\nYours stay as you changed them: {lab.FIRST}. "
    status, output, _ = said("lab", str(folder), "--no-browser", "--port", port)
    assert (status, output) == (0, f"{sentences}--reset gives you a fresh copy of one.\n")
    (quick, _), (command, settings) = started
    assert set(command) - set(quick) == {"--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"}
    assert settings["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0] == str(folder / lab.HIDDEN)


def test_lab_copies_and_opens_nothing_where_that_is_asked(source, tmp_path, said, monkeypatch):
    monkeypatch.setattr(lab, "_become", lambda command, settings: pytest.fail("JupyterLab was started"))
    folder = tmp_path / "mine"
    assert said("lab", str(folder), "--copy-only") == (0, f"2 lessons are new in {folder}.\n", "")
    assert sorted(path.name for path in folder.glob("*.ipynb")) == [lab.FIRST, "01-windows.ipynb"]


def test_lab_is_for_this_machine_alone_and_has_the_settings_of_every_place_of_ours():
    command = lab.lab_command(ROOT, 8899, browser=False)
    assert {"--ServerApp.ip=127.0.0.1", "--LabApp.extension_manager=readonly", "--no-browser"} <= set(command)
    assert {f"--LabApp.default_url=/lab/tree/{lab.FIRST}", "--ServerApp.port=8899"} <= set(command)
    mine = lab._SETTINGS["labconfig/default_setting_overrides.json"]
    theirs = ROOT / "deploy" / "settings" / "labconfig" / "default_setting_overrides.json"
    assert json.loads(mine) == json.loads(theirs.read_text(encoding="utf-8"))
    exported = ROOT / "deploy" / "settings" / "jupyter_config.json"
    assert json.loads(lab._SETTINGS["jupyter_config.json"]) == json.loads(exported.read_text(encoding="utf-8"))
    assert run.SETTINGS["etc/ipython/ipython_kernel_config.py"] in lab._SETTINGS.values()


def test_a_lesson_is_fresh_again_and_the_learners_own_is_kept(source, tmp_path, said):
    folder = tmp_path / "mine"
    lab.copy_lessons(folder)
    fresh = (folder / lab.FIRST).read_bytes()
    for number, other in enumerate(("00-start-here-mine.ipynb", "00-start-here-mine-2.ipynb")):
        (folder / lab.FIRST).write_text(f"mine {number}")
        status, output, error = said("lab", str(folder), "--copy-only", "--reset", "00")
        assert (status, error) == (0, "")
        assert f"{lab.FIRST} is fresh; what you had is in {other}." in output
        assert (folder / lab.FIRST).read_bytes() == fresh
        assert (folder / other).read_text() == f"mine {number}"
    assert lab.copy_lessons(folder) == ([], [])


@pytest.mark.parametrize("wanted", ["07", "", "0", "../00-start-here.ipynb", "x" * 10**5])
def test_what_is_no_lesson_is_not_reset(source, tmp_path, said, wanted):
    lab.copy_lessons(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.glob("*.ipynb")}
    status, output, error = said("lab", str(tmp_path), "--copy-only", "--reset", wanted)
    assert (status, output) == (2, "")
    assert error.startswith(f"--reset must be the number or the name of one of {lab.FIRST}, 01-windows.ipynb, got ")
    assert len(error) < 500
    assert {path: path.read_bytes() for path in tmp_path.glob("*.ipynb")} == before


def test_lab_without_jupyterlab_says_so_before_anything_is_copied(source, tmp_path, said, monkeypatch):
    monkeypatch.setattr(lab, "find_spec", lambda name: None)
    sentence = "jupyterlab is not installed; pip install 'pooltutor[lab]' brings it.\n"
    assert said("lab", str(tmp_path / "mine")) == (2, "", sentence)
    assert not (tmp_path / "mine").exists()
    assert said("lab", str(tmp_path / "mine"), "--copy-only")[0] == 0


def test_a_list_of_lessons_that_nests_too_deeply_is_no_list(source, tmp_path):
    (tmp_path / lab.HIDDEN).mkdir()
    (tmp_path / lab.HIDDEN / "lessons.json").write_text("[" * 10**5)
    assert lab.copy_lessons(tmp_path) == ([lab.FIRST, "01-windows.ipynb"], [])


def test_a_taken_port_is_refused_before_anything_is_copied(said, tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "_become", lambda command, settings: 0)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = f"Port {port} is in use; leave --port out and a free one is found\n"
        assert said("lab", str(tmp_path / "mine"), "--port", str(port)) == (2, "", sentence)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_refused(said, tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "_become", lambda command, settings: 0)
    (tmp_path / "taken").touch()
    status, output, error = said("lab", str(tmp_path / "taken"))
    assert (status, output, error.count("\n")) == (2, "", 1)
    assert "taken" in error


@pytest.mark.slow
def test_jupyterlab_opens_on_the_first_lesson_and_asks_for_no_news(tmp_path):
    port = free_port()
    home = {name: str(tmp_path / "home") for name in ("HOME", "USERPROFILE", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    command = [sys.executable, "-m", "pooltutor", "lab", "my lessons", "--no-browser", "--port", str(port)]
    log = tmp_path / "log"
    with log.open("w") as file:
        process = subprocess.Popen(command, env={**os.environ, **home}, cwd=tmp_path, stdout=file, stderr=file)
    try:
        said = wait_for_words(process, log, "token=")
        first, second, *_ = said.splitlines()
        assert first.endswith(f"lessons are new in {tmp_path / 'my lessons'}.")
        assert re.match(r"\[C .* ServerApp\]", second), "it says what it serves, and warns of nothing"
        address = re.search(r"http://127\.0\.0\.1:\d+(/lab/tree/.*)\?(token=\w+)", said)
        assert address[1] == f"/lab/tree/{lab.FIRST}"
        ask = json.loads(get(port, f"/lab/api/settings/@jupyterlab/apputils-extension:notification?{address[2]}"))
        defaults = {name: entry["default"] for name, entry in ask["schema"]["properties"].items()}
        assert (defaults["fetchNews"], defaults["checkForUpdates"]) == ("false", False)
        shown = json.loads(get(port, f"/api/contents?{address[2]}"))["content"]
        assert {entry["name"] for entry in shown} == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    finally:
        end(process)


def get(port, path):
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
        return answer.read()


# binder-link -----------------------------------------------------------------------------------------------

ADDRESSES = {
    "https://github.com/some-one/pool.tutor.git": "gh/some-one/pool.tutor",
    "https://github.com/someone/pooltutor": "gh/someone/pooltutor",
    "https://someone:secret@github.com/someone/pooltutor.git/": "gh/someone/pooltutor",
    "git@github.com:someone/pooltutor.git": "gh/someone/pooltutor",
    "https://GitHub.com/someone/pooltutor": "gh/someone/pooltutor",
    "ssh://git@github.com/someone/pooltutor": "gh/someone/pooltutor",
    "ssh://git@ssh.github.com:443/someone/pooltutor.git": "gh/someone/pooltutor",
    "https://gitlab.com/someone/pooltutor.git": "gl/someone%2Fpooltutor",
    "git@gitlab.com:school/class/pooltutor.git": "gl/school%2Fclass%2Fpooltutor",
}


@pytest.mark.parametrize("remote", ADDRESSES)
def test_a_badge_opens_the_lessons_and_the_app(remote):
    text, place = binder_link.markdown(remote), f"https://mybinder.org/v2/{ADDRESSES[remote]}/HEAD?urlpath="
    assert re.findall(r"\]\(([^)]+)\)", text) == [
        "https://mybinder.org/badge_logo.svg",
        f"{place}lab%2Ftree%2Fnotebooks%2F00-start-here.ipynb",
        f"{place}voila%2Frender%2Fnotebooks%2Fclassroom.ipynb",
    ]
    assert "secret" not in text


@pytest.mark.parametrize(
    ("remote", "shown"),
    {
        "https://someone:s@cret@example.org/a/b.git": "https://example.org/a/b.git",
        "https://github.com/someone": "https://github.com/someone",
        "https://github.com/a/b/c": "https://github.com/a/b/c",
        "https://github.com.example.org/a/b": "https://github.com.example.org/a/b",
        "/srv/git/pooltutor.git": "/srv/git/pooltutor.git",
    }.items(),
)
def test_an_address_that_binder_does_not_know_is_refused(remote, shown):
    sentence = f"the origin must be a repository on github.com or gitlab.com, got {shown!r}"
    with spec.refused(ValueError, sentence):
        binder_link.markdown(remote)


def test_the_files_that_a_badge_opens_exist():
    for place in (binder_link._LESSON, binder_link._APP):
        assert (ROOT / place.removeprefix("lab/tree/").removeprefix("voila/render/")).exists()


@pytest.fixture
def repository(tmp_path):
    """A git repository with an origin, without the user's own settings."""
    remote = "git@github.com:someone/pooltutor.git"
    for command in (["init", "-q"], ["remote", "add", "origin", remote]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_binder_link_prints_the_badge_and_writes_it_between_the_marks(repository):
    text = binder_link.markdown("git@github.com:someone/pooltutor.git")
    answer = start("binder-link", "--print", cwd=repository)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"{text}\n", "")
    readme = repository / "README.md"
    for before in ("none yet", text, "two\r\nlines"):
        readme.write_bytes(f"é\r\n<!-- binder -->\n{before}\n<!-- /binder -->\nend".encode())
        answer = start("binder-link", cwd=repository / "docs")
        assert (answer.returncode, answer.stdout) == (0, f"{readme} has the badge now.\n")
        assert readme.read_bytes() == f"é\r\n<!-- binder -->\n{text}\n<!-- /binder -->\nend".encode()


def test_a_readme_without_the_marks_stays_as_it_is(repository, said, monkeypatch):
    monkeypatch.chdir(repository)
    (repository / "README.md").write_text("<!-- binder -->")
    sentence = "README.md must have one <!-- binder --> and after it <!-- /binder -->, for the link in between\n"
    assert said("binder-link") == (2, "", sentence)
    assert (repository / "README.md").read_text() == "<!-- binder -->"
    (repository / "README.md").unlink()
    assert said("binder-link") == (2, "", f"{repository / 'README.md'}: No such file or directory\n")


def test_readme_shows_a_badge_or_says_when_there_will_be_one():
    (found,) = re.findall(r"<!-- binder -->\n(.*)\n<!-- /binder -->", README)
    assert re.search("`pooltutor binder-link`|mybinder.org/v2/g[hl]/", found)
    assert ("[![" in found) == ("mybinder" in found)


# Words and the wheel ---------------------------------------------------------------------------------------


def test_every_word_is_used_and_every_place_filled(said, source, repository, monkeypatch):
    read, texts = words_read(monkeypatch), []
    monkeypatch.setattr(lab, "_become", lambda command, settings: 0)
    monkeypatch.chdir(repository)
    (repository / "README.md").write_text("<!-- binder -->\n<!-- /binder -->\n<!-- site -->\n<!-- /site -->")
    (repository / "notebooks").mkdir()
    (repository / "notebooks" / lab.FIRST).write_bytes((ROOT / "notebooks" / lab.FIRST).read_bytes())
    (repository / "mine").mkdir()
    (repository / "mine" / lab.FIRST).touch()
    for line in (
        "explain 6x30 4x20",
        "explain 6 3 --kind max",
        "explain 3 7 --rule round",
        "explain 7 5 --rule float32",
        "check --up-to 3",
        "check --up-to 5 --rule fixed_stride --dtype float32",
        "compare 5 3 --outputs 0.5,2,3.5",
        "compare 5 3 --outputs 0.5,2.5,3.5",
        "compare 5 3 --windows 0:1,1:2,2:4",
        "figure gradient 5 3 -o out.svg",
        "lab mine",
        "lab mine --reset 00",
        "binder-link",
        "site-link",
    ):
        status, output, error = said(*line.split())
        assert (status in (0, 1), error) == (True, "")
        texts.append(output)
    assert "{" not in "".join(texts)
    assert "None" not in "".join(texts)
    assert said("explain")[0] == 2
    assert "one of the lessons in the folder, which has none" in said("lab", "empty", "--reset", "00")[2]
    # Which of argparse's own sentences are asked for depends on Python's version; test_words.py looks at some.
    expected = {f"cli.{path}" for path in paths(words.load()["cli"]) if not path.startswith("argparse.")}
    assert {path for path in read if path.startswith("cli.")} == expected


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, unpacked as pip would do it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    (file,) = folder.glob("*.whl")
    zipfile.ZipFile(file).extractall(folder / "site")
    return folder / "site"


def kept_files(folder):
    """The files of a folder that git keeps."""
    listed = subprocess.run(["git", "ls-files", "."], cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [folder / name for name in listed.splitlines()]


def test_the_wheel_has_all_that_the_package_has_and_the_lessons(wheel):
    package = ROOT / "pooltutor"
    mine = {path.relative_to(package) for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    for folder, place in (("notebooks", "notebooks"), ("docs", "docs"), ("site", "site/source")):
        mine |= {place / path.relative_to(ROOT / folder) for path in kept_files(ROOT / folder)}
    assert {
        path.relative_to(wheel / "pooltutor") for path in (wheel / "pooltutor").rglob("*") if path.is_file()
    } == mine
    assert {".py", ".js", ".css", ".json", ".png", ".j2", ".ipynb"} <= {path.suffix for path in mine}


def test_the_wheel_finds_its_own_lessons_and_has_the_command(wheel):
    code = "from pooltutor.cli.lab import lessons; print(lessons()[0].read_text(), end='')"
    answer = start(code=code, env={"PYTHONPATH": str(wheel)})
    assert answer.stdout == (ROOT / "notebooks" / lab.FIRST).read_text(encoding="utf-8")
    (entry,) = wheel.glob("*.dist-info/entry_points.txt")
    assert "pooltutor = pooltutor.cli:main" in entry.read_text()
