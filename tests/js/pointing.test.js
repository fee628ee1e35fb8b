// What is pointed at stands out, what a formula names lights up, and the current window steps back for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sceneOf } from "../../pooltutor/live/js/pure/explorer/scene.js";
import { gridScene } from "../../pooltutor/live/js/pure/grid/scene.js";
import { gridLookAt, lookAt } from "./drawn.js";
import { factsAt, gridFactsAt } from "./facts.js";

const withClass = (marks, name) =>
  marks.filter(({ attrs }) => String(attrs.class).split(" ").includes(name)).map(({ key }) => key);
const at14 = (more, active) => sceneOf(factsAt(14, 4, more), lookAt(956, { active, pinned: active })).marks;
const at6x8 = (active) => gridScene(gridFactsAt([6, 8], [4, 3]), gridLookAt(956, { active })).marks;

test("the gradients that the formula of a cell names light up", () => {
  assert.deepEqual(withClass(at14({}, { cell: 10 }), "pt-named"), ["output:2:up", "output:3:up"]);
  assert.deepEqual(withClass(at14({}, { cell: 5 }), "pt-named"), ["output:1:up"]);
  assert.deepEqual(withClass(at14({}, { window: 2 }), "pt-named"), []);
  assert.deepEqual(withClass(at14({ hidden: true }, { cell: 10 }), "pt-named"), []);
});

test("with maximum only the gradients of windows that the cell wins do", () => {
  assert.deepEqual(withClass(at14({ kind: "max" }, { cell: 3 }), "pt-named"), ["output:0:up"]);
  assert.deepEqual(withClass(at14({ kind: "max" }, { cell: 4 }), "pt-named"), []);
});

test("while a cell is meant the current window steps back, and its arrows go", () => {
  const selected = ["selected:cells", "selected:bar", "selected:output"];
  const ofCell = at14({}, { cell: 10 });
  assert.deepEqual(withClass(ofCell, "pt-aside"), selected);
  assert.deepEqual(withClass(ofCell, "pt-round"), []);
  const ofWindow = at14({}, { window: 2 });
  assert.deepEqual(withClass(ofWindow, "pt-selected"), selected);
  assert.deepEqual(withClass(ofWindow, "pt-aside"), []);
  assert.ok(withClass(ofWindow, "pt-round").length > 0);
});

test("so it does in a grid, with its lines and its exact rectangle", () => {
  const ofCell = at6x8({ cell: [4, 6] });
  assert.ok(withClass(ofCell, "pt-selected").length >= 4);
  assert.deepEqual(withClass(ofCell, "pt-aside"), withClass(ofCell, "pt-selected"));
  for (const style of ["pt-exact", "pt-reach"]) {
    assert.deepEqual(withClass(ofCell, style), []);
    assert.ok(withClass(at6x8({ output: [1, 1] }), style).length > 0);
  }
});
