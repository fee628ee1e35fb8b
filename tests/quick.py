"""Which of the values of a test --quick takes too; the whole run takes all of them."""

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def quick_takes(some: Collection[Any], values: Iterable[Any]) -> list[Any]:
    """All values, those that are not among ``some`` marked as slow; each of ``some`` must be there."""
    values = list(values)
    assert all(value in values for value in some), "a value that is gone would leave --quick without it"
    return [value if value in some else pytest.param(value, marks=pytest.mark.slow) for value in values]
