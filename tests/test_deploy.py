"""The files for a class with accounts: what JupyterHub reads, and what it starts for a learner. No hub runs here."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from traitlets.config.loader import PyFileConfigLoader

from tests.lab import PATIENCE
from tests.test_environment import PROJECT, ROOT

DEPLOY = ROOT / "deploy"
LEARNER, HUB = DEPLOY / "learner.py", DEPLOY / "one-machine" / "jupyterhub_config.py"
VALUES = DEPLOY / "zero-to-jupyterhub" / "values.yaml"
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
FIRST = "/lab/tree/pooltutor-lessons/00-start-here.ipynb"
GIB = 2**30
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="JupyterHub does not run on Windows")]

# Stands for JupyterHub's server: tells its arguments, its limit, and whether it can have more than that.
SERVER = """
import json, resource, sys
limit = resource.getrlimit(resource.RLIMIT_DATA)[0]
try:
    more = bool(bytearray(limit)) if limit > 0 else None
except MemoryError:
    more = False
print(json.dumps({"arguments": sys.argv[1:], "limit": limit, "more": more}))
"""


def learner(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Start learner.py in a home folder, with a stand-in for JupyterHub's server."""
    (home / "stand-in" / "jupyterhub").mkdir(parents=True, exist_ok=True)
    (home / "stand-in" / "jupyterhub" / "__init__.py").touch()
    (home / "stand-in" / "jupyterhub" / "singleuser.py").write_text(SERVER)
    paths = os.pathsep.join([str(home / "stand-in"), str(ROOT)])
    return subprocess.run(
        [sys.executable, str(LEARNER), *arguments], cwd=home, capture_output=True, text=True, check=True,
        timeout=PATIENCE, env={**os.environ, "HOME": str(home), "PYTHONPATH": paths, **variables},
    )  # fmt: skip


def hub_config(tls: Path, monkeypatch) -> dict:
    """What JupyterHub reads from our file, with the certificate in this folder."""
    monkeypatch.setenv("POOLTUTOR_TLS", str(tls))
    return PyFileConfigLoader(HUB.name, HUB.parent).load_config()


# A learner's server


def test_a_learner_gets_the_lessons_and_the_server(tmp_path):
    done = learner(tmp_path, "--one=1", "--two")
    assert json.loads(done.stdout)["arguments"] == ["--one=1", "--two"]
    assert sorted(path.name for path in (tmp_path / "pooltutor-lessons").glob("*.ipynb")) == LESSONS


def test_what_a_learner_has_changed_stays_and_what_was_deleted_comes_back(tmp_path):
    learner(tmp_path)
    changed, deleted = (tmp_path / "pooltutor-lessons" / name for name in LESSONS[:2])
    changed.write_text("mine")
    deleted.unlink()
    learner(tmp_path)
    assert changed.read_text() == "mine"
    assert deleted.read_bytes() == (ROOT / "notebooks" / deleted.name).read_bytes()


def test_the_server_starts_where_the_lessons_cannot_be_copied(tmp_path):
    (tmp_path / "pooltutor-lessons").write_text("a file in the way")
    done = learner(tmp_path, "--one")
    assert json.loads(done.stdout)["arguments"] == ["--one"]
    assert done.stderr.startswith("The lessons were not copied: ")


def test_a_module_in_the_home_folder_is_none_of_the_servers(tmp_path):
    (tmp_path / "resource.py").write_text("raise RuntimeError")
    assert json.loads(learner(tmp_path).stdout)["arguments"] == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts all of a process's own memory")
def test_a_learner_gets_no_more_memory_than_the_limit(tmp_path):
    import resource

    told = json.loads(learner(tmp_path, MEM_LIMIT=str(GIB)).stdout)
    assert (told["limit"], told["more"]) == (GIB, False)
    inherited = json.loads(learner(tmp_path).stdout)["limit"]  # where none is asked for, none is set
    assert inherited == resource.getrlimit(resource.RLIMIT_DATA)[0]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts all of a process's own memory")
def test_where_the_machine_allows_less_a_learner_still_gets_a_server(tmp_path):
    program = f"ulimit -d {GIB // 1024}; exec {sys.executable} {LEARNER}"
    settings = {**os.environ, "HOME": str(tmp_path), "MEM_LIMIT": str(2 * GIB)}
    learner(tmp_path)  # writes the stand-in for the server
    settings["PYTHONPATH"] = os.pathsep.join([str(tmp_path / "stand-in"), str(ROOT)])
    command = ["sh", "-c", program]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert json.loads(done.stdout)["limit"] == GIB


