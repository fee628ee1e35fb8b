"""Where this repository is, as git's remote ``origin`` says; and what is written between two marks of its README."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from pooltutor.quoting import quoted
from pooltutor.words import say

# https://github.com/owner/name.git, git@gitlab.com:group/part/name.git, ssh://git@ssh.github.com:443/owner/name
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^@/]+@)?(?:(?:www|ssh|altssh)\.)?(?P<host>github|gitlab)\.com(?::\d+(?=/))?[:/]"
    r"(?P<path>[\w.-]+(?:/[\w.-]+?)+?)(?:\.git)?/?",
    re.IGNORECASE,
)


class Remote(NamedTuple):
    """A repository: its host, ``github`` or ``gitlab``, and its path there, such as ``owner/name``."""

    host: str
    path: str


def read_remote(text: str) -> Remote:
    """Return the repository that an address of git means.

    >>> read_remote("git@github.com:someone/pooltutor.git")
    Remote(host='github', path='someone/pooltutor')

    Raises ValueError for an address that is neither on GitHub nor on GitLab.
    """
    found = _REMOTE.fullmatch(text)
    if found is None or (found["host"].lower() == "github" and found["path"].count("/") > 1):
        raise ValueError(say("errors.command.origin", came=quoted(without_password(text))))
    return Remote(found["host"].lower(), found["path"])


def without_password(address: str) -> str:
    """Return an address as it may be shown: without the name and the password that may be in it."""
    return re.sub(r"//[^/]*@", "//", address)


def origin() -> str:
    """Return the address of the remote ``origin``; ValueError where there is no repository, no origin or no git."""
    return _git("remote", "get-url", "origin")


def top() -> Path:
    """Return the folder of the repository that this folder belongs to; ValueError where it belongs to none."""
    return Path(_git("rev-parse", "--show-toplevel"))


def with_link(readme: bytes, mark: str, link: str) -> bytes:
    """Return a README with the link between its two marks, ``<!-- mark -->`` and ``<!-- /mark -->``.

    Raises ValueError where it has not exactly one such place.
    """
    place = re.compile(rf"(<!-- {mark} -->\r?\n).*?(<!-- /{mark} -->)", re.DOTALL)
    placed, count = place.subn(lambda found: f"{found[1]}{link}\n{found[2]}", readme.decode())
    if count != 1:
        raise ValueError(say("errors.command.readme", mark=mark))
    return placed.encode()


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise ValueError(say("errors.command.git")) from None
    return done.stdout.strip()
