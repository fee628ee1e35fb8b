// What is seen to move from one picture to the next, and that it ends where the picture is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { motionOf, movingKeys } from "../../pooltutor/live/js/pure/explorer/motion.js";
import { sceneOf } from "../../pooltutor/live/js/pure/explorer/scene.js";
import { gridMotionOf, gridMovingKeys } from "../../pooltutor/live/js/pure/grid/motion.js";
import { gridScene } from "../../pooltutor/live/js/pure/grid/scene.js";
import { boxFrames, stretchFrames, textFrames } from "../../pooltutor/live/js/pure/motion.js";
import { gridLookAt, lookAt } from "./drawn.js";
import { factsAt, gridFactsAt } from "./facts.js";

const placesOf = (keys, marks) => new Map(marks.filter(({ key }) => keys.includes(key)).map((m) => [m.key, m.attrs]));
function shown(n, m, more = {}) {
  const facts = factsAt(n, m, more);
  const { marks, rows } = sceneOf(facts, lookAt(956));
  return { facts, rows, places: placesOf(movingKeys(facts), marks), keys: marks.map(({ key }) => key) };
}
function shownGrid(n, m, more = {}) {
  const facts = gridFactsAt(n, m, more);
  return { facts, places: placesOf(gridMovingKeys(facts), gridScene(facts, gridLookAt(956)).marks) };
}
const happened = (before, after, of = motionOf) => {
  const { kind, motions } = of(before, after);
  return { kind, motions: motions(), byKey: new Map(motions().map(({ key, frames }) => [key, frames])) };
};
const px = (text) => parseFloat(text);

test("on a step the exact interval leaves the ruler, comes down, and goes outwards to the lines", () => {
  const after = shown(14, 4, { window: 1 });
  const { kind, byKey } = happened(shown(14, 4), after);
  assert.equal(kind, "step");
  const [onRuler, down, out, end] = byKey.get("window:1:bar");
  const at = (position) => after.rows.left + position * after.rows.unit;
  assert.ok(px(onRuler.y) < px(down.y));
  for (const frame of [onRuler, down]) {
    assert.ok(Math.abs(px(frame.x) - at(3.5) - 1.5) < 1e-9);
    assert.ok(Math.abs(px(frame.width) - 3.5 * after.rows.unit + 3) < 1e-9);
  }
  for (const frame of [out, end]) assert.ok(Math.abs(px(frame.x) - at(3) - 1.5) < 1e-9);
  assert.ok(down.offset < out.offset);
  assert.deepEqual(
    ["x", "y", "width", "height"].map((side) => px(end[side])),
    ["x", "y", "width", "height"].map((side) => after.places.get("window:1:bar")[side]),
  );
  assert.ok(byKey.has("round:start") && byKey.has("unshared") && byKey.has("selected:cells"));
});

test("every motion ends with the mark as it is", () => {
  const pairs = [
    [shown(14, 4), shown(14, 5)],
    [shown(14, 4), shown(15, 4)],
    [shown(6, 8), shown(6, 9)],
    [shown(14, 4), shown(14, 4, { window: 2 })],
    [shown(14, 4, { hidden: true }), shown(14, 4)],
  ];
  for (const [before, after] of pairs) {
    const { motions } = happened(before, after);
    assert.ok(motions.length > 5);
    for (const { key, frames } of motions) {
      const last = frames.at(-1);
      const attrs = after.places.get(key);
      if (last.opacity !== undefined) assert.equal(last.opacity, 1);
      else if (last.transform) assert.match(last.transform, /^(translate\(0px, 0px\)|matrix\(1, 0, 0, 1, 0, 0\))$/);
      else for (const side of ["x", "y", "width", "height"]) assert.equal(px(last[side]), attrs[side], key);
    }
  }
});

