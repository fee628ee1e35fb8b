import { gcd } from "../numbers.js";
import { feedsOf, range } from "../windows.js";
import { pairsOf } from "./about.js";
import {
  isClose,
  isOrder,
  lineGradient,
  lineOutputs,
  planeNumbers,
  ranked,
  rightAnswer,
  sharedCells,
} from "./right.js";
import { allPairs, firstAxis, SHARED_SLIPS, WINDOW_BELIEFS, WINDOW_SLIPS } from "./window_beliefs.js";

// Wrong ideas that people have: each says whether an answer is what it gives. exercises/ has the same ones in Python,
// under the same names and with the same sentences.

/** @typedef {import("./window_beliefs.js").Belief} Belief */

const EPSILON = 1e-9;

/**
 * The wrong rules as beliefs, where they give an answer of their own.
 * @param {import("../rules.js").Rules} rules
 */
const wrongRules = (rules) => rules.names.filter((name) => name !== "pytorch");

/**
 * Does a rule give this answer?
 * @param {string} rule
 * @returns {Belief}
 */
const byRule = (rule) => (about, value) => {
  const answer = rightAnswer(about, rule);
  if (answer === undefined || Number.isNaN(answer)) return false;
  return about.form === "number" ? isClose(value, answer) : JSON.stringify(value) === JSON.stringify(answer);
};

// Numbers of a line -------------------------------------------------------------------------------------------

/**
 * Does an idea that gives all gradients give this one? At another size it is right where it gives all of them.
 * @param {(about: About, windows: Bins) => number[][]} lists
 * @returns {Belief}
 */
const gradientIdea = (lists) => (about, value) => {
  const windows = about.windows("pytorch");
  if (!windows || about.kind !== "avg") return false;
  const found = lists(about, windows[0]);
  return found.some((list) => isClose(list[Number(about.question.index)], value));
};

/**
 * What each cell gets of these shares of its windows, put together in a way.
 * @param {About} about
 * @param {Bins} windows
 * @param {(i: number) => number} share
 * @param {((parts: number[]) => number)[]} ways
 */
function combined({ n, g }, windows, share, ways) {
  const { start, stop } = feedsOf(windows, n[0]);
  return ways.map((way) => range(0, n[0]).map((j) => way(range(start[j], stop[j]).map((i) => g[i] * share(i)))));
}

const sum = (/** @type {number[]} */ parts) => parts.reduce((all, each) => all + each, 0);
const single = [
  (/** @type {number[]} */ parts) => parts[0],
  (/** @type {number[]} */ parts) => parts[parts.length - 1],
  (/** @type {number[]} */ parts) => Math.max(...parts),
];

/** @type {Record<string, Belief>} */
const GRADIENT_BELIEFS = {
  given_whole: gradientIdea((about, windows) => combined(about, windows, () => 1, [sum, ...single])),
  not_added: gradientIdea((about, windows) =>
    combined(about, windows, (i) => 1 / (windows.stop[i] - windows.start[i]), single),
  ),
  equal_slices: gradientIdea(({ n, g }) => [new Array(n[0]).fill(sum([...g]) / n[0])]),
};

/**
 * The mean over the exact interval of an output, in which a cut cell counts in part.
 * @type {Belief}
 */
const halfCell = (about, value) => {
  const [n, m] = firstAxis(about);
  const i = Number(about.question.index);
  const [from, to] = [(i * n) / m, ((i + 1) * n) / m];
  const parts = range(Math.floor(from), Math.ceil(to - EPSILON)).map(
    (j) => about.x[j] * (Math.min(to, j + 1) - Math.max(from, j)),
  );
  return isClose(sum(parts) / (to - from), value);
};

/** @type {Record<string, Belief>} */
const OUTPUT_SLIPS = {
  sum: (about, value) => {
    const windows = about.windows("pytorch");
    const [from, to] = windows ? pairsOf(windows[0])[Number(about.question.index)] : [0, 0];
    return about.kind === "avg" && isClose(sum([...about.x].slice(from, to)), value);
  },
  neighbour: (about, value) => {
    const windows = about.windows("pytorch");
    return windows !== null && lineOutputs(about, windows[0]).some((output) => isClose(output, value));
  },
};
/** @type {Record<string, Belief>} */
const OUTPUT_BELIEFS = { half_cell: halfCell };

/**
 * Does an order follow these numbers of the cells?
 * @param {(about: About, windows: Bins) => Numbers} numbersOf
 * @returns {Belief}
 */
const orderBy = (numbersOf) => (about, value) => {
  const windows = about.windows("pytorch");
  return windows !== null && isOrder(value, about.question.cells ?? [], numbersOf(about, windows[0]));
};

/** @type {Record<string, Belief>} */
const RANK_BELIEFS = {
  centre: orderBy(({ n }) => range(0, n[0]).map((j) => -Math.abs(j - (n[0] - 1) / 2))),
  windows: orderBy(({ n }, windows) => {
    const { start, stop } = feedsOf(windows, n[0]);
    return range(0, n[0]).map((j) => stop[j] - start[j]);
  }),
  reversed: (about, value) => {
    const windows = about.windows("pytorch");
    const order = windows && ranked(about.question.cells ?? [], lineGradient(about, windows[0]));
    return order !== null && String(order) === String([...value].reverse());
  },
};

