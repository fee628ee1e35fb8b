import { gridNumbersFor } from "../pure/grid/facts.js";
import { fill } from "../pure/numbers.js";
import { different, feedsOf, range, rowsOfP, windowText } from "../pure/windows.js";

// Where no kernel answers: what is displayed is compared with PyTorch's windows as they were recorded, and with what
// these windows give. Kind after kind of the table of displayed numbers, as the kernel does it.

const toNumbers = (texts) => Float64Array.from(texts, (text) => (String(text).trim() === "" ? NaN : Number(text)));

/** {verdict, text} about a claim: the first difference in the order of the table, or that there is none. */
export function judge(claim, { recorded, displayed, words, record }) {
  const unchecked = (reason, values) => ({
    verdict: "unchecked",
    text: fill(words.unchecked, { reason: fill(reason, values) }),
  });
  const axes = claim.n.map((n, axis) => ({ n, m: claim.m[axis] }));
  const beyond = axes.find(({ n, m }) => !recorded.has(n, m));
  if (beyond) return unchecked(words.not_recorded, { ...beyond, ...recorded.limits });
  const other = axes.find(({ n }) => !recorded.isSame(n));
  if (other) return unchecked(words.not_reproduced, other);
  const right = rightParts(
    claim,
    axes.map(({ n, m }) => recorded.windows(n, m)),
  );
  const kinds = displayed.kinds.filter(({ part }) => Object.hasOwn(claim.parts, part));
  const judged = [...Object.keys(displayed.given), ...kinds.map(({ part }) => part).filter((part) => right[part])];
  const part = Object.keys(claim.parts).find((each) => !judged.includes(each));
  if (part) return unchecked(words.unjudged, { part });
  for (const kind of kinds) {
    const wrong = kind.of === "window" ? wrongSide(kind, claim, right, words) : wrongNumber(kind, claim, right, words);
    if (wrong)
      return { verdict: "disagrees", text: fill(words.disagrees, { version: record.version, difference: wrong }) };
  }
  const small = axes.every(({ n, m }) => Math.max(n, m) <= recorded.targets); // of these outputs and gradients, too
  return { verdict: "recorded", text: fill(small ? words.recorded : words.recorded_windows, record) };
}

// Windows and bars, side by side ---------------------------------------------------------------------------------

/** The first window, or bar that is said to be PyTorch's, that is not the recorded one, as a sentence. */
function wrongSide({ part, word }, { n, m, parts }, right, words) {
  const judgeSide = { windows: wrongWindow, truth: wrongBar }[part];
  for (const [k, truth] of right[part].entries()) {
    const axis = n.length === 1 ? "" : words.of_axis.at(k - n.length);
    const wrong = judgeSide(parts[part][k], truth, { n: n[k], dual: m[k] > n[k] }, words);
    if (wrong) return fill(words[wrong.what ?? word], { ...wrong, axis });
  }
  return undefined;
}

function wrongWindow([starts, stops], truth, _, words) {
  const shown = { start: toNumbers(starts), stop: toNumbers(stops) };
  if (shown.start.length !== truth.start.length)
    return { what: "window_count", claimed: shown.start.length, pytorch: truth.start.length };
  const [i] = different(truth, shown);
  return i === undefined
    ? undefined
    : { index: i, claimed: barText(shown, i, words), pytorch: barText(truth, i, words) };
}

/** Above n, where bars are cells, the recorded bars are the outputs that each cell feeds. */
function wrongBar(bars, truth, { n, dual }, words) {
  const right = dual ? feedsOf(truth, n) : truth;
  for (const [k, start, stop] of bars.map(toNumbers)) {
    if (right.start[k] === start && right.stop[k] === stop) continue;
    return { index: k, claimed: windowText(start, stop, words), pytorch: barText(right, k, words) };
  }
  return undefined;
}

const barText = ({ start, stop }, k, words) => windowText(start[k], stop[k], words);

// Numbers, channel after channel ---------------------------------------------------------------------------------