test("from size to size what is there before and after is stretched, and windows go to their lines", () => {
  const more = happened(shown(14, 4), shown(15, 4));
  assert.equal(more.kind, "size");
  const [from] = more.byKey.get("cells");
  const { left, unit } = shown(15, 4).rows;
  const [scale, , , , shift] = from.transform.match(/-?[\d.]+(?:e-\d+)?/g).map(Number);
  const before = shown(14, 4).rows;
  for (const j of [0, 7, 14]) // each line stands where it stood
    assert.ok(Math.abs(scale * (left + j * unit) + shift - before.left - j * before.unit) < 1e-6);
  assert.ok(!more.byKey.has("outputs"));
  assert.equal(px(more.byKey.get("window:1:bar")[0].x), shown(14, 4).places.get("window:1:bar").x);
  assert.deepEqual(more.byKey.get("cell:14")[0], { opacity: 0 }); // it is new
  const wider = happened(shown(14, 4), shown(14, 5));
  assert.ok(wider.byKey.has("outputs") && wider.byKey.has("diamonds") && !wider.byKey.has("cells"));
});

test("nothing moves to a size far away, in cells too narrow to follow, between the two kinds of picture, or where only numbers change", () => {
  assert.deepEqual(happened(shown(14, 4), shown(48, 13)).motions, []);
  assert.deepEqual(happened(shown(64, 32), shown(63, 32)).motions, []);
  assert.ok(happened(shown(40, 13), shown(41, 13)).motions.length > 20);
  assert.deepEqual(happened(shown(8, 8), shown(8, 9)).motions, []);
  assert.equal(happened(shown(14, 4), shown(14, 4, { x: "ones" })).kind, "none");
  assert.equal(happened(shown(14, 4), shown(14, 4, { rule: "forum", window: 1 })).kind, "none");
});

test("while windows are hidden no motion tells where they are", () => {
  const hidden = { hidden: true };
  for (const [before, after] of [
    [shown(14, 4, hidden), shown(14, 5, hidden)],
    [shown(14, 4, hidden), shown(14, 4, { ...hidden, window: 2 })],
    [shown(14, 4), shown(14, 4, hidden)],
  ]) {
    const { motions } = happened(before, after);
    const there = motions.filter(({ key }) => after.keys.includes(key)).map(({ key }) => key);
    assert.deepEqual(
      there.filter((key) => /^(window:\d+:|feeds|selected|round|unshared|shared|tiles)/.test(key)),
      [],
    );
  }
});

test("so many bars are not moved one by one", () => {
  assert.equal(movingKeys(factsAt(200, 100)).filter((key) => key.endsWith(":bar")).length, 1); // the outline
  assert.ok(movingKeys(factsAt(64, 64)).filter((key) => key.endsWith(":bar")).length === 65);
});

test("in a grid windows and outlines move, and hidden ones do not", () => {
  const { kind, byKey } = happened(
    shownGrid([6, 8], [4, 3]),
    shownGrid([6, 8], [4, 3], { window: [1, 1] }),
    gridMotionOf,
  );
  assert.equal(kind, "size");
  assert.deepEqual([...byKey.keys()].sort(), [
    "exact",
    "selected:column",
    "selected:output",
    "selected:row",
    "selected:window",
  ]);
  const sized = happened(shownGrid([6, 8], [4, 3]), shownGrid([6, 8], [5, 3]), gridMotionOf);
  assert.ok(sized.byKey.has("row:window:2:bar"));
  assert.deepEqual(gridMovingKeys(gridFactsAt([6, 8], [4, 3], { hidden: true })), []);
});

test("what nobody would see is no motion", () => {
  const box = { x: 10, y: 20, width: 30, height: 40 };
  assert.equal(boxFrames(box, { ...box, x: 10.2 }), null);
  assert.equal(boxFrames(box, { ...box, height: 44 }).length, 2);
  assert.equal(textFrames({ x: 10, y: 20 }, { x: 10, y: 20.2 }), null);
  assert.equal(textFrames({ x: 10, y: 20 }, { x: 90, y: 20, transform: "rotate(-90)" }), null);
  assert.deepEqual(textFrames({ x: 10, y: 20 }, { x: 14, y: 20 })[0], { transform: "translate(-4px, 0px)" });
  assert.deepEqual(stretchFrames(200, 0.5)[0], { transform: "matrix(0.5, 0, 0, 1, 100, 0)" });
});
