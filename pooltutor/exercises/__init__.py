"""The questions of the lessons, and one way to mark an answer: ``exercises.Windows(10, 4).check(answer)``.

An answer may have any form that a person would type. A wrong one is told the known idea that gives it, or a hint,
never what would be right; what is no answer yet is neither right nor wrong; no answer raises.

>>> from pooltutor import exercises
>>> exercises.Windows(5, 3).check("0:2, 1:4, 3:5")
✓ Right: all 3 windows of 5 → 3 have the start and the stop of PyTorch's rule.
>>> exercises.SharedCells(14, 4).check([3, 7, 10])
✗ Not yet: this gives every pair of neighbours a shared cell. A cut that falls on a line cuts no cell. That idea is
right at 5 → 3: what is different here?
>>> exercises.SharedCells(14, 4).check(...)
… Your turn: put your answer in place of the three dots, then run the cell again.
"""

from pooltutor.exercises.breaking import BreakingSize, SmallestCounterexample, SurvivingRules
from pooltutor.exercises.coding import (
    Attempt,
    try_gradient,
    try_gradient2d,
    try_overlap_count,
    try_pool,
    try_pool2d,
    try_rule,
)
from pooltutor.exercises.gradients import Gradient
from pooltutor.exercises.one_size import SharedCells, Windows
from pooltutor.exercises.question import Marked, Question
from pooltutor.exercises.single_pool import AvgPoolSizes
from pooltutor.exercises.sizes import Detours, MissingNumber, SharingTargets
from pooltutor.exercises.two_axes import FeedCounts

__all__ = [
    "Attempt",
    "AvgPoolSizes",
    "BreakingSize",
    "Detours",
    "FeedCounts",
    "Gradient",
    "Marked",
    "MissingNumber",
    "Question",
    "SharedCells",
    "SharingTargets",
    "SmallestCounterexample",
    "SurvivingRules",
    "Windows",
    "try_gradient",
    "try_gradient2d",
    "try_overlap_count",
    "try_pool",
    "try_pool2d",
    "try_rule",
]
