"""``pooltutor binder-link``: a badge that opens this repository on Binder, made from the address of its remote."""

from argparse import Namespace
from urllib.parse import quote

from pooltutor.cli.remote import origin, read_remote, top, with_link
from pooltutor.words import say
from pooltutor.writing import write

_LESSON, _APP = "lab/tree/notebooks/00-start-here.ipynb", "voila/render/notebooks/classroom.ipynb"


def binder_link(options: Namespace) -> int:
    """Write the badge into README.md of the repository that this folder belongs to, or print it."""
    badge = markdown(origin())
    if options.print:
        print(badge)
        return 0
    file = top() / "README.md"
    write(file, with_link(file.read_bytes(), "binder", badge))
    print(say("cli.binder.written", file=file))
    return 0


def markdown(remote: str) -> str:
    """Return the badge for the address of a remote: JupyterLab on lesson 00, and the classroom app.

    >>> print(markdown("git@github.com:someone/pooltutor.git")[:108])
    [![Open the lessons on Binder](https://mybinder.org/badge_logo.svg)](https://mybinder.org/v2/gh/someone/pool

    Raises ValueError for an address that is neither on GitHub nor on GitLab.
    """
    host, name = read_remote(remote)
    path = f"gh/{name}" if host == "github" else f"gl/{quote(name, safe='')}"
    lab, voila = (f"https://mybinder.org/v2/{path}/HEAD?urlpath={quote(place, safe='')}" for place in (_LESSON, _APP))
    return say("cli.binder.badge", lab=lab, voila=voila)
