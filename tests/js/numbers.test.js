import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countOf,
  cutText,
  fill,
  firstBad,
  format,
  lookUp,
  numbersOf,
  sumOfShares,
  timesFraction,
} from "../../pooltutor/live/js/pure/numbers.js";

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
