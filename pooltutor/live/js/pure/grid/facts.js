import { feedsOf, numbersOf } from "../numbers.js";
import { barsOf, different, influenceOf, range } from "../windows.js";

// What follows from a state in two dimensions. 2-D is 1-D twice: each axis has windows of its own, an output reads the
// product of a row window and a column window, and everything below is a sum over such products. No pixel yet.

/**
 * The patterns of pictures.py, by the same names: from row, column, height and width to a number.
 * @type {Record<string, (r: number, c: number, height: number, width: number) => number>}
 */
const PATTERNS = {
  ramp: (r, c, _, width) => r * width + c,
  checkerboard: (r, c) => (r + c + 1) % 2,
  spot: (r, c, height, width) => (r === height >> 1 && c === width >> 1 ? 1 : 0),
};
/** @param {string} image */
export const isPattern = (image) => Object.hasOwn(PATTERNS, image);

/**
 * Rows or columns: their windows, which cells are shared, and what is not PyTorch's.
 * @param {string} rule
 * @param {number} n
 * @param {number} m
 * @param {BinTables} tables
 * @returns {Axis}
 */
function axisOf(rule, n, m, tables) {
  const truth = tables.windows("pytorch", n, m);
  const windows = tables.windows(rule, n, m);
  const dual = m > n;
  if (!windows || !truth) return /** @type {Axis} */ ({ n, m, truth, windows, dual });
  const bars = barsOf(windows, truth, n, dual);
  return { ...withFeeds({ n, m, windows }), truth, dual, wrong: different(windows, truth), ...bars };
}

/**
 * An axis with the windows that contain each cell, their number, and the cell's share of all outputs.
 * @param {Omit<FedAxis, "feeds" | "counts" | "shares">} axis
 * @returns {FedAxis}
 */
function withFeeds(axis) {
  const { n, windows } = axis;
  const feeds = feedsOf(windows, n);
  const counts = range(0, n).map((j) => feeds.stop[j] - feeds.start[j]);
  return { ...axis, feeds, counts, shares: influenceOf({ ...axis, feeds, winners: null }) };
}

/**
 * The planes that are pooled, one for each shown channel: a pattern's, or what of a picture fits, and zeros beyond it.
 * @param {GridState} state
 */
function planesOf({ image, picture, n: [height, width], channel }) {
  const plane = () => new Float64Array(height * width);
  if (!picture) {
    const x = plane();
    for (let r = 0; r < height; r++)
      for (let c = 0; c < width; c++) x[r * width + c] = PATTERNS[image](r, c, height, width);
    return [x];
  }
  const channels = channel === null ? range(0, picture.channels) : [channel];
  return channels.map((k) => {
    const x = plane();
    const [rows, columns] = [Math.min(height, picture.height), Math.min(width, picture.width)];
    for (let r = 0; r < rows; r++) {
      const from = (k * picture.height + r) * picture.width;
      x.set(picture.data.subarray(from, from + columns), r * width);
    }
    return x;
  });
}

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
 * @param {FedAxes} axes
 * @param {Float64Array} x
 */
