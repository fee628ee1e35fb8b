// The picture taken hold of: which grips there are, and what a drag makes of sizes and numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  borderAt,
  handledBorders,
  inputForEnd,
  listAfterSteps,
  stepOfNumbers,
  stepsOfDrag,
  targetForBorder,
} from "../../pooltutor/live/js/pure/explorer/grips.js";
import { layout } from "../../pooltutor/live/js/pure/explorer/layout.js";
import { sceneOf } from "../../pooltutor/live/js/pure/explorer/scene.js";
import { lookAt } from "./drawn.js";
import { factsAt } from "./facts.js";

const rows = { left: 200, right: 900 };
const marksAt = (n, m, more = {}, look = {}) => sceneOf(factsAt(n, m, more), lookAt(956, look)).marks;
const byKey = (marks, key) => marks.find((mark) => mark.key === key);

test("each grip is a slider with a name and a value, and no further stop of the Tab key", () => {
  const marks = marksAt(14, 4);
  const said = ["grip:n", "grip:m"].map((key) => byKey(marks, key).attrs);
  assert.deepEqual(
    said.map((attrs) => [attrs.role, attrs["aria-valuenow"], attrs["aria-valuemax"], attrs["aria-valuetext"]]),
    [
      ["slider", 14, 64, "n = 14 cells"],
      ["slider", 4, 64, "m = 4 outputs"],
    ],
  );
  assert.ok(said.every((attrs) => attrs.tabindex === -1 && attrs["aria-label"]));
  const atGrip = marksAt(14, 4, {}, { roving: { cell: -1, window: 0, output: 0 } });
  assert.equal(byKey(atGrip, "grip:n").attrs.tabindex, 0);
  assert.ok(atGrip.every(({ key, attrs }) => !/^cell:\d+$/.test(key) || attrs.tabindex === -1));
});

test("a locked size has no grip, and its room is the picture's", () => {
  const free = { n: false, m: false, x: false, upstream: false, most: 64 };
  const marks = marksAt(14, 4, { free });
  assert.ok(marks.every(({ key }) => !key.startsWith("grip:")));
  assert.ok(marks.every(({ attrs }) => !String(attrs.class).includes("pt-drags")));
  assert.ok(layout(factsAt(14, 4, { free }), 956).right > layout(factsAt(14, 4), 956).right);
});

test("on a phone 14 cells keep their numbers beside the grip", () => {
  const { marks } = sceneOf(factsAt(14, 4), lookAt(324));
  assert.equal(marks.filter(({ key }) => /^cell:\d+:x$/.test(key)).length, 14);
});

test("borders have handles as far as there is room, and the one that is held always has", () => {
  assert.deepEqual(handledBorders(4, 170), [1, 2, 3]);
  assert.deepEqual(handledBorders(1, 700), [1]);
  assert.deepEqual(handledBorders(10, 14), [2, 4, 6, 8]);
  assert.deepEqual(handledBorders(10, 14, 5), [2, 4, 5, 6, 8]);
  assert.deepEqual(handledBorders(4, 170, 9), [1, 2, 3]);
});

test("handles cover no digit: where outputs are narrow they stand above them", () => {
  const digits = (marks) => marks.filter(({ key }) => /^output:\d+:y$/.test(key)).map(({ attrs }) => attrs);
  for (const [n, m] of [
    [14, 4],
    [48, 13],
    [64, 24],
  ]) {
    const marks = marksAt(n, m);
    const shapes = byKey(marks, "grip:m:handles").attrs.d.matchAll(/M([\d.]+) ([\d.]+)a([\d.]+) .*?v([\d.]+)/g);
    const handles = [...shapes].map((found) => found.slice(1).map(Number));
    assert.ok(handles.length > 2);
    for (const [x, y, round, long] of handles)
      for (const { x: middle, y: line, "font-size": letters } of digits(marks)) {
        const half = (0.64 * letters * 5) / 2;
        const isAbove = y + long + round <= line - 0.72 * letters;
        assert.ok(isAbove || x + 2 * round <= middle - half || x >= middle + half, `${n} -> ${m}: ${x}`);
      }
  }
});

test("a border stays at the pointer: m is what puts it there", () => {
  for (const m of [1, 2, 4, 13, 64])
    for (let k = 1; k <= m; k++) assert.equal(targetForBorder(k, 200 + (700 * k) / m, rows, 64), m);
  assert.equal(targetForBorder(1, 199, rows, 64), 64); // beyond the input's left end
  assert.equal(targetForBorder(3, 5000, rows, 64), 3); // border 3 is the right end of 3 outputs, never of fewer
  assert.equal(borderAt(380, rows, 4), 1);
  assert.equal(borderAt(890, rows, 4), 3);
  assert.equal(borderAt(900, rows, 1), 1);
});

test("the input's end goes outwards for more cells, a few pixels each, and stays within a slider's sizes", () => {
  assert.equal(inputForEnd(14, 0, 50, 64), 14);
  assert.equal(inputForEnd(14, 24, 50, 64), 16);
  assert.equal(inputForEnd(14, -24, 50, 64), 12);
  assert.equal(inputForEnd(60, 8, 11, 64), 61);
  assert.deepEqual([inputForEnd(14, -9e3, 50, 64), inputForEnd(14, 9e3, 50, 64)], [1, 64]);
});

test("a number goes up with the pointer, in steps that suit its list", () => {
  assert.deepEqual(
    [-17, -4, 0, 3, 20].map(stepsOfDrag).map((steps) => steps + 0),
    [2, 1, 0, 0, -2],
  );
  assert.equal(stepOfNumbers([0, 1, 13]), 1);
  assert.equal(stepOfNumbers([0.5, 1.5]), 0.1);
  assert.equal(stepOfNumbers([0.01, 0.035]), 0.001);
  assert.equal(stepOfNumbers([0, NaN, Infinity]), 1);
  const ramp = { spec: "ramp", values: [0, 1, 2], k: 1 };
  assert.equal(listAfterSteps(ramp, 3), "0, 4, 2");
  assert.equal(listAfterSteps(ramp, 0), "ramp");
  assert.equal(listAfterSteps({ spec: "0.1, 0.2", values: [0.1, 0.2], k: 0 }, 2), "0.12, 0.2");
  assert.equal(listAfterSteps({ spec: "nan 2", values: [NaN, 2], k: 0 }, -1), "-1, 2");
});
