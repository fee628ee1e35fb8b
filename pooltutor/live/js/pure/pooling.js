import { range } from "./windows.js";

// What the windows of a line give: outputs, winners, gradients. Float arithmetic over bins.

/**
 * The winning cell of a window: the first of equal ones, but the last NaN, as in PyTorch; -1 when empty.
 * @param {Numbers} x
 * @param {number} from
 * @param {number} to
 */
function winner(x, from, to) {
  let won = to > from ? from : -1;
  for (let j = from + 1; j < to; j++) if (x[j] > x[won] || Number.isNaN(x[j])) won = j;
  return won;
}

/**
 * For each window the cell that wins it.
 * @param {Numbers} x
 * @param {Bins} windows
 */
export const winnersOf = (x, { start, stop }) => range(0, start.length).map((i) => winner(x, start[i], stop[i]));

/**
 * @param {Numbers} x
 * @param {number} from
 * @param {number} to
 */
function mean(x, from, to) {
  let sum = 0;
  for (let j = from; j < to; j++) sum += x[j];
  return sum / (to - from); // 0/0 = NaN for an empty window is meant
}

/**
 * @param {Numbers} x
 * @param {Bins} windows
 */
export const meansOf = (x, { start, stop }) => range(0, start.length).map((i) => mean(x, start[i], stop[i]));

/**
 * The cells of window i that are as large as the one that wins it, which is among them; NaN is as large as NaN.
 * @param {Numbers} x
 * @param {Bins} windows
 * @param {Numbers} winners
 * @param {number} i
 */
export function largestOf(x, { start, stop }, winners, i) {
  const most = x[winners[i]];
  return range(start[i], stop[i]).filter((j) => x[j] === most || (Number.isNaN(x[j]) && Number.isNaN(most)));
}

/**
 * The cells that win.
 * @param {Numbers} x
 * @param {Bins} _windows
 * @param {Numbers} winners
 */
export const maximaOf = (x, _windows, winners) => Array.from(winners, (j) => (j < 0 ? NaN : x[j]));

/**
 * Each output gives every cell of its window an equal share of its gradient: what each of n cells gets.
 * @param {Numbers} g
 * @param {Bins} windows
 * @param {number} n
 */
export function sharesBack(g, { start, stop }, n) {
  const grad = new Array(n).fill(0);
  for (let i = 0; i < g.length; i++) for (let j = start[i]; j < stop[i]; j++) grad[j] += g[i] / (stop[i] - start[i]);
  return grad;
}

/**
 * Each output gives all of its gradient to its winner: what each of n cells gets.
 * @param {Numbers} g
 * @param {Bins} _windows
 * @param {number} n
 * @param {Numbers} winners
 */
export function winnersBack(g, _windows, n, winners) {
  const grad = new Array(n).fill(0);
  for (const [i, j] of winners.entries()) if (j >= 0) grad[j] += g[i];
  return grad;
}
