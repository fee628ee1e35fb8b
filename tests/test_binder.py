"""What Binder makes of environment.yml and postBuild, as far as that can be told without conda and Docker.

Read with Binder's own tools: py-rattler is the parser of conda's package specs, repo2docker writes the Dockerfile. That
conda-forge has all of it at once is not tested: only a solver with the network could tell.
"""

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet
from rattler import MatchSpec

from tests.lab import PATIENCE
from tests.test_environment import ENVIRONMENT, ROOT, conda_versions

PIN = conda_versions()["python"].removeprefix("=")
LINUX_AND_MAC = pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")


def dockerfile(folder: Path) -> str:
    """What repo2docker would build of this folder, with its remarks; 0.5 s and no Docker."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout
    return done.stdout


def base_versions() -> dict[str, str]:
    """The versions that repo2docker's base environment has before ours is installed into it."""
    conda = Path(find_spec("repo2docker").origin).parent / "buildpacks" / "conda"
    lock = (conda / f"environment.py-{PIN}-linux-64.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"/([\w.-]+)-([^-/]+)-[^-/]+\.conda", lock))


# Package specs


@pytest.mark.parametrize("line", ENVIRONMENT["dependencies"])
def test_each_line_is_a_spec_that_conda_reads_as_it_is_meant(line):
    spec = MatchSpec(line, strict=True)
    assert spec.name.normalized + str(spec.version).replace(f"{PIN}.*", f"={PIN}") == line


@pytest.mark.parametrize("line", ["jupyterlab>=4.4 <5", "numpy>=1.26,", "python=>3.12", "torch[cpu]>=2.4"])
def test_a_spec_that_conda_would_read_otherwise_is_refused(line):
    with pytest.raises(Exception, match=r"unable to parse|is not valid|invalid package name"):
        MatchSpec(line, strict=True)


# The Dockerfile


@LINUX_AND_MAC
def test_repo2docker_takes_our_python_our_packages_and_our_script():
    text = dockerfile(ROOT)
    assert f"Building conda environment for python={PIN}\n" in text
    assert '${MAMBA_EXE} env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in text
    assert "RUN chmod +x postBuild\nRUN ./postBuild\n" in text
    assert text.index('--file "environment.yml"') < text.index("src/ ${REPO_DIR}/") < text.index("RUN ./postBuild")
    assert "requirements.txt" not in text


@LINUX_AND_MAC
def test_a_range_for_python_would_have_got_another_python(tmp_path):
    text = (ROOT / "environment.yml").read_text(encoding="utf-8").replace(f"python={PIN}", "python>=3.11")
    (tmp_path / "environment.yml").write_text(text, encoding="utf-8")
    assert f"Building conda environment for python={PIN}\n" not in dockerfile(tmp_path)


@LINUX_AND_MAC
def test_a_binder_folder_would_have_hidden_our_script(tmp_path):
    (tmp_path / "binder").mkdir()
    for name in ("environment.yml", "postBuild"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copy(ROOT / "environment.yml", tmp_path / "binder")
    assert "RUN ./postBuild" not in dockerfile(tmp_path)


@LINUX_AND_MAC
def test_what_the_base_environment_brings_is_within_our_ranges():
    base, ours = base_versions(), conda_versions()
    shared = {name for name in ours if name in base}
    assert {"python", "jupyterlab", "ipywidgets"} <= shared
    assert base["python"].startswith(f"{PIN}.")
    assert all(base[name] in SpecifierSet(ours[name]) for name in shared - {"python"})


@LINUX_AND_MAC
def test_one_leg_of_the_tests_runs_on_the_jupyterlab_of_the_base_environment():
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    (leg,) = workflow["jobs"]["test"]["strategy"]["matrix"]["include"]
    base = base_versions()
    assert (leg["python"], leg["jupyterlab"], leg["ipywidgets"]) == (PIN, base["jupyterlab"], base["ipywidgets"])
