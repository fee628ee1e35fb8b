import { fit, fitTexts, sizesOf } from "../boxes.js";
import { gradientFills, shareFills, textOn } from "../colours.js";
import { boxAt, markList, textAt } from "../marks.js";
import { fill } from "../numbers.js";
import { smallLetters } from "../ruler.js";
import { range, rowsOfP, shareText } from "../windows.js";

// The matrix P as marks: x above, y at the right, g at the left, the computed gradient below. Forward is read from the
// top to the right, backward from the left to the bottom. Only the entries that are not zero are drawn.

export const MATRIX_MAX = 64;

/**
 * Where the matrix stands in a panel of some width.
 * @param {Facts} facts
 * @param {number} width
 */
function placesOf({ n, m, presenter }, width) {
  const big = presenter ? 1.4 : 1;
  const side = Math.min(84 * big, Math.max(46, width * 0.13));
  const unit = Math.min(46 * big, (width - 2 * side - 8) / n);
  const tall = Math.max(7, Math.min(32 * big, (380 * big) / m));
  const band = 32 * big;
  const left = side + Math.max(0, (Math.min(width, 1000) - 2 * side - unit * n) / 2);
  const top = band + 26 * big;
  return { big, side, unit, tall, band, left, top, right: left + unit * n, bottom: top + tall * m };
}

/**
 * All marks of the panel: {marks, height, places}.
 * @param {Facts} facts
 * @param {{ width: number; theme: Theme; words: ViewWords["matrix"]; active: MatrixTarget | null }} options
 */
export function matrixScene(facts, { width, theme, words, active }) {
  const { marks, add } = markList();
  const places = placesOf(facts, width);
  const scene = { facts, places, add, theme, words };
  for (const layer of ["ground", "entries", "borders", "chosen"]) add(null, layer, "g", {});
  drawEntries(scene);
  drawBorders(scene);
  drawChosen(scene, active);
  return { marks, height: places.bottom + places.band + 34 * places.big, places };
}

/** @param {MatrixDrawing} drawing */
function drawEntries({ facts, places, add, theme, words }) {
  const { left, right, top, bottom, unit, tall } = places;
  add("ground", "zero", "rect", { class: "pt-blank", x: left, y: top, width: right - left, height: bottom - top });
  const rows = rowsOfP(facts);
  const fills = shareFills(
    rows.map(([, , weight]) => weight),
    theme,
  );
  const texts = tall >= 15 * places.big ? fitTexts(rows.map(shareText), unit, sizesOf(places, [14, 12, 11])) : null;
  rows.forEach(([from, to, weight], i) => {
    const key = `row:${i}`;
    const y = top + i * tall;
    add("entries", key, "g", { "data-row": i, "data-from": from, "data-to": to, "data-weight": String(weight) });
    if (to > from)
      add(key, `${key}:run`, "rect", {
        x: left + from * unit,
        y,
        width: (to - from) * unit,
        height: tall,
        fill: fills[i],
      });
    if (!texts) return;
    for (const j of range(from, to)) {
      const style = `pt-share ${textOn(fills[i])}`;
      const attrs = textAt(style, left + (j + 0.5) * unit, y + tall / 2 + texts.size * 0.36, texts.size);
      add(key, `${key}:${j}`, "text", attrs, texts.texts[i]);
    }
  });
  // Lines between entries, drawn once for all: in the colour of the ground, and only where there is room for them.
  const lines = [];
  if (unit >= 6) for (const j of range(1, facts.n)) lines.push(`M${left + j * unit} ${top}V${bottom}`);
  if (tall >= 6) for (const i of range(1, facts.m)) lines.push(`M${left} ${top + i * tall}H${right}`);
  add("entries", "lines", "path", { class: "pt-matrix-lines", d: lines.join("") });
  if (right - left > 300 * places.big)
    add(
      "ground",
      "title",
      "text",
      textAt("pt-sub", (left + right) / 2, top - 8 * places.big, smallLetters(places)),
      fill(words.size, facts),
    );
}

/**
 * x, y, g and the computed gradient along the four sides.
 * @param {MatrixDrawing} drawing
 */
function drawBorders(drawing) {
  for (const side of sidesOf(drawing)) drawSide(drawing, side);
  const { facts, places } = drawing;
  if (!facts.presenter || places.side >= 100) drawNames(drawing);
}

