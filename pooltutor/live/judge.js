import { different, range, windowText } from "./facts.js";
import { gridNumbersFor } from "./grid_facts.js";
import { fill, gradient, pool, winnersOf } from "./numbers.js";

// Where no kernel answers: what is displayed is compared with PyTorch's windows as they were recorded, and with the
// outputs and gradients that these windows give.

const close = (a, b) => Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)) || (Number.isNaN(a) && Number.isNaN(b));
const toNumbers = (texts) => Array.from(texts, (text) => (String(text).trim() === "" ? NaN : Number(text)));

/** The first window that is not the recorded one, as a sentence; undefined where all are. */
function wrongWindow([starts, stops], truth, axis, words) {
  const shown = { start: toNumbers(starts), stop: toNumbers(stops) };
  if (shown.start.length !== truth.start.length) return fill(words.window_count, { claimed: shown.start.length, pytorch: truth.start.length, axis });
  const [i] = different(truth, shown);
  const text = ({ start, stop }) => windowText(start[i], stop[i], words);
  return i === undefined ? undefined : fill(words.window, { index: i, axis, claimed: text(shown), pytorch: text(truth) });
}

/** The first number that is not what the recorded windows give. */
function wrongNumber(what, shown, right, place, words) {
  if (shown === undefined) return undefined;
  const k = range(0, right.length).find((each) => !close(shown[each], right[each]));
  return k === undefined && shown.length === right.length ? undefined : fill(words[what], { index: place(k ?? 0), claimed: String(shown[k ?? 0]), pytorch: String(right[k ?? 0]), channel: "" });
}

/** A claim of the 1-D explorer against the recorded windows: what is wrong first, or undefined. */
function judgeLine(claim, tables, words) {
  const { n, m, kind } = claim;
  const truth = tables.windows("pytorch", n, m);
  const [x, g] = [toNumbers(claim.x), toNumbers(claim.upstream)];
  const same = (k) => k;
  return wrongWindow([claim.start, claim.stop], truth, "", words)
    ?? wrongNumber("output", toNumbers(claim.outputs), pool(kind, x, truth), same, words)
    ?? wrongNumber("gradient", claim.gradients && toNumbers(claim.gradients), gradient(kind, x, g, truth, n), same, words)
    ?? wrongNumber("winner", claim.winners && toNumbers(claim.winners), winnersOf(x, truth), same, words);
}

/** A claim of the 2-D explorer, whose numbers come in buffers. */
function judgeGrid(claim, tables, words) {
  const truths = claim.n.map((n, axis) => tables.windows("pytorch", n, claim.m[axis]));
  const sides = truths.map((truth, axis) => wrongWindow(claim.windows[axis], truth, [words.on_rows, words.on_columns][axis], words));
  const numbers = Object.fromEntries(claim.parts.map(({ name, dtype }, k) => [name, new (dtype === "u1" ? Uint8Array : Float64Array)(claim.buffers[k])]));
  const right = gridNumbersFor(claim, truths, numbers);
  const place = (width) => (k) => `(${Math.trunc(k / width)}, ${k % width})`;
  const check = (what, name, width) => wrongNumber(what, numbers[name], right[name], place(width), words);
  return sides.find(Boolean) ?? check("output", "outputs", claim.m[1]) ?? check("gradient", "gradients", claim.n[1]) ?? check("winner", "winners", claim.m[1])
    ?? check("coverage", "coverage", claim.n[1]) ?? check("influence", "influence", claim.n[1]);
}

/** {verdict, text} about a claim. */
export function judge(claim, tables, words, record) {
  const wrong = Array.isArray(claim.n) ? judgeGrid(claim, tables, words) : judgeLine(claim, tables, words);
  if (wrong) return { verdict: "disagrees", text: fill(words.disagrees, { version: record.version, difference: wrong }) };
  return { verdict: "recorded", text: fill(words.recorded, record) };
}