/** The numbers of a part of a claim: planes, one for each channel, and their shape. A line sends them as text. */
function planesIn(part, { n, buffers }, name) {
  const one = (plane) => ({ planes: [plane], shape: [plane.length] });
  if (name === "matrix") return { ...one(denseRows(part, n[0])), shape: [part.length, ...n] };
  if (Array.isArray(part)) return one(toNumbers(part));
  const numbers = Float64Array.from(new (part.dtype === "u1" ? Uint8Array : Float64Array)(buffers[part.buffer]));
  const size = numbers.length / part.channels;
  return { planes: range(0, part.channels).map((k) => numbers.subarray(k * size, (k + 1) * size)), shape: part.shape };
}

/** What the recorded windows give, by the parts of a claim, and what was summed for it. A line is a grid of one row. */
function rightParts(claim, truths) {
  const { n, m, kind, parts } = claim;
  const [x, [upstream]] = [parts.x, parts.upstream].map((part) => planesIn(part, claim).planes);
  const sides = { windows: truths, truth: truths };
  if (n.length > 1) return { ...sides, ...gridNumbersFor(claim, truths, { x, upstream }) };
  const numbers = gridNumbersFor({ n: [1, ...n], m: [1, ...m], kind }, [{ start: [0], stop: [1] }, ...truths], {
    x,
    upstream,
  });
  const rows = rowsOfP({ m: m[0], windows: truths[0], winners: numbers.winners?.[0] ?? null });
  return { ...sides, ...numbers, matrix: [denseRows(rows, n[0])] };
}

/** P from its rows, each (from, to, weight): the weight stands in the cells from:to, and 0 elsewhere. */
function denseRows(rows, n) {
  return Float64Array.from(
    rows.flatMap((row) => {
      const [from, to, weight] = toNumbers(row);
      return range(0, n).map((j) => (Number.isNaN(from + to) ? NaN : from <= j && j < to ? weight : 0));
    }),
  );
}

/** The first number of a kind that is not what the recorded windows give, as a sentence. */
function wrongNumber({ part, word, of, once, rounding }, claim, right, words) {
  const { planes, shape } = planesIn(claim.parts[part], claim, part);
  const [theirs, summed] = [right[part], right.summed[part] ?? right[part]];
  const sides = { cell: claim.n, output: claim.m, entry: [...claim.m, ...claim.n] }[of];
  const { length: channels } = planesIn(claim.parts.x, claim).planes;
  if (String(shape) !== String(sides) || (planes.length !== channels && !(once && planes.length === 1))) {
    return fill(words[`${word}_shape`], {
      claimed: shapeText(planes.length, shape),
      pytorch: shapeText(channels, sides),
    });
  }
  for (const [channel, plane] of planes.entries()) {
    const [true_, sizes] = [theirs, summed].map((each) => each[channel] ?? each[0]);
    const k = true_.findIndex((value, at) => !isSame(plane[at], value, rounding * Math.max(1, Math.abs(sizes[at]))));
    if (k < 0) continue;
    const of_channel = planes.length > 1 ? fill(words.of_channel, { channel }) : "";
    return fill(words[word], {
      index: placeText(k, sides),
      claimed: String(plane[k]),
      pytorch: String(true_[k]),
      channel: of_channel,
    });
  }
  return undefined;
}

/** NaN and infinity must stand at the same places, everything else may differ by what rounding explains. */
const isSame = (a, b, tolerance) =>
  a === b || (Number.isNaN(a) && Number.isNaN(b)) || (Number.isFinite(b) && Math.abs(a - b) <= tolerance);

/** The place of the k-th number, as the kernel writes it. */
function placeText(k, shape) {
  const width = shape.at(-1);
  return shape.length === 1 ? k : `(${Math.trunc(k / width)}, ${k % width})`;
}

/** Shapes as the kernel writes them: (4,) and (3, 6, 8). */
function shapeText(channels, sides) {
  const all = channels > 1 ? [channels, ...sides] : sides;
  return `(${all.join(", ")}${all.length === 1 ? "," : ""})`;
}
