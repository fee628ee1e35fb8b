import { range } from "../windows.js";
import { isPlain } from "./facts.js";
import { barBox } from "./lanes.js";
import { boxOf } from "./layout.js";

// What is selected, what is pointed at and what has the focus: outlines only, never fills.

/** @type {GridName[]} */
const GRIDS = ["input", "output"];

/**
 * @param {Add} add
 * @param {string} key
 * @param {string} style
 * @param {Box} box
 */
const outline = (add, key, style, box, out = 0, layer = "over") =>
  add(layer, key, "rect", {
    class: style,
    x: box.x - out,
    y: box.y - out,
    width: box.width + 2 * out,
    height: box.height + 2 * out,
    rx: 4,
  });

/**
 * Some rows and columns of a grid as a box.
 * @param {Pick<GridBox, "x" | "y" | "unitX" | "unitY">} grid
 * @param {number[]} rows
 * @param {number[]} columns
 */
const span = (grid, [top, bottom], [left, right]) => ({
  x: grid.x + left * grid.unitX,
  y: grid.y + top * grid.unitY,
  width: (right - left) * grid.unitX,
  height: (bottom - top) * grid.unitY,
});

/**
 * The current window: a row window times a column window, outlined. While a cell is meant, it steps back.
 * @param {GridDrawing} drawing
 * @param {boolean} numbered
 */
export function drawWindow(drawing, numbered) {
  const { facts, places, add, active } = drawing;
  const { input, output } = places;
  const [i, j] = active?.output ?? facts.window;
  const sides = (/** @type {Axis} */ { windows }, /** @type {number} */ k) => [windows.start[k], windows.stop[k]];
  const [rows, columns] = [sides(facts.rows, i), sides(facts.columns, j)];
  const style = active?.cell ? "pt-selected pt-aside pt-edge-ink" : "pt-selected pt-edge-ink";
  outline(add, "selected:output", style, span(output, [i, i + 1], [j, j + 1]));
  if (rows[0] === rows[1] || columns[0] === columns[1]) return;
  const box = span(input, rows, columns);
  if (!active?.cell) drawReach(drawing, box, [i, j], numbered);
  outline(add, "selected:window", style, box);
  const select = (/** @type {AxisName} */ axis, /** @type {Axis} */ one, /** @type {number} */ k) => {
    if (!one.dual) outline(add, `selected:${axis}`, style, barBox(places, axis, one, one.bars, k));
  };
  select("row", facts.rows, i);
  select("column", facts.columns, j);
}

/**
 * Lines from the window's bars to its cells, and its exact rectangle: a tint, which leaves numbers alone, and a dashed
 * outline where there are none. Numbers on shades would lose their contrast: there the dashes of its cuts are enough.
 * @param {GridDrawing} drawing
 * @param {Box} box
 * @param {Pair} window
 * @param {boolean} numbered
 */
function drawReach({ facts, places: { input }, add }, { x, y, width, height }, [i, j], numbered) {
  const sides = `M${input.x - 6} ${y}H${x}M${input.x - 6} ${y + height}H${x}`;
  const tops = `M${x} ${input.y - 6}V${y}M${x + width} ${input.y - 6}V${y}`;
  add("over", "guide:row", "path", { class: `pt-reach pt-edge-${i % 2}`, d: sides });
  add("over", "guide:column", "path", { class: `pt-reach pt-edge-${j % 2}`, d: tops });
  if (numbered && !isPlain(facts)) return;
  const exact = { unitX: input.width / facts.columns.m, unitY: input.height / facts.rows.m, x: input.x, y: input.y };
  const style = numbered ? "pt-exact pt-tint" : "pt-exact";
  outline(add, "exact", style, span(exact, [i, i + 1], [j, j + 1]), 0, "cuts"); // behind the digits
}

/**
 * Winning cells carry a triangle in their corner.
 * @param {GridDrawing} drawing
 */
export function drawWinnerCells({ facts, places: { input }, add }) {
  const unit = Math.min(input.unitX, input.unitY);
  if (unit < 8 || facts.winners?.length !== 1) return;
  const size = Math.min(11, unit / 2);
  const corner = (/** @type {number} */ at) =>
    `M${input.x + (at % input.columns) * input.unitX + 1} ${input.y + Math.trunc(at / input.columns) * input.unitY + 1}h${size}l${-size} ${size}z`;
  const won = [...new Set(facts.winners[0])].filter((at) => at >= 0);
  add("over", "winners", "path", { class: "pt-winner", "data-winners": won.join(" "), d: won.map(corner).join("") });
}

/**
 * The cell under the pointer or the focus and the outputs that it feeds.
 * @param {GridDrawing} drawing
 */
export function drawPointed({ facts, places, add, active, pinned }) {
  if (!active?.cell) return;
  const style = pinned ? "pt-active pt-pinned" : "pt-active";
  const [r, c] = active.cell;
  outline(add, "active:cell", style, span(places.input, [r, r + 1], [c, c + 1]), 1);
  if (!facts.visible) return;
  const fed = (/** @type {Axis} */ { feeds }, /** @type {number} */ k) => [feeds.start[k], feeds.stop[k]];
  const [rows, columns] = [fed(facts.rows, r), fed(facts.columns, c)];
  if (rows[0] === rows[1] || columns[0] === columns[1]) return;
  const { output } = places;
  outline(add, "active:fed", style, span(output, rows, columns), 1);
  const light = (/** @type {AxisName} */ axis, /** @type {Axis} */ one, /** @type {number[]} */ [from, to]) => {
    if (one.dual) return;
    for (const k of range(from, to))
      outline(add, `active:${axis}:${k}`, style, barBox(places, axis, one, one.bars, k), 1);
  };
  light("row", facts.rows, rows);
  light("column", facts.columns, columns);
}

/**
 * The cell or the output that the pointer is on in the line of numbers.
 * @param {GridDrawing} drawing
 */
export function drawLitPlace({ places, add, lit }) {
  const place = lit?.cell ?? lit?.output;
  if (!Array.isArray(place)) return;
  const [r, c] = place;
  const grid = lit?.cell ? places.input : places.output;
  outline(add, "lit", "pt-active pt-lit", span(grid, [r, r + 1], [c, c + 1]), 1);
}

/**
 * Each grid is one stop of the Tab key; arrows move inside it. To a screen reader it is a slider whose text is the cell.
 * @param {GridDrawing} drawing
 */
export function drawFocus({ places, add, cursor, words }) {
  for (const name of GRIDS) {
    const { x, y, width, height, rows, columns } = places[name];
    const [r, c] = cursor[name];
    add("focus", `focus:${name}`, "rect", {
      class: "pt-grid-focus",
      "data-grid": name,
      x,
      y,
      width,
      height,
      tabindex: 0,
      role: "slider",
      "aria-label": words[`${name}_grid`],
      "aria-roledescription": words.grid_role,
      "aria-valuemin": 1,
      "aria-valuemax": rows * columns,
      "aria-valuenow": r * columns + c + 1,
    });
  }
}

/**
 * The cell or the output that a question is about.
 * @param {GridDrawing} drawing
 * @param {AskedInPicture} asked
 */
export function drawAskedPlace({ places, add }, { kind, place }) {
  const [row, column] = place ?? [0, 0];
  const grid = kind === "output_2d" ? places.output : places.input;
  outline(add, "asked", "pt-asked", boxOf(grid, row, column, 1));
}
