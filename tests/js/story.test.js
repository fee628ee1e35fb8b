// A story: how far one has come, what a browser keeps of it, and how a step sets its view.

import assert from "node:assert/strict";
import { test } from "node:test";
import { freshAnswer } from "../../pooltutor/live/js/pure/question/state.js";
import { openStep } from "../../pooltutor/live/js/pure/story/open_step.js";
import { keptText, progressOf, readKept, stepInside } from "../../pooltutor/live/js/pure/story/steps.js";

const explorer = { view: "explorer", simple: false, point: [] };
const ask = { kind: "windows" };
const story = {
  name: "own",
  title: "Own",
  steps: [
    { ...explorer, say: "One.", set: { input_size: 3, target_size: 2, show: [] }, ask },
    { ...explorer, say: "Two.", set: { input_size: 5, target_size: 3, show: ["windows"] }, ask: null },
    {
      say: "Three.",
      view: "atlas",
      set: { input_size: 8, target_size: 7, colour: "agreement", rule: "forum" },
      ask: null,
    },
  ],
};
const right = { ...freshAnswer(), given: "0:2 1:3", state: "right", tries: 1 };

test("a step is always one that there is", () => {
  assert.deepEqual(
    [-1, 0, 2, 3].map((step) => stepInside(step, story)),
    [0, 0, 2, 2],
  );
});

test("progress tells the steps that ask from those that have been answered", () => {
  assert.deepEqual(progressOf(story, {}), ["ask", "", ""]);
  assert.deepEqual(progressOf(story, { 0: { ...right, state: "open" } }), ["ask", "", ""]);
  for (const state of ["right", "shown", "sent"])
    assert.deepEqual(progressOf(story, { 0: { ...right, state } }), ["done", "", ""]);
});

test("what is kept comes back, and of a story that nobody began nothing is kept", () => {
  assert.equal(keptText(0, {}), "");
  assert.deepEqual(readKept(keptText(2, { 0: right }), story), { step: 2, answers: { 0: right } });
});

const kept = (step, answers) => JSON.stringify({ step, answers });
const NOTHING = {
  "no text": null,
  "an empty text": "",
  "no JSON": "{",
  "a list": "[]",
  "no answers": '{"step": 1}',
  "a step that there is not": kept(3, {}),
  "a negative step": kept(-1, {}),
  "half a step": kept(0.5, {}),
  "a step as text": kept("1", {}),
};
for (const [name, text] of Object.entries(NOTHING))
  test(`nothing is read of ${name}`, () => assert.equal(readKept(text, story), null));

const NO_ANSWERS = {
  "a step that does not ask": { 1: right },
  "a step that there is not": { 7: right },
  null: { 0: null },
  "a text": { 0: "right" },
  "a part too few": { 0: { given: "0:2" } },
  "a part too many": { 0: { ...right, more: 1 } },
  "a part of another type": { 0: { ...right, tries: "1" } },
  "a long text": { 0: { ...right, given: "x".repeat(1001) } },
  "a negative seed": { 0: { ...right, seed: -1 } },
  "half a seed": { 0: { ...right, seed: 0.5 } },
  "more tries than are counted": { 0: { ...right, tries: 2 ** 31 } },
  "more hints than there are": { 0: { ...right, hints: 4 } },
  "a state that there is not": { 0: { ...right, state: ["right"] } },
};
for (const [name, answers] of Object.entries(NO_ANSWERS))
  test(`no answer is read of ${name}`, () =>
    assert.deepEqual(readKept(kept(1, answers), story), { step: 1, answers: {} }));

/** A model that only holds values. */
function held(state) {
  return {
    state,
    get: (name) => state[name],
    set: (name, value) => Object.assign(state, typeof name === "string" ? { [name]: value } : name),
    on() {},
    off() {},
    save_changes() {},
  };
}

function opened(step, answers = {}) {
  const usual = { explorer: { rule: "pytorch", x: "ramp", presenter: false, more: false, question: null }, atlas: {} };
  const models = {
    explorer: held({ input_size: 14, target_size: 4, presenter: true }),
    atlas: held({ colour: "gcd", rule: "pytorch" }),
    beside: held({ x: "ones", presenter: true, more: true }),
  };
  const shared = { get: (name) => ({ usual })[name], comm_live: true };
  openStep({ model: held({ step, story, answers }), models, shared });
  return Object.fromEntries(Object.entries(models).map(([kind, { state }]) => [kind, state]));
}

test("a step sets its view and its question, and leaves the size of the letters", () => {
  const state = opened(0).explorer;
  assert.deepEqual([state.input_size, state.target_size, state.show, state.presenter], [3, 2, [], true]);
  assert.deepEqual([state.question, state.answer], [ask, freshAnswer()]);
  assert.equal(opened(1).explorer.question, null);
});

test("what was answered before is there again", () => {
  assert.deepEqual(opened(0, { 0: right }).explorer.answer, right);
});

test("a step of the map sets the explorer beside it, which is as usual but for its size", () => {
  const { atlas, beside } = opened(2);
  assert.deepEqual([atlas.colour, atlas.rule, atlas.question], ["agreement", "forum", undefined]);
  assert.deepEqual([beside.input_size, beside.target_size, beside.rule, beside.x], [8, 7, "forum", "ramp"]);
  assert.deepEqual([beside.presenter, beside.more], [true, true]);
});
