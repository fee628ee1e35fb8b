// A duel opens against a rule that is another one here.

import assert from "node:assert/strict";
import { test } from "node:test";
import { opponentOf } from "../../pooltutor/live/js/pure/explorer/duel.js";

const WINDOWS = {
  pytorch: { start: [0, 1, 3], stop: [2, 4, 5] },
  same: { start: [0, 1, 3], stop: [2, 4, 5] },
  undefined_here: null,
  other: { start: [0, 1, 3], stop: [2, 3, 5] },
};
const against = (rule, names) => opponentOf({ n: 5, m: 3, rule }, { names, windows: (name) => WINDOWS[name] });

test("the first rule with other windows is chosen, and none that has no windows", () => {
  assert.equal(against("pytorch", ["pytorch", "same", "undefined_here", "other"]), "other");
  assert.equal(against("other", ["pytorch", "same", "undefined_here", "other"]), "pytorch");
});

test("where all have the same windows the first other rule is chosen", () => {
  assert.equal(against("pytorch", ["pytorch", "same"]), "same");
});
