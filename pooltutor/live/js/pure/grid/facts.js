import { KINDS } from "../kinds.js";
import { numbersOf } from "../numbers.js";
import { outer } from "../planes.js";
import { barsOf, different, feedsOf, influenceOf, range } from "../windows.js";

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
 * @param {BinSource} rules
 * @returns {Axis}
 */
function axisOf(rule, n, m, rules) {
  const truth = rules.windows("pytorch", n, m);
  const windows = rules.windows(rule, n, m);
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
 * A colour image has one gradient for each channel where cells win: then a map shows one channel.
 * @param {GridState} state
 */
function shownChannel({ picture, channel, kind, colour }) {
  if (!picture || picture.channels === 1) return null;
  return channel ?? (KINDS[kind].picks && (colour === "gradient" || colour === "influence") ? 0 : null);
}

/**
 * Everything that follows from a state.
 * @param {GridState} asked
 * @param {BinSource} rules
 * @param {number[]} random
 * @returns {GridFacts}
 */
export function gridFactsOf(asked, rules, random) {
  const state = { ...asked, channel: shownChannel(asked) };
  const { n, m, rule, kind } = state;
  const axes = { rows: axisOf(rule, n[0], m[0], rules), columns: axisOf(rule, n[1], m[1], rules) };
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
  const { picks, plane } = KINDS[kind];
  const won = planes.map((x) => plane.winners(x, axes));
  const apart = picks ? won : [null]; // where no cell wins, every channel has the same gradient
  return {
    winners: picks ? /** @type {Int32Array[]} */ (won) : null,
    y: planes.map((x, k) => plane.outputs(x, axes, won[k])),
    grad: apart.map((winners) => plane.gradient(g, axes, winners)),
    coverage: outer(axes.rows.counts, axes.columns.counts, (a, b) => a * b),
    influence: apart.map((winners) => plane.influence(axes, winners)),
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
    summed: summedFor(axes, kind, { x, upstream, winners }),
  };
}

/**
 * How large what was summed is, for each output and each gradient: rounding errs by a share of that, however small the sum.
 * @param {FedAxes} axes
 * @param {Kind} kind
 * @param {{ x: Channels; upstream: Float64Array; winners: Int32Array[] | null }} options
 */
function summedFor(axes, kind, { x, upstream, winners }) {
  const { plane } = KINDS[kind];
  const sizes = (/** @type {Float64Array} */ numbers) => numbers.map(Math.abs);
  const arriving = sizes(upstream);
  return {
    outputs: x.map((numbers, k) => plane.outputs(sizes(numbers), axes, winners?.[k] ?? null)),
    gradients: (winners ?? [null]).map((won) => plane.gradient(arriving, axes, won)),
  };
}

/**
 * Have cells no shades? The numbers of a ramp say enough.
 * @param {GridFacts} facts
 */
export const isPlain = ({ image, visible, colour }) => image === "ramp" && (!visible || colour === "values");

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
