// What the picture shows of a question, and what it does not show while that is open.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../../pooltutor/live/js/pure/explorer/description.js";
import { labelsOf } from "../../pooltutor/live/js/pure/explorer/labels.js";
import { cellLine, windowLine } from "../../pooltutor/live/js/pure/explorer/readout.js";
import { sceneOf } from "../../pooltutor/live/js/pure/explorer/scene.js";
import { exploreCall } from "../../pooltutor/live/js/pure/explorer/snippets.js";
import { gridScene } from "../../pooltutor/live/js/pure/grid/scene.js";
import { promptOf } from "../../pooltutor/live/js/pure/question/hints.js";
import { ownBox } from "../../pooltutor/live/js/pure/question/own_bars.js";
import { askedInPicture } from "../../pooltutor/live/js/pure/question/picture.js";
import { freshAnswer } from "../../pooltutor/live/js/pure/question/state.js";
import { asked, words } from "./asked.js";
import { gridLookAt, lookAt } from "./drawn.js";
import { factsAt, gridFactsAt, rules } from "./facts.js";

const WINDOWS = { kind: "windows" };

/** The scene of a question in the 1-D explorer, with what was answered. */
function sceneAt(question, n, m, answer = {}, { width = 980, rule = "pytorch", ...look } = {}) {
  const given = { ...freshAnswer(), ...answer };
  const shown = askedInPicture(asked(question, n, m, { rule }), given, { words, ...look });
  const gradient = ["gradient", "rank"].includes(question.kind);
  const facts = { ...factsAt(n, m, { rule, hidden: shown.open, locked: true, gradient }), asked: shown };
  return { facts, ...sceneOf(facts, lookAt(width)) };
}

const keysOf = ({ marks }, pattern) => marks.filter(({ key }) => pattern.test(key)).map(({ key }) => key);
const markAt = ({ marks }, key) => marks.find((mark) => mark.key === key);
const textsOf = ({ marks }) => marks.map(({ text }) => text).filter(Boolean);

const QUESTIONS = [
  WINDOWS,
  { kind: "shared" },
  { kind: "output", index: 1 },
  { kind: "gradient", index: 1 },
  { kind: "rank", cells: [0, 1, 3] },
  { kind: "count", of: "shared" },
  { kind: "size", rule: "forum" },
  { kind: "formula" },
];

/** Everything that a page has of an open question, at a size of which two rules have other windows. */
function everythingAt(question, rule, answer) {
  const scene = sceneAt(question, 5, 3, answer, { rule });
  const { facts } = scene;
  const lines = [windowLine(1, facts, rules.get(rule), words.line), cellLine(1, facts, words.line)];
  const said = [describe(facts, words.description), labelsOf(facts, words.picture_words), lines];
  return JSON.stringify([scene.marks, scene.height, said, promptOf(asked(question, 5, 3, { rule }), words)]);
}

for (const question of QUESTIONS)
  test(`an open question says nothing that depends on the right answer: ${question.kind}`, () => {
    for (const answer of [{}, { given: "0:2 1:3", hints: 1 }, { given: "1 2 3", tries: 2 }]) {
      const open = ["pytorch", "equal_kernel", "fixed_stride"].map((rule) => everythingAt(question, rule, answer));
      assert.equal(open[1], open[0]);
      assert.equal(open[2], open[0]);
    }
    const shown = ["pytorch", "fixed_stride"].map((rule) => everythingAt(question, rule, { state: "shown" }));
    assert.notEqual(shown[1], shown[0], "the rules were different enough to tell");
  });

for (const question of [
  { kind: "output", index: [0, 1] },
  { kind: "gradient", index: [1, 1] },
  { kind: "count", of: "four" },
])
  test(`the same of two axes: ${question.kind}`, () => {
    const marks = (rule, hidden) => {
      const about = asked(question, [5, 5], [3, 3], { rule });
      const shown = askedInPicture(about, { ...freshAnswer(), state: hidden ? "open" : "shown" }, { words });
      const facts = { ...gridFactsAt([5, 5], [3, 3], { rule, hidden, locked: true }), asked: shown };
      return JSON.stringify(gridScene(facts, gridLookAt(980)).marks);
    };
    assert.equal(marks("fixed_stride", true), marks("pytorch", true));
    assert.notEqual(marks("fixed_stride", false), marks("pytorch", false));
    if (question.kind !== "count") assert.match(marks("pytorch", true), /"pt-asked"/);
  });

