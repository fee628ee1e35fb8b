import { cutText } from "../numbers.js";
import { range } from "../windows.js";
import { widestCut } from "./layout.js";

// The exact cuts, and their places as numbers.

const CUTS_APART = 9; // pixels; closer cuts would be a wall

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
export function drawGridCuts({ facts, places, add, active }) {
  const { input, big, narrow } = places;
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
  const number = (
    /** @type {string} */ key,
    /** @type {string} */ text,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {string} */ style,
  ) => add("frame", key, "text", { class: `pt-number ${style}`, x, y }, text);
  const apart = (/** @type {Axis} */ axis, /** @type {number} */ unit, /** @type {number} */ least) =>
    (unit * axis.n) / axis.m >= least ? range(0, axis.m + 1) : [0, axis.m];
  const wide = Math.max((narrow ? 30 : 38) * big ** 1.5, widestCut(facts.columns, big) + 6);
  for (const i of apart(facts.columns, input.unitX, wide))
    number(`cut:column:${i}`, cutText(i, facts.columns), columnAt(i), top - 4, "");
  for (const i of apart(facts.rows, input.unitY, 17 * big))
    number(`cut:row:${i}`, cutText(i, facts.rows), left - 4, rowAt(i) + 4 * big, "pt-to-right");
}