function planeWinners(axes, x) {
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
 * @param {FedAxes} axes
 * @param {Float64Array} x
 */
function planeMeans(axes, x) {
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
 * Average: each output gives every cell of its window an equal share of its gradient.
 * @param {FedAxes} axes
 * @param {Float64Array} g
 */
function meanGradient(axes, g) {
  const width = axes.columns.n;
  const grad = new Float64Array(axes.rows.n * width);
  eachWindow(axes, (k, top, bottom, left, right) => {
    const share = g[k] / ((bottom - top) * (right - left));
    for (let r = top; r < bottom; r++) for (let at = r * width + left; at < r * width + right; at++) grad[at] += share;
  });
  return grad;
}

/**
 * Maximum: each output gives all of it to its winner.
 * @param {FedAxes} axes
 * @param {Float64Array} g
 * @param {Int32Array} winners
 */
function winnersGradient(axes, g, winners) {
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
function outer(rows, columns, product) {
  const all = new Float64Array(rows.length * columns.length);
  for (const [r, a] of rows.entries())
    for (const [c, b] of columns.entries()) all[r * columns.length + c] = product(a, b);
  return all;
}

/** @param {Fraction} fraction */
const value = ([a, b]) => a / b;

/**
 * A colour image has one gradient for each channel where maximum picks cells: then a map shows one channel.
 * @param {GridState} state
 */
function shownChannel({ picture, channel, kind, colour }) {
  if (!picture || picture.channels === 1) return null;
  return channel ?? (kind === "max" && (colour === "gradient" || colour === "influence") ? 0 : null);
}

/**
 * Everything that follows from a state.
 * @param {GridState} asked
 * @param {BinTables} tables
 * @param {number[]} random
 * @returns {GridFacts}
 */
export function gridFactsOf(asked, tables, random) {
  const state = { ...asked, channel: shownChannel(asked) };
  const { n, m, rule, kind } = state;
  const axes = { rows: axisOf(rule, n[0], m[0], tables), columns: axisOf(rule, n[1], m[1], tables) };
  const g = Float64Array.from(numbersOf(state.upstream, m[0] * m[1], random));
  const x = planesOf(state);
  const defined = axes.rows.windows !== null && axes.columns.windows !== null;
  const facts = { ...state, ...axes, x, g, defined, visible: defined && !state.hidden };
  return defined ? { ...facts, ...pooled(axes, x, g, kind) } : /** @type {GridFacts} */ (facts);
}

/**
 * Outputs, gradients, winners, overlap counts and influence: planes, one for each channel where channels differ.
 * @param {FedAxes} axes
 * @param {Channels} planes
 * @param {Float64Array} g
 * @param {Kind} kind
 * @returns {Pooled}
 */
function pooled(axes, planes, g, kind) {
  const coverage = outer(axes.rows.counts, axes.columns.counts, (a, b) => a * b);
  if (kind === "avg") {
    // Averages give every channel the same gradient.
    const influence = outer(axes.rows.shares, axes.columns.shares, (a, b) => value(a) * value(b));
    return {
      winners: null,
      y: planes.map((x) => planeMeans(axes, x)),
      grad: [meanGradient(axes, g)],
      coverage,
      influence: [influence],
    };
  }
  const winners = planes.map((x) => planeWinners(axes, x));
  const ones = new Float64Array(g.length).fill(1);
  const [grad, influence] = [g, ones].map((arriving) => winners.map((won) => winnersGradient(axes, arriving, won)));
  return {
    winners,
    y: planes.map((x, k) => Float64Array.from(winners[k], (at) => (at < 0 ? NaN : x[at]))),
    grad,
    coverage,
    influence,
  };
}

/**
 * The same numbers for a claim's own x and upstream gradient under PyTorch's windows, by their parts of a claim.
 * @param {{ n: number[]; m: number[]; kind: Kind }} claim
 * @param {Bins[]} truths
 * @param {{ x: Channels; upstream: Float64Array }} given
 */
export function gridNumbersFor({ n, m, kind }, truths, { x, upstream }) {
  const [rows, columns] = truths.map((windows, axis) => withFeeds({ n: n[axis], m: m[axis], windows }));
  const axes = { rows, columns };
  const { y, grad, influence, coverage, winners } = pooled(axes, x, upstream, kind);
  return {
    outputs: y,
    gradients: grad,
    influence,
    coverage: [coverage],
    winners,
    summed: summedFor(axes, { x, upstream, y, winners }),
  };
}

/**
 * How large what was summed is, for each output and each gradient: rounding errs by a share of that, however small the sum.
 * @param {FedAxes} axes
 * @param {Pick<Pooled, "y" | "winners"> & { x: Channels; upstream: Float64Array }} options
 */
function summedFor(axes, { x, upstream, y, winners }) {
  const sizes = (/** @type {Float64Array} */ plane) => plane.map(Math.abs);
  const arriving = sizes(upstream);
  if (winners)
    return {
      outputs: y.map(sizes),
      gradients: winners.map((won) => winnersGradient(axes, arriving, won)),
    };
  return {
    outputs: x.map((plane) => planeMeans(axes, sizes(plane))),
    gradients: [meanGradient(axes, arriving)],
  };
}

/** What the input's cells show by the name of a colour: the part of a claim, and the data attribute of a cell that carries it. */
export const SHOWN_PARTS = {
  values: { part: "x", mark: "x" },
  overlaps: { part: "coverage", mark: "count" },
  influence: { part: "influence", mark: "influence" },
  gradient: { part: "gradients", mark: "grad" },
};

/**
 * The numbers that the input's cells show, a list for each shown channel.
 * @param {GridFacts} facts
 * @returns {Channels}
 */
export function shownNumbers(facts) {
  return { values: facts.x, overlaps: [facts.coverage], influence: facts.influence, gradient: facts.grad }[
    facts.visible ? facts.colour : "values"
  ];
}

/**
 * The least and the most of all finite numbers.
 * @param {Channels} planes
 * @returns {Pair}
 */
export function leastAndMost(planes) {
  let [least, most] = [Infinity, -Infinity];
  for (const plane of planes) {
    for (const v of plane) {
      if (!Number.isFinite(v)) continue;
      if (v < least) least = v;
      if (v > most) most = v;
    }
  }
  return [least, most];
}
