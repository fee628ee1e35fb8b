"""The command with a formula and with numbers of one's own: what it says, in words and as JSON, and its exit status."""

import json
import re
import shlex
from pathlib import Path

import numpy as np
import pytest

from pooltutor import bins, check, pool, reference, try_rule, verify
from pooltutor.cli.commands import parser
from pooltutor.formula import formula
from pooltutor.rules import RULES

ENDS = ("i * n // m", "-(-((i + 1) * n) // m)")
PYTORCH = f"start = {ENDS[0]}\nstop = {ENDS[1]}"
KERNEL = "start = i * n // m\nstop = start + ceil(n / m)"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Write a file in a folder of the test's own, in which commands run."""
    monkeypatch.chdir(tmp_path)
    return lambda name, data: (tmp_path / name).write_bytes(data)


# The page about all this -----------------------------------------------------------------------------------

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\$ pooltutor (.+)\n((?:(?!\$ |```).*\n)+)", PAGE, re.M)


def printed(text):
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(("line", "output"), EXAMPLES, ids=[line for line, _ in EXAMPLES])
def test_an_example_of_the_page_prints_what_stands_there(said, own, monkeypatch, line, output):
    monkeypatch.setenv("COLUMNS", "80")
    (mine,) = re.findall(r"```text\n(.+?)```", PAGE, re.S)
    own("mine.txt", mine.encode())
    status, answer, error = said(*shlex.split(line))
    assert printed(answer) == [re.sub(r"2\.13\.0", reference.version(), line) for line in printed(output)]
    assert (status, error) == (output.startswith("✗"), "")


def test_the_page_has_six_examples_and_two_more_lines_that_can_be_typed(said):
    assert [line.split()[0] for line, _ in EXAMPLES] == ["check", "check", "explain", *["compare"] * 3]
    for line in re.findall(r"`pooltutor ((?:check|compare) [^`]+)`", PAGE):
        assert callable(parser().parse_args(shlex.split(line)).run)


def answered(said, line):
    """The status and the JSON of a command."""
    status, output, error = said(*shlex.split(line), "--json")
    assert error == ""
    return status, json.loads(output)


# A formula of one's own: check -----------------------------------------------------------------------------


def test_a_wrong_formula_gets_its_whole_trial(said, own):
    own("mine.txt", KERNEL.encode())
    assert said("check", "--rule-file", "mine.txt", "--up-to", "20") == (1, f"{try_rule(KERNEL, 20)!r}\n", "")
    assert said(*shlex.split("check --start 'i * n // m' --stop 'start + ceil(n / m)'"))[:2] == (
        1,
        f"{try_rule(KERNEL)!r}\n",
    )


@pytest.mark.parametrize("text", [
    PYTORCH,
    "start = i*n//m\r\nstop = -(-(i+1)*n//m)\r\n\r\n",
    f"\ufeff# mine\n\n{PYTORCH}\n",
])  # fmt: skip
def test_pytorch_itself_confirms_a_right_formula(said, own, text):
    own("mine.txt", text.encode())
    status, output, error = said("check", "--rule-file", "mine.txt", "--up-to", "6")
    assert (status, error) == (0, "")
    assert output.startswith("✓ Same numbers as PyTorch")
    assert output.endswith("for all 36 pairs of sizes from 1 → 1 to 6 → 6.\n")


def test_a_right_formula_is_not_right_where_pytorch_cannot_be_asked(said, own, monkeypatch):
    own("mine.txt", PYTORCH.encode())
    monkeypatch.setattr(verify.reference, "version", lambda: (_ for _ in ()).throw(reference.Unavailable("gone")))
    assert said("check", "--rule-file", "mine.txt", "--up-to", "3") == (2, "", "? not checked: gone\n")
    own("mine.txt", KERNEL.encode())
    assert said("check", "--rule-file", "mine.txt", "--up-to", "5")[0] == 1


def test_a_right_formula_that_reaches_beyond_the_input_is_told_so(said):
    arguments = shlex.split("--start 'i*n//m' --stop '-(-(i+1)*n//m) + (2 if i + 1 == m else 0)' --up-to 3")
    status, output, error = said("check", *arguments)
    assert (status, error) == (0, "")
    agrees, line = output.splitlines()
    assert agrees.startswith("✓ Same numbers as PyTorch")
    assert line.startswith("At 9 sizes a window stops beyond the input, first at 1 → 1: window 0 at 3.")
    found = json.loads(said("check", *arguments, "--json")[1])
    assert (found["agrees"], found["agreeing"], found["beyond"]["count"], found["known"]) == (True, 9, 9, "pytorch")


def test_a_formula_that_begins_with_a_minus_is_no_option(said):
    assert said("check", "7", "5", "--start", "i*n//m", "--stop", "-(-(i+1)*n//m)")[0] == 0
    assert said("check", "7", "5", "--start", "-i", "--stop=-i")[0] == 1
    status, _, error = said("check", "7", "5", "--start", "--stop", "n")
    assert (status, "--start: expected one argument" in error) == (2, True)


@pytest.mark.parametrize(("line", "status"), [("5 3", 1), ("4 2", 0), ("5x4 3x2", 1)])
def test_one_size_is_asked_of_pytorch(said, line, status):
    arguments = ["check", *line.split(), *("--start", ENDS[0]), *("--stop", "start + ceil(n / m)")]
    sizes = [tuple(map(int, size.split("x"))) for size in line.split()]
    assert said(*arguments) == (status, f"{check(*sizes, rule=KERNEL)!r}\n", "")


def test_the_trial_as_json(said):
    status, found = answered(said, "check --start i --stop i+1 --up-to 4")
    trial = try_rule("start = i\nstop = i+1", 4)
    assert status == 1
    assert {name: found[name] for name in ("rule", "up_to", "sizes", "agrees", "known", "text")} == {
        "rule": "start = i\nstop = i+1",
        "up_to": 4,
        "sizes": 16,
        "agrees": False,
        "known": None,
        "text": trial.text,
    }
    assert found["differing"] == {"count": 12, "smallest": [2, 1], "smallest_of_all": [1, 2]}
    assert found["beyond"]["count"] == 6
    assert found["without_windows"] == {"count": 0, "smallest": None, "smallest_of_all": None}


@pytest.mark.parametrize("rule", ["pytorch", "split"])
def test_all_pairs_as_json(said, rule):
    status, found = answered(said, f"check --up-to 3 --rule {rule}")
    assert (status, found["agrees"], found["sizes"], found["agreeing"]) == (
        (0, True, 9, 9) if rule == "pytorch" else (1, False, 9, 5)
    )
    assert (found["first"] or {}).get("input_size") == (None if rule == "pytorch" else [1])
    assert said("check", "--up-to", "3", "--rule", rule)[1] == f"{found['text']}\n"


def test_one_size_as_json(said):
    status, found = answered(said, "check 5 3 --rule equal_kernel")
    assert (status, found["verdict"], found["rule"], found["target_size"]) == (1, "disagrees", "equal_kernel", [3])
    assert found["first_difference"] | {"axis": None} == {
        "what": "window",
        "index": 1,
        "claimed": "1:3",
        "pytorch": "1:4",
        "axis": None,
        "channel": None,
    }


# A formula of one's own: explain ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "window"),
    [
        ("explain 7 5", 1),
        ("explain 7 1", 0),
        ("explain 7 5 --rule equal_kernel", 2),
        ("explain 7 5 --rule equal_kernel --window 4", 4),
        (f"explain 5 3 --start '{ENDS[0]}' --stop '{ENDS[1]}'", 1),
    ],
)
def test_one_window_is_calculated_step_by_step(said, line, window):
    (axis,) = answered(said, line)[1]["axes"]
    rule = RULES[line.split()[4]].text if "--rule" in line else PYTORCH
    steps = formula(rule).steps(window, axis["input_size"], axis["target_size"])
    assert axis["steps"] == {"window": window, "lines": [[name, values] for name, values in steps]}
    found = axis["windows"][window]
    assert [values[-1] for _, values in steps[-2:]] == [str(found["start"]), str(found["stop"])]
    table = " ".join(said(*shlex.split(line))[1].split())
    assert f"window {window} start = " in table
    assert ", ".join(" = ".join([name, *values]) for name, values in steps) in table


def test_the_table_of_a_formula_names_what_is_wrong(said):
    status, output, error = said(*shlex.split("explain 26 22 --start 'int(i*n/m)' --stop 'int((i+1)*n/m)+1'"))
    assert (status, error) == (0, "")
    assert output.startswith("26 → 22, rule your own\n")
    assert "✗ 1 of 22 windows are not PyTorch's; the first is window 10: 11:14" in " ".join(output.split())
    assert "rule='start = int(i*n/m)\\nstop = int((i+1)*n/m)+1'" in output


# What is no formula ----------------------------------------------------------------------------------------

TEXT = "--rule-file must be a text of at most 1000 characters, got "


@pytest.mark.parametrize(
    ("data", "sentence"),
    {
        bytes(range(256)): f"{TEXT}'mine.txt'",
        b"a" * 5000: f"{TEXT}'mine.txt'",
        b"": f"{TEXT}'mine.txt'",
        b"start = i\0": f"{TEXT}'mine.txt'",
        "start = i\nstop = n".encode("utf-16"): f"{TEXT}'mine.txt'",
        ("x = 1 #" + "ä" * 999).encode(): "A formula has at most 1000 characters.",
        b"start = i": "A formula must say what stop is: stop = ...",
        b"start = i\nstop = j": "j has no value yet: i, n and m are given, and other names are assigned first "
        "(line 2, character 8)",
    }.items(),
)
def test_a_file_without_a_formula_gets_one_sentence(said, own, data, sentence):
    own("mine.txt", data)
    assert said("check", "--rule-file", "mine.txt", "--up-to", "3") == (2, "", f"{sentence}\n")


def test_a_folder_and_a_file_that_is_not_there_get_one_sentence(said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name in ("folder", "nowhere.txt"):
        status, output, error = said("check", "--rule-file", name)
        assert (status, output, error.count("\n")) == (2, "", 1)
        assert error.startswith(f"{name}: ")
    assert said("check", "--rule-file", "") == (2, "", f"{TEXT}''\n")


@pytest.mark.parametrize(
    ("line", "sentence"),
    {
        "--start i": "--start and --stop belong together",
        "--stop n": "--start and --stop belong together",
        "--start i --stop n --rule forum": "a command takes one rule: --rule, --rule-file, or --start with --stop",
        "--rule-file x --rule forum": "a command takes one rule: --rule, --rule-file, or --start with --stop",
        "--start 'i *' --stop n": "--start, character 4: here a number, a name or ( is missing",
        "--start i --stop 'start + j'": "--stop, character 9: j has no value yet: i, n and m are given, and other "
        "names are assigned first",
        "--start 'i\nk = 1' --stop n": "--start and --stop take one line each; --rule-file takes more",
        "--start '' --stop n": "--start, character 1: here a number, a name or ( is missing",
        "--start i --stop n/2": "stop is 2.5 at i = 0 of 5 → 3: round it with floor, ceil, round or int (line 2, "
        "character 1)",
    }.items(),
)
def test_what_is_no_rule_gets_one_sentence(said, line, sentence):
    assert said("check", "5", "3", *shlex.split(line)) == (2, "", f"{sentence}\n")
    assert said("explain", "5", "3", *shlex.split(line)) == (2, "", f"{sentence}\n")


def test_a_window_that_is_not_there_gets_one_sentence(said):
    for number in ("3", "-1", "x"):
        status, output, error = said("explain", "5", "3", f"--window={number}")
        assert (status, output) == (2, "")
        assert error.startswith("--window must be an integer from 0 to 2, got ")


# Numbers of one's own --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "status", "rules"),
    [
        ("14 4 --outputs 1.5,4.5,8.5,11.5", 0, []),
        ("5 3 --outputs '[0.5, 2, 3.5]'", 0, ["round"]),
        ("5 3 --outputs 11/2,370,5500 --x 1,10,100,1000,10000", 0, []),
        ("5 3 --outputs '0.5 2.5 3.5'", 1, ["forum"]),
        ("5 3 --outputs 0.5,1.5,3.5", 1, ["equal_kernel"]),
        ("5 3 --outputs 0.5,2,9", 1, []),
        ("3 2 --outputs -1,2 --x -1,2,-3", 1, ["equal_tiles"]),
        ("5 3 --outputs 1,3,4 --kind max", 0, ["forum", "split"]),
        ("5 3 --outputs 1,2,4 --kind max", 1, ["equal_kernel", "round"]),
        ("2 3 --outputs 0,1,nan", 1, ["split"]),
        ("5 3 --windows 0:2,1:4,3:5", 0, []),
        ("5 3 --windows 0:2,2:4,4:5", 1, ["split"]),
        ("5 3 --windows 0:2,2:3,3:5 --outputs 0.5,2,3.5", 1, ["round"]),
    ],
)
def test_which_rules_give_the_numbers(said, line, status, rules):
    done, found = answered(said, f"compare {line}")
    assert (done, found["verdict"]) == (status, ["agrees", "disagrees"][status])
    assert [name for name in found["rules"] if name in rules] == rules
    assert bool(found["rules"]) == bool(rules)
    for name in found["rules"]:
        sizes = tuple(map(int, line.split()[:2]))
        assert list(bins(*sizes, name)) != list(bins(*sizes)), "only rules with windows of their own are named"
    output = said(*shlex.split(f"compare {line}"))[1].splitlines()
    assert len(output) == 1 + max(len(found["rules"]), status)
    assert all(RULES[name].title in sentence for name, sentence in zip(found["rules"], output[1:], strict=False))


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "int64"])
def test_arrays_come_from_files(said, own, tmp_path, dtype):
    x = (np.arange(48) ** 2 % 17).reshape(6, 8).astype(dtype)
    np.save(tmp_path / "x.npy", x)
    for rule, status in (("pytorch", 0), ("forum", 1)):
        np.save(tmp_path / "y.npy", pool(x.astype(float), (4, 3), rule=rule).astype(dtype.replace("int", "float")))
        done, found = answered(said, "compare 6x8 4x3 --x x.npy --outputs y.npy")
        assert (done, found["dtype"]) == (status, dtype.replace("int", "float"))
        assert ("forum" in found["rules"]) == bool(status)


COMPARE = ("compare", "14", "4", "--outputs", "y.npy")


def header(shape):
    """A .npy file of four numbers that says that it has this shape."""
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode() + bytes(32)


def test_the_header_of_the_tests_is_one_that_numpy_reads(said, own):
    own("y.npy", header("(4,)"))
    assert said(*COMPARE)[0] == 1


@pytest.mark.parametrize("data", [
    b"", b"PK\x03\x04", header("(5,)"), header("(400000000000,)"), header("(-4,)"), header("(4,")[:100],
    header("__import__('os')"), header("(4,)")[:-3], header("(4,)").replace(b"<f8", b"|O "), b"\x93NUMPY\xff\xff" * 9,
    header("(4,)").replace(b"<f8", b"<c8"), header("(4,)").replace(b"<f8", b"<U2"), header(f"({'1,' * 200})"),
])  # fmt: skip
def test_a_file_that_is_no_array_of_numbers_gets_one_sentence(said, own, data):
    own("y.npy", data)
    status, output, error = said(*COMPARE)
    sentence = "--outputs must be a whole .npy file of at most 10000000 real numbers, got 'y.npy'\n"
    assert (status, output, error) == (2, "", sentence)


def test_objects_in_a_file_are_never_made(said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    class Harm:
        def __reduce__(self):
            return (open, ("harm", "w"))

    np.save("y.npy", np.array([Harm()], object), allow_pickle=True)
    assert said(*COMPARE)[0] == 2
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    {
        "14 4": "compare needs at least one of windows, outputs, gradients and winners, got none",
        "14 4 --outputs ''": "--outputs must be a list of numbers, as 1.5,4.5,11/3, or a .npy file, got ''",
        "14 4 --outputs 1/0": "--outputs must be a list of numbers, as 1.5,4.5,11/3, or a .npy file, got '1/0'",
        "14 4 --outputs 1,2": "outputs must have shape (4,), got (2,)",
        "14 4 --outputs 1,2,3,4 --x 1": "x must have shape (14,), got (1,)",
        "14 4 --windows 0:4,3": "--windows must be a list such as 0:4,3:7, got '0:4,3'",
        "6x8 4x3 --windows 0:4,3:7": "windows must be a list of pairs (start, stop) for each of the 2 axes, got "
        "[(0, 4), (3, 7)]",
        "14 0 --windows 0:4": "target_size must be an integer from 1 to 2147483648, got 0",
        "100000000 3 --outputs 1,2,3": "input_size and target_size may have up to 10000000 entries to check, got "
        "100000000",
        "14 4 --outputs 1,2,3,4 --kind min": "kind must be one of avg, max, got 'min'",
        "14 4 --outputs nowhere.npy": "nowhere.npy: No such file or directory",
    }.items(),
)
def test_numbers_that_cannot_be_compared_get_one_sentence(said, line, sentence):
    assert said("compare", *shlex.split(line)) == (2, "", f"{sentence}\n")
