import assert from "node:assert/strict";
import { test } from "node:test";
import { gridNumbersFor, leastAndMost, shownNumbers } from "../../pooltutor/live/js/pure/grid/facts.js";
import { gridScene } from "../../pooltutor/live/js/pure/grid/scene.js";
import { KINDS } from "../../pooltutor/live/js/pure/kinds.js";
import { gridLookAt } from "./drawn.js";
import { factsAt, gridFactsAt, rules } from "./facts.js";

test("a grid of one row is the line", () => {
  for (const kind of Object.keys(KINDS)) {
    const line = factsAt(14, 4, { kind, influence: true });
    const { y, grad, influence } = gridFactsAt([1, 14], [1, 4], { kind, upstream: "count" });
    assert.deepEqual([...y[0]], line.y);
    assert.deepEqual([...grad[0]], line.grad);
    assert.deepEqual(
      [...influence[0]],
      line.shares.map(([a, b]) => a / b),
    );
  }
});

test("averages of 5 x 4 -> 3 x 2 are those of the definition", () => {
  const { y, rows, columns } = gridFactsAt([5, 4], [3, 2]);
  const x = (r, c) => r * 4 + c;
  const expected = [];
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 2; j++) {
      const cells = [];
      for (let r = rows.windows.start[i]; r < rows.windows.stop[i]; r++)
        for (let c = columns.windows.start[j]; c < columns.windows.stop[j]; c++) cells.push(x(r, c));
      expected.push(cells.reduce((a, b) => a + b) / cells.length);
    }
  assert.deepEqual([...y[0]], expected);
});

test("coverage is the product of both sides, and what cells show is named by the colour", () => {
  const facts = gridFactsAt([5, 4], [3, 2], { colour: "overlaps" });
  assert.deepEqual([...facts.coverage.subarray(0, 8)], [1, 1, 1, 1, 2, 2, 2, 2]);
  assert.equal(shownNumbers(facts)[0], facts.coverage);
  assert.equal(shownNumbers({ ...facts, visible: false }), facts.x);
});

test("in two dimensions too the first of equal cells wins, and the last NaN over all", () => {
  const claim = { n: [2, 2], m: [1, 1], kind: "max" };
  const truths = [0, 1].map(() => rules.windows("pytorch", 2, 1));
  const winnerOf = (...x) =>
    gridNumbersFor(claim, truths, { x: [Float64Array.from(x)], upstream: Float64Array.of(1) }).winners[0][0];
  assert.equal(winnerOf(5, 5, 1, 5), 0);
  assert.equal(winnerOf(NaN, 9, NaN, 5), 2);
});

test("the least and the most pass over what is not finite", () => {
  assert.deepEqual(
    leastAndMost([
      [3, NaN, -1],
      [Infinity, 7],
    ]),
    [-1, 7],
  );
});

test("of a picture, each channel is pooled on its own", () => {
  const picture = {
    name: "own",
    channels: 3,
    height: 2,
    width: 2,
    dtype: "uint8",
    data: Uint8Array.from({ length: 12 }, (_, k) => k),
  };
  const { y } = gridFactsAt([2, 2], [1, 1], { image: "own", picture });
  assert.deepEqual(
    y.map(([value]) => value),
    [1.5, 5.5, 9.5],
  );
  assert.deepEqual(
    gridFactsAt([2, 2], [1, 1], { image: "own", picture, channel: 1 }).y.map(([value]) => value),
    [5.5],
  );
});

test("a picture that was reduced says so in the title of the input, as far as there is room", () => {
  const picture = { name: "own", channels: 1, height: 12, width: 9, dtype: "uint8", data: new Uint8Array(108) };
  const titleAt = (width, whole) => {
    const facts = gridFactsAt([12, 9], [4, 3], { image: "own", picture: { ...picture, whole } });
    return gridScene(facts, gridLookAt(width)).marks.find(({ key }) => key === "title:input").text;
  };
  assert.equal(titleAt(956, undefined), "input x, 12 × 9");
  assert.equal(titleAt(956, [4000, 3000]), "input x, 12 × 9, reduced from 4000 × 3000");
  assert.equal(titleAt(260, [4000, 3000]), "input x, 12 × 9, reduced");
});
