// What each kind of pooling computes, on a line and on a plane, and that every kind is told of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, pool } from "../../pooltutor/live/js/pure/kinds.js";
import { numbersOf } from "../../pooltutor/live/js/pure/numbers.js";
import { winnersOf } from "../../pooltutor/live/js/pure/pooling.js";
import { partOf } from "../../pooltutor/live/js/pure/terms.js";
import { rules, words } from "./facts.js";

const at = (n, m) => rules.windows("pytorch", n, m);

function gradient(kind, x, g, windows, n) {
  const { line } = KINDS[kind];
  return line.gradient(g, windows, n, line.winners(x, windows));
}

test("averages are those of the windows 0:4 3:7 7:11 10:14", () => {
  assert.deepEqual(pool("avg", numbersOf("ramp", 14, []), at(14, 4)), [1.5, 4.5, 8.5, 11.5]);
  assert.deepEqual(pool("avg", [1, 10, 100, 1000, 10000], at(5, 3)), [5.5, 370, 5500]);
});

test("maxima come from the winning cells", () => {
  assert.deepEqual(pool("max", [3, 1, 2, 9, 4], at(5, 3)), [3, 9, 9]);
  assert.deepEqual(winnersOf([3, 1, 2, 9, 4], at(5, 3)), [0, 3, 3]);
});

test("of equal cells the first wins, and the last NaN over all", () => {
  const whole = { start: [0], stop: [4] };
  assert.deepEqual(winnersOf([7, 7, 1, 7], whole), [0]);
  assert.deepEqual(winnersOf([NaN, 9, NaN, 5], whole), [2]);
  assert.deepEqual(winnersOf([-0, 0, -0, 0], whole), [0]);
});

test("an empty window has no winner, and its output is NaN", () => {
  const empty = { start: [0, 2], stop: [2, 2] };
  assert.deepEqual(winnersOf([1, 2], empty), [1, -1]);
  assert.deepEqual(pool("avg", [1, 2], empty), [1.5, NaN]);
  assert.deepEqual(pool("max", [1, 2], empty), [2, NaN]);
});

test("every output gives its gradient back in equal shares, or to its winner", () => {
  const back = [0.25, 0.25, 0.25, 0.75, 0.5, 0.5, 0.5, 0.75, 0.75, 0.75, 1.75, 1, 1, 1];
  assert.deepEqual(gradient("avg", [], [1, 2, 3, 4], at(14, 4), 14), back);
  assert.deepEqual(gradient("max", [3, 1, 2, 9, 4], [1, 2, 3], at(5, 3), 5), [1, 0, 0, 5, 0]);
});

test("no gradient is lost", () => {
  for (const [n, m] of [
    [7, 5],
    [6, 8],
    [64, 9],
    [1, 64],
  ])
    for (const kind of Object.keys(KINDS)) {
      const g = numbersOf("count", m, []);
      const sum = (values) => values.reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum(gradient(kind, numbersOf("ramp", n, []), g, at(n, m), n)) - sum(g)) < 1e-9);
    }
});

test("each kind has a name, and the words that it says it has", () => {
  assert.deepEqual(Object.keys(KINDS), Object.keys(words.view.kinds));
  for (const kind of Object.values(KINDS)) {
    assert.ok(words.grid.picture_words[kind.words.output]);
    assert.ok(words.view.matrix[kind.words.zero]);
  }
});

test("a window is written as what is computed of it", () => {
  const written = (...texts) =>
    Object.values(KINDS).map(({ sum }) => partOf(sum(texts.map((text) => ({ text }))), "")[0]);
  assert.deepEqual(written("3", "(-4)"), ["(3 + (-4))/2", "max(3, (-4))"]);
  assert.deepEqual(written("3"), ["3/1", "max(3)"]);
});
