import { textAt } from "../marks.js";
import { cutText } from "../numbers.js";
import {
  heightOfNumber,
  numberAcross,
  numberDown,
  numbersWithRoom,
  RANKS,
  rankOf,
  smallLetters,
  stepThatFits,
} from "../ruler.js";
import { range } from "../windows.js";
import { widestCut } from "./layout.js";

// The exact cuts, and their places as numbers.

const CUTS_APART = 9; // pixels; closer cuts would be a wall
const NAMES_END = 10; // pixels left of the input, where the names of its sides end

/**
 * Which cuts are drawn: all where there is room, else those around the current window.
 * @param {Axis} axis
 * @param {number} unit
 * @param {number} current
 */
function drawnCuts({ n, m }, unit, current) {
  return (unit * n) / m < CUTS_APART ? [0, current, current + 1, m] : range(0, m + 1);
}

/**
 * The exact cuts, from edge to edge both ways, with their places beside the bars.
 * @param {GridDrawing} drawing
 */
export function drawGridCuts(drawing) {
  const { facts, places, add, active } = drawing;
  const { input } = places;
  const [row, column] = active?.output ?? facts.window;
  const [left, top] = [input.x - 8 - places.rowLanes.all, input.y - 8 - places.columnLanes.all];
  const [down, across] = [input.y + input.height + 4, input.x + input.width + 4];
  const rowAt = (/** @type {number} */ i) => input.y + (i * input.height) / facts.rows.m;
  const columnAt = (/** @type {number} */ i) => input.x + (i * input.width) / facts.columns.m;
  const lines = [
    ...drawnCuts(facts.rows, input.unitY, row).map((i) => `M${left} ${rowAt(i)}H${across}`),
    ...drawnCuts(facts.columns, input.unitX, column).map((i) => `M${columnAt(i)} ${top}V${down}`),
  ];
  add("cuts", "cuts:lines", "path", { class: "pt-cut", d: lines.join("") });
  drawCutNumbers(drawing, { left, top });
}

/**
 * The places of the cuts as numbers, as many as have room: those of the current window before all others.
 * @param {GridDrawing} drawing
 * @param {{ left: number; top: number }} ends
 */
function drawCutNumbers({ facts, places, add, active }, { left, top }) {
  const { input, big, width } = places;
  const [row, column] = active?.output ?? facts.window;
  const letters = smallLetters(places);
  const edges = /** @type {Pair} */ ([input.x - NAMES_END, width]);
  const across = cutNumbers(facts.columns, column, {
    from: input.x,
    long: input.width,
    widest: widestCut(facts.columns, letters),
  });
  for (const { k, text, at } of numbersWithRoom(across.map((number) => numberAcross(number, letters, edges))))
    add("frame", `cut:column:${k}`, "text", textAt("pt-number", at, top - 4, letters), text);
  const down = cutNumbers(facts.rows, row, { from: input.y, long: input.height, widest: heightOfNumber(letters) });
  for (const { k, text, at } of numbersWithRoom(down.map((number) => numberDown(number, letters))))
    add("frame", `cut:row:${k}`, "text", textAt("pt-number pt-to-right", left - 4, at + 4 * big, letters), text);
}

/**
 * The cuts of an axis at a regular step for which all of them have room, both ends, and those of the current window.
 * @param {Axis} axis
 * @param {number} current
 * @param {{ from: number; long: number; widest: number }} place
 */
function cutNumbers(axis, current, { from, long, widest }) {
  const { m } = axis;
  const every = stepThatFits(long / m, widest);
  const ranked = range(0, m + 1).map((k) => ({ k, rank: rankOf(k, m, [current, current + 1]) }));
  return ranked
    .filter(({ k, rank }) => k % every === 0 || rank < RANKS.other)
    .map(({ k, rank }) => ({ k, rank, text: cutText(k, axis), at: from + (k * long) / m }));
}
