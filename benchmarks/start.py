"""What pooltutor costs at the start: the time of its import, and the memory of a learner's kernel."""

import subprocess
import sys

from benchmarks.table import Row

CORE = "from pooltutor import bins, check, gradient, pool"  # the package itself loads nothing before it is used
IMPORT = f"""
import time
import numpy
started = time.perf_counter()
{CORE}
print(1000 * (time.perf_counter() - started))
"""
MEMORY = "import psutil\nprint(psutil.Process().memory_info().rss / 2**20)"
VIEW = "import sys\nimport pooltutor\nview = pooltutor.explore(14, 4)\nassert 'torch' not in sys.modules"
CHECK = "assert pooltutor.check(14, 4)"


def rows() -> list[Row]:
    """Import in fresh processes, then check in fresh kernels."""
    memory = [kernel_memory() for _ in range(3)]
    bare, view, checked = zip(*memory, strict=True)
    return [
        Row(f"`{CORE}` after `import numpy`", [import_time() for _ in range(22)][2:], budget=15, on="median"),
        Row("memory of a kernel before it imports anything", bare, "MiB"),
        Row(
            "memory of a learner's kernel with an explorer, before the first check", view, "MiB", budget=75, on="median"
        ),
        Row("memory of the same kernel after the first check", checked, "MiB"),
    ]


def import_time() -> float:
    """Milliseconds that the import takes in a new process."""
    return float(subprocess.run([sys.executable, "-c", IMPORT], stdout=subprocess.PIPE, check=True).stdout)


def kernel_memory() -> list[float]:
    """MiB of a new kernel: bare, with an explorer, after the first check."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(stderr=subprocess.DEVNULL)
    try:
        return [_run(client, code) for code in ("", VIEW, CHECK)]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _run(client, code: str) -> float:
    shown: list[str] = []
    reply = client.execute_interactive(
        f"{code}\n{MEMORY}", timeout=120, output_hook=lambda m: shown.append(m["content"].get("text", ""))
    )
    if reply["content"]["status"] != "ok":
        raise RuntimeError(f"the kernel says {reply['content']['ename']}: {reply['content']['evalue']}")
    return float("".join(shown))
