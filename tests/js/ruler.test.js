// Numbers along rulers and cuts: none runs into another, whatever the size and the width.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sceneOf } from "../../pooltutor/live/js/pure/explorer/scene.js";
import { gridScene } from "../../pooltutor/live/js/pure/grid/scene.js";
import { numbersWithRoom, stepThatFits, widthOfNumber } from "../../pooltutor/live/js/pure/ruler.js";
import { gridLookAt, lookAt } from "./drawn.js";
import { factsAt, gridFactsAt } from "./facts.js";

const WIDTHS = [336, 456, 956]; // of the picture, in views 360, 480 and 980 px wide
const SIZES = [
  ...[
    [14, 4],
    [5, 3],
    [1, 7],
    [7, 1],
    [64, 63],
    [63, 64],
    [99, 98],
    [101, 11],
    [128, 7],
    [224, 100],
    [333, 5],
  ],
  ...[
    [480, 13],
    [500, 20],
    [1000, 7],
    [4096, 1000],
    [4096, 7],
  ],
];
const GRIDS = [
  ...[
    [
      [6, 8],
      [4, 3],
    ],
    [
      [128, 96],
      [7, 7],
    ],
    [
      [256, 256],
      [7, 7],
    ],
    [
      [256, 192],
      [11, 13],
    ],
    [
      [30, 22],
      [22, 13],
    ],
  ],
  ...[
    [
      [63, 61],
      [22, 11],
    ],
    [
      [64, 64],
      [21, 19],
    ],
    [
      [3, 4],
      [5, 6],
    ],
    [
      [1, 1],
      [7, 7],
    ],
    [
      [13, 3],
      [7, 2],
    ],
  ],
];

/** The numbers of a row or column: their text, and from where to where they reach. */
const placed = (marks, keys, along) =>
  marks
    .filter(({ key }) => keys.test(key))
    .map(({ attrs, text }) => {
      const letters = attrs["font-size"];
      const half = (along === "x" ? widthOfNumber(text, letters) : letters) / 2;
      return { text, from: attrs[along] - half, to: attrs[along] + half };
    })
    .sort((a, b) => a.from - b.from);

function assertApart(numbers, about) {
  assert.ok(numbers.length >= 2, `${about}: both ends, or the current window`);
  for (let k = 1; k < numbers.length; k++)
    assert.ok(numbers[k].from > numbers[k - 1].to, `${about}: ${numbers[k - 1].text} runs into ${numbers[k].text}`);
}

for (const presenter of [false, true])
  for (const width of WIDTHS) {
    test(`numbers of a ruler stand apart: ${width} px, presenter size ${presenter}`, () => {
      for (const [n, m] of SIZES)
        for (const window of new Set([0, m >> 1, m - 1])) {
          const { marks } = sceneOf(factsAt(n, m, { presenter, window }), lookAt(width));
          const numbers = placed(marks, /^number:/, "x");
          assertApart(numbers, `${n} -> ${m}, window ${window}`);
          assert.ok(numbers[0].from >= 0 && numbers.at(-1).to <= width, `${n} -> ${m}: outside of the picture`);
        }
    });

    test(`numbers of cuts stand apart: ${width} px, presenter size ${presenter}`, () => {
      for (const [n, m] of GRIDS)
        for (const window of [[0, 0], m.map((side) => side >> 1), m.map((side) => side - 1)]) {
          const { marks } = gridScene(gridFactsAt(n, m, { presenter, window }), gridLookAt(width));
          assertApart(placed(marks, /^cut:column:/, "x"), `columns of ${n} -> ${m}`);
          assertApart(placed(marks, /^cut:row:/, "y"), `rows of ${n} -> ${m}`);
        }
    });
  }

test("the sides of the current window are numbered before all others", () => {
  const numbers = (window) =>
    placed(sceneOf(factsAt(500, 20, { window }), lookAt(956)).marks, /^number:/, "x").map(({ text }) => text);
  assert.deepEqual(numbers(0).slice(0, 3), ["0", "25", "64"]);
  assert.ok(numbers(7).includes("175") && numbers(7).includes("200"));
  assert.ok(!numbers(0).includes("175"));
});

test("hidden windows leave no side on the ruler", () => {
  const { marks } = sceneOf(factsAt(500, 20, { window: 7, hidden: true }), lookAt(956));
  assert.ok(!placed(marks, /^number:/, "x").some(({ text }) => text === "175"));
});

test("where two numbers would touch, the one that matters more stands", () => {
  const number = (k, from, to, rank) => ({ k, text: String(k), at: (from + to) / 2, rank, from, to });
  const kept = (numbers) => numbersWithRoom(numbers).map(({ k }) => k);
  assert.deepEqual(kept([number(0, 0, 10, 1), number(1, 8, 18, 2), number(2, 30, 40, 2)]), [0, 2]);
  assert.deepEqual(kept([number(0, 0, 10, 1), number(1, 8, 18, 0), number(2, 19, 29, 2)]), [1]);
  assert.deepEqual(kept([number(1, 0, 10, 2), number(2, 9, 19, 2), number(3, 18, 28, 2)]), [1, 3]);
});

test("a ruler counts in steps that leave room for its widest number", () => {
  assert.equal(stepThatFits(50, 16), 1);
  assert.equal(stepThatFits(10, 16), 4);
  assert.equal(stepThatFits(1.4, 24), 32);
});
