import { allSizesOf } from "../all_sizes.js";
import { KINDS } from "../kinds.js";
import { format } from "../numbers.js";
import { feedsOf, range } from "../windows.js";
import { pairsOf, windowsAsked } from "./about.js";

// What is right: computed from the windows of the view that asks, and never kept.

const ROUNDED = 0.005; // how far a number may be off: 0.33 is a third, as people type it
/** Sizes at which a formula must hold: those of the sliders. */
const LARGEST_TRIED = 64;

/**
 * Are these the same number, as far as people write it down?
 * @param {number} a
 * @param {number} b
 */
export const isClose = (a, b) => Math.abs(a - b) <= ROUNDED || a === b;

/**
 * The gradient of each cell of a line, for windows.
 * @param {About} about
 * @param {Bins} windows
 */
export function lineGradient({ kind, x, g, n }, windows) {
  const { line } = KINDS[kind];
  return line.gradient(g, windows, n[0], line.winners(x, windows));
}

/**
 * The outputs of a line, for windows.
 * @param {About} about
 * @param {Bins} windows
 */
export function lineOutputs({ kind, x }, windows) {
  const { line } = KINDS[kind];
  return line.outputs(x, windows, line.winners(x, windows));
}

/**
 * Outputs and gradients of a plane, for the windows of its rows and columns.
 * @param {About} about
 * @param {Bins[]} windows
 */
export function planeNumbers({ kind, x, g, n, m }, windows) {
  const { plane } = KINDS[kind];
  const [rows, columns] = windows.map((bins, axis) => ({ n: n[axis], m: m[axis], windows: bins }));
  const axes = /** @type {FedAxes} */ (/** @type {unknown} */ ({ rows, columns }));
  const [cells, arriving] = [Float64Array.from(x), Float64Array.from(g)];
  const winners = plane.winners(cells, axes);
  return { outputs: plane.outputs(cells, axes, winners), gradients: plane.gradient(arriving, axes, winners) };
}

/**
 * The cells of a line that are in more than one window.
 * @param {Bins} windows
 * @param {number} n
 */
export function sharedCells(windows, n) {
  const { start, stop } = feedsOf(windows, n);
  return range(0, n).filter((j) => stop[j] - start[j] > 1);
}

/**
 * The place of a row and a column in a list of all.
 * @param {About} about
 */
function flatIndex({ question: { kind, index }, n, m }) {
  const [row, column] = /** @type {number[]} */ (index);
  return row * (kind === "output" ? m : n)[1] + column;
}

/**
 * How a rule compares with PyTorch's at all sizes.
 * @param {About} about
 * @param {string} rule
 */
export function comparedAtAllSizes({ rules }, rule) {
  const comparison = allSizesOf(rules, LARGEST_TRIED).of(rule);
  comparison.goOn(() => false);
  return comparison;
}

/** @type {Record<string, (about: About, windows: Bins[]) => any>} */
const RIGHT = {
  windows: (_, [windows]) => pairsOf(windows),
  shared: ({ n }, [windows]) => sharedCells(windows, n[0]),
  output: (about, [windows]) => lineOutputs(about, windows)[Number(about.question.index)],
  gradient: (about, [windows]) => lineGradient(about, windows)[Number(about.question.index)],
  rank: (about, [windows]) => ranked(about.question.cells ?? [], lineGradient(about, windows)),
  count_shared: ({ n }, [windows]) => sharedCells(windows, n[0]).length,
  size: (about) => comparedAtAllSizes(about, about.question.rule ?? "pytorch").smallestInside ?? [],
  formula: ({ rules }) => rules.get("pytorch").text,
  count_four: ({ n }, windows) =>
    windows.reduce((product, bins, axis) => product * sharedCells(bins, n[axis]).length, 1),
  output_2d: (about, windows) => planeNumbers(about, windows).outputs[flatIndex(about)],
  gradient_2d: (about, windows) => planeNumbers(about, windows).gradients[flatIndex(about)],
};

/**
 * Cells, those with the largest of these numbers first; of equal ones the one that stands first.
 * @param {number[]} cells
 * @param {Numbers} numbers
 */
export const ranked = (cells, numbers) =>
  [...cells].sort((a, b) => numbers[b] - numbers[a] || cells.indexOf(a) - cells.indexOf(b));

/**
 * What is right, by the rule of the view or by another one; undefined where that has no windows.
 * @param {About} about
 */
export function rightAnswer(about, rule = about.rule) {
  const windows = about.windows(rule);
  return windows ? RIGHT[about.name](about, windows) : undefined;
}

/**
 * Is an answer, as it was read, right? In an order equal cells may stand either way; several sizes may be the smallest.
 * @param {About} about
 * @param {any} value
 */
export function isRight(about, value) {
  const right = rightAnswer(about);
  if (about.form === "number") return isClose(value, right);
  if (about.form === "order")
    return isOrder(value, about.question.cells ?? [], lineGradient(about, windowsAsked(about)));
  if (about.form === "size") return failsAt(about, value) && value[0] + value[1] === right[0] + right[1];
  if (about.form === "formula") {
    const { differs, without } = comparedAtAllSizes(about, value);
    return differs + without === 0;
  }
  return JSON.stringify(value) === JSON.stringify(right);
}

/**
 * Are these the cells, and does none of them get more than the one before it?
 * @param {number[]} order
 * @param {number[]} cells
 * @param {Numbers} numbers
 */
export const isOrder = (order, cells, numbers) =>
  String([...order].sort((a, b) => a - b)) === String([...cells].sort((a, b) => a - b)) &&
  order.every((cell, k) => k === 0 || numbers[cell] <= numbers[order[k - 1]] + 1e-12);

/**
 * Is the rule of the question wrong at a size that may be an answer?
 * @param {About} about
 * @param {number[]} size
 */
export function failsAt({ rules, question }, [n, m]) {
  const [own, truth] = [question.rule ?? "pytorch", "pytorch"].map((rule) => rules.windows(rule, n, m));
  return m <= n && own !== null && truth !== null && String(pairsOf(own)) !== String(pairsOf(truth));
}

/**
 * What is right as a person would type it.
 * @param {About} about
 */
export function rightText(about) {
  const right = rightAnswer(about);
  if (about.form === "windows")
    return pairsOf(windowsAsked(about))
      .map((pair) => pair.join(":"))
      .join(" ");
  if (about.form === "number") return format(right, 6);
  return about.form === "cells" && !right.length ? "none" : about.form === "formula" ? right : right.join(" ");
}
