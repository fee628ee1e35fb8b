// One number of a list, changed in the picture.

import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersOf } from "../../pooltutor/live/js/pure/numbers.js";
import { refusalOf, typedNumber, withNumber } from "../../pooltutor/live/js/pure/own_numbers.js";

test("a number is typed in full, and read back as itself", () => {
  for (const value of [0, -2.5, 1 / 3, 1e21, 5e-324, NaN, Infinity, -Infinity])
    assert.ok(Object.is(numbersOf(typedNumber(value), 1, [])[0], value), typedNumber(value));
});

test("all other numbers of a list stay as they were", () => {
  assert.equal(withNumber("ramp", [0, 1, 2], 1, "7"), "0, 7, 2");
  assert.equal(withNumber("1.50 nan;3", [1.5, NaN, 3], 0, "-1"), "-1, nan, 3");
  assert.equal(withNumber("5", [5, 0, 0], 2, "1"), "5, 0, 1"); // what is missing is 0
  assert.equal(withNumber("1, 2, 3, 4", [1, 2], 0, "9"), "9, 2, 3, 4"); // beyond a smaller size, too
});

test("one cell takes one number, and a list takes many", () => {
  const refusal = { name: "x", sentence: "{name}: {token}" };
  const refused = (text, count) => refusalOf(text, { ...refusal, count });
  for (const text of ["1", "-.5", "1e3", "nan", "-inf"]) assert.equal(refused(text, 1), undefined);
  for (const text of ["two", "1 2", "0,5", "ramp", "0x10", "--1"]) assert.match(refused(text, 1), /^x: ./);
  assert.equal(refused("1 2"), undefined);
  assert.equal(refused("1 two 3"), "x: two");
});
