"""Checksums of PyTorch's windows as the one-file page carries them, from the integers of the rule."""

import numpy as np

TARGETS = 64


def sum_of(ends):
    """A number for many ends of windows, each of which changes it."""
    ends = np.asarray(ends, np.int64).astype(np.uint32)
    factors = np.full(len(ends) + 1, 31, np.uint32)
    factors[0] = 1
    powers = np.multiply.accumulate(factors, dtype=np.uint32)[::-1]
    return (int(powers[0]) + int(np.sum(ends * powers[1:], dtype=np.uint32))) % 2**32


def checksum(n):
    """Of the windows of an input size to all targets to 64, and to the size itself: starts, then stops."""
    edges = [np.arange(m + 1) * n for m in dict.fromkeys([*range(1, TARGETS + 1), n])]
    ends = [end for edge in edges for m in [len(edge) - 1] for end in (edge[:-1] // m, -(-edge[1:] // m))]
    return sum_of(np.concatenate(ends))


CHECKSUMS = [checksum(n) for n in range(1, 257)]
