import { fit, fitTexts, NARROWEST, sizesOf } from "../boxes.js";
import { countFills, gradientFills, textOn } from "../colours.js";
import { unknownMark } from "../hidden.js";
import { boxAt, textAt } from "../marks.js";
import { fractionText, range } from "../windows.js";

// The input's cells and what stands above them: the gradient that comes back, and how much each cell counts.

/**
 * Between cells, where there is room for it.
 * @param {{ unit: number }} rows
 */
const gapOf = ({ unit }) => (unit > 10 ? 2 : unit > 3 ? 1 : 0);

/**
 * The box of cell j in a row.
 * @param {Drawing} drawing
 * @param {number} j
 * @param {Row} row
 */
function cellBox({ rows, at }, j, { y, height }) {
  const gap = gapOf(rows);
  return { x: at(j) + gap / 2, y, width: rows.unit - gap, height };
}

/** @param {Drawing} picture */
export function drawCells(picture) {
  const { facts, rows, theme } = picture;
  const shown = fit(facts.x, rows.unit, sizesOf(rows, [17, 15, 13, 11]));
  const known = facts.gradient && facts.visible;
  const back = known ? fit(facts.grad, rows.unit, sizesOf(rows, [14, 12, 11])) : null;
  const fills = known ? gradientFills(facts.grad, theme) : null;
  for (let j = 0; j < facts.n; j++) {
    drawCell(picture, j, shown);
    if (facts.gradient) drawGradient(picture, j, back, fills);
  }
}

/**
 * @param {Drawing} picture
 * @param {number} j
 * @param {Fitted | null} shown
 */
function drawCell(picture, j, shown) {
  const { facts, rows, at, add, pinned, roving } = picture;
  const key = `cell:${j}`;
  add("cells", key, "g", {
    class: pinned?.cell === j ? "pt-target pt-held" : "pt-target",
    "data-cell": j,
    "data-x": String(facts.x[j]),
    "data-grad": facts.visible ? String(facts.grad[j]) : "",
    role: "button",
    tabindex: roving.cell === j ? 0 : -1,
    "aria-pressed": String(facts.asked?.marked ? facts.asked.marked.includes(j) : pinned?.cell === j),
  });
  add(
    key,
    `${key}:box`,
    "rect",
    boxAt(facts.free?.x ? "pt-cell pt-drags" : "pt-cell", cellBox(picture, j, rows.input)),
  );
  if (!shown) return;
  const y = rows.input.middle + (facts.dual ? 6 : 2) * rows.big;
  add(key, `${key}:x`, "text", textAt("pt-x", at(j + 0.5), y, shown.size), shown.texts[j]);
}

/**
 * The gradient of cell j, in its mark.
 * @param {Drawing} picture
 * @param {number} j
 * @param {Fitted | null} shown
 * @param {string[] | null} fills
 */
function drawGradient(picture, j, shown, fills) {
  const { facts, rows, at, add } = picture;
  const key = `cell:${j}`;
  const { middle } = rows.gradient;
  const style = fills ? "pt-grad-box" : "pt-grad-box pt-blank";
  add(key, `${key}:back`, "rect", boxAt(style, cellBox(picture, j, rows.gradient), fills?.[j]));
  const x = at(j + 0.5);
  if (!facts.visible && rows.unit >= NARROWEST)
    add(key, `${key}:grad`, "text", textAt("pt-hidden", x, middle + 5, 14 * rows.big), unknownMark(facts));
  else if (shown && fills) {
    const attrs = textAt(`pt-grad ${textOn(fills[j])}`, x, middle + shown.size * 0.36, shown.size);
    add(key, `${key}:grad`, "text", attrs, shown.texts[j]);
  }
}

/**
 * Above the input: how much each cell counts, and the windows that contain it, which for PyTorch are bin j of m -> n.
 * @param {Drawing} picture
 */
export function drawInfluence(picture) {
  const { facts, rows, theme } = picture;
  const { shares, feeds } = facts;
  const sizes = sizesOf(rows, [14, 12, 11]);
  const sums = shares.map(([a, b]) => a / b);
  drawStrip(picture, "influence", {
    data: (j) => ({ "data-influence": String(sums[j]), "data-of": j }),
    fills: gradientFills(sums, theme),
    shown: fitTexts(shares.map(fractionText), rows.unit, sizes) ?? fit(sums, rows.unit, sizes),
  });
  const all = range(0, facts.n);
  const counts = all.map((j) => feeds.stop[j] - feeds.start[j]);
  const ranges = all.map((j) => `${feeds.start[j]}:${feeds.stop[j]}`);
  drawStrip(picture, "dual", {
    data: (j) => ({ "data-feeding": j, "data-from": feeds.start[j], "data-to": feeds.stop[j] }),
    fills: countFills(counts, theme),
    shown: fitTexts(ranges, rows.unit, sizes) ?? fit(counts, rows.unit, sizes),
  });
}

/**
 * A row of shaded boxes, one for each cell.
 * @param {Drawing} picture
 * @param {"influence" | "dual"} name
 * @param {{ data: (j: number) => Attributes; fills: string[]; shown: Fitted | null }} strip
 */
function drawStrip(picture, name, { data, fills, shown }) {
  const { facts, rows, at, add } = picture;
  const row = rows[name];
  for (const j of range(0, facts.n)) {
    const key = `${name}:${j}`;
    add("cells", key, "g", data(j));
    add(key, `${key}:box`, "rect", boxAt("pt-grad-box", cellBox(picture, j, row), fills[j]));
    if (!shown) continue;
    const attrs = textAt(`pt-grad ${textOn(fills[j])}`, at(j + 0.5), row.middle + shown.size * 0.36, shown.size);
    add(key, `${key}:text`, "text", attrs, shown.texts[j]);
  }
}

/**
 * Cells in several windows are hatched in the hues of both, narrow ones dark; above n outputs of several cells are.
 * @param {Drawing} drawing
 */
export function drawShared({ facts, rows, at, cut, add, hatch }) {
  const { start, stop } = facts.dual ? facts.windows : facts.feeds;
  const place = facts.dual ? cut : at;
  const box = facts.dual
    ? { y: rows.output.y + rows.output.height - 7, height: 6 }
    : { y: rows.input.y + rows.input.height - 12, height: 12 };
  const wide = place(1) - place(0) >= 14;
  const inset = wide ? 1 : 0.5;
  const shape = (/** @type {number} */ k) =>
    `M${place(k) + inset} ${box.y}H${place(k + 1) - inset}v${box.height}H${place(k) + inset}z`;
  const many = range(0, start.length).filter((k) => stop[k] - start[k] > 1);
  if (!many.length) return;
  const look = wide ? { class: "pt-shared", fill: hatch } : { class: "pt-shared pt-solid" };
  add("shared", "shared:all", "path", { "data-shared": many.join(" "), d: many.map(shape).join(""), ...look });
}
