// Questions: answers are read, judged, and told the idea behind them; hints, other sizes, addresses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { questionFrom, questionText } from "../../pooltutor/live/js/pure/question/address.js";
import { anotherQuestion, nextSeed } from "../../pooltutor/live/js/pure/question/another.js";
import { hintCount, hintOf, promptOf, solutionOf } from "../../pooltutor/live/js/pure/question/hints.js";
import { refusalOfAnswer } from "../../pooltutor/live/js/pure/question/judging.js";
import { readAnswer, windowsText } from "../../pooltutor/live/js/pure/question/reading.js";
import { rightText } from "../../pooltutor/live/js/pure/question/right.js";
import { freshAnswer, isOpenQuestion } from "../../pooltutor/live/js/pure/question/state.js";
import { asked, judged, words } from "./asked.js";
import { rules } from "./facts.js";

const KINDS = [
  [{ kind: "windows" }, 5, 3],
  [{ kind: "shared" }, 14, 10],
  [{ kind: "output", index: 1 }, 14, 4],
  [{ kind: "gradient", index: 3 }, 14, 4],
  [{ kind: "rank", cells: [0, 1, 3] }, 7, 5],
  [{ kind: "count", of: "shared" }, 14, 10],
  [{ kind: "size", rule: "equal_kernel" }, 5, 3],
  [{ kind: "formula" }, 5, 3],
  [{ kind: "count", of: "four" }, [6, 8], [4, 3]],
  [{ kind: "output", index: [0, 1] }, [6, 8], [4, 3]],
  [{ kind: "gradient", index: [0, 0] }, [8, 8], [7, 7]],
];

test("texts that mean the same are read as the same text", () => {
  const same = [
    ["windows", "0:2 1:4 3:5", ["3:5, 0:2; 1:4", "[(0, 2), (1, 4), (3, 5)]", "0 2 1 4 3 5", "0 : 2 1 :4 3:5"]],
    ["cells", "1 2 3", ["3,2,1", "1:4", "1:3 3", "cells 1, 2 and 3", "1 1 2 3"]],
    ["cells", "none", ["None", "-"]],
    ["number", "0.5", ["1/2", ".5", " 0.50 ", "y = 0.5"]],
    ["order", "1 0 3", ["1, 0, 3", "1 > 0 > 3"]],
    ["size", "5 3", ["5 -> 3", "5 → 3", "(5, 3)"]],
  ];
  for (const [form, text, others] of same)
    for (const other of [text, ...others]) assert.equal(readAnswer(form, other)?.text, text, other);
});

test("what is no answer is refused in one sentence, whatever it is", () => {
  const hostile = ["", " ", "hello", "9".repeat(2000), "1e999", "1/0", "nan", "<b>", "?", null, 7, {}, ["0:2"]];
  for (const [question, n, m] of KINDS.filter(([{ kind }]) => kind !== "formula")) {
    const about = asked(question, n, m);
    for (const given of hostile) assert.equal(judged(about, given), null, `${question.kind}: ${given}`);
    for (const given of ["", "hello"]) assert.match(refusalOfAnswer(about, given, words), /^[A-Z].*\.$/);
  }
  assert.equal(judged(asked({ kind: "formula" }, 5, 3), "start = (\nstop = 2"), null);
  assert.match(refusalOfAnswer(asked({ kind: "windows" }, 5, 3), "0:2 ? 3:5", words), /^2 of 3 windows are there/);
  assert.equal(readAnswer("constructor", "1"), null);
});

test("windows that are still missing keep their place", () => {
  assert.equal(windowsText([null, [1, 4], null]), "? 1:4");
  assert.deepEqual(readAnswer("windows", "? 1:4").value, [null, [1, 4]]);
});

const RIGHT = {
  windows: ["0:2 1:4 3:5", "3:5 1:4 0:2"],
  shared: ["1 2 4 5 8 9 11 12"],
  output: ["4.5", "9/2", "4.503"],
  gradient: ["0.5", "1/2"],
  rank: ["1 0 3"],
  count_shared: ["8"],
  size: ["5 3"],
  formula: ["start = i*n//m\nstop = -(-(i + 1)*n//m)", "start = floor(i*n/m)\nstop = ceil((i + 1)*n/m)"],
  count_four: ["4"],
  output_2d: ["7.5"],
  gradient_2d: ["0.25", "1/4"],
};

for (const [question, n, m] of KINDS) {
  const about = asked(question, n, m);
  test(`right answers are right, and so is the one that is shown: ${about.name}`, () => {
    for (const given of [...RIGHT[about.name], rightText(about)]) {
      const { right, idea, parts } = judged(about, given);
      assert.deepEqual([right, idea, parts.every(Boolean)], [true, null, true], given);
    }
  });
}

