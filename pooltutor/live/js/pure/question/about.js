import { range } from "../windows.js";

// What a question is about: its kind, and the size and the numbers of the view that asks.

/**
 * The kinds of questions by what the words call them, each with the form of its answer.
 * @type {Record<string, string>}
 */
const FORMS = {
  windows: "windows",
  shared: "cells",
  output: "number",
  gradient: "number",
  rank: "order",
  count_shared: "number",
  size: "size",
  formula: "formula",
  count_four: "number",
  output_2d: "number",
  gradient_2d: "number",
};

/**
 * How the kind of a question is called in the words.
 * @param {Question} question
 * @param {number} axes
 */
const nameOf = ({ kind, of }, axes) => (kind === "count" ? `count_${of}` : axes === 2 ? `${kind}_2d` : kind);

/**
 * A question with the view that asks it; `numbers` gives x and the gradient that arrives, for any size. What the
 * question names beyond the size is the last there is.
 * @param {Question} question
 * @param {{
 *   n: number[];
 *   m: number[];
 *   rule: string;
 *   kind: Kind;
 *   rules: import("../rules.js").Rules;
 *   numbers: (n: number[], m: number[]) => { x: Numbers; g: Numbers };
 * }} view
 * @returns {About}
 */
export function aboutOf(question, view) {
  const { n, m, rules } = view;
  const name = nameOf(question, n.length);
  return {
    ...view,
    ...view.numbers(n, m),
    question: inside(question, n, m),
    name,
    form: FORMS[name] ?? "",
    windows: (rule) => {
      const bins = n.map((size, axis) => rules.windows(rule, size, m[axis]));
      return bins.every((each) => each !== null) ? /** @type {Bins[]} */ (bins) : null;
    },
    at: (otherN, otherM) => aboutOf(question, { ...view, n: otherN, m: otherM }),
  };
}

/** The kinds of a view of two axes that do not say so. */
const OF_TWO_AXES = ["count_four"];

/**
 * Can a view of so many axes ask this?
 * @param {Question} question
 * @param {number} axes
 */
export function isAsked(question, axes) {
  const name = nameOf(question, axes);
  return Object.hasOwn(FORMS, name) && (name.endsWith("_2d") || OF_TWO_AXES.includes(name) ? axes === 2 : axes === 1);
}

/**
 * @param {Question} question
 * @param {number[]} n
 * @param {number[]} m
 * @returns {Question}
 */
function inside(question, n, m) {
  const { kind, index, cells } = question;
  const sizes = kind === "output" ? m : n;
  const within = (/** @type {number} */ k, axis = 0) => Math.min(k, sizes[axis] - 1);
  return {
    ...question,
    ...(index !== undefined && { index: Array.isArray(index) ? index.map(within) : within(index) }),
    ...(cells && { cells: [...new Set(cells.map((cell) => within(cell)))] }),
  };
}

/**
 * The windows of the rule that the view shows, of one axis.
 * @param {About} about
 */
export const windowsAsked = (about) => (about.windows(about.rule) ?? [{ start: [], stop: [] }])[0];

/**
 * Windows as pairs.
 * @param {Bins} bins
 * @returns {Pair[]}
 */
export const pairsOf = ({ start, stop }) => range(0, start.length).map((i) => [start[i], stop[i]]);
