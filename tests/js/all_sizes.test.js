// A formula beside PyTorch's rule at all 4,096 sizes: how often it differs and where first, and which known rule it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AllSizes, allSizesOf, inSlices, NO_WINDOWS } from "../../pooltutor/live/js/pure/all_sizes.js";
import { Rules } from "../../pooltutor/live/js/pure/rules.js";
import { words } from "./facts.js";

const max = 64;
const FORUM = "k = ceil(n / m)\nstart = round(i * (n - k) / max(m - 1, 1))\nstop = start + k";
const RECIPE = "s = n // m\nstart = i * s\nstop = start + n - (m - 1) * s";
const FLOAT32 = "start = floor(f32(i) * f32(n / m))\nstop = ceil(f32(i + 1) * f32(n / m))";
const known = (name, text, wrong_sizes, needs_m_up_to_n = false) => ({
  ...{ name, text, wrong_sizes, needs_m_up_to_n, title: name, found_in: "", undefined: "Not above n." },
  defined_sizes: needs_m_up_to_n ? 2080 : 4096,
});
const SENT = [
  known("pytorch", "start = i * n // m\nstop = -(-((i + 1) * n) // m)", 0),
  known("forum", FORUM, 3342),
  known("fixed_stride", RECIPE, 1590, true),
  known("float32", FLOAT32, 86),
];
const rules = () => new Rules(SENT, { formula: words.formula, own: words.view.own });
const sizes = new AllSizes(rules(), max);
const compared = (text) => {
  const comparison = sizes.of(text);
  assert.ok(comparison.goOn(() => false));
  return comparison;
};

test("a formula that is PyTorch's, written differently, differs nowhere", () => {
  const found = compared("start = floor(i * n / m)\nstop = ceil((i * n + n) / m)");
  assert.equal(found.known?.name, "pytorch");
  assert.deepEqual([found.differs, found.without, found.smallest, found.total], [0, 0, null, 4096]);
  assert.ok(found.wrong.every((count) => count === 0));
});

test("the forum's formula differs at 3,342 sizes, first at 2 -> 3, and with m <= n at 5 -> 3", () => {
  const found = compared(FORUM.replace("k = ceil(n / m)", "k = (n + m - 1) // m"));
  assert.deepEqual([found.differs, found.smallest, found.smallestInside], [3342, [2, 3], [5, 3]]);
  assert.equal(found.known?.name, "forum");
  assert.equal(found.wrong[4 * max + 2], 1, "at 5 -> 3 one window is wrong");
  assert.equal(found.wrong[13 * max + 3], 0, "at 14 -> 4 none");
  assert.equal(found.wrong.filter((count) => count > 0).length, 3342);
});

test("as many wrong sizes alone make no formula a known rule", () => {
  const few = new AllSizes(rules(), 3);
  few.rules.get("forum").wrong_sizes = 4;
  const found = few.of("start = i * n // m\nstop = start + 1");
  assert.ok(found.goOn(() => false));
  assert.deepEqual([found.differs, found.known], [4, null]);
});

test("a rule that is meant for m <= n is known by its windows there", () => {
  const found = compared(`${RECIPE} # mine`);
  assert.equal(found.known?.name, "fixed_stride");
  assert.equal(found.smallestInside?.join(), "5,3");
});

test("where a window ends behind the input, or begins in front of it, the first one is told", () => {
  const longer = compared("start = i * n // m\nstop = -(-((i + 1) * n) // m) + 1");
  assert.deepEqual(longer.beyond, { i: 0, n: 1, m: 1, end: 2 });
  assert.equal(longer.before, null);
  assert.deepEqual(compared(FLOAT32).beyond, { i: 12, n: 7, m: 13, end: 8 });
  const earlier = compared("start = i * n // m - (1 if m > 2 else 0)\nstop = -(-((i + 1) * n) // m)");
  assert.deepEqual(earlier.before, { i: 0, n: 1, m: 3, end: -1 });
});

test("sizes without windows are counted apart: division by zero, halves, windows that go back", () => {
  const zero = compared("start = i * n // m\nstop = -(-((i + 1) * n) // m) + 0 // (m - 1)");
  assert.deepEqual([zero.without, zero.withoutFirst, zero.differs], [64, [1, 1], 0]);
  assert.equal(zero.known, null, "it has not all of PyTorch's windows");
  assert.equal(zero.wrong[0], NO_WINDOWS);
  assert.equal(sizes.rules.refusal(zero.text, 1, 1).slice(0, 24), "this divides by zero at ");
  assert.deepEqual(compared("start = i / 2\nstop = n").withoutFirst, [1, 2]);
  const back = compared("start = 0\nstop = n - i");
  assert.deepEqual([back.withoutFirst, sizes.rules.windows(back.text, 1, 2)], [[1, 2], null]);
});

test("what views draw is what is counted", () => {
  const text = "start = i * n // m\nstop = start + round(n / m)";
  const { wrong } = compared(text);
  for (const [n, m] of [
    [1, 1],
    [5, 3],
    [14, 4],
    [3, 7],
    [64, 63],
  ]) {
    const [own, truth] = [text, "pytorch"].map((rule) => sizes.rules.windows(rule, n, m));
    const different = Array.from(own.start).filter((_, i) => String(pair(own, i)) !== String(pair(truth, i))).length;
    assert.equal(wrong[(n - 1) * max + m - 1], different, `${n} -> ${m}`);
  }
});
const pair = ({ start, stop }, i) => [start[i], stop[i]];

test("it goes on in slices where it has stopped, and stops when it is told to", async () => {
  const own = rules();
  assert.equal(allSizesOf(own, max), allSizesOf(own, max));
  const comparison = allSizesOf(own, max).of(`${FORUM} + 0`);
  assert.ok(!comparison.goOn(() => true), "one size, and it is late");
  assert.equal(comparison.differs + comparison.without, 0);
  const stopped = inSlices(comparison, () => assert.fail("it was stopped"));
  stopped();
  await new Promise((done) => inSlices(comparison, () => done(undefined)));
  assert.equal(comparison.differs, 3342);
  assert.equal(allSizesOf(own, max).of(comparison.text), comparison, "and is kept");
});

test("of many texts only the last ones are kept", () => {
  const few = new AllSizes(rules(), 2);
  const texts = Array.from({ length: 20 }, (_, k) => `start = i\nstop = i + ${k}`);
  const [first, ...others] = texts.map((text) => few.of(text));
  assert.equal(few.of(texts.at(-1)), others.at(-1));
  assert.notEqual(few.of(texts[0]), first);
});
