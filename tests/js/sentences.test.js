// The picture in words, and as code.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../../pooltutor/live/js/pure/explorer/description.js";
import { labelsOf } from "../../pooltutor/live/js/pure/explorer/labels.js";
import { matrixLine } from "../../pooltutor/live/js/pure/explorer/matrix_line.js";
import { cellLine, windowLine } from "../../pooltutor/live/js/pure/explorer/readout.js";
import { exploreCall, torchSnippet } from "../../pooltutor/live/js/pure/explorer/snippets.js";
import { outputLine } from "../../pooltutor/live/js/pure/grid/readout.js";
import { gridCall, gridSnippet } from "../../pooltutor/live/js/pure/grid/snippets.js";
import { pythonList, pythonNumber } from "../../pooltutor/live/js/pure/python.js";
import { joined, some } from "../../pooltutor/live/js/pure/terms.js";
import { factsAt, gridFactsAt, rules, words } from "./facts.js";

const { view, grid } = words;
const rule = rules.get("pytorch");
const textOf = (parts) => parts.map(([text]) => text).join("; ");

test("the line about a window has the numbers filled in", () => {
  const said = textOf(windowLine(1, factsAt(14, 4), rule, view.line));
  assert.match(said, /start = ⌊1·14\/4⌋ = ⌊3\.5⌋ = 3; stop = ⌈2·14\/4⌉ = ⌈7⌉ = 7/);
  assert.match(said, /y₁ = \(3 \+ 4 \+ 5 \+ 6\)\/4 = 4\.5$/);
});

test("every line of a formula is told, and where a window is cut to the input", () => {
  const told = textOf(windowLine(2, factsAt(5, 3, { rule: "forum" }), rules.get("forum"), view.line));
  assert.match(
    told,
    /; k = ⌈5\/3⌉ = 2; start = round\(2·\(5 - 2\)\/max\(3 - 1, 1\)\) = round\(3\) = 3; stop = 3 \+ 2 = 5; y/,
  );
  const beyond = "start = i * 2 - 1\nstop = start + 4";
  const cut = textOf(windowLine(0, factsAt(5, 3, { rule: beyond }), rules.get(beyond), view.line));
  assert.match(
    cut,
    new RegExp(`start = 0·2 - 1 = -1${words.view.line.cut_off.replace("{end}", "0")}; stop = -1 \\+ 4 = 3; y`),
  );
});

test("the line about a shared cell has its two shares", () => {
  assert.match(textOf(cellLine(3, factsAt(14, 4), view.line)), /dL\/dx₃ = g₀\/4 \+ g₁\/4 = 1\/4 \+ 2\/4 = 0\.75$/);
});

test("with maximum the line says who wins", () => {
  const facts = factsAt(5, 3, { kind: "max", x: "3 3 nan 9 4" });
  assert.match(textOf(windowLine(0, facts, rule, view.line)), /max\(3, 3\) = 3/);
  assert.match(textOf(windowLine(1, facts, rule, view.line)), /= nan/);
});

test("while windows are hidden nothing is said about them", () => {
  const facts = factsAt(14, 4, { hidden: true });
  assert.equal(windowLine(1, facts, rule, view.line).length, 1);
  assert.equal(cellLine(3, facts, view.line).length, 1);
  const said = [describe(facts, view.description), ...labelsOf(facts, view.picture_words).map(([, text]) => text)].join(
    " ",
  );
  assert.doesNotMatch(said, /\d:\d|4\.5/);
});

test("the matrix is read row by row, column by column and entry by entry", () => {
  const facts = factsAt(5, 3);
  assert.match(matrixLine({ row: 1 }, facts, view.matrix), /1\/3·1 \+ 1\/3·2 \+ 1\/3·3/);
  assert.match(matrixLine({ column: 1 }, facts, view.matrix), /1\/2 \+ 1\/3 = 5\/6/);
  assert.match(matrixLine({ row: 1, column: 2 }, facts, view.matrix), /1\/3/);
  assert.equal(matrixLine({ row: 3 }, facts, view.matrix), "");
  assert.equal(matrixLine({}, facts, view.matrix), "");
});

test("the paragraph tells windows, shared cells and outputs", () => {
  const said = describe(factsAt(14, 4), view.description);
  for (const part of ["0:4, 3:7, 7:11, 10:14", "3, 10", "1.5, 4.5, 8.5, 11.5"]) assert.ok(said.includes(part), part);
});

test("long lists are shortened in the middle", () => {
  assert.deepEqual(some(20, 8), [0, 1, 2, "…", 18, 19]);
  assert.equal(joined([1, 2, 3], " + "), "1 + 2 + 3");
  assert.equal(joined(some(9, 9), ",", 4), "0,1,2,…,7,8");
});

test("Python reads the numbers and lists as they are written", () => {
  assert.deepEqual([1, 0.5, -Infinity, NaN, 1e21].map(pythonNumber), ["1.", "0.5", "-inf", "nan", "1e+21"]);
  assert.equal(pythonList(["1.", "2.", "3."], 2), "[\n    1., 2.,\n    3.,\n]");
});

test("the program is PyTorch's own operation, and window by window under another rule", () => {
  assert.match(
    torchSnippet(factsAt(14, 4), view.code.comments),
    /y = torch\.nn\.functional\.adaptive_avg_pool1d\(x\[None\], 4\)\[0\]/,
  );
  const other = torchSnippet(factsAt(5, 3, { rule: "equal_kernel" }), view.code.comments);
  assert.match(other, /windows = \[\(0, 2\), \(1, 3\), \(3, 5\)\]/);
  const grids = gridSnippet(gridFactsAt([6, 8], [4, 3]), { ...view.code.comments, ...grid.picture_words });
  assert.match(grids, /x = torch\.arange\(48\., dtype=torch\.float64\)\.reshape\(1, 6, 8\)/);
  assert.match(grids, /adaptive_avg_pool2d\(x, \(4, 3\)\)/);
});

test("the call that opens a view again names what is not as usual", () => {
  const usual = { kind: "avg", show: ["windows"] };
  assert.equal(
    exploreCall({ input_size: 5, target_size: 3, kind: "avg", show: [] }, usual).split("\n").at(-1),
    "pooltutor.explore(5, 3, show=[])",
  );
  const call = gridCall(
    { input_size: [6, 8], target_size: [null, 3], image: "ramp" },
    { image: "ramp" },
    gridFactsAt([6, 8], [6, 3]),
  );
  assert.equal(call.split("\n").at(-1), "pooltutor.explore2d((6, 8), (None, 3))");
});

test("an output of a grid is the mean of its rows and columns", () => {
  assert.match(textOf(outputLine([0, 0], gridFactsAt([6, 8], [4, 3]), grid.line)), /y = .*5\.0?$|y = .*\/6 = 5$/);
});