// [kind, size, wrong answer, its idea, and the size where that is right]
const WRONG = [
  [0, "0:2 1:3 3:5", "equal_kernel", "14 → 4"],
  [0, "0:2 2:4 3:5", "forum", "14 → 4"],
  [0, "0:3 1:4 2:5", "fixed_stride", "13 → 4"],
  [0, "0:2 2:4 4:5", "split", "12 → 4"],
  [0, "0:2 2:3 3:5", "round", "12 → 4"],
  [0, "0:1 1:3 3:5", "floor_floor", "12 → 4"],
  [0, "0:1 1:2 2:3", "equal_tiles", "12 → 4"],
  [0, "0:1 1:2 2:5", "rest_to_last", "12 → 4"],
  [0, "0:2 2:4 4:5", "split", "12 → 4"],
  [0, "0:2 2:3 4:5", "", null],
  [0, "0:1 2:3 4:5", "inwards", "12 → 4"],
  [0, "0:1 1:3 3:4", "last_cell", null],
  [0, "1:2 2:4 4:5", "from_one", null],
  [0, "1:3 2:5 4:6", "from_one_line", null],
  [1, "none", "tile", "12 → 4"],
  [1, "1 2 4 5 6 8 9 11 12", "all_pairs", "5 → 3"],
  [1, "8", "how_many", null],
  [1, "2 3 5 6 9 10 12 13", "from_one", null],
  [1, "1 2 3", "", null],
  [1, "99", "", null],
  [2, "4.71", "half_cell", "12 → 4"],
  [2, "18", "sum", null],
  [2, "8.5", "neighbour", null],
  [2, "5", "fixed_stride", "13 → 4"],
  [2, "77", "", null],
  [3, "2", "given_whole", null],
  [3, "1/4", "not_added", "12 → 4"],
  [3, "2/7", "equal_slices", "12 → 4"],
  [3, "77", "", null],
  [4, "3 1 0", "centre", null],
  [4, "1 3 0", "windows", null],
  [4, "3 0 1", "reversed", null],
  [4, "0 1 3", "", null],
  [4, "0 1", "", null],
  [5, "9", "all_pairs", "5 → 3"],
  [5, "4", "remainder", "14 → 4"],
  [5, "6", "less_remainder", "14 → 4"],
  [5, "0", "tile", "12 → 4"],
  [5, "2", "repeats", "14 → 4"],
  [5, "7", "", null],
  [6, "7 4", "", null],
  [6, "3 2", "", null],
  [6, "2 3", "", null],
  [7, "start = i*n//m\nstop = start + ceil(n/m)", "", "5 → 3"],
  [7, "start = 1/0\nstop = 2", "", "1 → 1"],
  [8, "6", "all_cuts", "5 × 8 → 4 × 3"],
  [8, "12", "outputs", null],
  [8, "0", "tile", "4 × 6 → 2 × 3"],
  [8, "3", "cuts", null],
  [8, "5", "", null],
  [9, "5", "neighbour", null],
  [9, "77", "", null],
  [10, "1", "given_whole", null],
  [10, "77", "", null],
];

