import { fill, format } from "../numbers.js";
import { range, windowText } from "../windows.js";

// What a screen reader says of each cell, window and output.

/**
 * [key of the mark, text] for everything that the Tab key and the arrows reach.
 * @param {Facts} facts
 * @param {PictureWords} words
 */
export function labelsOf(facts, words) {
  const { n, m, dual } = facts;
  /** @type {(name: string, count: number, label: (k: number) => string) => string[][]} */
  const each = (name, count, label) => range(0, count).map((k) => [`${name}:${k}`, label(k)]);
  return [
    ...each("cell", n, (j) => cellLabel(facts, j, words)),
    ...(dual ? [] : each("window", m, (i) => windowLabel(facts, i, words))),
    ...each("output", m, (i) => outputLabel(facts, i, words)),
  ];
}

/**
 * @param {Facts} facts
 * @param {number} i
 * @param {PictureWords} words
 */
const rangeOfWindow = ({ windows: { start, stop } }, i, words) => windowText(start[i], stop[i], words);

/**
 * @param {Facts} facts
 * @param {number} i
 * @param {PictureWords} words
 */
function windowLabel(facts, i, words) {
  if (!facts.visible) return fill(facts.hidden ? words.window_hidden : words.window_undefined, { i });
  return fill(words.window_label, { i, window: rangeOfWindow(facts, i, words) });
}

/**
 * @param {Facts} facts
 * @param {number} i
 * @param {PictureWords} words
 */
function outputLabel(facts, i, words) {
  if (!facts.visible) return fill(facts.hidden ? words.output_hidden : words.output_undefined, { i });
  return fill(words.output_label, { i, y: format(facts.y[i], 6), window: rangeOfWindow(facts, i, words) });
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
