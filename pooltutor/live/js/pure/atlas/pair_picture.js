import { laneCount } from "../lanes.js";
import { boxAt, markList } from "../marks.js";
import { fill } from "../numbers.js";
import { joined } from "../terms.js";
import { barsOf, feedsOf, range, windowText } from "../windows.js";

// The small picture of the marked pair: its cells, its windows as bars in lanes, and its outputs. It has no numbers to
// read, but says in data attributes where each bar begins and ends, and those are what is compared.

const CELLS = { y: 0, height: 15 };
const BARS = { y: 20, height: 32 }; // of all lanes together, so that the picture is as high for every pair
const OUTPUTS = { y: 57, height: 15 };
const SHARED = 5; // the height of the mark of what is shared
export const PAIR_HEIGHT = 73;

/**
 * What there is to draw of a pair under the rule of the explorer.
 * @param {PairState} state
 * @param {BinSource} rules
 * @returns {SmallFacts}
 */
export function pairFacts({ n, m, rule, hidden }, rules) {
  const [truth, windows] = ["pytorch", rule].map((name) => rules.windows(name, n, m));
  const dual = m > n;
  if (!truth || !windows || hidden) return { n, m, dual, hidden, bars: null, windows: null, wrongBars: new Set() };
  const { bars, wrongBars } = barsOf(windows, truth, n, dual);
  return { n, m, dual, hidden, bars, windows, wrongBars };
}

/**
 * All marks of the small picture.
 * @param {SmallFacts} facts
 * @param {number} width
 */
export function pairScene(facts, width) {
  const { marks, add } = markList();
  const { n, m, dual, bars, windows } = facts;
  const at = (/** @type {number} */ cell) => (cell * width) / n;
  const cut = (/** @type {number} */ i) => (i * width) / m;
  for (const j of range(0, n)) add(null, `cell:${j}`, "rect", boxAt("pt-cell", between(at(j), at(j + 1), CELLS)));
  for (const i of range(0, m)) add(null, `output:${i}`, "rect", boxAt(OUTPUT, between(cut(i), cut(i + 1), OUTPUTS)));
  if (!bars || !windows) {
    add(null, "blank", "rect", boxAt("pt-hidden-box", between(0, width, BARS)));
    return marks;
  }
  const feeds = feedsOf(windows, n);
  const [place, shared, row] = dual ? [cut, windows, OUTPUTS] : [at, feeds, CELLS];
  for (const k of range(0, shared.start.length)) {
    if (shared.stop[k] - shared.start[k] < 2) continue;
    const box = { y: row.y + row.height - SHARED, height: SHARED };
    add(null, `shared:${k}`, "rect", boxAt("pt-solid", between(place(k), place(k + 1), box)));
  }
  const lanes = laneCount(facts, feeds, windows);
  for (const k of range(0, bars.start.length)) {
    const [from, to] = [bars.start[k], bars.stop[k]];
    const wrong = facts.wrongBars.has(k) ? " pt-wrong pt-thin" : "";
    const lane = { y: BARS.y + ((k % lanes) * BARS.height) / lanes, height: (BARS.height / lanes) * 0.85 };
    const box = boxAt(`pt-bar pt-hue-${k % 2}${wrong}`, between(place(from), place(to), lane));
    add(null, `bar:${k}`, "rect", { ...box, "data-bar": k, "data-from": from, "data-to": to });
  }
  return marks;
}

const OUTPUT = "pt-output pt-thin";

/**
 * A box from one place to another, with a thin gap to its neighbours; thin boxes keep their width.
 * @param {number} left
 * @param {number} right
 * @param {{ y: number; height: number }} row
 */
function between(left, right, { y, height }) {
  const gap = Math.min(1, (right - left) / 6);
  return { x: left + gap / 2, y, width: right - left - gap, height, rx: Math.min(2, height / 3) };
}

/**
 * The verdict about the small picture: the explorer's, if what is displayed here is what the explorer draws.
 * @param {SmallFacts} facts
 * @param {[string, string][]} shown each bar as the page has it, from and to
 * @param {Verdict} verdict of the explorer
 * @returns {Verdict | "altered"}
 */
export function pairVerdict({ bars }, shown, verdict) {
  const expected = bars ? range(0, bars.start.length).map((k) => `${bars.start[k]}:${bars.stop[k]}`) : [];
  const displayed = shown.map((ends) => ends.join(":"));
  return String(displayed) === String(expected) ? verdict : "altered";
}

/**
 * The small picture in words.
 * @param {SmallFacts} facts
 * @param {ViewWords["description"]} words
 * @param {string} refusal why there are no windows
 */
export function pairInWords({ n, m, hidden, windows }, words, refusal) {
  const sizes = fill(words.sizes, { n, m });
  if (hidden) return `${sizes} ${words.hidden}`;
  if (!windows) return `${sizes} ${refusal}`;
  const texts = range(0, m).map((i) => windowText(windows.start[i], windows.stop[i], words));
  return `${sizes} ${fill(words.windows, { windows: joined(texts, ", ", 16) })}`;
}
