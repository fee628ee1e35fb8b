import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countOf,
  cutText,
  feedsOf,
  fill,
  firstBad,
  format,
  gradient,
  lookUp,
  numbersOf,
  pool,
  sumOfShares,
  timesFraction,
  winnersOf,
} from "../../pooltutor/live/js/pure/numbers.js";
import { tables } from "./facts.js";

const at = (n, m) => tables.windows("pytorch", n, m);

test("a number is written with few digits, and an integer in full", () => {
  const written = { 0: "0", "-3": "-3", 99999: "99999", 123456: "1.23e5", 4.5: "4.5", 0.33333: "0.3333" };
  for (const [value, text] of Object.entries(written)) assert.equal(format(Number(value)), text);
  assert.equal(format(2 / 3, 6), "0.666667");
  assert.equal(format(1e-9), "1e-9");
  assert.equal(format(-0), "0");
  assert.deepEqual(
    [NaN, Infinity, -Infinity].map((value) => format(value)),
    ["nan", "inf", "-inf"],
  );
});

test("a cut is a decimal of at most two digits, else a fraction in lowest terms", () => {
  const cuts = (n, m) => Array.from({ length: m + 1 }, (_, i) => cutText(i, { n, m }));
  assert.deepEqual(cuts(14, 4), ["0", "3.5", "7", "10.5", "14"]);
  assert.deepEqual(cuts(5, 3), ["0", "5/3", "10/3", "5"]);
  assert.deepEqual(cuts(6, 8), ["0", "0.75", "1.5", "2.25", "3", "3.75", "4.5", "5.25", "6"]);
  assert.equal(cutText(1, { n: 4095, m: 4096 }), "4095/4096");
});

test("a cut stands for exactly i*n/m at every small size", () => {
  for (let n = 1; n <= 40; n++)
    for (let m = 1; m <= 40; m++)
      for (let i = 0; i <= m; i++) {
        const [a, b = 1] = cutText(i, { n, m }).split("/").map(Number);
        assert.ok(Math.abs(a * m - i * n * b) < 1e-9, `${i} of ${n} -> ${m}`);
      }
});

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
    for (const kind of ["avg", "max"]) {
      const g = numbersOf("count", m, []);
      const sum = (values) => values.reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum(gradient(kind, numbersOf("ramp", n, []), g, at(n, m), n)) - sum(g)) < 1e-9);
    }
});

test("the windows that contain each cell are the bins of the size turned round", () => {
  const feeds = feedsOf(at(14, 4), 14);
  const turned = at(4, 14);
  assert.deepEqual([...feeds.start], turned.start);
  assert.deepEqual([...feeds.stop], turned.stop);
});

test("shares are summed exactly", () => {
  assert.deepEqual(sumOfShares([2, 3, 6]), [1, 1]);
  assert.deepEqual(sumOfShares([4, 4, 3]), [5, 6]);
  assert.deepEqual(sumOfShares([]), [0, 1]);
  assert.deepEqual(timesFraction([2, 3], [3, 4]), [1, 2]);
});

test("a list is cut off or filled up with zeros, and what is no number is named", () => {
  assert.deepEqual(numbersOf("1, 2;3", 5, []), [1, 2, 3, 0, 0]);
  assert.deepEqual(numbersOf("1 2 3", 2, []), [1, 2]);
  assert.deepEqual(numbersOf("spike", 5, []), [0, 0, 1, 0, 0]);
  assert.equal(countOf("1, 2;3"), 3);
  assert.equal(firstBad("1, two, 3"), "two");
  assert.equal(firstBad("-inf 1e3 .5"), undefined);
  assert.equal(firstBad(" "), " ");
});

test("places of a template are filled, and a name that every object has is no entry", () => {
  assert.equal(fill("{n} -> {m}", { n: 14, m: 4 }), "14 -> 4");
  assert.equal(lookUp({ a: 1 }, "constructor"), undefined);
  assert.equal(lookUp({ a: 1 }, "a"), 1);
});
