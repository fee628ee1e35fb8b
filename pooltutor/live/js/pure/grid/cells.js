import { fit, fitTexts, sizesOf } from "../boxes.js";
import { textOn } from "../colours.js";
import { boxAt } from "../marks.js";
import { timesFraction } from "../numbers.js";
import { fractionText, range } from "../windows.js";
import { isPlain } from "./facts.js";
import { boxOf, gapOfGrid, middleOf } from "./layout.js";
import { dataOf, fillAt } from "./shades.js";

// The input's cells, what they show, and which rows and columns of them are shared.

const TIMES_INSET = 6; // pixels from the corner of a cell to its ×2: no dash of a cut reaches there
const HATCHED_FROM = 6; // pixels that a cell must have for a hatch

/**
 * @param {GridDrawing} drawing
 * @param {Fitted | null} written
 */
export function drawGridCells(drawing, written) {
  const { facts, places } = drawing;
  const { input } = places;
  if (input.pixels) return;
  const look = {
    shown: written,
    plain: isPlain(facts),
    counted: facts.colour === "values" && facts.visible && Math.min(input.unitX, input.unitY) >= 34 * places.big ** 2,
  };
  for (const r of range(0, input.rows)) for (const c of range(0, input.columns)) drawGridCell(drawing, r, c, look);
}

/**
 * The texts of the input's cells, with one letter size for all; null where they do not fit.
 * @param {GridDrawing} drawing
 */
export function cellTexts({ facts, places, shown }) {
  const { input } = places;
  if (input.pixels || shown.length > 1 || input.unitY < 13 * places.big) return null;
  const sizes = sizesOf(places, [16, 15, 13, 12, 11, 10]);
  if (facts.colour !== "influence" || !facts.visible || facts.winners) return fit(shown[0], input.unitX, sizes);
  const exact = facts.rows.shares.flatMap((a) => facts.columns.shares.map((b) => fractionText(timesFraction(a, b))));
  return fitTexts(exact, input.unitX, sizes) ?? fit(shown[0], input.unitX, sizes);
}

/**
 * Add the numbers of input cell k that a claim reads back.
 * @param {Attributes} attrs
 * @param {GridDrawing} drawing
 * @param {number} k
 */
function withCellData(attrs, { facts, shown }, k) {
  const { visible, colour } = facts;
  attrs["data-x"] = dataOf(facts.x, k);
  attrs["data-grad"] = visible ? dataOf(facts.grad, k) : "";
  if (visible && colour === "overlaps") attrs["data-count"] = String(shown[0][k]);
  if (visible && colour === "influence") attrs["data-influence"] = dataOf(shown, k);
  return attrs;
}

/**
 * One cell: its box, its number, and with `counted` how many windows contain it.
 * @param {GridDrawing} drawing
 * @param {number} r
 * @param {number} c
 * @param {{ shown: Fitted | null; plain: boolean; counted: boolean }} look
 */
function drawGridCell(drawing, r, c, { shown, plain, counted }) {
  const { facts, places, add, theme } = drawing;
  const { input } = places;
  const [k, place] = [r * input.columns + c, `${r},${c}`];
  const fill = plain ? theme.input : fillAt(drawing.shown, k, drawing.inputShade);
  const attrs = boxAt("pt-cell2", boxOf(input, r, c, gapOfGrid(input)), fill);
  attrs["data-cell"] = place;
  add("cells", `cell:${place}`, "rect", withCellData(attrs, drawing, k));
  const [x, y] = middleOf(input, r, c);
  const ink = textOn(fill);
  if (shown) {
    const { size, texts } = shown;
    const base = y + size * 0.36 - (counted ? 4 : 0);
    const attrs = { class: `pt-x2 ${ink}`, "data-of": place, x, y: base, "font-size": size, stroke: fill };
    add("texts", `x:${place}`, "text", attrs, texts[k]);
  }
  if (!counted || facts.coverage[k] <= 1) return;
  const [right, below] = [x + input.unitX / 2 - TIMES_INSET, y + input.unitY / 2 - TIMES_INSET];
  const times = { class: `pt-times ${ink}`, "data-times-of": place, x: right, y: below, stroke: fill };
  add("texts", `times:${place}`, "text", times, `×${facts.coverage[k]}`);
}

/**
 * Shared rows are hatched one way and shared columns the other, each from edge to edge: where both meet, both cross.
 * @param {GridDrawing} drawing
 */
export function drawSharedLines({ facts, places: { input }, add, id }) {
  if (!facts.visible || facts.colour !== "values" || Math.min(input.unitX, input.unitY) < HATCHED_FROM) return;
  const stripe = (/** @type {AxisName} */ axis, /** @type {number} */ k, /** @type {Box} */ box) =>
    add("hatch", `shared:${axis}:${k}`, "rect", {
      class: "pt-shared2",
      [`data-shared-${axis}`]: k,
      ...box,
      fill: `url(#pt-hatch-${axis}-${id})`,
    });
  // Above n every cell feeds several outputs: stripes would say nothing.
  const shared = (/** @type {Axis} */ { dual, counts }) =>
    dual ? [] : range(0, counts.length).filter((k) => counts[k] > 1);
  for (const r of shared(facts.rows))
    stripe("row", r, { x: input.x, y: input.y + r * input.unitY, width: input.width, height: input.unitY });
  for (const c of shared(facts.columns))
    stripe("column", c, { x: input.x + c * input.unitX, y: input.y, width: input.unitX, height: input.height });
}
