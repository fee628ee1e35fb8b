import { range } from "../windows.js";

// An answer as a small picture: the cells, and on them the windows, the shared cells or the order that somebody gave.

const WIDTH = 200;
const CELL_PLACE = { y: 0, height: 18 };
const BAR_PLACE = { y: 23, height: 22 };
const GAP = 2;
const MOST_CELLS = 40; // more would be narrower than the gaps between them

/** @typedef {{ x: number, y: number, width: number, height: number, className: string, text?: string }} Box */

/**
 * The boxes of an answer and the height that they take; none for an answer that is a number, a size or a formula.
 * @param {{ form: string, n: number[] }} about
 * @param {{ value: any, parts: boolean[], right: boolean }} answer
 * @returns {{ boxes: Box[], width: number, height: number }}
 */
export function smallPicture({ form, n: [n] }, { value, parts, right }) {
  const isDrawn =
    Object.hasOwn(DRAWN, form) && Array.isArray(value) && n <= MOST_CELLS && value.length <= 2 * MOST_CELLS;
  const boxes = isDrawn ? DRAWN[form](n, value, right ? value.map(() => true) : parts) : [];
  return { boxes, width: WIDTH, height: Math.max(0, ...boxes.map(({ y, height }) => y + height)) };
}

/** A box over some of the cells. */
function over(/** @type {number} */ n, /** @type {Pair} */ [start, stop], at = CELL_PLACE, className = "room-cell") {
  const [from, to] = [start, stop].map((line) => (Math.min(Math.max(line, 0), n) * WIDTH) / n);
  return { x: from + GAP / 2, width: Math.max(GAP, to - from - GAP), ...at, className };
}

/**
 * Cells, each with what it wears and says.
 * @param {number} n
 * @param {(j: number) => { className?: string, text?: string }} wears
 * @returns {Box[]}
 */
const cells = (n, wears = () => ({})) => range(0, n).map((j) => ({ ...over(n, [j, j + 1]), ...wears(j) }));

/** @type {Record<string, (n: number, value: any[], parts: boolean[]) => Box[]>} by the form of the answer */
const DRAWN = {
  windows: (n, value, parts) => {
    const lanes = barLanes(value);
    const bars = value.map((pair, i) => {
      if (!pair) return null;
      const at = { y: BAR_PLACE.y + lanes[i] * BAR_PLACE.height, height: BAR_PLACE.height - GAP };
      return over(n, pair, at, parts[i] ? `room-bar room-${i % 2 ? "odd" : "even"}` : "room-bar room-wrong");
    });
    return [...cells(n), ...bars.filter((bar) => bar !== null)];
  },
  cells: (n, value, parts) =>
    cells(n, (j) => (value.includes(j) ? { className: parts[value.indexOf(j)] ? "room-even" : "room-wrong" } : {})),
  order: (n, value) =>
    cells(n, (j) => (value.includes(j) ? { className: "room-even", text: String(value.indexOf(j) + 1) } : {})),
};

/**
 * In which lane each window lies, so that none covers another: in turn, where two lanes will do.
 * @param {OwnWindow[]} windows
 */
function barLanes(windows) {
  const inTurn = windows.every((pair, i) => i < 2 || !pair || pair[0] >= (windows[i - 2]?.[1] ?? 0));
  if (inTurn) return windows.map((_, i) => i % 2);
  const ends = /** @type {number[]} */ ([]);
  return windows.map((pair) => {
    if (!pair) return 0;
    const free = ends.findIndex((end) => end <= pair[0]);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = Math.max(...pair);
    return lane;
  });
}