// Counts ------------------------------------------------------------------------------------------------------

/**
 * @param {(n: number, m: number) => number} count
 * @returns {Belief}
 */
const counting = (count) => (about, value) => value === count(about.n[0], about.m[0]);

/** @type {Record<string, Belief>} */
const COUNT_BELIEFS = {
  tile: counting(() => 0),
  all_pairs: counting((_, m) => m - 1),
  cuts: counting((n, m) => m - gcd(n, m)),
  remainder: counting((n, m) => n % m),
  less_remainder: counting((n, m) => m - (n % m)),
  repeats: counting(gcd),
};

/**
 * @param {(n: number, m: number, axis: number) => number} count of one axis
 * @returns {Belief}
 */
const countingBoth = (count) => (about, value) =>
  value === about.n.reduce((product, n, axis) => product * count(n, about.m[axis], axis), 1);

/** @type {Record<string, Belief>} */
const FOUR_BELIEFS = {
  tile: countingBoth(() => 0),
  all_cuts: countingBoth((_, m) => m - 1),
  outputs: countingBoth((_, m) => m),
  remainders: countingBoth((n, m) => n % m),
  cuts: (about, value) => about.m.some((m) => value === m - 1),
};

// Numbers of a plane ------------------------------------------------------------------------------------------

/**
 * The gradients that arrive at the outputs that a cell of a plane feeds, with the number of cells of their windows.
 * @param {About} about
 */
function arrivingAt({ question, n, m, g, windows }) {
  const [rows, columns] = /** @type {Bins[]} */ (windows("pytorch")).map((bins, axis) => {
    const feeds = feedsOf(bins, n[axis]);
    const j = /** @type {number[]} */ (question.index)[axis];
    return range(feeds.start[j], feeds.stop[j]).map((i) => ({ i, length: bins.stop[i] - bins.start[i] }));
  });
  return rows.flatMap((row) =>
    columns.map((column) => ({ g: g[row.i * m[1] + column.i], length: row.length * column.length })),
  );
}

/** @type {Record<string, Belief>} */
const PLANE_GRADIENT_BELIEFS = {
  given_whole: (about, value) => isClose(sum(arrivingAt(about).map(({ g }) => g)), value),
  not_added: (about, value) => arrivingAt(about).some(({ g, length }) => isClose(g / length, value)),
  equal_slices: ({ n, g }, value) => isClose(sum([...g]) / (n[0] * n[1]), value),
};

/** @type {Record<string, Belief>} */
const PLANE_OUTPUT_SLIPS = {
  neighbour: (about, value) => {
    const windows = about.windows("pytorch");
    return windows !== null && [...planeNumbers(about, windows).outputs].some((output) => isClose(output, value));
  },
};

// All of them -------------------------------------------------------------------------------------------------

/**
 * The rules of which shared cells are asked: those that share none all say the same.
 * @param {About} about
 */
const sharingRules = ({ rules }) =>
  wrongRules(rules).filter((rule) => {
    const windows = rules.windows(rule, 7, 5);
    return windows !== null && sharedCells(windows, 7).length > 0;
  });

/**
 * @param {string[]} names
 * @returns {Record<string, Belief>}
 */
const asBeliefs = (names) => Object.fromEntries(names.map((name) => [name, byRule(name)]));

/** @type {Record<string, (about: About) => Record<string, Belief>[]>} slips first, then what people believe */
const BELIEFS = {
  windows: ({ rules }) => [WINDOW_SLIPS, { ...asBeliefs(wrongRules(rules)), ...WINDOW_BELIEFS }],
  shared: (about) => [
    SHARED_SLIPS,
    { tile: (_, value) => value.length === 0, all_pairs: allPairs, ...asBeliefs(sharingRules(about)) },
  ],
  output: ({ rules }) => [OUTPUT_SLIPS, { ...OUTPUT_BELIEFS, ...asBeliefs(wrongRules(rules)) }],
  gradient: ({ rules }) => [{}, { ...GRADIENT_BELIEFS, ...asBeliefs(wrongRules(rules)) }],
  rank: () => [{}, RANK_BELIEFS],
  count_shared: () => [{}, COUNT_BELIEFS],
  count_four: () => [{}, FOUR_BELIEFS],
  output_2d: ({ rules }) => [PLANE_OUTPUT_SLIPS, asBeliefs(wrongRules(rules))],
  gradient_2d: ({ rules }) => [{}, { ...PLANE_GRADIENT_BELIEFS, ...asBeliefs(wrongRules(rules)) }],
};

/** @param {About} about */
export const beliefsOf = (about) => (Object.hasOwn(BELIEFS, about.name) ? BELIEFS[about.name](about) : [{}, {}]);