@pytest.mark.parametrize("accounts", ["", "learner1\n", "learner1:\n", "learner1:secret\n:secret\n"])
def test_a_rehearsal_without_accounts_does_not_pass(accounts):
    command = [sys.executable, str(DEPLOY / "one-machine" / "try_it.py"), "http://127.0.0.1:1"]
    done = subprocess.run(command, input=accounts, capture_output=True, text=True, timeout=PATIENCE)
    sentence = "Each line of standard input must be name:password.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence)


# One machine


def test_without_a_certificate_only_this_machine_is_served(tmp_path, monkeypatch):
    hub = hub_config(tmp_path, monkeypatch).JupyterHub
    assert hub.bind_url == "http://127.0.0.1:8000"
    assert "ssl_cert" not in hub


def test_with_a_certificate_the_network_is_served_encrypted(tmp_path, monkeypatch):
    (tmp_path / "fullchain.pem").touch()
    hub = hub_config(tmp_path, monkeypatch).JupyterHub
    assert hub.bind_url == "https://:443"
    assert (hub.ssl_cert, hub.ssl_key) == (str(tmp_path / "fullchain.pem"), str(tmp_path / "privkey.pem"))


def test_nobody_is_let_in_without_being_named(tmp_path, monkeypatch):
    config = hub_config(tmp_path, monkeypatch)
    assert config.JupyterHub.authenticator_class == "pam"
    assert config.LocalAuthenticator.allowed_groups == {"learners", "teachers"}
    assert config.PAMAuthenticator.admin_groups == {"teachers"}
    assert "allow_all" not in HUB.read_text(encoding="utf-8")


def test_the_local_spawner_starts_our_file_on_the_first_lesson(tmp_path, monkeypatch):
    config = hub_config(tmp_path, monkeypatch)
    assert config.JupyterHub.spawner_class == "localprocess"
    assert config.Spawner.cmd == [sys.executable, str(LEARNER)]
    assert config.Spawner.default_url == FIRST
    settings = Path(config.Spawner.environment["JUPYTER_CONFIG_PATH"])
    news = json.loads((settings / "labconfig/default_setting_overrides.json").read_text(encoding="utf-8"))
    assert news["@jupyterlab/apputils-extension:notification"] == {"checkForUpdates": False, "fetchNews": "false"}


def test_memory_is_limited_for_a_learner_and_for_the_machine(tmp_path, monkeypatch):
    config = hub_config(tmp_path, monkeypatch)
    assert config.Spawner.mem_limit == "2G"  # which learner.py is told in bytes
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert physical - GIB < config.JupyterHub.active_server_limit * GIB <= physical


def test_what_is_idle_ends(tmp_path, monkeypatch):
    config = hub_config(tmp_path, monkeypatch)
    assert {"--MappingKernelManager.cull_idle_timeout=3600", "--MappingKernelManager.cull_connected=True"} <= set(
        config.Spawner.args
    )
    (service,), (role,) = config.JupyterHub.services, config.JupyterHub.load_roles
    assert service["command"] == [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=7200"]
    assert role["services"] == [service["name"]]


# Kubernetes


def test_the_values_say_that_they_were_not_run_and_start_the_same_server():
    text = VALUES.read_text(encoding="utf-8")
    assert "# NOT RUN: " in text
    learner_server = yaml.safe_load(text)["singleuser"]
    assert learner_server["cmd"][:2] == ["python3", "/srv/pooltutor/deploy/learner.py"]
    assert learner_server["defaultUrl"] == FIRST
    assert learner_server["extraEnv"]["JUPYTER_CONFIG_PATH"] == "/srv/pooltutor/deploy/settings"
    assert learner_server["image"]["tag"] == PROJECT["version"]


def test_files_that_the_guide_names_exist():
    text = (ROOT / "docs" / "jupyterhub.md").read_text(encoding="utf-8")
    named = re.findall(r"`(deploy/[\w./-]+)`|\]\(\.\./([\w./-]+)\)", text)
    assert len(named) >= 4
    assert all((ROOT / (path or link)).exists() for path, link in named)
