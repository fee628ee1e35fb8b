"""The one-file page: what it carries, what it allows, and that it refuses to be written where PyTorch disagrees."""

import base64
import hashlib
import json
import re
import zlib
from dataclasses import replace

import pytest

from pooltutor import page, verify
from pooltutor.live import shared
from pooltutor.live.joining import sent_code
from pooltutor.validation import SLIDER_MAX
from pooltutor.verify import Report
from pooltutor.words import load
from tests import spec
from tests.checksums import CHECKSUMS
from tests.spec import refused

RECORD = {"version": "2.13.0", "date": "2026-01-02", "count": "4,096", "program": "0.1.0"}
RECORD |= {"checksums": CHECKSUMS, "targets": 64}


@pytest.fixture(scope="module")
def html():
    return page.page_html(RECORD)


def contents(html):
    """Header, code and bytes of a page, as its loader takes them apart."""
    (data,) = re.findall(r'<script type="text/plain" id="pooltutor-data">([^<]+)</script>', html)
    packed = zlib.decompress(base64.b64decode(data))
    header, code = (int.from_bytes(packed[k : k + 4], "little") for k in (0, 4))
    return (
        json.loads(packed[8 : 8 + header]),
        packed[8 + header : 8 + header + code].decode(),
        packed[8 + header + code :],
    )


def test_the_page_is_one_file_of_at_most_300_kb(html):
    assert len(html.encode()) <= 300_000
    assert not re.findall(r"""(?:src|href)=["'](?!data:)""", html)


def test_it_carries_the_code_of_the_widgets_and_no_other(html):
    _, code, _ = contents(html)
    assert code == sent_code(*page.CODE)
    inner = sent_code(shared.VIEWS).replace("export async function render", "async function render")
    assert code.startswith(inner)


def test_it_carries_what_the_kernel_would_send(html):
    header, _, blobs = contents(html)
    sent = header["shared"]
    assert sent["rules"] == json.loads(json.dumps(shared.contents()["rules"]))
    assert sent["limits"] == shared.contents()["limits"] == {"slider": 64, "typed": 4096, "grid": 256}
    digits = sent["pictures"]["pictures"]["digit"]
    at, length = digits["data"]["$bytes"]
    assert blobs[at : at + length] == shared.packed_pictures()["pictures"]["digit"]["data"]
    assert header["record"] == RECORD
    assert sent["words"]["title"] == load()["view"]["title"]


def test_its_policy_allows_its_own_scripts_and_style_and_nothing_else(html):
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    _, code, _ = contents(html)
    allowed = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in _parts(html, code)
    ]
    loader, script, style = allowed
    assert policy == (
        f"default-src 'none'; script-src {loader} {script}; style-src {style}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def allowed(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _parts(html, code):
    (loader,) = re.findall(r"<script>(.*?)</script>", html, re.S)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.S)
    return loader, code, style


def test_nothing_is_carried_that_json_cannot(monkeypatch):
    with refused(TypeError, "the page has no way to carry set"):
        page._packed("", {"x": {1, 2}})


# The record ------------------------------------------------------------------------------------------------


def some_reports(verdict, n=5, m=3):
    about = ((n,), (m,), "avg", "cpu", "float64")
    return [
        Report("agrees", *about, version="9.9.9"),
        Report(verdict, *about, version="9.9.9", reason="no PyTorch here"),
    ]


def test_the_record_names_the_version_that_was_asked(monkeypatch):
    monkeypatch.setattr(page, "reports", lambda: some_reports("agrees"))
    monkeypatch.setattr(page, "checksums", lambda: iter(CHECKSUMS))
    record = page.recorded()
    assert (record["version"], record["count"]) == ("9.9.9", "1")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", record["date"])


@pytest.mark.parametrize(("verdict", "error"), [("disagrees", verify.Disagrees), ("unchecked", verify.NotChecked)])
def test_no_page_is_written_that_pytorch_does_not_confirm(monkeypatch, tmp_path, verdict, error):
    monkeypatch.setattr(page, "reports", lambda: some_reports(verdict))
    with pytest.raises(error, match=r"\ANo page was written: 5 → 3: "):
        page.write_page(tmp_path / "pooling.html")
    assert list(tmp_path.iterdir()) == []


def test_every_size_of_the_sliders_and_every_kind_is_compared(monkeypatch):
    asked = []
    report = some_reports("agrees")[0]

    def answer(n, m, kind):
        asked.append((n, m, kind))
        return replace(report, input_size=(n,), target_size=(m,))

    monkeypatch.setattr(page, "check", answer)
    count = SLIDER_MAX**2
    monkeypatch.setattr(page, "checksums", lambda: iter([1]))
    assert page.recorded()["count"] == f"{count:,}" == "4,096"
    assert len(asked) == len(set(asked)) == 2 * count
    assert {(1, 1, "avg"), (64, 64, "max"), (1, 64, "avg"), (64, 1, "max")} <= set(asked)


def slow_checksum(n, targets):
    """What page/recorded.js computes of the windows of an input size, said with Python's integers."""
    total = 1
    for m in targets:
        for ends in zip(*spec.windows("pytorch", n, m), strict=True):
            for end in ends:
                total = (31 * total + end) % 2**32
    return total


def test_a_checksum_is_taken_of_pytorchs_windows_for_each_input_size_to_256(monkeypatch):
    monkeypatch.setattr(page, "LARGEST", 5)
    monkeypatch.setattr(page, "SLIDER_MAX", 3)
    targets = ([1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 5])
    assert list(page.checksums()) == [slow_checksum(n, each) for n, each in enumerate(targets, start=1)]


def test_the_record_has_a_checksum_for_each_input_size_to_256(monkeypatch):
    monkeypatch.setattr(page, "reports", lambda: some_reports("agrees"))
    record = page.recorded()
    assert (len(record["checksums"]), record["targets"]) == (256, 64)
    assert record["checksums"] == CHECKSUMS


def test_a_wrong_rule_would_be_refused(monkeypatch, tmp_path):
    wrong = [verify.check(5, 3), verify.check(5, 3, rule="forum")]
    monkeypatch.setattr(page, "reports", lambda: iter(wrong))
    with pytest.raises(verify.Disagrees, match="window 1 is 2:4 here, PyTorch's is 1:4"):
        page.write_page(tmp_path / "pooling.html")


def test_what_was_written_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(page, "reports", lambda: some_reports("agrees"))
    monkeypatch.setattr(page, "checksums", lambda: iter(CHECKSUMS))
    path = tmp_path / "pooling.html"
    sentence = page.write_page(path)
    size = round(path.stat().st_size / 1000)
    assert sentence == (
        f"Written to {path}, {size} KB; all 1 sizes of its sliders have the same numbers as PyTorch 9.9.9."
    )