test("own windows have grips at both ends, which say where they are", () => {
  const scene = sceneAt(WINDOWS, 5, 3, { given: "0:2 1:3" });
  const grips = ["own:0:start", "own:0:stop", "own:1:start", "own:1:stop"];
  assert.deepEqual(keysOf(scene, /^own:\d:(start|stop)$/), grips);
  const { attrs } = markAt(scene, "own:1:stop");
  assert.deepEqual([attrs.role, attrs["aria-label"]], ["slider", "window 1, where it stops"]);
  assert.deepEqual(
    ["now", "min", "max"].map((each) => attrs[`aria-value${each}`]),
    [3, 2, 5],
  );
  assert.equal(keysOf(scene, /^(hidden|window:\d:bar)/).length, 0, "they stand in place of the hidden box");
});

test("right windows lock, and wrong ones wear a cross; nothing is said of what is missing yet", () => {
  const scene = sceneAt(WINDOWS, 5, 3, { given: "0:2 1:3 3:5", checked: "0:2 1:3 3:5", tries: 1 });
  assert.deepEqual(keysOf(scene, /:lock$/), ["own:0:lock", "own:2:lock"]);
  assert.deepEqual(keysOf(scene, /:cross$/), ["own:1:cross"]);
  assert.deepEqual(keysOf(scene, /^own:\d:start$/), ["own:1:start"]);
  const labels = ["own:0", "own:1"].map((key) => markAt(scene, key).attrs["aria-label"]);
  assert.deepEqual(labels, ["your window 0: 0:2, right", "your window 1: 1:3, wrong"]);
  assert.deepEqual(keysOf(scene, /missing|^window:\d:bar/), []);
  assert.ok(textsOf(scene).includes("2 of 3 are right"));
});

test("a window that was changed is not called wrong any more, and right ones stay locked", () => {
  const scene = sceneAt(WINDOWS, 5, 3, { given: "0:2 1:4 3:5", checked: "0:2 1:3 3:5", tries: 1 });
  assert.deepEqual(keysOf(scene, /:(lock|cross)$/), ["own:0:lock", "own:2:lock"]);
  assert.ok(textsOf(scene).includes("drag over the cells"));
});

test("PyTorch's windows come when they are shown, with what was missing hatched in its place", () => {
  const scene = sceneAt(WINDOWS, 5, 3, { given: "0:2 1:3 3:5", state: "shown" });
  assert.deepEqual(keysOf(scene, /^window:\d:bar$/).length, 3);
  assert.deepEqual(keysOf(scene, /missing:\d$/), ["own:1:missing:0"]);
  for (const text of ["cell 3 missing", "PyTorch's", "2 of 3 are right"])
    assert.ok(textsOf(scene).includes(text), text);
  const [gap, bar] = ["own:1:missing:0", "window:1:bar"].map((key) => markAt(scene, key).attrs);
  assert.ok(Math.abs(gap.x + gap.width - (bar.x + bar.width)) < 1e-9);
  assert.deepEqual(keysOf(sceneAt(WINDOWS, 5, 3, { given: "0:2 1:4 3:5", state: "right" }), /cross|missing/), []);
});

test("the picture is as high before as after anything is drawn, in as many lanes as that needs", () => {
  const answers = ["", "0:2", "0:3 1:4 2:5", "0:5 0:5 0:5"];
  const scenes = answers.map((given) => sceneAt(WINDOWS, 5, 3, { given }));
  assert.equal(new Set(scenes.map(({ height }) => height)).size, 1);
  const own = [
    [0, 3],
    [1, 4],
    [2, 5],
  ]; // prettier-ignore
  const boxes = own.map((_, k) => ownBox({ own: { y: 0, height: 68 } }, own, k));
  for (let k = 1; k < 3; k++) assert.ok(boxes[k].y >= boxes[k - 1].y + boxes[k - 1].height);
  assert.ok(boxes[2].y + boxes[2].height <= 68);
});

test("an end that is dragged is drawn where the pointer is, and dashes show where it snaps", () => {
  const look = { current: 1, own: [[0, 2], [1, 3], null], drag: { end: "stop", at: 2.7 } }; // prettier-ignore
  const scene = sceneAt(WINDOWS, 5, 3, { given: "0:2 1:2" }, look);
  const [bar, snap] = ["own:1:bar", "own:1:snap"].map((key) => markAt(scene, key).attrs);
  assert.ok(bar.width < snap.width && bar.width > (snap.width * 0.8) / 1);
});

test("what a learner draws carries no number that would count as displayed", () => {
  const data = sceneAt(WINDOWS, 5, 3, { given: "0:2 1:3" }).marks.filter(({ key }) => key.startsWith("own:"));
  const names = new Set(data.flatMap(({ attrs }) => Object.keys(attrs).filter((name) => name.startsWith("data-"))));
  assert.deepEqual([...names].sort(), ["data-own", "data-own-end", "data-own-start", "data-own-stop"]);
});

