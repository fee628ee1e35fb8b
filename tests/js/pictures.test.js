// What is drawn: layouts, lanes, colours and scenes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, fitTexts, squeezed, writings } from "../../pooltutor/live/js/pure/boxes.js";
import { gradientFills, shareFills, textOn } from "../../pooltutor/live/js/pure/colours.js";
import { layout } from "../../pooltutor/live/js/pure/explorer/layout.js";
import { matrixScene } from "../../pooltutor/live/js/pure/explorer/matrix.js";
import { sceneOf } from "../../pooltutor/live/js/pure/explorer/scene.js";
import { gridLayout } from "../../pooltutor/live/js/pure/grid/layout.js";
import { gridScene } from "../../pooltutor/live/js/pure/grid/scene.js";
import { laneCount } from "../../pooltutor/live/js/pure/lanes.js";
import { boxAt, markList } from "../../pooltutor/live/js/pure/marks.js";
import { gridLookAt, look, theme } from "./drawn.js";
import { factsAt, gridFactsAt, words } from "./facts.js";

const SIZES = [
  [14, 4],
  [5, 3],
  [6, 8],
  [8, 4],
  [64, 64],
  [1, 64],
  [64, 1],
  [48, 13],
];
const gridLook = gridLookAt(980);

const rowsIn = (rows) => Object.values(rows).filter((row) => typeof row === "object");

for (const [n, m] of SIZES)
  for (const width of [320, 980])
    test(`no row overlaps another, and none is cut off: ${n} -> ${m}, ${width} px`, () => {
      const rows = layout(factsAt(n, m, { influence: true, duel: true, against: "equal_kernel" }), width);
      const stacked = rowsIn(rows).sort((a, b) => a.y - b.y);
      assert.ok(stacked.length >= 6);
      for (let k = 1; k < stacked.length; k++)
        assert.ok(stacked[k].y >= stacked[k - 1].y + stacked[k - 1].height - 1e-9);
      assert.ok(stacked.at(-1).y + stacked.at(-1).height <= rows.height);
      assert.ok(Math.abs(rows.left + rows.unit * n - rows.right) < 1e-9);
    });

const barsOf = (marks) =>
  marks
    .filter(({ key }) => /^(window|feeds):\d+:bar$/.test(key))
    .map(({ attrs: { x, y, width, height } }) => ({ x, y, width, height }));

