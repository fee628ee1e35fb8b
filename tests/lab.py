"""A real JupyterLab for the browser tests: its own settings, its own folder, nothing of the user's."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 150  # seconds that a busy machine gets for anything; where all goes well, nobody waits for them
SETTINGS = {
    # Every cell is rendered, so that a view further down exists; nothing asks the network for news.
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
}


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def end(process: subprocess.Popen) -> None:
    """End a server, and with it its kernels; one that does not end in time is killed."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for_words(process: subprocess.Popen, log: Path, words: str) -> str:
    """All that a process has written into its log, as soon as these words stand there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        text = log.read_text(encoding="utf-8")
        if words in text:
            return text
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


class Lab:
    """A JupyterLab server on notebooks in a folder of its own."""

    def __init__(self, home: Path, settings: dict | None = None) -> None:
        self.home, self.notebooks, self.port = home, home / "notebooks", free_port()
        self.notebooks.mkdir(parents=True)
        self._write_settings({**SETTINGS, **(settings or {})})
        self._write_config()
        self.start()

    def start(self) -> None:
        """Start the server, also once more after close(): what it remembers lies in its folder."""
        self.log = (self.home / "server.log").open("w")
        self.process = subprocess.Popen(self._command(), env=self._environment(), stdout=self.log, stderr=self.log)
        self._wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _command(self) -> list[str]:
        options = {
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.port": self.port,
            "ServerApp.root_dir": self.notebooks,
            "ServerApp.allow_root": True,
            "ServerApp.disable_check_xsrf": True,
            "IdentityProvider.token": "",
            "LabApp.extension_manager": "readonly",
        }
        return [sys.executable, "-m", "jupyter", "lab", "--no-browser", *(f"--{k}={v}" for k, v in options.items())]

    def _environment(self) -> dict[str, str]:
        folders = {
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTER_DATA_DIR": "data",
            "IPYTHONDIR": "ipython",
        }
        mine = {name: str(self.home / folder) for name, folder in folders.items()}
        return {**os.environ, **mine, "PYTHONPATH": str(ROOT), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}

    def _write_settings(self, settings: dict) -> None:
        for name, values in settings.items():
            path = self.home / "settings" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))

    def _write_config(self) -> None:
        """Let no page ask whether JupyterLab should be built anew: for each that starts Node, a second of a core."""
        folder = self.home / "config" / "labconfig"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "page_config.json").write_text('{"buildAvailable": false, "buildCheck": false}')

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/api/status", timeout=2).close()
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"JupyterLab did not start; see {self.home / 'server.log'}")

    def api(self, method: str, path: str) -> object:
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def end_sessions(self) -> None:
        """A session outlives a page: end them all, so that the next notebook starts a kernel of its own."""
        for session in self.api("GET", "sessions"):
            self.api("DELETE", f"sessions/{session['id']}")

    def write(self, name: str, *cells: str) -> None:
        import nbformat  # here and below, after conftest.py has said what it need not load

        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.notebooks / name)

    def python(self, name: str):
        """Return a function that runs code in the kernel of a notebook, beside its page, and returns what it shows."""
        from jupyter_client import BlockingKernelClient

        (kernel,) = [s["kernel"]["id"] for s in self.api("GET", "sessions") if s["path"] == name]
        client = BlockingKernelClient(connection_file=str(self.home / "runtime" / f"kernel-{kernel}.json"))
        client.load_connection_file()
        client.start_channels()

        def run(code: str, wait: bool = True) -> str:
            if not wait:
                return client.execute(code)
            shown: list[str] = []
            reply = client.execute_interactive(code, timeout=30, output_hook=lambda m: shown.append(_text_of(m)))
            assert reply["content"]["status"] == "ok", reply["content"]
            return "".join(shown)

        return run

    def copy(self, path: Path) -> None:
        """Put a notebook of the project into the server's folder, without its outputs: a learner runs it."""
        import nbformat

        notebook = nbformat.read(path, 4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, self.notebooks / path.name)

    def close(self) -> None:
        end(self.process)
        self.log.close()


def _text_of(message: dict) -> str:
    content = message["content"]
    return content.get("text") or content.get("data", {}).get("text/plain", "")


class LabPage:
    """One browser page on one notebook, which remembers every error and every request that leaves the machine."""

    def __init__(self, page, lab: Lab) -> None:
        from playwright.sync_api import TimeoutError

        self.page, self.lab, self.page_timeout = page, lab, TimeoutError
        self.errors: list[str] = []
        self.offsite: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.lab.url, self.lab.url.replace("http", "ws"), "data:", "blob:")):
            self.offsite.append(url)

    def open(self, name: str, run: bool = True) -> "LabPage":
        self.page.goto(f"{self.lab.url}/lab/tree/{name}?reset")
        idle = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'  # there, though hidden, on a phone
        self.page.wait_for_selector(idle, state="attached", timeout=PATIENCE * 1000)
        self._wait_for_kernel()
        if self.page.viewport_size["width"] < 700:
            self.hide_files()
        if run:
            self.run_all()
        return self

    def hide_files(self) -> None:
        """Close the file browser, which on a phone would leave the notebook no room."""
        self.page.keyboard.press("Control+b")

    def _wait_for_kernel(self) -> None:
        """Wait until the server counts this page's connection: before that, Run asks which kernel is meant."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError):  # a kernel that is just being made answers 500
                if any(k["connections"] and k["execution_state"] == "idle" for k in self.lab.api("GET", "kernels")):
                    return
            self.page.wait_for_timeout(100)
        raise AssertionError("the kernel did not start")

    def save(self) -> None:
        """Save the notebook, and wait until its file says so."""
        path = self.lab.notebooks / self.page.url.rpartition("/")[2].partition("?")[0]
        before = path.stat().st_mtime_ns
        self.page.get_by_role("menuitem", name="File", exact=True).click()
        self.page.locator(".lm-Menu-itemLabel", has_text="Save Notebook").first.click()
        deadline = time.monotonic() + PATIENCE
        while path.stat().st_mtime_ns == before:
            assert time.monotonic() < deadline, "the notebook was not saved"
            self.page.wait_for_timeout(100)

    def run_all(self) -> None:
        """Choose Run > Run All Cells; the kernel says idle a moment before it takes a run, so look and repeat."""
        started = "() => [...document.querySelectorAll('.jp-InputPrompt')].some((p) => /\\[[*\\d]/.test(p.textContent))"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.page.get_by_role("menuitem", name="Run", exact=True).click()
            self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            try:
                self.page.wait_for_function(started, timeout=1500)
                return
            except self.page_timeout:
                continue
        raise AssertionError("JupyterLab did not run the cells")

    def clean(self) -> None:
        """Fail where the page logged an error or asked anything of another machine."""
        assert self.errors == [], self.errors
        assert self.offsite == []