test("marked cells are outlined and pressed; after a check they wear a tick or a cross", () => {
  const open = sceneAt({ kind: "shared" }, 14, 4, { given: "3 7" });
  assert.deepEqual(keysOf(open, /^marked:\d+/), ["marked:3", "marked:7"]);
  assert.equal(markAt(open, "cell:7").attrs["aria-pressed"], "true");
  assert.equal(markAt(open, "cell:8").attrs["aria-pressed"], "false");
  const checked = sceneAt({ kind: "shared" }, 14, 4, { given: "3 7", checked: "3 7" });
  assert.deepEqual(keysOf(checked, /^marked:\d+:/), ["marked:3:tick", "marked:7:cross"]);
});

test("the cell or the output that is asked for has a frame, and a gradient its rows", () => {
  assert.deepEqual(keysOf(sceneAt({ kind: "output", index: 1 }, 5, 3), /^asked/), ["asked:output:1"]);
  assert.deepEqual(keysOf(sceneAt({ kind: "rank", cells: [0, 3] }, 5, 3), /^asked/), ["asked:cell:0", "asked:cell:3"]);
});

for (const [n, m] of [
  [3, 7],
  [64, 48],
  [1, 1],
  [4096, 4096],
]) // prettier-ignore
  test(`any size has a picture with a question: ${n} -> ${m}`, () => {
    for (const width of [320, 980])
      for (const state of ["open", "shown"]) {
        const scene = sceneAt(WINDOWS, n, m, { given: "0:1 0:2", state }, { width });
        assert.ok(scene.marks.every(({ attrs }) => !Object.values(attrs).some(Number.isNaN)));
      }
  });

test("a window that is typed beyond the cells is drawn as far as there are some, and one that has none not at all", () => {
  const scene = sceneAt(WINDOWS, 5, 3, { given: "0:9999 4:2 7:9" });
  assert.deepEqual(keysOf(scene, /^own:\d$/), ["own:0"]);
  assert.equal(markAt(scene, "own:0").attrs["data-own-stop"], 5);
});

test("a lock goes with the window that was right, not with its place", () => {
  const scene = sceneAt(WINDOWS, 5, 3, { given: "0:3 1:4 3:5", checked: "0:2 1:3 3:5" });
  assert.deepEqual(keysOf(scene, /:lock$/), ["own:2:lock"]);
});

test("the call that opens the view again has the question and the answer as Python writes them", () => {
  const answer = { ...freshAnswer(), given: 'start = i\nstop = "x"' };
  const state = { input_size: 5, target_size: 3, question: { kind: "rank", cells: [0, 1], send: true }, answer };
  const call = exploreCall(state, { question: null, answer: freshAnswer() });
  const own =
    '"given": "start = i\\nstop = \\"x\\"", "checked": "", "tries": 0, "hints": 0, "state": "open", "seed": 0';
  const question = '{"kind": "rank", "cells": [0, 1], "send": True}';
  assert.equal(call, `import pooltutor\n\npooltutor.explore(5, 3, question=${question}, answer={${own}})`);
});

test("what a bar says stands beside its marks, and a short bar has no lock", () => {
  const given = "0:2 1:3 2:4 4:6 5:8 7:9 8:11 10:12 11:14 13:15 14:16";
  for (const width of [360, 700, 980]) {
    const scene = sceneAt(WINDOWS, 16, 11, { given, checked: given }, { width });
    for (let k = 0; k < 11; k++) {
      const [bar, text, mark] = ["bar", "text", k === 2 ? "cross" : "tick"].map((name) =>
        markAt(scene, `own:${k}:${name}`),
      );
      if (!text || !mark) continue;
      const [left] = mark.attrs.transform.match(/[\d.]+/);
      const half = (text.text.length * 0.6 * text.attrs["font-size"]) / 2;
      assert.ok(text.attrs.x + half <= Number(left) + 1, `${width} px, window ${k}`);
      assert.ok(text.attrs.x - half >= bar.attrs.x);
    }
  }
  assert.equal(keysOf(sceneAt(WINDOWS, 16, 11, { given, checked: given }, { width: 980 }), /:lock$/).length, 10);
  assert.ok(keysOf(sceneAt(WINDOWS, 16, 11, { given, checked: given }, { width: 620 }), /:lock$/).length < 10);
});

test("above n the bars of PyTorch are those of the cells, and are called so", () => {
  const scene = sceneAt(WINDOWS, 3, 7, { state: "shown", given: "0:1" });
  assert.ok(textsOf(scene).includes("outputs fed") && !textsOf(scene).includes("PyTorch's"));
});
