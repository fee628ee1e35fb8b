"""``pooltutor lab``: the lessons in a folder of the learner's own, opened in JupyterLab.

What a learner has changed is never overwritten: a hidden folder beside the lessons remembers a hash of each as it was
copied, and a file that no longer has it stays.
"""

import hashlib
import json
import os
import subprocess
import sys
from argparse import Namespace
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from pooltutor import words
from pooltutor.cli.arguments import checked_port
from pooltutor.demo import folders
from pooltutor.quoting import quoted
from pooltutor.writing import write

FIRST = "00-start-here.ipynb"
HIDDEN = ".pooltutor"

# What HTML that JupyterLab exports shows of an output: the picture of a view, as the view itself would wait for scripts
# of other machines. What has no picture stays a widget.
_EXPORTED = [
    *("application/javascript", "text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg"),
    *("application/vnd.jupyter.widget-view+json", "text/plain"),
]

# JupyterLab would ask the network, and the user, about news; a kernel would warn of a network that it does not use.
# With the state of its views a saved notebook shows them again, without its kernel, too. What takes over settings of
# the classic notebook reads every setting that there is, and the terminal would begin with a warning about an old one.
_SETTINGS = {
    "jupyter_server_config.json": json.dumps({"ServerApp": {"jpserver_extensions": {"notebook_shim": False}}}),
    "labconfig/default_setting_overrides.json": json.dumps(
        {
            "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
            "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
        }
    ),
    "jupyter_config.json": json.dumps({"WidgetsDataTypeFilter": {"display_data_priority": _EXPORTED}}),
    "ipython/profile_default/ipython_kernel_config.py": 'c.IPKernelApp.log_level = "ERROR"',
}


def lab(options: Namespace) -> int:
    """Copy the lessons into a folder, say which of the learner's files stay, and become JupyterLab there.

    With `--copy-only` it ends after the copying.
    """
    port, folder = checked_port(options.port), _folder(options.folder)
    if not options.copy_only and find_spec("jupyterlab") is None:
        raise ModuleNotFoundError(name="jupyterlab")
    say = words.load()["cli"]["lab"]
    if options.reset is not None:
        name, other = reset_lesson(folder, options.reset)
        print(say["reset"].format(name=name, kept=other))
    copied, kept = copy_lessons(folder)
    if copied:
        print(say["copied"][len(copied) > 1].format(count=len(copied), folder=folder))
    if kept:
        print(say["kept"].format(names=", ".join(kept), reset="--reset"))
    if options.copy_only:
        return 0
    return _become(lab_command(folder, port, browser=not options.no_browser), _environment(folder))


def _folder(text: str) -> Path:
    """The folder that is meant, where text may begin with ~ for a home folder."""
    try:
        if text:
            return Path(text).expanduser().resolve()
    except RuntimeError:  # nobody has such a home folder
        pass
    raise ValueError(words.say("errors.command.folder", came=quoted(text)))


# The files -----------------------------------------------------------------------------------------------


def lessons() -> list[Path]:
    """The notebooks that came with the package or, where it is installed editable, those of the repository."""
    found = (sorted(folder.glob("*.ipynb")) for folder in folders())
    return next((paths for paths in found if FIRST in [path.name for path in paths]), [])


def copy_lessons(folder: Path) -> tuple[list[str], list[str]]:
    """Copy what is new; return the names of the lessons copied, and of those that the learner has changed."""
    hidden = folder / HIDDEN
    hidden.mkdir(parents=True, exist_ok=True)
    recorded = _read_manifest(hidden / "lessons.json")
    copied, kept = [], []
    try:
        for lesson in lessons():
            new, target = lesson.read_bytes(), folder / lesson.name
            here = _hash(target.read_bytes()) if target.exists() else None
            if here not in (None, _hash(new), recorded.get(lesson.name)):
                kept.append(lesson.name)
                continue
            if here != _hash(new):
                write(target, new)
                copied.append(lesson.name)
            recorded[lesson.name] = _hash(new)
    finally:  # what was copied before something went wrong is ours, and not the learner's
        write(hidden / "lessons.json", json.dumps(recorded, indent=1).encode())
    return copied, kept


def reset_lesson(folder: Path, wanted: str) -> tuple[str, str]:
    """Give the learner's file another name, so that a fresh copy takes its place; return its name and the new one.

    Raises ValueError where no lesson, or more than one, begins with ``wanted``, and where the folder has none.
    """
    here = [lesson.name for lesson in lessons() if (folder / lesson.name).exists()]
    found = [name for name in here if wanted and name.startswith(wanted)]
    if len(found) != 1:
        names = ", ".join(here) or words.say("cli.lab.none")
        raise ValueError(words.say("errors.command.lesson", names=names, came=quoted(wanted)))
    (name,) = found
    mine = folder / name
    free = (f"{mine.stem}-mine{number}.ipynb" for number in ("", *(f"-{k}" for k in range(2, 10_000))))
    other = next(name for name in free if not (folder / name).exists())
    mine.rename(folder / other)
    return name, other


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_manifest(path: Path) -> dict[str, str]:
    """What was copied before; where that cannot be read every file counts as the learner's own."""
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_bytes())
        return found if isinstance(found, dict) else {}
    return {}


# JupyterLab ----------------------------------------------------------------------------------------------


def lab_command(folder: Path, port: int | None, *, browser: bool) -> list[str]:
    """JupyterLab on the first lesson, for this machine alone, asking the network for nothing."""
    command = [sys.executable, "-P", "-m", "jupyterlab"]  # -P: not the modules of the folder it is started from
    command += [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.answer_yes=True",
        "--LabApp.extension_manager=readonly",
        "--allow-root",
        "--ServerApp.log_level=ERROR",
        "--LabApp.log_level=ERROR",
    ]
    command += [] if browser else ["--no-browser"]
    return command + ([] if port is None else [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"])


def _environment(folder: Path) -> dict[str, str]:
    """The user's own, with our settings in front of the user's settings of JupyterLab and in place of IPython's."""
    hidden = folder / HIDDEN
    for name, text in _SETTINGS.items():
        (hidden / name).parent.mkdir(parents=True, exist_ok=True)
        write(hidden / name, f"{text}\n".encode())
    places = [str(hidden), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    return {"IPYTHONDIR": str(hidden / "ipython"), **os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(places)}


def _become(command: list[str], settings: dict[str, str]) -> int:
    """Run a server in this process's place, so that signals reach it; Windows cannot do that and waits for it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, settings)
    with subprocess.Popen(command, env=settings) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:  # it was told, too
            process.wait()
            raise
