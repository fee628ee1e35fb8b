// The small picture of a pair: where its bars stand, and when the explorer's verdict is about it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  PAIR_HEIGHT,
  pairFacts,
  pairInWords,
  pairScene,
  pairVerdict,
} from "../../pooltutor/live/js/pure/atlas/pair_picture.js";
import { rules, words } from "./facts.js";

const WIDTH = 280;
const factsOf = (n, m, more = {}) => pairFacts({ n, m, rule: "pytorch", hidden: false, ...more }, rules);
const barsOf = (facts) => pairScene(facts, WIDTH).filter(({ attrs }) => "data-bar" in attrs);
const endsOf = (facts) => barsOf(facts).map(({ attrs }) => [String(attrs["data-from"]), String(attrs["data-to"])]);
const keysOf = (facts, name) =>
  pairScene(facts, WIDTH)
    .map(({ key }) => key)
    .filter((key) => key.startsWith(name));

test("bars are the windows, above n what each cell feeds", () => {
  assert.deepEqual(endsOf(factsOf(7, 5)).map(String), ["0,2", "1,3", "2,5", "4,6", "5,7"]);
  assert.deepEqual(endsOf(factsOf(6, 8)).map(String), ["0,2", "1,3", "2,4", "4,6", "5,7", "6,8"]);
  assert.deepEqual(keysOf(factsOf(7, 5), "shared:"), ["shared:1", "shared:2", "shared:4", "shared:5"]);
});

test("everything stays in the picture, which is as high for every pair", () => {
  for (const n of [1, 2, 7, 14, 63, 64])
    for (const m of [1, 5, 8, 33, 64])
      for (const rule of m > n ? ["pytorch", "split", "equal_kernel"] : ["pytorch", "split", "fixed_stride"])
        for (const { attrs } of pairScene(factsOf(n, m, { rule }), WIDTH)) {
          assert.ok(attrs.x >= 0 && attrs.x + attrs.width <= WIDTH + 0.6, `${n} -> ${m}, ${rule}`);
          assert.ok(attrs.y >= 0 && attrs.y + attrs.height <= PAIR_HEIGHT);
          assert.ok(attrs.width > 0 && attrs.height > 0);
        }
});

test("bars of one lane do not cover each other", () => {
  for (const [n, m] of [
    [14, 4],
    [6, 8],
    [64, 63],
    [1, 64],
    [3, 40],
  ]) {
    const boxes = barsOf(factsOf(n, m)).map(({ attrs }) => attrs);
    for (const [k, box] of boxes.entries())
      for (const other of boxes.slice(k + 1))
        assert.ok(box.y !== other.y || box.x + box.width <= other.x + 0.6, `${n} -> ${m}`);
  }
});

test("what is wrong is marked", () => {
  const wrong = barsOf(factsOf(5, 3, { rule: "equal_kernel" })).map(({ attrs }) => attrs.class.includes("pt-wrong"));
  assert.deepEqual(wrong, [false, true, false]);
});

test("hidden windows, and those that a rule does not have, leave nothing behind", () => {
  for (const [facts, said] of [
    [factsOf(14, 4, { hidden: true }), words.view.description.hidden],
    [factsOf(3, 5, { rule: "fixed_stride" }), "None here."],
  ]) {
    const marks = pairScene(facts, WIDTH);
    assert.deepEqual(barsOf(facts), []);
    assert.equal(marks.filter(({ key }) => key.startsWith("shared:")).length, 0);
    assert.ok(pairInWords(facts, words.view.description, "None here.").endsWith(said));
  }
  const hidden = (n, m, rule) => JSON.stringify(pairScene(factsOf(n, m, { rule, hidden: true }), WIDTH));
  assert.equal(hidden(14, 4, "split"), hidden(14, 4, "pytorch"));
});

test("a verdict is about what is displayed", () => {
  const facts = factsOf(14, 4);
  const shown = endsOf(facts);
  for (const verdict of ["agrees", "recorded", "disagrees", "checking", "unchecked"])
    assert.equal(pairVerdict(facts, shown, verdict), verdict);
  const altered = shown.map((ends, k) => (k === 1 ? ["3", "8"] : ends));
  assert.equal(pairVerdict(facts, altered, "agrees"), "altered");
  assert.equal(pairVerdict(facts, shown.slice(1), "agrees"), "altered");
  assert.equal(pairVerdict(facts, [], "agrees"), "altered");
});

test("the picture is told in words", () => {
  const told = pairInWords(factsOf(7, 4), words.view.description, "");
  assert.equal(told, "Input size 7, target size 4. The windows are 0:2, 1:4, 3:6, 5:7.");
});
