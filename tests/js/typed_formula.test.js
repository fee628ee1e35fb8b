// A formula while it is typed: what is said of one that cannot be read, and the value of each line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Formula } from "../../pooltutor/live/js/pure/formula/evaluator.js";
import { refusalOfText, valuesOf } from "../../pooltutor/live/js/pure/typed_formula.js";
import { words } from "./facts.js";

const refusal = (text) => refusalOfText(text, words.formula);
const values = (text, i, n, m) => valuesOf(new Formula(text), { i, n, m });

test("what cannot be read gets a sentence with its place, and what can none", () => {
  assert.equal(refusal("start = i\nstop = i + 1"), "");
  assert.equal(refusal("start = i\nstop = i + "), "here a number, a name or ( is missing (line 2, character 12)");
  assert.equal(refusal(""), "A formula must say what start is: start = ...");
  assert.equal(refusal("<b>").slice(0, 3), "a l");
});

test("each line has its value with the step before, at the line where it stands", () => {
  const text = "# the forum's\nk = ceil(n / m)\n\nstart = round(i * (n - k) / max(m - 1, 1))\nstop = start + k";
  assert.deepEqual(values(text, 1, 5, 3), [
    { line: 2, step: "⌈5/3⌉", value: "2" },
    { line: 4, step: "round(1.5)", value: "2" },
    { line: 5, step: "2 + 2", value: "4" },
  ]);
  assert.deepEqual(values("start = 0\nstop = 3", 0, 5, 3)[1], { line: 2, step: "", value: "3" });
});

test("a formula without values in a window has none to show, whatever stands before the division", () => {
  for (const text of ["start = 0\nstop = 1 // (m - 1)", "start = floor(1 / (m - 1))\nstop = n"])
    assert.deepEqual(values(text, 0, 1, 1), []);
});
