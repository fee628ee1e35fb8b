// Terms of a sum wear the marks of their cells, and the cells wear theirs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cellLine, windowLine } from "../../pooltutor/live/js/pure/explorer/readout.js";
import { sceneOf } from "../../pooltutor/live/js/pure/explorer/scene.js";
import { ownCells } from "../../pooltutor/live/js/pure/explorer/terms.js";
import { gridCellLine, outputLine } from "../../pooltutor/live/js/pure/grid/readout.js";
import { gridScene } from "../../pooltutor/live/js/pure/grid/scene.js";
import { gridLookAt, lookAt } from "./drawn.js";
import { factsAt, gridFactsAt, rules, words } from "./facts.js";

const rule = rules.get("pytorch");
const { line } = words.view;
const marked = (parts) => parts.flatMap(([, , pieces = []]) => pieces.filter(({ style }) => style));
const ofCells = (parts) => marked(parts).filter(({ meant }) => meant.cell !== undefined);

test("shared cells are hatched in the sum as in the picture, the others underlined in the window's hue", () => {
  for (const [n, m] of [
    [14, 4],
    [5, 3],
    [48, 13],
    [6, 8],
  ])
    for (let i = 0; i < m; i++) {
      const facts = factsAt(n, m, { window: i });
      const terms = ofCells(windowLine(i, facts, rule, line));
      const own = terms.filter(({ style }) => style === `pt-term pt-term-${i % 2}`);
      const { marks } = sceneOf(facts, lookAt(956));
      const hatched =
        marks
          .find(({ key }) => key === "shared:all")
          ?.attrs["data-shared"].split(" ")
          .map(Number) ?? [];
      assert.deepEqual(
        own.map(({ meant }) => meant.cell),
        ownCells(facts, i),
      );
      for (const { style, meant } of terms)
        assert.equal(style.includes("pt-term-shared"), !facts.dual && hatched.includes(meant.cell), `${n} -> ${m}`);
      const underlined = marks.find(({ key }) => key === "own");
      assert.equal(underlined?.attrs.d.match(/M/g)?.length ?? 0, own.length);
    }
});

test("a part's pieces say what the part says", () => {
  const facts = factsAt(14, 4, { kind: "max", x: "3 3 nan 9 4" });
  for (const parts of [
    windowLine(1, factsAt(14, 4), rule, line),
    cellLine(3, factsAt(14, 4), line),
    cellLine(3, facts, line),
  ])
    for (const [text, , pieces] of parts) if (pieces) assert.equal(pieces.map((piece) => piece.text).join(""), text);
});

test("the cut of PyTorch's rule wears a diamond, and no other number does", () => {
  const cuts = (parts) => marked(parts).filter(({ style }) => style === "pt-term-cut");
  const said = (i, more = {}) => cuts(windowLine(i, factsAt(14, 4, more), rules.get(more.rule ?? "pytorch"), line));
  assert.deepEqual(
    said(1).map(({ text, meant }) => [text, meant.cut]),
    [
      ["3.5", 1],
      ["7", 2],
    ],
  );
  assert.deepEqual(said(1, { rule: "forum" }), []);
});

test("where a cell of the current window is pointed at, its term in the sum lights up", () => {
  const facts = factsAt(14, 4, { window: 1 });
  const lit = ofCells(cellLine(4, facts, line)).filter(({ style }) => style.includes("pt-lit"));
  assert.deepEqual(
    lit.map(({ meant }) => meant.cell),
    [4],
  );
  assert.equal(ofCells(cellLine(9, facts, line)).length, 0); // it is in another window
});

test("a term that is pointed at lights its cell, its window or its cut, and nothing steps back", () => {
  const litBy = (lit, more) => {
    const { marks } = sceneOf(factsAt(14, 4, more), lookAt(956, { lit }));
    assert.ok(marks.every(({ attrs }) => !String(attrs.class).includes("pt-aside")));
    return marks.filter(({ key }) => key.startsWith("lit:")).map(({ key }) => key);
  };
  assert.deepEqual(litBy({ cell: 4 }), ["lit:cell"]);
  assert.deepEqual(litBy({ window: 1 }), ["lit:output", "lit:upstream"]);
  assert.deepEqual(litBy({ window: 1 }, { gradient: false }), ["lit:output"]);
  assert.deepEqual(litBy({ cut: 1 }), ["lit:cut"]);
  assert.deepEqual(litBy(null), []);
});

test("in a grid terms wear marks, too, and light their cells", () => {
  const facts = gridFactsAt([6, 8], [4, 3]);
  const terms = ofCells(outputLine([0, 0], facts, words.grid.line));
  assert.deepEqual(
    terms.map(({ meant, style }) => [...meant.cell, style.includes("shared")]),
    [
      [0, 0, false],
      [0, 1, false],
      [0, 2, true],
      [1, 0, true],
      [1, 1, true],
      [1, 2, true],
    ],
  );
  assert.deepEqual(
    marked(gridCellLine([0, 0], facts, words.grid.line)).map(({ meant }) => meant),
    [{ output: [0, 0] }],
  );
  for (const lit of [{ cell: [0, 2] }, { output: [1, 1] }])
    assert.ok(gridScene(facts, gridLookAt(956, { lit })).marks.some(({ key }) => key === "lit"));
});
