import { textAt } from "../marks.js";
import { fill } from "../numbers.js";
import { typedNumber, withNumber } from "../own_numbers.js";
import { smallLetters } from "../ruler.js";

// Grips, by which the picture itself is taken hold of: the input's right end for n, the borders between outputs for m.
// To a keyboard each is a slider at the end of its row. How far a number follows the pointer is said here, too.

/** In place of a cell or an output: the grip at the end of its row has the tab stop. */
export const AT_GRIP = -1;
const APART = 28; // pixels between two handles, at least
const ROOMY = 56; // pixels from border to border: a handle in the middle of the row then covers no digit
const CELL_STEP = [4, 12]; // pixels that the input's end is moved for one cell more: at least, at most
const NUMBER_STEP = 8; // pixels that a number is moved up for one step more
const STEPS_TO_LARGEST = 10; // of numbers that are not whole

/**
 * The borders between outputs that have a handle: as many as have room, and the one that is held. A single output has
 * its right end.
 * @param {number} m
 * @param {number} spacing from border to border, in pixels
 * @param {number} [held]
 */
export function handledBorders(m, spacing, held) {
  const every = Math.max(1, Math.ceil(APART / spacing));
  const borders = new Set(m === 1 ? [1] : []);
  for (let k = every; k < m; k += every) borders.add(k);
  if (held !== undefined && held <= m) borders.add(held);
  return [...borders].sort((a, b) => a - b);
}

/** @param {Drawing} picture */
export function drawGrips(picture) {
  const { facts, rows, cut, held, add } = picture;
  const { big, tall } = rows;
  add(null, "grips", "g", { class: "pt-layer-grips" });
  if (facts.free?.n) {
    drawSizeGrip(picture, "n", rows.input.middle);
    const beside = (rows.narrow ? 5 : 9) * big;
    drawHandles(picture, "grip:n", [rows.right + beside], rows.input.middle, 30 * tall);
  }
  if (!facts.free?.m) return;
  drawSizeGrip(picture, "m", rows.output.middle);
  const spacing = cut(1) - cut(0);
  const height = (spacing >= ROOMY * big ? 20 : 12) * tall;
  const y = spacing >= ROOMY * big ? rows.output.middle : rows.output.y + height / 4;
  drawHandles(picture, "grip:m", handledBorders(facts.m, spacing, held?.border).map(cut), y, height);
}

/**
 * To which size a grip goes: as far as the sliders do, unless the size is larger already.
 * @param {Facts} facts
 * @param {"n" | "m"} letter
 */
export const largestSize = (facts, letter) => Math.max(facts[letter], facts.free?.most ?? 1);

/**
 * A grip as the keyboard and a screen reader know it, and the letter of what it changes beside its row.
 * @param {Drawing} drawing
 * @param {"n" | "m"} letter
 * @param {number} middle
 */
function drawSizeGrip({ facts, rows, words, roving, add }, letter, middle) {
  const row = letter === "n" ? "cell" : "output";
  add("grips", `grip:${letter}`, "g", {
    class: "pt-size-grip",
    role: "slider",
    tabindex: roving[row] === AT_GRIP ? 0 : -1,
    "aria-label": words.grips[letter].name,
    "aria-valuemin": 1,
    "aria-valuemax": largestSize(facts, letter),
    "aria-valuenow": facts[letter],
    "aria-valuetext": fill(words.grips[letter].value, facts),
  });
  if (rows.narrow) return;
  const letters = smallLetters(rows);
  const place = textAt("pt-sub", rows.right + 31 * rows.big, middle + letters * 0.36, letters);
  add("grips", `grip:${letter}:sign`, "text", place, `↔ ${letter}`);
}

/**
 * Handles, and the room around each in which it is taken: three marks for all of them, since they are drawn at each move.
 * @param {Drawing} drawing
 * @param {string} grip
 * @param {number[]} places across
 * @param {number} y
 * @param {number} height
 */
function drawHandles({ rows: { big }, add }, grip, places, y, height) {
  const [round, room] = [4.5 * big, Math.max(24, height + 8)];
  const straight = height - 2 * round;
  /** @type {(name: string, style: string, shape: (x: number) => string) => void} */
  const draw = (name, style, shape) =>
    add(grip, `${grip}:${name}`, "path", { class: style, d: places.map(shape).join("") });
  draw("room", "pt-size-room", (x) => `M${x - 10} ${y - room / 2}h20v${room}h-20z`);
  const [half, end] = [`a${round} ${round} 0 0 1 `, 2 * round];
  draw("handles", "pt-handle", (x) => `M${x - round} ${y - straight / 2}${half}${end} 0v${straight}${half}${-end} 0z`);
  draw(
    "lines",
    "pt-handle-lines",
    (x) => `M${x - 1.5 * big} ${y - height / 4}v${height / 2}m${3 * big} 0v${-height / 2}`,
  );
}

/**
 * The border between outputs at a place of the picture, of those that can be held.
 * @param {number} x
 * @param {Pick<Rows, "left" | "right">} rows
 * @param {number} m
 */
export const borderAt = (x, { left, right }, m) =>
  Math.max(1, Math.min(Math.max(1, m - 1), Math.round(((x - left) / (right - left)) * m)));

/** @param {number} size @param {number} most */
const withinSizes = (size, most) => Math.max(1, Math.min(most, Math.round(size)));

/**
 * m for which border k stands nearest to x: outputs stand at their exact intervals, so the border stays at the pointer.
 * @param {number} k
 * @param {number} x
 * @param {Pick<Rows, "left" | "right">} rows
 * @param {number} most
 */
export const targetForBorder = (k, x, { left, right }, most) =>
  Math.max(Math.min(k, most), withinSizes((k * (right - left)) / Math.max(1, x - left), most));

/**
 * n after the input's end was moved by dx: the picture keeps its width, so each step is a few pixels.
 * @param {number} n
 * @param {number} dx
 * @param {number} unit how wide a cell was
 * @param {number} most
 */
export function inputForEnd(n, dx, unit, most) {
  const [least, largest] = CELL_STEP;
  return withinSizes(n + dx / Math.min(largest, Math.max(least, unit / 2)), most);
}

/**
 * By how much one step changes a number of a list: by 1 where all are whole, else by a round tenth of the largest.
 * @param {number[]} values
 */
export function stepOfNumbers(values) {
  const finite = values.filter(Number.isFinite);
  if (finite.every(Number.isInteger)) return 1;
  return 10 ** Math.floor(Math.log10(Math.max(...finite.map(Math.abs)) / STEPS_TO_LARGEST));
}

/**
 * The list with number k so many steps higher, without the dust of floats; what is no finite number begins at 0.
 * @param {{ spec: string; values: number[]; k: number }} number
 * @param {number} steps
 */
export function listAfterSteps({ spec, values, k }, steps) {
  if (!steps) return spec;
  const before = Number.isFinite(values[k]) ? values[k] : 0;
  const after = Number((before + steps * stepOfNumbers(values)).toPrecision(12));
  return withNumber(spec, values, k, typedNumber(after));
}

/** @param {number} dy of the pointer, downwards */
export const stepsOfDrag = (dy) => Math.round(-dy / NUMBER_STEP);
