"""What every file that pooltutor writes has in common: whole or not at all, and named where it cannot be written."""

import errno
import os
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from pooltutor import page
from pooltutor.cli import main, remote
from pooltutor.writing import write
from tests.spec import refused


def fill_disk(monkeypatch):
    """From now on the disk takes three bytes of each file."""

    def write_bytes(path, data):
        with path.open("wb") as file:
            file.write(data[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


def test_a_file_is_made_and_replaced(tmp_path):
    write(tmp_path / "a", b"one")
    write(str(tmp_path / "a"), b"two")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"two")]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("the old one")
    fill_disk(monkeypatch)
    for name in ("a", "b"):
        with pytest.raises(OSError, match="No space left on device") as error:
            write(tmp_path / name, b"the new one")
        assert error.value.filename == str(tmp_path / name)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "the old one")]


def test_ctrl_c_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    def interrupted(part, target):
        raise KeyboardInterrupt

    write(tmp_path / "a", b"old")
    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "a", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither these files nor these permissions")
def test_a_link_and_a_device_stay_what_they_are(tmp_path):
    write(tmp_path / "a", b"old")
    (tmp_path / "a").chmod(0o640)
    (tmp_path / "link").symlink_to("a")
    write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    write("/dev/null", b"nothing")
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk at hand")
def test_the_sentence_names_a_full_device(tmp_path, capsys):
    picture = tmp_path / "out.png"
    picture.symlink_to("/dev/full")
    assert main(["figure", "windows", "14", "4", "-o", str(picture)]) == 2
    assert capsys.readouterr().err == f"{picture}: No space left on device\n"


RECORD = {"version": "1", "date": "2026-01-02", "count": "1", "program": "0"}
WRITERS = {  # a file that a command writes, and the command
    "pooling.html": ["page", "pooling.html"],
    "out.svg": ["figure", "windows", "14", "4", "-o", "out.svg"],
    "README.md": ["binder-link"],
    "lessons/00-start-here.ipynb": ["lab", "lessons", "--copy-only"],
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_command_that_writes_keeps_the_old_file(tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(page, "recorded", lambda: RECORD)
    answers = {"remote": "git@github.com:someone/pooltutor.git", "rev-parse": str(tmp_path)}
    monkeypatch.setattr(remote, "_git", lambda command, *rest: answers[command])
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("<!-- binder -->\n<!-- /binder -->\n")
    old = file.read_bytes()
    if name.endswith(".ipynb"):  # a lesson that came before, and is not the learner's own
        file.unlink()
        assert main(WRITERS[name]) == 0
        file.write_text("older")
        monkeypatch.setattr("pooltutor.cli.lab._read_manifest", lambda path: {file.name: lesson_hash(file)})
        old = file.read_bytes()
    fill_disk(monkeypatch)
    capsys.readouterr()
    assert main(WRITERS[name]) == 2
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert said.count("\n") == 1
    assert file.read_bytes() == old
    assert not list(tmp_path.rglob("*.part"))


def lesson_hash(file):
    from pooltutor.cli.lab import _hash

    return _hash(file.read_bytes())


def test_the_benchmarks_keep_their_last_table(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "PARTS", {})
    monkeypatch.setattr(bench, "RESULT", tmp_path / "benchmarks.md")
    monkeypatch.setattr(bench, "surroundings", dict)
    (tmp_path / "benchmarks.md").write_text("the last one")
    fill_disk(monkeypatch)
    with pytest.raises(OSError, match="No space"):
        bench.main([])
    assert (tmp_path / "benchmarks.md").read_text() == "the last one"


def test_a_folder_that_is_not_there_is_named_with_the_file(tmp_path):
    with refused(FileNotFoundError, f"[Errno 2] No such file or directory: '{tmp_path}/no/a'"):
        write(tmp_path / "no" / "a", b"")
