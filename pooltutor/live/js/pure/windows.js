import { sumOfShares } from "./numbers.js";

// What follows from windows alone: what they feed, what they share, where they differ, and how much each cell counts.

/**
 * @param {number} from
 * @param {number} to
 */
export const range = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
/**
 * For each input cell the windows that contain it, first <= i < last. Starts and stops never decrease.
 * @param {Bins} bins
 * @param {number} n
 */
export function feedsOf({ start, stop }, n) {
  const first = new Int32Array(n);
  const last = new Int32Array(n);
  let a = 0;
  let b = 0;
  for (let j = 0; j < n; j++) {
    while (a < stop.length && stop[a] <= j) a++;
    while (b < start.length && start[b] <= j) b++;
    first[j] = a;
    last[j] = b;
  }
  return { start: first, stop: last };
}

/**
 * The outputs that give some of their gradient to cell j: where cells win, those that it wins.
 * @param {number} j
 * @param {Pick<Facts, "feeds" | "winners">} options
 */
export const givingBack = (j, { feeds, winners }) =>
  range(feeds.start[j], feeds.stop[j]).filter((i) => !winners || winners[i] === j);

/**
 * @param {Bins} a
 * @param {Bins} b
 */
export const different = (a, b) =>
  range(0, a.start.length).filter((k) => a.start[k] !== b.start[k] || a.stop[k] !== b.stop[k]);

/**
 * Does cut i fall inside a cell? Then PyTorch's windows on both sides of it share that cell.
 * @param {Bins} truth
 * @param {number} i
 */
export const insideCell = (truth, i) => i > 0 && i < truth.start.length && truth.stop[i - 1] > truth.start[i];

/**
 * Up to n, and no cut inside a cell: the windows tile.
 * @param {Pick<Facts, "truth" | "m" | "n">} options
 */
export const tiles = ({ truth, m, n }) => m <= n && !range(1, m).some((i) => insideCell(truth, i));

/**
 * @param {number} from
 * @param {number} to
 * @param {{ empty: string }} words
 */
export const windowText = (from, to, words) => (from === to ? words.empty : `${from}:${to}`);

/**
 * The bars of a picture under one rule: its windows, above n what each cell feeds; and which are not PyTorch's.
 * @param {Bins} windows
 * @param {Bins} truth
 * @param {number} n
 * @param {boolean} dual
 */
export function barsOf(windows, truth, n, dual) {
  const [bars, trueBars] = dual ? [feedsOf(windows, n), feedsOf(truth, n)] : [windows, truth];
  return { bars, trueBars, wrongBars: new Set(different(bars, trueBars)) };
}

/**
 * The entries of P that are not zero, row by row: from, to (half-open) and their one value. Maximum picks winners.
 * @param {Pick<Facts, "m" | "windows" | "winners">} options
 * @returns {RowOfP[]}
 */
export function rowsOfP({ m, windows: { start, stop }, winners }) {
  if (winners) return range(0, m).map((i) => (winners[i] < 0 ? [0, 0, 0] : [winners[i], winners[i] + 1, 1]));
  return range(0, m).map((i) => [start[i], stop[i], 1 / Math.max(1, stop[i] - start[i])]);
}

/**
 * An entry of P as text: 1/4, and 1 for a single cell.
 * @param {number[]} options
 */
export const shareText = ([from, to]) => (to - from === 1 ? "1" : `1/${to - from}`);

/** @param {Fraction} fraction */
export const fractionText = ([a, b]) => (b === 1 ? String(a) : `${a}/${b}`);

/**
 * How many times more the cell that counts most does than the cell that counts least.
 * @param {Fraction[]} shares
 */
export function ratioOf(shares) {
  const values = shares.map(([a, b]) => a / b);
  return Math.max(...values) / Math.min(...values);
}

/**
 * Column sums of P, exactly: [numerator, denominator] for each cell. With maximum P picks winners, so it counts wins.
 * @param {Pick<Facts, "n" | "feeds" | "windows" | "winners">} options
 * @returns {Fraction[]}
 */
export function influenceOf({ n, feeds, windows, winners }) {
  if (winners) {
    const wins = new Array(n).fill(0);
    for (const won of winners) if (won >= 0) wins[won]++;
    return wins.map((count) => [count, 1]);
  }
  const length = (/** @type {number} */ i) => windows.stop[i] - windows.start[i];
  return range(0, n).map((j) => sumOfShares(range(feeds.start[j], feeds.stop[j]).map(length)));
}
