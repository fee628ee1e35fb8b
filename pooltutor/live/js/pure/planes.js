// What the windows of two axes give on a plane of numbers, row after row: pooling.js in two dimensions. A window is a
// row window times a column window.

/**
 * Call work(output, its four bounds) for each output, in row order.
 * @param {FedAxes} axes
 * @param {(output: number, top: number, bottom: number, left: number, right: number) => void} work
 */
function eachWindow({ rows, columns }, work) {
  for (let i = 0; i < rows.m; i++) {
    for (let j = 0; j < columns.m; j++) {
      work(
        i * columns.m + j,
        rows.windows.start[i],
        rows.windows.stop[i],
        columns.windows.start[j],
        columns.windows.stop[j],
      );
    }
  }
}

/**
 * For each output the flat index of its winner: the first of equal ones in row order, but the last NaN; -1 when empty.
 * @param {Float64Array} x
 * @param {FedAxes} axes
 */
export function planeWinners(x, axes) {
  const width = axes.columns.n;
  const won = new Int32Array(axes.rows.m * axes.columns.m).fill(-1);
  eachWindow(axes, (k, top, bottom, left, right) => {
    let best = -1;
    for (let r = top; r < bottom; r++) {
      for (let at = r * width + left; at < r * width + right; at++)
        if (best < 0 || x[at] > x[best] || Number.isNaN(x[at])) best = at;
    }
    won[k] = best;
  });
  return won;
}

/**
 * @param {Float64Array} x
 * @param {FedAxes} axes
 */
export function planeMeans(x, axes) {
  const width = axes.columns.n;
  const y = new Float64Array(axes.rows.m * axes.columns.m);
  eachWindow(axes, (k, top, bottom, left, right) => {
    let sum = 0;
    for (let r = top; r < bottom; r++) for (let at = r * width + left; at < r * width + right; at++) sum += x[at];
    y[k] = sum / ((bottom - top) * (right - left)); // 0/0 = NaN for an empty window is meant
  });
  return y;
}

/**
 * The cells that win.
 * @param {Float64Array} x
 * @param {FedAxes} _axes
 * @param {Int32Array} winners
 */
export const planeMaxima = (x, _axes, winners) => Float64Array.from(winners, (at) => (at < 0 ? NaN : x[at]));

/**
 * Each output gives every cell of its window an equal share of its gradient.
 * @param {Float64Array} g
 * @param {FedAxes} axes
 */
export function planeSharesBack(g, axes) {
  const width = axes.columns.n;
  const grad = new Float64Array(axes.rows.n * width);
  eachWindow(axes, (k, top, bottom, left, right) => {
    const share = g[k] / ((bottom - top) * (right - left));
    for (let r = top; r < bottom; r++) for (let at = r * width + left; at < r * width + right; at++) grad[at] += share;
  });
  return grad;
}

/**
 * Each output gives all of its gradient to its winner.
 * @param {Float64Array} g
 * @param {FedAxes} axes
 * @param {Int32Array} winners
 */
export function planeWinnersBack(g, axes, winners) {
  const grad = new Float64Array(axes.rows.n * axes.columns.n);
  for (const [k, at] of winners.entries()) if (at >= 0) grad[at] += g[k];
  return grad;
}

/**
 * One number for each cell from one for each row and one for each column.
 * @template T
 * @param {T[]} rows
 * @param {T[]} columns
 * @param {(a: T, b: T) => number} product
 */
export function outer(rows, columns, product) {
  const all = new Float64Array(rows.length * columns.length);
  for (const [r, a] of rows.entries())
    for (const [c, b] of columns.entries()) all[r * columns.length + c] = product(a, b);
  return all;
}

/**
 * How much each cell counts in all outputs together, where each window shares out evenly.
 * @param {FedAxes} axes
 */
export const planeShares = ({ rows, columns }) =>
  outer(rows.shares, columns.shares, ([a, b], [c, d]) => (a / b) * (c / d));

/**
 * How often each cell wins.
 * @param {FedAxes} axes
 * @param {Int32Array} winners
 */
export const planeWins = (axes, winners) => planeWinnersBack(new Float64Array(winners.length).fill(1), axes, winners);
