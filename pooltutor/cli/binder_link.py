"""``pooltutor binder-link``: a badge that opens this repository on Binder, made from the address of its remote."""

import re
import subprocess
from argparse import Namespace
from pathlib import Path
from urllib.parse import quote

from pooltutor.quoting import quoted
from pooltutor.words import say
from pooltutor.writing import write

_LESSON, _APP = "lab/tree/notebooks/00-start-here.ipynb", "voila/render/notebooks/classroom.ipynb"

# https://github.com/owner/name.git, git@gitlab.com:group/part/name.git, ssh://git@ssh.github.com:443/owner/name
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^@/]+@)?(?:(?:www|ssh|altssh)\.)?(?P<host>github|gitlab)\.com(?::\d+(?=/))?[:/]"
    r"(?P<path>[\w.-]+(?:/[\w.-]+?)+?)(?:\.git)?/?",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(<!-- binder -->\r?\n).*?(<!-- /binder -->)", re.DOTALL)


def binder_link(options: Namespace) -> int:
    """Write the badge into README.md of the repository that this folder belongs to, or print it."""
    badge = markdown(_git("remote", "get-url", "origin"))
    if options.print:
        print(badge)
        return 0
    file = Path(_git("rev-parse", "--show-toplevel")) / "README.md"
    write(file, _placed(file.read_bytes().decode(), badge).encode())
    print(say("cli.binder.written", file=file))
    return 0


def markdown(remote: str) -> str:
    """Return the badge for the address of a remote: JupyterLab on lesson 00, and the classroom app.

    >>> print(markdown("git@github.com:someone/pooltutor.git")[:108])
    [![Open the lessons on Binder](https://mybinder.org/badge_logo.svg)](https://mybinder.org/v2/gh/someone/pool

    Raises ValueError for an address that is neither on GitHub nor on GitLab.
    """
    found = _REMOTE.fullmatch(remote)
    if found is None or (_is_github(found) and found["path"].count("/") > 1):
        shown = re.sub(r"//[^/]*@", "//", remote)  # without a password that may be in it
        raise ValueError(say("errors.command.origin", came=quoted(shown)))
    path = f"gh/{found['path']}" if _is_github(found) else f"gl/{quote(found['path'], safe='')}"
    lab, voila = (f"https://mybinder.org/v2/{path}/HEAD?urlpath={quote(place, safe='')}" for place in (_LESSON, _APP))
    return say("cli.binder.badge", lab=lab, voila=voila)


def _is_github(found: re.Match) -> bool:
    return found["host"].lower() == "github"


def _placed(readme: str, badge: str) -> str:
    """README with the badge between its two marks."""
    placed, count = _PLACE.subn(lambda found: f"{found[1]}{badge}\n{found[2]}", readme)
    if count != 1:
        raise ValueError(say("errors.command.readme"))
    return placed


def _git(*arguments: str) -> str:
    """What git answers; ValueError where there is no repository, no origin or no git."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise ValueError(say("errors.command.git")) from None
    return done.stdout.strip()
