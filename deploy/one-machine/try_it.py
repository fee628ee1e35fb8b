"""A rehearsal: accounts log in at the same time, open lesson 00, run it, and wait until PyTorch agrees.

    python deploy/one-machine/try_it.py https://hub.example.org < accounts.txt

accounts.txt has a line name:password for each account. It needs playwright and psutil, as the project's tests do. Run
as root on the hub's own machine it also tells the memory of each learner's processes.
"""

import argparse
import asyncio
import shutil
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import psutil
from playwright.async_api import Browser, Error, Page, TimeoutError, async_playwright

Step = Callable[[Page], Awaitable[None]]

AGREES = "[role=status][data-verdict=agrees][data-for='14,4,pytorch']"
IDLE = "#jp-main-statusbar >> text=/Python 3.* \\| Idle/"
RUNS = "() => [...document.querySelectorAll('.jp-InputPrompt')].some((each) => each.textContent.includes('[*]'))"
PATIENCE = 180_000  # milliseconds for each step; a class that comes at once makes a small machine slow


async def main() -> int:
    """Rehearse with the accounts on standard input; exit status 1 if one of them does not get there."""
    options = arguments()
    accounts = [line.strip().partition(":")[::2] for line in sys.stdin if line.strip()]
    if not accounts or not all(map(all, accounts)):
        print("Each line of standard input must be name:password.", file=sys.stderr)
        return 2
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        tries = [rehearse(browser, options, *account) for account in accounts]
        reached = await asyncio.gather(*tries)
        await browser.close()
    return 0 if all(reached) else 1


def arguments() -> argparse.Namespace:
    """Where the hub is, and with what browser to go there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--insecure", action="store_true", help="accept a certificate that nobody has signed")
    parser.add_argument("--browser", default=shutil.which("chromium"), help="default: chromium, else Playwright's own")
    return parser.parse_args()


async def rehearse(browser: Browser, options: argparse.Namespace, name: str, password: str) -> bool:
    """One learner's way from the login to PyTorch's word, told in a line; False if it ends before."""
    context = await browser.new_context(ignore_https_errors=options.insecure)
    context.set_default_timeout(PATIENCE)
    page, started, times = await context.new_page(), time.perf_counter(), []
    try:
        for step in (log_in(options.address, name, password), wait_for_kernel, run_lesson):
            await step(page)
            times.append(time.perf_counter() - started)
    except (Error, TimeoutError) as error:
        print(f"{name}: {str(error).splitlines()[0]} (at {page.url})")
        return False
    print("{}: JupyterLab after {:.1f} s, kernel {:.1f} s, agrees {:.1f} s{}".format(name, *times, memory_of(name)))
    return True


def log_in(address: str, name: str, password: str) -> Step:
    """Log in and wait for JupyterLab, which opens the first lesson."""

    async def step(page: Page) -> None:
        await page.goto(f"{address}/hub/login")
        await page.fill("#username_input", name)
        await page.fill("#password_input", password)
        await page.click("#login_submit")
        shown = await page.wait_for_selector(".jp-Notebook, .login_error, .error")
        if "jp-Notebook" not in await shown.get_attribute("class"):
            raise Error(" ".join((await shown.inner_text()).split()))

    return step


async def wait_for_kernel(page: Page) -> None:
    """Wait until the lesson has its kernel: before that, Run asks which one is meant."""
    await page.wait_for_selector(IDLE)


async def run_lesson(page: Page) -> None:
    """Run the lesson and wait until PyTorch agrees with its first picture."""
    await run_all(page)
    await page.wait_for_selector(AGREES)


async def run_all(page: Page) -> None:
    """Choose Run > Run All Cells; the kernel says idle a moment before it takes a run, so look and repeat."""
    for _ in range(20):
        await page.get_by_role("menuitem", name="Run", exact=True).click()
        await page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with suppress(TimeoutError):
            return await page.wait_for_function(RUNS, timeout=5000)
    raise TimeoutError("JupyterLab did not run the cells")


def memory_of(name: str) -> str:
    """The memory of all processes of an account, where they are on this machine and may be looked at."""
    total = 0
    for process in psutil.process_iter(["username"]):
        with suppress(psutil.Error, AttributeError):  # it may just have ended; only Linux counts proportionally
            total += process.memory_full_info().pss if process.info["username"] == name else 0
    return f", {total / 2**20:.0f} MiB" if total else ""


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