/** @param {MatrixPlaces} places */
const widthOfSide = ({ side, big }) => Math.min(side - 14, 70 * big);

/**
 * @param {MatrixDrawing} drawing
 * @returns {MatrixSide[]}
 */
function sidesOf({ facts, places, theme }) {
  const { left, right, top, bottom, unit, tall, band, big } = places;
  const wide = widthOfSide(places);
  const gap = unit > 10 ? 1 : 0;
  const room = tall < 15 * big ? 0 : wide; // for numbers
  const column = (/** @type {number} */ y) => (/** @type {number} */ j) => ({
    x: left + j * unit + gap,
    y,
    width: unit - 2 * gap,
    height: band - 4,
  });
  const row = (/** @type {number} */ x) => (/** @type {number} */ i) => ({
    x,
    y: top + i * tall + 0.5,
    width: wide,
    height: Math.max(1, tall - 1),
  });
  const fills = gradientFills(facts.grad, theme);
  const shaded = (/** @type {number} */ j) => `pt-grad ${textOn(fills[j])}`;
  return [
    { name: "x", values: facts.x, room: unit, box: column(0), ink: () => "pt-x" },
    { name: "y", values: facts.y, room, box: row(right + 8), ink: () => "pt-y" },
    { name: "g", values: facts.g, room, box: row(left - 8 - wide), ink: () => "pt-g" },
    { name: "grad", values: facts.grad, room: unit, box: column(bottom + 6), fills, ink: shaded },
  ];
}

/**
 * @param {MatrixDrawing} drawing
 * @param {MatrixSide} side
 */
function drawSide({ places, add }, { name, values, room, box, fills, ink }) {
  const shown = fit(values, room, sizesOf(places, [14, 12, 11]));
  for (const k of values.keys()) {
    const key = `${name}:${k}`;
    const at = box(k);
    add("borders", key, "g", { [`data-side-${name}`]: k });
    add(key, `${key}:box`, "rect", boxAt(`pt-side-${name}`, at, fills?.[k]));
    if (!shown) continue;
    const y = at.y + at.height / 2 + shown.size * 0.36;
    add(key, `${key}:text`, "text", textAt(ink(k), at.x + at.width / 2, y, shown.size), shown.texts[k]);
  }
}

/**
 * What stands along each side.
 * @param {MatrixDrawing} drawing
 */
function drawNames({ places, add, words }) {
  const { left, right, top, bottom, band, big } = places;
  const wide = widthOfSide(places);
  const above = top - 8 * big;
  /** @type {[keyof typeof words & string, string, number, number][]} */
  const names = [
    ["x", "pt-to-right", left - 10, band / 2 + 3],
    ["y", "", right + 8 + wide / 2, above],
    ["g", "pt-back", left - 8 - wide / 2, above],
    ["grad", "pt-back", (left + right) / 2, bottom + band + 20 * big],
  ];
  for (const [name, style, x, y] of names)
    add("borders", `name:${name}`, "text", { class: `pt-label ${style}`, x, y }, words[name]);
}

/**
 * What is pointed at: a row, a column, or the entry where both meet.
 * @param {MatrixDrawing} drawing
 * @param {MatrixTarget | null} active
 */
function drawChosen({ facts, places, add }, active) {
  const { left, right, top, bottom, unit, tall, band } = places;
  const box = (
    /** @type {string} */ key,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {number} */ width,
    /** @type {number} */ height,
  ) => add("chosen", key, "rect", { class: "pt-active", x, y, width, height, rx: 3 });
  const { row, column } = active ?? {};
  if (row !== undefined && row < facts.m) box("chosen:row", left - 2, top + row * tall - 1, right - left + 4, tall + 2);
  if (column === undefined || column >= facts.n) return;
  box("chosen:column", left + column * unit - 1, top - 2, unit + 2, bottom - top + 4);
  if (row === undefined) box("chosen:x", left + column * unit - 1, 0, unit + 2, band - 3);
}

/**
 * Which row, column or entry a point of the panel belongs to.
 * @param {MatrixPlaces} places
 * @param {number} x
 * @param {number} y
 */
export function matrixAt({ left, right, top, bottom, unit, tall }, x, y) {
  const column = x >= left && x < right ? Math.trunc((x - left) / unit) : undefined;
  const row = y >= top && y < bottom ? Math.trunc((y - top) / tall) : undefined;
  return { row, column };
}
