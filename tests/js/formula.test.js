// The language of formulas in the browser: what a learner types, and the sentence about what cannot be read.
// tests/test_formula_twins.py compares it with Python's, on far more texts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Formula } from "../../pooltutor/live/js/pure/formula/evaluator.js";
import { inLetters, inNumbers } from "../../pooltutor/live/js/pure/formula/printer.js";
import { range } from "../../pooltutor/live/js/pure/windows.js";
import { rules, words } from "./facts.js";

/** The definitions, said without the language. */
const RIGHT = {
  pytorch: (i, n, m) => [Math.floor((i * n) / m), Math.ceil(((i + 1) * n) / m)],
  equal_kernel: (i, n, m) => [Math.floor((i * n) / m), Math.floor((i * n) / m) + Math.ceil(n / m)],
  fixed_stride: (i, n, m) => [i * Math.floor(n / m), i * Math.floor(n / m) + n - (m - 1) * Math.floor(n / m)],
  float32: (i, n, m) => {
    const ratio = Math.fround(n / m);
    return [Math.floor(Math.fround(i * ratio)), Math.ceil(Math.fround((i + 1) * ratio))];
  },
  rest_to_last: (i, n, m) => [i * Math.floor(n / m), i + 1 < m ? (i + 1) * Math.floor(n / m) : n],
};
const value = (text, i = 1, n = 14, m = 4) => new Formula(`start = ${text}\nstop = 0`).window(i, n, m)[0];
const refusal = (text, n = 14, m = 4) => rules.refusal(text, n, m);

test("the test knows every rule that there is", () => {
  const { own, ...titles } = words.rules.titles;
  assert.equal(words.view.own.title, own);
  assert.deepEqual(rules.names.toSorted(), Object.keys(titles).toSorted());
});

for (const [name, windowOf] of Object.entries(RIGHT))
  test(`${name} gives the windows of its definition at every size to 20`, () => {
    for (const n of range(1, 21))
      for (const m of range(1, rules.get(name).needs_m_up_to_n ? n + 1 : 21))
        for (const i of range(0, m)) {
          assert.deepEqual(rules.get(name).formula.window(i, n, m), windowOf(i, n, m), `${i} of ${n} -> ${m}`);
        }
  });

test("a formula is pasted as it is: comments, empty lines, prefixes", () => {
  const pasted = "# mine\n\nk = math.ceil(n / m)  # longest\r\nstart = np.floor(i * n / m)\nstop = (start +\n  k)\n";
  assert.deepEqual(new Formula(pasted).window(1, 14, 4), [3, 7]);
});

test("rounding is Python's", () => {
  assert.deepEqual(
    ["round(0.5)", "round(1.5)", "round(-2.5)", "int(-1.5)", "-7 // 2", "-7 % 3"].map((t) => value(t)),
    [...[0, 2, -2, -1, -4, 2]],
  );
});

test("what touches an f32 is rounded to it", () => {
  assert.equal(value("int(f32(16777217))"), 16777216);
  assert.equal(value("int(f32(16777216) + 1)"), 16777216);
  assert.equal(value("int(float(16777216) + 1)"), 16777217);
});

test("integers are exact at any size", () => {
  assert.equal(value("(123456789123456789 * 1000 + 7) % 1000"), 7);
  assert.equal(value("9007199254740993 // 3"), 3002399751580331);
});

test("a formula is written with brackets, and with its numbers", () => {
  const { formula } = rules.get("pytorch");
  assert.equal(inLetters(formula), "start = ⌊i·n/m⌋, stop = ⌈(i+1)·n/m⌉");
  assert.deepEqual(inNumbers(formula, 1, 14, 4), [
    { name: "start", steps: ["⌊1·14/4⌋", "⌊3.5⌋", "3"] },
    { name: "stop", steps: ["⌈2·14/4⌉", "⌈7⌉", "7"] },
  ]);
});

test("what is wrong is said in one sentence, with its place", () => {
  for (const [text, said] of [
    ["start = i +\nstop = 2", "here a number, a name or ( is missing (line 1, character 12)"],
    [
      "start = i\nstop = q",
      "q has no value yet: i, n and m are given, and other names are assigned first (line 2, character 8)",
    ],
    ["start = i", "A formula must say what stop is: stop = ..."],
    ["start = i / (m - 4)\nstop = 2", "this divides by zero at i = 0 of 14 → 4 (line 1, character 11)"],
    [
      "start = i * n / m\nstop = n",
      "start is 3.5 at i = 1 of 14 → 4: round it with floor, ceil, round or int (line 1, character 1)",
    ],
    [
      "start = m - i\nstop = n",
      "Window 1 of 14 → 4 is 3:14, and the one before it 4:14: windows must go from left to right.",
    ],
  ])
    assert.equal(refusal(text), said);
});

test("the same text may be right at one size and not at another", () => {
  assert.equal(refusal("start = i * n / m\nstop = n", 8, 4), "");
  assert.deepEqual([...rules.windows("start = i * n / m\nstop = n", 8, 4).start], [0, 2, 4, 6]);
});

test("windows are clipped to the input, and an empty one stops where it starts", () => {
  const { start, stop } = rules.windows("start = 3 * i - 1\nstop = start + 3 * (i != 1)", 5, 3);
  assert.deepEqual(
    [[...start], [...stop]],
    [
      [0, 2, 5],
      [2, 2, 5],
    ],
  );
});

test("nothing but the language is read, at any length", () => {
  for (const text of [
    "start = __class__\nstop = 1",
    "start = constructor\nstop = 1",
    "start = i.constructor\nstop = 1",
    "start = alert(1)\nstop = 1",
    "start = 'a'\nstop = 1",
    "__proto__ = i\nstart = toString\nstop = 1",
    `start = ${"(".repeat(10_000)}i`,
    `start = ${"(".repeat(300)}i${")".repeat(300)}\nstop = 1`,
    `start = i${" + 1e308".repeat(100)}\nstop = 1`,
    "start = i\n".repeat(20_000),
    "ѕtart = i\nstop = 1",
    "start = i − 1\nstop = 1",
  ]) {
    assert.equal(rules.windows(text, 14, 4), null);
    assert.match(refusal(text), /\S/);
  }
});
