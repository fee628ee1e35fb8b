"""``pooltutor site-link``: links to the lessons' web site, in README.md and at the top of each lesson.

A lesson is read in many places where its pictures do not live: on GitHub, as HTML that JupyterLab or nbconvert has
made. There a reader wants the page of the site. Its address is known once the repository has one, so it is written
by this command and stands nowhere else.
"""

import json
import re
from argparse import Namespace

from pooltutor.cli.remote import origin, read_remote, top, with_link, without_password
from pooltutor.quoting import quoted
from pooltutor.site.lessons import Lesson, source
from pooltutor.words import load, say
from pooltutor.writing import write

_ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)*(:\d+)?(/[\w.~-]+)*/?", re.ASCII)
# The marks stand behind other text: a line of Markdown that begins with a comment is HTML to its end.
_BEFORE, _AFTER = " <!-- notebook --><!-- site -->\n\n", "<!-- /site --><!-- /notebook -->"
_IN_LESSON = re.compile(f"{_BEFORE}.*?{_AFTER}", re.DOTALL)


def site_link(options: Namespace) -> int:
    """Write the links into the repository that this folder belongs to, or print the one of README.md."""
    address = site_address(origin()) if options.address is None else checked_address(options.address)
    said = load()["cli"]["site_link"]
    link = said["readme"].format(address=address)
    if options.print:
        print(link)
        return 0
    folder = top()
    readme = folder / "README.md"
    lessons = [Lesson(path) for path in sorted((folder / "notebooks").glob("[0-9][0-9]-*.ipynb"))]
    new = {readme: with_link(readme.read_bytes(), "site", link)}
    new |= {lesson.path: linked(lesson, address) for lesson in lessons}
    for path, data in new.items():
        write(path, data)
    print(said["written"][len(lessons) != 1].format(count=len(lessons), address=address))
    return 0


def site_address(remote: str) -> str:
    """Return where GitHub publishes the site of a repository.

    >>> site_address("git@github.com:Someone/pooltutor.git")
    'https://someone.github.io/pooltutor/'

    Raises ValueError for a repository that is elsewhere: nobody knows where its site is.
    """
    host, path = read_remote(remote)
    if host != "github":
        raise ValueError(say("errors.command.site_origin", came=quoted(without_password(remote))))
    owner, _, name = path.partition("/")
    home = f"{owner.lower()}.github.io"
    return f"https://{home}/" if name.lower() == home else f"https://{home}/{name}/"


def checked_address(text: str) -> str:
    """Return the address of a folder on the web, with / at its end; ValueError for anything else."""
    if not _ADDRESS.fullmatch(text):
        raise ValueError(say("errors.command.site_address", came=quoted(without_password(text))))
    return f"{text.rstrip('/')}/"


def linked(lesson: Lesson, address: str) -> bytes:
    """Return the file of a lesson whose first text ends with the link to its page; the site itself leaves that out."""
    first = lesson.notebook["cells"][0]
    link = say("cli.site_link.lesson", address=f"{address}lessons/{lesson.key}.html")
    text = f"{_IN_LESSON.sub('', source(first))}{_BEFORE}{link}{_AFTER}"
    cells = [{**first, "source": text.splitlines(keepends=True)}, *lesson.notebook["cells"][1:]]
    return f"{json.dumps({**lesson.notebook, 'cells': cells}, indent=1, ensure_ascii=False)}\n".encode()