test("each wrong answer is told its idea, and the size where that is right", () => {
  for (const [k, given, name, where] of WRONG) {
    const { right, idea, sentence } = judged(asked(...KINDS[k]), given);
    assert.deepEqual([given, right, idea?.name ?? "", idea?.size?.text ?? null], [given, false, name, where]);
    assert.match(sentence, /^Not yet: \S.*[.?]$/);
    assert.doesNotMatch(sentence, /undefined|NaN|\{/);
    if (where) assert.ok(sentence.includes(where), sentence);
  }
});

test("an idea is right at the size that is named for it", () => {
  const answers = { equal_kernel: "0:4 3:7 7:11 10:14", split: "0:3 3:6 6:9 9:12" };
  assert.equal(judged(asked({ kind: "windows" }, 14, 4), answers.equal_kernel).right, true);
  assert.equal(judged(asked({ kind: "windows" }, 12, 4), answers.split).right, true);
});

test("the parts of an answer are right or wrong one by one", () => {
  assert.deepEqual(judged(asked({ kind: "windows" }, 5, 3), "0:2 1:3 3:5").parts, [true, false, true]);
  assert.deepEqual(judged(asked({ kind: "shared" }, 14, 4), "3 7").parts, [true, false]);
});

test("cells that get the same may stand either way", () => {
  const about = asked({ kind: "rank", cells: [0, 6, 1] }, 7, 5);
  assert.equal(judged(about, "1 0 6").right && judged(about, "1 6 0").right, true);
  assert.equal(judged(about, "0 1 6").right, false);
});

test("a known rule is called by its name", () => {
  const about = asked({ kind: "formula" }, 5, 3);
  const rule = about.rules.get("split");
  rule.wrong_sizes = 3816; // as Python sends it
  const { right, sentence } = judged(about, `${rule.text}\n`);
  assert.equal(right, false);
  assert.match(sentence, /this is the rule “split”. .* 3816 sizes. The smallest is 3 → 2/);
});

test("ideas are about PyTorch's windows: of another rule none is named", () => {
  const about = asked({ kind: "windows" }, 5, 3, { rule: "forum" });
  assert.equal(judged(about, "0:2 2:4 3:5").right, true);
  assert.equal(judged(about, "0:2 1:3 3:5").idea, null);
});

for (const [question, n, m] of KINDS) {
  const about = asked(question, n, m);
  test(`prompt, hints and solution have all their places: ${about.name}`, () => {
    const { asked: title, below } = promptOf(about, words);
    const hints = [1, 2, 3].map((k) => hintOf(about, k, words));
    assert.equal(hintCount(about, words), 3);
    assert.equal(new Set(hints).size, 3);
    for (const text of [title, below, ...hints, solutionOf(about, words)])
      assert.ok(text.length > 5 && !/[{}]|undefined|NaN/.test(text), text);
    for (const text of [title, below]) assert.ok(!text.includes(rightText(about)) || about.form === "number", text);
  });
}

test("own words stand in place of the usual ones", () => {
  const about = asked({ kind: "windows", prompt: "Guess!", hints: ["Look {up}."] }, 5, 3);
  assert.deepEqual(promptOf(about, words), { asked: "Guess!", below: "" });
  assert.deepEqual([hintCount(about, words), hintOf(about, 1, words)], [1, "Look {up}."]);
});

test("what a question names beyond the size is the last there is", () => {
  assert.equal(asked({ kind: "gradient", index: 99 }, 5, 3).question.index, 4);
  assert.deepEqual(asked({ kind: "output", index: [9, 9] }, [6, 8], [4, 3]).question.index, [3, 2]);
});

test("another question is the same for a seed, has a cut inside a cell, and gets harder after right answers", () => {
  for (const [question, n, m] of KINDS.filter(([{ kind }]) => kind !== "formula")) {
    let [seed, size, kind] = [0, { n: [n].flat(), m: [m].flat(), rules }, question];
    for (let k = 0; k < 12; k++) {
      seed = nextSeed({ ...freshAnswer(seed), state: "right", tries: 1 });
      const next = anotherQuestion(kind, size, seed);
      assert.deepEqual(next, anotherQuestion(kind, size, seed));
      assert.notDeepEqual([next.n, next.m], [size.n, size.m]);
      assert.ok(next.n.every((side, axis) => side % next.m[axis] !== 0));
      const about = asked(next.question, next.n, next.m);
      assert.deepEqual(about.question, next.question, "it names what there is");
      assert.equal(judged(about, rightText(about)).right, true);
      [size, kind] = [{ ...next, rules }, next.question];
    }
    assert.equal(seed % 10, 5);
  }
  const own = { kind: "windows", prompt: "What of 5 → 3?", hints: ["5 is 3 and 2."] };
  assert.deepEqual(anotherQuestion(own, { n: [5], m: [3], rules }, 10).question, { kind: "windows" });
  assert.equal(nextSeed({ ...freshAnswer(12), state: "shown" }) % 10, 2, "not harder when it was shown");
});

test("a question goes to an address and back; what an address says wrongly asks nothing", () => {
  for (const [question, n] of KINDS) {
    const axes = [n].flat().length;
    assert.deepEqual(
      questionFrom(questionText(question), axes, (rule) => rule === "equal_kernel"),
      question,
    );
  }
  const bad = [
    "",
    "x",
    "windows:1",
    "output",
    "output:a",
    "output:99999",
    "rank:1",
    "rank:1x1",
    "count:four",
    "size:x",
  ];
  for (const text of [...bad, "constructor", "output:0x0", "count:", "count:toString"])
    assert.equal(
      questionFrom(text, 1, () => false),
      undefined,
      text,
    );
  assert.equal(questionText(null), "");
});

test("a question is open until it is answered or shown", () => {
  const states = ["open", "sent", "right", "shown"].map((state) => isOpenQuestion({}, { ...freshAnswer(), state }));
  assert.deepEqual(states, [true, true, false, false]);
  assert.equal(isOpenQuestion(null, freshAnswer()), false);
});
