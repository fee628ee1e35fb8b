"""The benchmarks' own arithmetic and words, on numbers that are given; nothing is timed here."""

import numpy as np
import pytest

from benchmarks import __main__ as bench
from benchmarks import numerics, site_peers, slider_latency
from benchmarks.table import Row, attempted, number, repeated
from tests.spec import refused

HUNDRED = [float(k) for k in range(101)]


def test_median_and_p95_are_those_of_numpy():
    random = np.random.default_rng(0)
    for count in (2, 3, 20, 37):
        values = random.random(count).tolist()
        row = Row("x", values)
        assert row.median == pytest.approx(np.median(values))
        assert row.p95 == pytest.approx(np.percentile(values, 95))
    assert (Row("x", [3.0]).median, Row("x", [3.0]).p95) == (3, 3)


@pytest.mark.parametrize(("row", "verdict"), [
    (Row("x", HUNDRED), ""),
    (Row("x", HUNDRED, budget=95), "within"),
    (Row("x", HUNDRED, budget=94.9), "**OVER**"),
    (Row("x", HUNDRED, budget=50, on="median"), "within"),
    (Row("x", HUNDRED, budget=49.9, on="median"), "**OVER**"),
    (Row("x", [30.0], "×", 25, "median", at_least=True), "within"),
    (Row("x", [24.9], "×", 25, "median", at_least=True), "**OVER**"),
])
def test_a_missed_budget_is_marked(row, verdict):
    assert row.verdict == verdict
    assert row.over == (verdict == "**OVER**")


def test_a_row_is_a_line_of_the_table():
    assert str(Row("to the picture", HUNDRED, budget=8)) == (
        "| to the picture | p95 ≤ 8 ms | 50 ms | 95 ms | **OVER** |"
    )
    assert str(Row("memory", [51.26, 51.24, 53.0], "MiB")) == "| memory |  | 51.3 MiB | 52.8 MiB |  |"
    ratio = Row("ratio", [31.04], "×", 25, "median", at_least=True)
    assert str(ratio) == "| ratio | median ≥ 25 × | 31 × |  | within |"


@pytest.mark.parametrize(("value", "text"), [
    (0.01234, "0.0123"), (0.5, "0.5"), (1, "1"), (10, "10"), (99.96, "100"), (100.4, "100"), (1234.5, "1234"), (0, "0"),
])
def test_numbers_have_three_digits_and_no_exponent(value, text):
    assert number(value) == text


def test_the_warm_up_is_done_and_not_counted():
    done = []
    assert len(repeated(lambda: done.append(1), 5, warm_up=3)) == 5
    assert len(done) == 8


def test_the_page_counts_the_budgets_that_are_met_and_says_what_was_measured_with():
    rows = [Row("a", HUNDRED, budget=8), *(Row("b", HUNDRED, budget=k) for k in (98, 99)), Row("c", HUNDRED)]
    text = bench.page(rows, {"date": "2026-01-02", "command": "`python3 run.py bench`"})
    assert "; 2 of 3 budgets are met." in text
    assert "- date: 2026-01-02\n- command: `python3 run.py bench`\n" in text
    assert "|---|---|---|---|---|\n" + "".join(f"{row}\n" for row in rows) + bench.missed(rows) in text


def test_the_machine_and_the_versions_are_named(monkeypatch):
    monkeypatch.setattr(bench, "browser_version", lambda: "Chromium 1.2")
    around = bench.surroundings()
    assert around["versions"].startswith("Python 3.")
    assert around["versions"].endswith(", Chromium 1.2")
    assert f"numpy {np.__version__}" in around["versions"]
    assert " cores, " in around["machine"]


def test_parts_are_printed_and_only_all_of_them_are_written_down(monkeypatch, tmp_path, capsys):
    row = Row("a", HUNDRED)
    monkeypatch.setattr(bench, "PARTS", {"one": lambda: [row], "two": lambda: [row, row]})
    monkeypatch.setattr(bench, "RESULT", tmp_path / "benchmarks.md")
    monkeypatch.setattr(bench, "surroundings", dict)
    assert bench.main(["two"]) == 0
    assert capsys.readouterr().out.count(str(row)) == 2
    assert not bench.RESULT.exists()
    assert bench.main([]) == 0
    assert bench.RESULT.read_text(encoding="utf-8").count(str(row)) == 3
    assert bench.main(["one", "three"]) == 2
    assert capsys.readouterr().err.endswith("There is nothing called 'three' to measure; there is one, two.\n")


def test_the_ratio_of_a_place_is_that_of_the_medians():
    live, drawn = [(2.0, 20.0), (4.0, 30.0), (6.0, 40.0)], [(100.0, 0.0), (140.0, 0.0), (120.0, 0.0)]
    case = slider_latency.CASES[0]
    script, frame = slider_latency.live_rows("Voila", case, live)
    assert slider_latency.baseline_rows("Voila", case, live, drawn[:1])[0].reference == 139
    baseline, ratio = slider_latency.baseline_rows("Voila", case, live, drawn)
    assert (script.median, frame.median, baseline.median, ratio.median) == (4, 30, 120, 30)
    assert all(row.what.startswith("Voila: ") for row in (script, frame, baseline, ratio))
    assert ratio.verdict == "**OVER**"  # 40 are wanted


