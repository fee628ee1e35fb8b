"""Walk over everything that others can reach: `python3 run.py walk [parts] [--seed N] [--minutes M] [--step K]`."""

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from benchmarks.walk import calls, images, lines, pages, poolings, room
from benchmarks.walk.steps import Step, Walked, numbers, walked

PARTS: dict[str, Callable[[], AbstractContextManager[Step]]] = {
    "events": pages.event_steps,
    "addresses": pages.address_steps,
    "images": images.steps,
    "calls": calls.steps,
    "poolings": poolings.steps,
    "lines": lines.steps,
    "room": room.steps,
}
MEMORY = 6 * 2**30  # bytes: what asks for more fails, and the machine stays usable


def main(arguments: list[str]) -> int:
    """Walk the parts that are named, or all; print what fell and how to repeat it, and return 1 where something did."""
    parser = argparse.ArgumentParser(prog="run.py walk", description=__doc__, allow_abbrev=False)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=3, help="for all parts together")
    parser.add_argument("--step", type=int, help="this step alone, to repeat it")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.parts if name not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}; there is {', '.join(PARTS)}")
    limit_memory()
    names = options.parts or list(PARTS)
    return max(walk(name, options.seed, 60 * options.minutes / len(names), options.step) for name in names)


def walk(name: str, seed: int, seconds: float, step: int | None = None) -> int:
    """Walk one part, and print what there is to say about it; 1 where something fell."""
    with PARTS[name]() as each:
        found = walked(name, each, seed, numbers(seconds) if step is None else iter([step]))
    print(report(name, seed, found), flush=True)
    return 1 if found.failures else 0


def report(name: str, seed: int, found: Walked) -> str:
    """How many steps were tried, and for each that fell what it was and how to repeat it."""
    fell = (f"  {text}\n    python3 run.py walk {name} --seed {seed} --step {k}" for k, text in found.failures.items())
    return "\n".join([f"{name}: {found.tried} tried, {len(found.failures)} fell", *fell])


def limit_memory() -> None:
    """Only Linux can."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
