"""Measure against the budgets: `python3 run.py bench` writes docs/benchmarks.md, `bench numerics` prints a part."""

import datetime
import os
import platform
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks import memory, modules, numerics, pages, room, site, slider_latency, start, verdict
from benchmarks.table import HEAD, Row, attempted, number
from pooltutor.writing import write

PARTS = {
    "slider": slider_latency.rows,
    "verdict": verdict.rows,
    "numerics": numerics.rows,
    "modules": modules.rows,
    "start": start.rows,
    "pages": pages.rows,
    "site": site.rows,
    "memory": memory.rows,
    "room": room.rows,
}
RESULT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
PACKAGES = ("numpy", "torch", "jupyterlab", "anywidget", "voila")


def main(names: list[str]) -> int:
    """Measure the named parts and print them, or all of them and write the file."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is nothing called {unknown[0]!r} to measure; there is {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    rows = [row for name in names or PARTS for row in measured(name)]
    text = page(rows, surroundings())
    print(table(rows))
    if not names:
        write(RESULT, text.encode())
        print(f"\nWritten to {RESULT}.")
    return 1 if any(row.missing for row in rows) else 0


def measured(name: str) -> list[Row]:
    """The rows of one part."""
    print(f"Measuring: {name} ...", file=sys.stderr, flush=True)
    return attempted(name, PARTS[name])


def table(rows: list[Row]) -> str:
    """The rows as a table in Markdown."""
    return "\n".join([HEAD, *map(str, rows)])


def page(rows: list[Row], around: dict[str, str]) -> str:
    """The whole file: what was measured with, and the table."""
    budgets = sum(row.budget is not None for row in rows)
    missing = sum(bool(row.missing) for row in rows)
    met = budgets - sum(row.over or bool(row.missing) for row in rows if row.budget is not None)
    lost = f" What failed to be measured: {missing}, as the table says." if missing else ""
    facts = "\n".join(f"- {name}: {value}" for name, value in {**around, **speed(rows)}.items())
    return f"""# Benchmarks

Written by `python3 run.py bench`; {met} of {budgets} budgets are met.{lost} A ratio (×) compares two things
measured in turn in one run. p95: 19 of 20 repetitions are faster.

{facts}

{table(rows)}
{missed(rows)}"""


def slowness(rows: list[Row]) -> float | None:
    """How many times as long as on the machine of the budgets others' work takes here; None if none was measured."""
    ratios = [row.median / row.reference for row in rows if row.reference and not row.missing]
    return statistics.median(ratios) if ratios else None


def speed(rows: list[Row]) -> dict[str, str]:
    """How fast this machine is, beside the one that the budgets in milliseconds are for."""
    times = slowness(rows)
    if times is None:
        return {}
    about = "as the notebooks with `interact` and matplotlib show, on which this project has hardly any influence"
    return {"speed": f"{number(times)} × the time of the machine that the budgets in milliseconds are for, {about}"}


def missed(rows: list[Row]) -> str:
    """What was tried for each missed budget, and what a time would be on the machine of the budgets."""
    times = slowness(rows)
    lines = [f"- {row.what}: {known(row, times)}" for row in rows if row.over]
    return "\n".join(["", "Over the budget:", "", *lines, ""]) if lines else ""


def known(row: Row, times: float | None) -> str:
    """What is known of a missed budget."""
    return " ".join(filter(None, [row.tried, row.divided(times) if times else ""])) or "nothing is known yet."


def surroundings() -> dict[str, str]:
    """Date, versions and machine."""
    versions = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)]
    return {
        "date": datetime.date.today().isoformat(),
        "versions": ", ".join([*versions, browser_version()]),
        "machine": f"{processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "command": "`python3 run.py bench`",
    }


def browser_version() -> str:
    """The name and version of the browser that the views were measured in."""
    from benchmarks.servers import NO_BROWSER, NoBrowser, chromium

    try:
        with chromium() as browser:
            return f"{browser.browser_type.name.capitalize()} {browser.version}"
    except NoBrowser:
        return NO_BROWSER


def processor() -> str:
    """The model of the CPU; where the system has another way to tell it, what Python knows."""
    commands = {"Darwin": ["sysctl", "-n", "machdep.cpu.brand_string"]}
    if platform.system() in commands:
        return subprocess.run(commands[platform.system()], capture_output=True, text=True).stdout.strip()
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