def test_a_row_that_could_not_be_measured_says_so_and_why_and_the_others_are_written(monkeypatch, tmp_path, capsys):
    def stuck():
        raise TimeoutError("Page.wait_for_selector: 30 s | exceeded.\nCall log: ...")

    def silent():
        raise KeyError

    monkeypatch.setattr(bench, "PARTS", {"one": stuck, "two": lambda: [Row("a", HUNDRED, budget=99)], "three": silent})
    monkeypatch.setattr(bench, "RESULT", tmp_path / "benchmarks.md")
    monkeypatch.setattr(bench, "surroundings", dict)
    assert bench.main([]) == 1
    text = bench.RESULT.read_text(encoding="utf-8")
    assert "| one |  |  |  | **not measured**: Page.wait_for_selector: 30 s / exceeded. |\n" in text
    assert "| three |  |  |  | **not measured**: KeyError |\n" in text
    assert str(Row("a", HUNDRED, budget=99)) in text
    assert "; 1 of 1 budgets are met. What failed to be measured: 2, as the table says." in text


def test_a_budget_that_was_not_measured_is_not_met():
    text = bench.page([Row("a", HUNDRED, budget=99), Row("b", (), budget=3, missing="no reason")], {})
    assert "; 1 of 2 budgets are met. What failed to be measured: 1" in text
    assert "Over the budget" not in text


def test_a_baseline_that_hangs_costs_the_explorer_beside_it_nothing(monkeypatch):
    case = slider_latency.CASES[0]
    monkeypatch.setattr(slider_latency, "measure_explorer", lambda page, case: [(2.0, 20.0)])

    def hangs():
        raise TimeoutError("still executing")

    script, frame, baseline = slider_latency.case_rows("Voila", case, lambda: "page", hangs)
    assert (script.median, frame.median) == (2, 20)
    assert baseline.verdict == "**not measured**: still executing"
    (explorer,) = slider_latency.case_rows("Voila", case, hangs, hangs)
    assert explorer.what == "Voila: the explorer around 64 → 32"


def test_a_notebook_that_voila_does_not_finish_is_opened_again():
    from playwright.sync_api import TimeoutError

    opened = []

    class Page:
        def wait_for_selector(self, selector):
            if len(opened) < 3:
                raise TimeoutError("still executing")

        def close(self):
            opened.append("closed")

    def open_notebook():
        opened.append("opened")
        return Page()

    assert isinstance(slider_latency.shown_baseline(open_notebook), Page)
    assert opened == ["opened", "closed", "opened"]
    Page.wait_for_selector = lambda self, selector: (_ for _ in ()).throw(TimeoutError("still executing"))
    with refused(TimeoutError, "still executing"):
        slider_latency.shown_baseline(open_notebook)


def test_without_a_browser_the_rest_is_measured(monkeypatch):
    from benchmarks import servers

    monkeypatch.setattr(servers, "browser_path", lambda: None)
    assert bench.browser_version() == servers.NO_BROWSER
    (row,) = attempted("verdict", lambda: servers.chromium().__enter__())
    assert row.missing == servers.NO_BROWSER


def test_two_things_are_measured_in_turn():
    done = []
    row = numerics.side_by_side("x", lambda: done.append("ours"), lambda: done.append("theirs"))
    assert done == ["ours", "theirs"] * (len(done) // 2)
    assert len(row.values) == len(done) // 2 - 3
    assert row.what.startswith("x: 0.0")


def test_other_windows_than_pytorchs_are_no_measurement(monkeypatch):
    monkeypatch.setattr(numerics.pooltutor, "bins", lambda n, m: numerics.pooltutor.Bins(n, m, "round"))
    with refused(RuntimeError, "PyTorch has other windows at 1 -> 2"):
        numerics.compare_all_pairs()


def test_a_missed_budget_says_what_was_tried_and_a_met_one_says_nothing():
    over, met = Row("late", HUNDRED, budget=5, tried="all that is known"), Row("early", HUNDRED, budget=99, tried="x")
    assert bench.missed([met]) == ""
    assert bench.missed([over, met, Row("other", HUNDRED, budget=1)]) == (
        "\nOver the budget:\n\n- late: all that is known\n- other: nothing is known yet.\n"
    )
    assert bench.page([over, met], {}).endswith("- late: all that is known\n")


def test_what_a_page_loads_is_counted_once_and_what_it_asks_of_others_apart(tmp_path):
    page, picture = tmp_path / "a page.html", tmp_path / "1.png"
    page.write_bytes(b"0" * 5000)
    picture.write_bytes(np.random.default_rng(0).bytes(5000))
    asked = [page.as_uri(), picture.as_uri(), picture.as_uri(), "https://example.org/widgets.js"]
    assert site_peers.deflated(page, asked) == pytest.approx(5, abs=0.1)
    assert site_peers.remote(asked) == 1


def test_a_slow_machine_is_named_and_a_missed_time_divided_by_how_slow_it_is():
    notebooks = [Row(f"notebook {k}", [k * 100.0], reference=100) for k in (2, 3, 9)]
    rows = [*notebooks, Row("late", [30.0], budget=5), Row("large", [30.0], "KB", budget=5), Row("x", (), missing="-")]
    text = bench.page(rows, {})
    assert "\n- speed: 3 × the time of the machine that the budgets in milliseconds are for, " in text
    assert text.endswith("- late: divided by 3, 10 ms.\n- large: nothing is known yet.\n")
    assert bench.speed([Row("late", [30.0], budget=5)]) == {}
    waited = Row("late", [90.0], budget=5, waiting=60)  # what waits by the clock is not divided
    assert bench.missed([*notebooks, waited]).endswith("- late: divided by 3, 10 ms, and 60 ms of waiting.\n")
