"""``python -m pooltutor`` is the command ``pooltutor``."""

import sys

from pooltutor.cli import main

if __name__ == "__main__":
    sys.exit(main())
