"""What JupyterHub starts for a learner, as the learner: nothing is written into a home folder by root.

It copies the lessons, where a file that the learner has changed stays, limits the memory, and becomes the server.
"""

import os
import resource
import sys
from pathlib import Path

from pooltutor.cli.lab import copy_lessons

LESSONS = "pooltutor-lessons"


def main(arguments: list[str]) -> None:
    """Become the learner's server; JupyterHub gives its arguments and, in the environment, the limit in bytes."""
    try:
        copy_lessons(Path.home() / LESSONS)
    except OSError as error:
        print(f"The lessons were not copied: {error}", file=sys.stderr)  # a learner whose disk is full can tidy up
    limit_memory(os.environ.get("MEM_LIMIT"))
    # -P: a random.py in the learner's home folder is no module of the server
    os.execv(sys.executable, [sys.executable, "-P", "-m", "jupyterhub.singleuser", *arguments])


def limit_memory(size: str | None) -> None:
    """Let this process, and each that it starts, have so many bytes of its own: what asks for more gets MemoryError."""
    if size:
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = int(size) if most == resource.RLIM_INFINITY else min(int(size), most)  # the machine may allow less
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1:])
