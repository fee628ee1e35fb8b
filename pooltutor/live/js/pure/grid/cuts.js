import { numberRoom } from "../boxes.js";
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
const LONGEST_DASH = 5; // pixels to both sides of a line between cells
const SHORTEST_DASH = 1.5;
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
 * The exact cuts, from edge to edge both ways, with their places beside the bars. Where cells have numbers a cut inside
 * of cells is a short dash on each line that it crosses, so that no number is crossed out; those of the current window
 * are strong.
 * @param {GridDrawing} drawing
 * @param {Fitted | null} written
 */
export function drawGridCuts(drawing, written) {
  const { facts, places, add, active } = drawing;
  const { input } = places;
  const [row, column] = active?.output ?? facts.window;
  const [left, top] = [input.x - 8 - places.rowLanes.all, input.y - 8 - places.columnLanes.all];
  const [down, across] = [input.y + input.height + 4, input.x + input.width + 4];
  const isWhole = (/** @type {Axis} */ { n, m }, /** @type {number} */ k) => !written || (k * n) % m === 0;
  const dashes = dashesOf(input, written);
  const isCurrent = (/** @type {number} */ k, /** @type {number} */ i) => !active?.cell && (k === i || k === i + 1);
  const [lines, short, strong] = /** @type {string[][]} */ ([[], [], []]);
  for (const k of drawnCuts(facts.rows, input.unitY, row)) {
    const y = input.y + (k * input.height) / facts.rows.m;
    lines.push(`M${left} ${y}H${isWhole(facts.rows, k) ? across : input.x - dashes.long}`);
    if (!isWhole(facts.rows, k)) (isCurrent(k, row) ? strong : short).push(dashes.across(y));
  }
  for (const k of drawnCuts(facts.columns, input.unitX, column)) {
    const x = input.x + (k * input.width) / facts.columns.m;
    lines.push(`M${x} ${top}V${isWhole(facts.columns, k) ? down : input.y - dashes.long}`);
    if (!isWhole(facts.columns, k)) (isCurrent(k, column) ? strong : short).push(dashes.down(x));
  }
  add("cuts", "cuts:lines", "path", { class: "pt-cut", d: lines.join("") });
  if (written) {
    // Dark cells would hide a dash without a margin.
    add("cuts", "cuts:margin", "path", { class: "pt-cut-margin", d: [...short, ...strong].join("") });
    add("cuts", "cuts:dashes", "path", { class: "pt-cut-dash", d: short.join("") });
    add("cuts", "cuts:strong", "path", { class: "pt-cut-dash pt-strong", d: strong.join("") });
  }
  drawCutNumbers(drawing, { left, top });
}

/**
 * Dashes on the lines between cells, as long as the numbers leave room for.
 * @param {GridBox} input
 * @param {Fitted | null} written
 */
function dashesOf({ x, y, unitX, unitY, rows, columns }, written) {
  const widest = written ? Math.max(...written.texts.map(numberRoom)) * written.size : 0;
  const half = (/** @type {number} */ free) => Math.max(SHORTEST_DASH, Math.min(LONGEST_DASH, free / 2));
  const [flat, steep] = [half(unitX - widest), half(unitY - (written?.size ?? 0) * 1.3)];
  const edges = (/** @type {number} */ count, /** @type {number} */ from, /** @type {number} */ unit) =>
    range(0, count + 1).map((k) => from + k * unit);
  return {
    long: LONGEST_DASH,
    across: (/** @type {number} */ at) =>
      edges(columns, x, unitX)
        .map((edge) => `M${edge - flat} ${at}h${2 * flat}`)
        .join(""),
    down: (/** @type {number} */ at) =>
      edges(rows, y, unitY)
        .map((edge) => `M${at} ${edge - steep}v${2 * steep}`)
        .join(""),
  };
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
