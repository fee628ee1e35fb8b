import { fit, fitTexts, NARROWEST, sizesOf } from "../boxes.js";
import { countFills, gradientFills, textOn } from "../colours.js";
import { unknownMark } from "../hidden.js";
import { fractionText, range } from "../windows.js";

// The input's cells and what stands above them: the gradient that comes back, and how much each cell counts.

/**
 * Between cells, where there is room for it.
 * @param {{ unit: number }} rows
 */
const gapOf = ({ unit }) => (unit > 10 ? 2 : unit > 3 ? 1 : 0);

/**
 * The sides of the box of cell j.
 * @param {Drawing} drawing
 * @param {number} j
 */
function besides({ rows, at }, j) {
  const gap = gapOf(rows);
  return { x: at(j) + gap / 2, width: rows.unit - gap };
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
    class: "pt-target",
    "data-cell": j,
    "data-x": String(facts.x[j]),
    "data-grad": facts.visible ? String(facts.grad[j]) : "",
    role: "button",
    tabindex: roving.cell === j ? 0 : -1,
    "aria-pressed": String(pinned?.cell === j),
  });
  const { y, height, middle } = rows.input;
  add(key, `${key}:box`, "rect", { class: "pt-cell", ...besides(picture, j), y, height });
  if (!shown) return;
  const place = { x: at(j + 0.5), y: middle + (facts.dual ? 6 : 2) * rows.big, "font-size": shown.size };
  add(key, `${key}:x`, "text", { class: "pt-x", ...place }, shown.texts[j]);
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
  const { y, height, middle } = rows.gradient;
  const style = fills ? { class: "pt-grad-box", fill: fills[j] } : { class: "pt-grad-box pt-blank" };
  add(key, `${key}:back`, "rect", { ...style, ...besides(picture, j), y, height });
  const x = at(j + 0.5);
  if (!facts.visible && rows.unit >= NARROWEST) {
    const attrs = { class: "pt-hidden", x, y: middle + 5, "font-size": 14 * rows.big };
    add(key, `${key}:grad`, "text", attrs, unknownMark(facts));
  } else if (shown && fills) {
    const attrs = { class: `pt-grad ${textOn(fills[j])}`, x, y: middle + shown.size * 0.36, "font-size": shown.size };
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
  const { y, height, middle } = rows[name];
  for (const j of range(0, facts.n)) {
    const key = `${name}:${j}`;
    add("cells", key, "g", data(j));
    const box = { ...besides(picture, j), y, height };
    add(key, `${key}:box`, "rect", { class: "pt-grad-box", ...box, fill: fills[j] });
    if (!shown) continue;
    const place = { x: at(j + 0.5), y: middle + shown.size * 0.36, "font-size": shown.size };
    add(key, `${key}:text`, "text", { class: `pt-grad ${textOn(fills[j])}`, ...place }, shown.texts[j]);
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
  const attrs = { "data-shared": many.join(" "), d: many.map(shape).join("") };
  add(
    "shared",
    "shared:all",
    "path",
    wide ? { ...attrs, class: "pt-shared", fill: hatch } : { ...attrs, class: "pt-shared pt-solid" },
  );
}
