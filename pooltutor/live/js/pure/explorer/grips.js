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
    drawHandle(picture, "grip:n", "end", { x: rows.right + beside, y: rows.input.middle, height: 30 * tall });
  }
  if (!facts.free?.m) return;
  drawSizeGrip(picture, "m", rows.output.middle);
  const spacing = cut(1) - cut(0);
  const height = (spacing >= ROOMY * big ? 20 : 12) * tall;
  const y = spacing >= ROOMY * big ? rows.output.middle : rows.output.y + height / 4;
  for (const k of handledBorders(facts.m, spacing, held?.border))
    drawHandle(picture, "grip:m", String(k), { x: cut(k), y, height });
}

/**
 * A grip as the keyboard and a screen reader know it, and the letter of what it changes beside its row.
 * @param {Drawing} drawing
 * @param {"n" | "m"} letter
 * @param {number} middle
 */
function drawSizeGrip({ facts, rows, words, roving, add }, letter, middle) {
  const row = letter === "n" ? "cell" : "output";
  add("grips", `grip:${letter}`, "g", {
    class: "pt-grip",
    role: "slider",
    tabindex: roving[row] === AT_GRIP ? 0 : -1,
    "aria-label": words.grips[letter],
    "aria-valuemin": 1,
    "aria-valuemax": Math.max(facts[letter], facts.free?.most ?? 1),
    "aria-valuenow": facts[letter],
    "aria-valuetext": fill(words.grips[`${letter}_value`], facts),
  });
  if (rows.narrow) return;
  const letters = smallLetters(rows);
  const place = textAt("pt-sub", rows.right + 31 * rows.big, middle + letters * 0.36, letters);
  add("frame", `grip:${letter}:sign`, "text", place, fill(words.grips.sign, { letter }));
}

/**
 * A handle, and the room around it in which it is taken.
 * @param {Drawing} drawing
 * @param {string} grip
 * @param {string} name
 * @param {{ x: number; y: number; height: number }} place
 */
function drawHandle({ rows: { big }, add }, grip, name, { x, y, height }) {
  const [width, room] = [9 * big, Math.max(24, height + 8)];
  const key = `${grip}:${name}`;
  add(grip, `${key}:room`, "rect", { class: "pt-grip-room", x: x - 10, y: y - room / 2, width: 20, height: room });
  const box = { x: x - width / 2, y: y - height / 2, width, height, rx: width / 2 };
  add(grip, `${key}:box`, "rect", { class: "pt-handle", ...box });
  const [from, long] = [y - height / 4, height / 2];
  const lines = [-1.5, 1.5].map((side) => `M${x + side * big} ${from}v${long}`).join("");
  add(grip, `${key}:lines`, "path", { class: "pt-handle-lines", d: lines });
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