test("bars lie in as many lanes as keep them apart", () => {
  for (const [n, m] of SIZES) {
    const facts = factsAt(n, m);
    const { marks } = sceneOf(facts, { ...look, width: 980, words: words.view.picture_words });
    const bars = barsOf(marks);
    assert.equal(bars.length, Math.min(n, m));
    bars.forEach((a, k) => {
      for (const b of bars.slice(k + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        assert.ok(apart, `${n} -> ${m}: a bar hides bar ${k}`);
      }
    });
  }
  assert.equal(laneCount(factsAt(8, 4), factsAt(8, 4).feeds, factsAt(8, 4).windows), 1);
  assert.equal(laneCount(factsAt(14, 4), factsAt(14, 4).feeds, factsAt(14, 4).windows), 2);
});

test("each mark has a key of its own and stands in a mark before it", () => {
  for (const [n, m] of SIZES) {
    const scenes = [
      sceneOf(factsAt(n, m, { influence: true }), { ...look, width: 980, words: words.view.picture_words }),
      matrixScene(factsAt(n, m), { width: 980, theme, words: words.view.matrix, active: null }),
      gridScene(gridFactsAt([5, 7], [3, 4]), gridLook),
    ];
    for (const { marks } of scenes) {
      const known = new Set();
      for (const { key, parent } of marks) {
        assert.ok(!known.has(key), key);
        assert.ok(parent === null || known.has(parent), `${key} in ${parent}`);
        known.add(key);
      }
    }
  }
});

test("hidden windows leave nothing in the picture that gives them away", () => {
  const { marks } = sceneOf(factsAt(14, 4, { hidden: true }), { ...look, width: 980, words: words.view.picture_words });
  const said = marks.flatMap(({ attrs }) =>
    ["data-start", "data-stop", "data-y", "data-grad"].map((name) => attrs[name]),
  );
  assert.deepEqual([...new Set(said)].sort(), ["", undefined]);
  assert.ok(marks.every(({ text }) => !/\d:\d/.test(text ?? "")));
});

test("hidden windows leave nothing in a grid that gives them away, and say how to reveal them", () => {
  const colours = ["values", "overlaps", "influence", "gradient"];
  for (const colour of colours) {
    const { marks } = gridScene(gridFactsAt([6, 8], [4, 3], { hidden: true, colour }), gridLook);
    const names = ["data-start", "data-stop", "data-y", "data-grad", "data-count", "data-influence", "data-shared-row"];
    const said = marks.flatMap(({ attrs }) => names.map((name) => attrs[name]));
    assert.deepEqual([...new Set(said)].sort(), ["", undefined]);
    assert.ok(marks.every(({ text }) => !/\d:\d/.test(text ?? "")));
    assert.ok(marks.some(({ text }) => text === words.grid.picture_words.hidden));
  }
});

test("a rule without windows shows none, and does not ask to reveal them", () => {
  const facts = gridFactsAt([3, 4], [5, 6], { rule: "fixed_stride" });
  const { marks } = gridScene(facts, gridLook);
  assert.ok(marks.some(({ text }) => text === "–"));
  assert.ok(marks.every(({ text }) => text !== words.grid.picture_words.hidden));
  assert.ok(marks.every(({ attrs }) => !String(attrs.class).includes("pt-opens")));
});

test("of a box thinner than its insets a sliver stays, and no mark stands in itself", () => {
  const { marks, add } = markList();
  add(null, "thin", "rect", boxAt("pt-cell", { x: 0, y: 0, width: -1, height: 4 }));
  assert.deepEqual(marks[0].attrs, { class: "pt-cell", x: 0, y: 0, width: 0.5, height: 4 });
  assert.throws(() => add("thin", "thin", "g", {}), /its own parent/);
});

test("the two grids and the bars beside them stand apart", () => {
  for (const width of [320, 980]) {
    const { input, output, narrow } = gridLayout(gridFactsAt([6, 8], [4, 3]), width);
    if (narrow) assert.ok(output.y >= input.y + input.height);
    else assert.ok(output.x >= input.x + input.width && output.x + output.width <= width);
  }
});

test("numbers are shown where they fit their boxes, in as many digits as fit", () => {
  assert.equal(fit([1, 2], 20, [14]), null);
  assert.deepEqual(fit([0.5, 12], 60, [14]), { size: 14, texts: ["0.5", "12"] });
  assert.deepEqual(fit([0.12345], 36, [14]).texts, [".123"]);
  assert.equal(fitTexts(["123456789"], 40, [14, 12]), null);
  assert.deepEqual(writings(1 / 3), ["0.3333", "0.333", ".3333", ".333"]);
});

const lightness = (hex) => {
  const part = (k) => parseInt(hex.slice(k, k + 2), 16) / 255;
  const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5));
};

test("text on any grey has a contrast of 4.5:1 or better against its ground", () => {
  for (let grey = 0; grey < 256; grey++) {
    const hex = `#${grey.toString(16).padStart(2, "0").repeat(3)}`;
    const ink = textOn(hex) === "pt-on-light" ? 0 : 1;
    const [light, dark] = [lightness(hex), ink].sort((a, b) => b - a);
    assert.ok((light + 0.05) / (dark + 0.05) >= 4.5, hex);
  }
});

test("gradients of one sign go from light to dark, and two hues part at zero as soon as signs mix", () => {
  const ends = {
    gradient_low: "#ffffff",
    gradient_high: "#aa0000",
    gradient_minus: "#0000aa",
    unchecked_ground: "#777777",
  };
  assert.deepEqual(gradientFills([0, 2], ends), ["#ffffff", "#aa0000"]);
  assert.deepEqual(gradientFills([-2, 0, 2], ends), ["#0000aa", "#ffffff", "#aa0000"]);
  assert.deepEqual(gradientFills([-2, -1], ends)[0], "#aa0000");
  assert.deepEqual(gradientFills([NaN, 1], ends), ["#777777", "#aa0000"]);
  const hues = { ground: "#ffffff", window_even: "#000000", window_odd: "#ff0000" };
  assert.deepEqual(shareFills([0.5, 0.25], hues), ["#000000", "#ff8080"]);
});

test("words that are clearly too wide get the width that there is", () => {
  assert.deepEqual(squeezed("cuts, rounded outwards", 140, 12), {});
  assert.deepEqual(squeezed("coupures, arrondies vers l'extérieur", 140, 12), {
    textLength: 140,
    lengthAdjust: "spacingAndGlyphs",
  });
});
