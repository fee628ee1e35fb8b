// How many questions of a lesson are done, as its browser has kept them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { freshAnswer } from "../../pooltutor/live/js/pure/question/state.js";
import { countDone } from "../../pooltutor/live/js/pure/story/progress.js";
import { keptText } from "../../pooltutor/live/js/pure/story/steps.js";

const [first, third] = [0, 2].map((step) => ({ story: "told", step }));
const alone = { place: "lessons/08-exercises#view-1" };
const answered = (state) => ({ ...freshAnswer(), given: "0:2", state });

/** How many are done of all three, where these answers were kept. */
const done = (told, answers = {}) =>
  countDone([first, third, alone], {
    textOfStory: (name) => (name === "told" ? told : null),
    answers,
  });

test("an answer that is right or was shown is done, and one that is still open is not", () => {
  assert.equal(done(null), 0);
  assert.equal(done(keptText(1, { 0: answered("right") })), 1);
  assert.equal(done(keptText(1, { 0: answered("right"), 2: answered("shown") })), 2);
  assert.equal(done(keptText(1, { 0: answered("open"), 1: answered("right") })), 0);
});

test("a view of its own is kept under its place", () => {
  assert.equal(done(null, { [alone.place]: answered("right") }), 1);
  assert.equal(done(null, { [alone.place]: answered("open"), other: answered("right") }), 0);
});

test("what cannot be an answer counts for nothing", () => {
  for (const text of ["", "null", "[7", "{}", '{"answers":7}', '{"answers":{"0":{"state":"right"}}}'])
    assert.equal(done(text), 0);
  assert.equal(done(null, { [alone.place]: { state: "right" } }), 0);
});
