// The map of all sizes: what is known of a pair, in words, and where it stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_WINDOWS } from "../../pooltutor/live/js/pure/all_sizes.js";
import { Charts, mapOf, ruleOfMap } from "../../pooltutor/live/js/pure/atlas/facts.js";
import { atlasPlaces, footOf, leftOf, pairAt } from "../../pooltutor/live/js/pure/atlas/layout.js";
import { aboutPair } from "../../pooltutor/live/js/pure/atlas/readout.js";
import { atlasScene } from "../../pooltutor/live/js/pure/atlas/scene.js";
import { words } from "./facts.js";

const [max, wide] = [64, 980];
const places = (more = {}) => atlasPlaces({ width: wide, max, presenter: false, dots: 1, ...more });
const about = { gcd: 2, longest: 4, numerator: 2, denominator: 1, kernel: 0, stride: 0, padding: 0, wrong: 0 };
const rule = { title: "A rule", undefined: "No windows here." };
const drawing = (more = {}) => ({
  places: places(),
  rays: [],
  words: words.atlas,
  active: null,
  marked: null,
  ...more,
});
const keysOf = (marks) => marks.map(({ key }) => key);

test("a pair has its values and how many of its windows a rule gets wrong", () => {
  const bytes = Uint8Array.from([...[0, 1, 0, 1], ...[1, 1, 1, 2], ...[0, 0, 7, 0]]);
  const charts = new Charts(bytes, { drawn: [["gcd", "pytorch"]], values: ["gcd"] }, ["forum"], 2);
  assert.deepEqual(charts.of([2, 1], "forum"), { gcd: 1, wrong: 7 });
  assert.deepEqual(charts.of([2, 2], "forum"), { gcd: 2, wrong: 0 });
  assert.deepEqual(charts.counts("gcd,pytorch", 3), [2, 2, 0]);
});

test("only the map of agreement is one of a rule", () => {
  assert.equal(mapOf({ colour: "agreement", rule: "forum" }), "agreement,forum");
  assert.equal(mapOf({ colour: "gcd", rule: "forum" }), "gcd,pytorch");
  assert.equal(ruleOfMap({ colour: "gcd", rule: "forum" }), "pytorch");
});

test("a pair is told in short texts", () => {
  assert.deepEqual(aboutPair([14, 4], about, null, words.atlas), [
    "gcd 2",
    "2 shared cells",
    "longest window 4",
    "influence ratio 2",
    "not one AvgPool",
  ]);
  const [shared] = aboutPair([3, 2], { ...about, gcd: 1 }, null, words.atlas).slice(1);
  assert.equal(shared, "1 shared cell");
  assert.equal(aboutPair([6, 8], about, null, words.atlas)[1], "6 cuts inside cells");
});

test("a ratio is exact or said to be about", () => {
  const ratio = (numerator, denominator) =>
    aboutPair([14, 4], { ...about, numerator, denominator }, null, words.atlas)[3];
  assert.deepEqual([ratio(3, 2), ratio(5, 3)], ["influence ratio 3/2 = 1.5", "influence ratio 5/3 ≈ 1.667"]);
});

test("one AvgPool is named with its padding", () => {
  const pool = (padding) => aboutPair([8, 4], { ...about, kernel: 2, stride: 2, padding }, null, words.atlas)[4];
  assert.deepEqual([pool(0), pool(1)], ["AvgPool(kernel 2, stride 2)", "AvgPool(kernel 2, stride 2, padding 1)"]);
});

test("a rule is said to agree, to differ, or to have no windows", () => {
  const said = (wrong) => aboutPair([14, 4], { ...about, wrong }, rule, words.atlas)[0];
  assert.deepEqual([0, 1, 2, NO_WINDOWS].map(said), [
    "A rule: PyTorch's windows",
    "A rule: 1 of 4 windows is wrong",
    "A rule: 2 of 4 windows are wrong",
    "No windows here.",
  ]);
});

test("cells are whole device pixels, on every screen and at every width", () => {
  for (const dots of [1, 1.25, 2, 3])
    for (const width of [200, 361, 460, 700, 1280]) {
      const { cell, size } = places({ width, dots });
      assert.ok(Number.isInteger(Math.round(cell * dots * 1e9) / 1e9) && cell * dots >= 1, `${width} ${dots}`);
      assert.equal(size, cell * max);
    }
});

test("the map leaves room beside it, is small on a phone, and big in presenter size but not there", () => {
  const looks = (more) => ["wide", "small", "big"].map((name) => places(more)[name]);
  assert.deepEqual(looks({}), [true, false, false]);
  assert.deepEqual(looks({ width: 600 }), [false, false, false]);
  assert.deepEqual(looks({ width: 360, presenter: true }), [false, true, false]);
  assert.deepEqual(looks({ presenter: true }), [true, false, true]);
});

test("a place of the map is the pair whose cell is there", () => {
  for (const pair of [
    [1, 1],
    [14, 4],
    [64, 64],
    [1, 64],
  ]) {
    const [across, up] = pair.map((k) => (k - 0.5) / max);
    assert.deepEqual(pairAt(max, across, up), pair);
  }
  assert.deepEqual([pairAt(max, -0.01, 0.5), pairAt(max, 0.5, 1.01)], [null, null]);
});

test("n goes to the right and m upwards, from edge to edge", () => {
  const { margin, size } = places();
  assert.deepEqual([leftOf(places(), 1), leftOf(places(), max + 1)], [margin.left, margin.left + size]);
  assert.deepEqual([footOf(places(), 1), footOf(places(), max + 1)], [margin.top + size, margin.top]);
});

test("the pair that is read out stands on both axes, in place of its neighbours", () => {
  const keys = keysOf(atlasScene(drawing({ active: [15, 33], marked: [15, 33] })));
  for (const key of ["guide", "at-n", "at-m", "mark", "n:8", "n:24", "m:24", "m:40"])
    assert.ok(keys.includes(key), key);
  for (const key of ["n:16", "m:32", "cursor"]) assert.ok(!keys.includes(key), key);
});

test("what is pointed at has a ring of its own beside the marked pair, and beyond the map there is none", () => {
  assert.ok(keysOf(atlasScene(drawing({ active: [3, 3], marked: [15, 33] }))).includes("cursor"));
  const keys = keysOf(atlasScene(drawing()));
  for (const key of ["guide", "mark", "cursor"]) assert.ok(!keys.includes(key), key);
});

test("a ring is around the middle of its cell", () => {
  const { attrs } = atlasScene(drawing({ marked: [14, 4], active: [14, 4] })).find(({ key }) => key === "mark");
  assert.equal(attrs.x + attrs.width / 2, leftOf(places(), 14.5));
  assert.equal(attrs.y + attrs.height / 2, footOf(places(), 4.5));
});

test("a ray is named where it leaves the map", () => {
  const [start, end] = [
    [1, 1],
    [64, 64],
  ];
  const atRight = { key: "half", label: "n = 2m", start: [2, 1], end: [64, 32] };
  const marks = atlasScene(drawing({ rays: [{ key: "same", label: "m = n", start, end }, atRight] }));
  const [corner, right] = ["same", "half"].map((key) => marks.find((each) => each.key === `label:${key}`).attrs);
  assert.match(corner.class, /pt-to-right/);
  assert.equal(corner.y, places().margin.top - 8);
  assert.match(right.transform, /rotate\(-90\)/);
});

test("no two marks have one key", () => {
  const keys = keysOf(atlasScene(drawing({ active: [3, 3], marked: [15, 33] })));
  assert.equal(new Set(keys).size, keys.length);
});
