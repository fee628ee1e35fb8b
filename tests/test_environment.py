"""environment.yml and postBuild, which Binder reads, against pyproject.toml, which is the one place that decides."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LAB = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lab"]]
REQUIREMENTS = [Requirement(line) for line in LAB]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CONDA_NAMES = {"torch": "pytorch-cpu", "matplotlib": "matplotlib-base"}  # without CUDA, without Qt


def conda_versions() -> dict[str, str]:
    """Each conda package with its range: {"jupyterlab": ">=4.4,<5", ...}."""
    return dict(re.fullmatch(r"([\w-]+)(.*)", line).groups() for line in ENVIRONMENT["dependencies"])


def test_python_is_pinned_to_the_letter_and_supported():
    pin = re.fullmatch(r"=(\d+\.\d+)", conda_versions()["python"])
    assert pin, "Binder takes an old Python for a range"
    assert pin[1] in SpecifierSet(PROJECT["requires-python"])


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda wanted: wanted.name)
def test_every_dependency_is_there_with_the_same_range(requirement):
    name = CONDA_NAMES.get(requirement.name, requirement.name)
    assert SpecifierSet(conda_versions()[name]) == requirement.specifier


def test_nothing_else_is_there():
    names = {CONDA_NAMES.get(wanted.name, wanted.name) for wanted in REQUIREMENTS}
    assert set(conda_versions()) == {"python"} | names


def test_conda_forge_is_the_only_channel():
    assert ENVIRONMENT["channels"] == ["conda-forge"]


def test_there_is_no_pip_section():
    assert all(isinstance(line, str) for line in ENVIRONMENT["dependencies"])


def test_no_binder_folder_hides_these_files():
    assert not [name for name in ("binder", ".binder") if (ROOT / name).exists()]


def test_post_build_installs_the_repository_alone():
    lines = (ROOT / "postBuild").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/bin/bash"
    commands = [line for line in lines if not line.startswith("#")]
    assert [line for line in commands if "pip" in line] == ["pip install --no-deps -e ."]
    assert commands[0] == "set -ex"


def test_post_build_gives_jupyterlab_our_settings(tmp_path):
    script = (ROOT / "postBuild").read_text(encoding="utf-8").replace("pip install", "echo pip install")
    subprocess.run(["bash", "-c", script], cwd=ROOT, env={**os.environ, "NB_PYTHON_PREFIX": str(tmp_path)}, check=True)
    written = tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    ours = ROOT / "deploy" / "settings" / "labconfig" / "default_setting_overrides.json"
    assert written.read_text(encoding="utf-8") == ours.read_text(encoding="utf-8")
    exported = tmp_path / "etc" / "jupyter" / "jupyter_config.json"
    assert exported.read_bytes() == (ROOT / "deploy" / "settings" / "jupyter_config.json").read_bytes()
    assert '"saveState": true' in written.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
@pytest.mark.parametrize("name", ["postBuild", ".ci/run"])
def test_scripts_can_be_executed(name):
    assert os.access(ROOT / name, os.X_OK)
