"""The command, run inside the tests' own process."""

import pytest

from pooltutor.cli import main


@pytest.fixture
def said(capsys):
    """Run a command here and return its status, stdout and stderr."""

    def run_here(*arguments):
        try:
            status = main(arguments)
        except SystemExit as left:  # argparse leaves by itself
            status = left.code
        return status, *capsys.readouterr()

    return run_here
