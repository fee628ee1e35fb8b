import { fill, format, timesFraction } from "../numbers.js";
import { joined, some } from "../terms.js";
import { fractionText } from "../windows.js";
import { shownNumbers } from "./facts.js";
import { placeOf, rangeOf } from "./readout.js";

// The paragraph that describes the picture.

/**
 * The paragraph that the picture is described by.
 * @param {GridFacts} facts
 * @param {GridWords["description"]} words
 * @param {GridWords["line"]} lines
 */
export function describeGrid(facts, words, lines) {
  const { n, m, rows, columns, defined, hidden, colour } = facts;
  const sentences = [fill(words.sizes, { height: n[0], width: n[1], tall: m[0], wide: m[1] })];
  if (!defined) return [...sentences, facts.undefinedSentence].join(" ");
  if (hidden) return [...sentences, words.hidden].join(" ");
  const windows = (/** @type {Axis} */ axis) =>
    some(axis.m, 12)
      .map((k) => (typeof k === "number" ? rangeOf(axis, k, lines) : k))
      .join(", ");
  sentences.push(
    fill(words.rows, { windows: windows(rows) }),
    fill(words.columns, { windows: windows(columns) }),
    coverageText(facts, words),
  );
  const wrong = rows.wrong.length + columns.wrong.length;
  if (wrong) sentences.push(fill(words.wrong, { rows: rows.wrong.length, columns: columns.wrong.length }));
  const outputs = (/** @type {Float64Array} */ plane) =>
    some(plane.length, 16)
      .map((k) => (typeof k === "number" ? format(plane[k], 6) : k))
      .join(", ");
  for (const [k, plane] of facts.y.entries())
    sentences.push(
      fill(facts.y.length > 1 ? words.outputs_of : words.outputs, { outputs: outputs(plane), name: words.channels[k] }),
    );
  if (!facts.winners) sentences.push(extremesText(facts, words));
  if (colour !== "values") sentences.push(fill(words.shows[colour], endsOf(shownNumbers(facts)[0])));
  return sentences.join(" ");
}

/** @param {Float64Array} plane */
const endsOf = (plane) => ({
  least: format(plane.reduce((a, b) => Math.min(a, b), Infinity)),
  most: format(plane.reduce((a, b) => Math.max(a, b), -Infinity)),
});

/**
 * How many cells are in how many windows.
 * @param {GridFacts} facts
 * @param {GridWords["description"]} words
 */
function coverageText({ coverage }, words) {
  const found = new Map();
  for (const count of coverage) found.set(count, (found.get(count) ?? 0) + 1);
  const all = [...found].sort(([a], [b]) => a - b);
  if (all.length === 1) return fill(words.covered_same, { count: all[0][0] });
  return fill(words.covered, {
    counts: joined(
      all.map(([count, cells]) => fill(words.cells_in, { cells, count })),
      ", ",
      12,
    ),
  });
}

/**
 * Which cell counts most and which least.
 * @param {GridFacts} facts
 * @param {GridWords["description"]} words
 */
function extremesText({ influence: [plane], n, rows, columns }, words) {
  const [least, most] = [Math.min, Math.max].map((extreme) => plane.indexOf(plane.reduce((a, b) => extreme(a, b))));
  const share = (/** @type {number} */ k) => {
    const [r, c] = placeOf(k, n[1]);
    return fractionText(timesFraction(rows.shares[r], columns.shares[c]));
  };
  if (share(most) === share(least)) return fill(words.count_same, { share: share(most) });
  const cell = (/** @type {number} */ k) => `(${placeOf(k, n[1]).join(", ")})`;
  return fill(words.count, {
    most: cell(most),
    least: cell(least),
    share_most: share(most),
    share_least: share(least),
    ratio: format(plane[most] / plane[least]),
  });
}
