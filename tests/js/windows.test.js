import assert from "node:assert/strict";
import { test } from "node:test";
import { feedsOf, insideCell, ratioOf, rowsOfP, shareText, tiles } from "../../pooltutor/live/js/pure/windows.js";
import { factsAt, rules } from "./facts.js";

test("where a cut falls inside a cell, the cell is shared", () => {
  const { truth } = factsAt(14, 4);
  assert.deepEqual(
    [0, 1, 2, 3, 4].filter((i) => insideCell(truth, i)),
    [1, 3],
  );
  assert.ok(tiles(factsAt(8, 4)));
  assert.ok(!tiles(factsAt(14, 4)));
  assert.ok(!tiles(factsAt(6, 8)));
});

test("the windows that contain each cell are the bins of the size turned round", () => {
  const feeds = feedsOf(rules.windows("pytorch", 14, 4), 14);
  const turned = rules.windows("pytorch", 4, 14);
  assert.deepEqual([...feeds.start], [...turned.start]);
  assert.deepEqual([...feeds.stop], [...turned.stop]);
});

test("facts of 14 -> 4 are those of the definition", () => {
  const facts = factsAt(14, 4, { influence: true });
  assert.deepEqual(
    [[...facts.windows.start], [...facts.windows.stop]],
    [
      [0, 3, 7, 10],
      [4, 7, 11, 14],
    ],
  );
  assert.deepEqual(facts.y, [1.5, 4.5, 8.5, 11.5]);
  assert.deepEqual(facts.shares[3], [1, 2]);
  assert.deepEqual(facts.shares[4], [1, 4]);
  assert.equal(ratioOf(facts.shares), 2);
  assert.ok(facts.visible);
});

test("influence sums to the number of outputs at every small size", () => {
  for (let n = 1; n <= 20; n++)
    for (let m = 1; m <= 20; m++) {
      const { shares } = factsAt(n, m, { influence: true });
      assert.ok(Math.abs(shares.reduce((sum, [a, b]) => sum + a / b, 0) - m) < 1e-9, `${n} -> ${m}`);
    }
});

test("with maximum, influence counts wins", () => {
  const { shares } = factsAt(5, 3, { kind: "max", x: "3 1 2 9 4", influence: true });
  assert.deepEqual(shares, [
    [1, 1],
    [0, 1],
    [0, 1],
    [2, 1],
    [0, 1],
  ]);
});

test("the rows of P sum to one, and say their share", () => {
  const rows = rowsOfP(factsAt(5, 3));
  assert.deepEqual(rows, [
    [0, 2, 0.5],
    [1, 4, 1 / 3],
    [3, 5, 0.5],
  ]);
  assert.deepEqual(rows.map(shareText), ["1/2", "1/3", "1/2"]);
});

test("a wrong rule's windows are named, with PyTorch's beside them", () => {
  const facts = factsAt(5, 3, { rule: "equal_kernel", duel: true });
  assert.deepEqual(facts.wrong, [1]);
  assert.deepEqual([...facts.wrongBars], [1]);
  assert.equal(facts.rival.first, 1);
});

test("where a rule is not defined, or windows are hidden, nothing is given away", () => {
  const facts = factsAt(3, 5, { rule: "fixed_stride" });
  assert.deepEqual([facts.defined, facts.visible, facts.y], [false, false, undefined]);
  assert.ok(!factsAt(14, 4, { hidden: true }).visible);
});
