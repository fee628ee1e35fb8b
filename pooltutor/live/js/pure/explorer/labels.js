import { fill, format } from "../numbers.js";
import { range, windowText } from "../windows.js";

// What a screen reader says of each cell, window and output.

/**
 * What a screen reader says of every cell, window and output: [key of the mark, text].
 * @param {Facts} facts
 * @param {PictureWords} words
 */
export function labelsOf(facts, words) {
  const { n, m, dual, visible } = facts;
  const each = (/** @type {string} */ kind, /** @type {number} */ count, /** @type {(k: number) => string} */ label) =>
    range(0, count).map((k) => [`${kind}:${k}`, label(k)]);
  const windowOf = (/** @type {number} */ i) => windowText(facts.windows.start[i], facts.windows.stop[i], words);
  const output = (/** @type {number} */ i) =>
    fill(words.output_label, { i, y: format(facts.y[i], 6), window: windowOf(i) });
  const window = (/** @type {number} */ i) => fill(words.window_label, { i, window: windowOf(i) });
  return [
    ...each("cell", n, (/** @type {number} */ j) => cellLabel(facts, j, words)),
    ...(dual
      ? []
      : each(
          "window",
          m,
          visible
            ? window
            : (/** @type {number} */ i) => fill(facts.hidden ? words.window_hidden : words.window_undefined, { i }),
        )),
    ...each(
      "output",
      m,
      visible
        ? output
        : (/** @type {number} */ i) => fill(facts.hidden ? words.output_hidden : words.output_undefined, { i }),
    ),
  ];
}

/**
 * @param {Facts} facts
 * @param {number} j
 * @param {PictureWords} words
 */
function cellLabel(facts, j, words) {
  const values = { j, x: format(facts.x[j], 6) };
  if (!facts.visible) return fill(words.cell_hidden, values);
  const [a, b] = [facts.feeds.start[j], facts.feeds.stop[j]];
  const windows = a === b ? words.no_window : a + 1 === b ? String(a) : fill(words.through, { a, b: b - 1 });
  return fill(words.cell_label, { ...values, windows, grad: format(facts.grad[j], 6) });
}
