import { textAt } from "../marks.js";
import { numberAcross, numbersWithRoom, rankOf, smallLetters, stepThatFits, widthOfNumber } from "../ruler.js";
import { insideCell, range } from "../windows.js";
import { rulerLine } from "./layout.js";

// The exact cuts, and the ruler on the lines between cells that they end on.

/** @param {Drawing} picture */
export function drawRuler(picture) {
  const { facts, rows, at, add } = picture;
  const { n } = facts;
  const line = rulerLine(rows);
  add("frame", "ruler", "path", { class: "pt-ruler", d: `M${at(0)} ${line}H${at(n)}` });
  const letters = smallLetters(rows);
  const numbers = rulerNumbers(picture, letters);
  const numbered = new Set(numbers.map(({ k }) => k));
  const ticks = range(0, n + 1).filter((j) => numbered.has(j) || rows.unit >= 6);
  add("frame", "ruler:lines", "g", {}); // all that a size stretches
  for (const { k, text, at: x } of numbers)
    add("ruler:lines", `number:${k}`, "text", textAt("pt-number", x, line + 20 * rows.big, letters), text);
  const tick = (/** @type {number} */ j) => `M${at(j)} ${line}v${numbered.has(j) ? 6 : 4}`;
  add("ruler:lines", "ticks", "path", { class: "pt-ruler", d: ticks.map(tick).join("") });
  drawCuts(picture, line);
}

/**
 * The numbers that have room on the ruler: both sides of the current window before all others.
 * @param {Drawing} drawing
 * @param {number} letters
 */
function rulerNumbers({ facts, rows, at, active }, letters) {
  const { n, windows, visible } = facts;
  const i = active?.window ?? facts.window;
  const current = visible ? [windows.start[i], windows.stop[i]] : [];
  const every = stepThatFits(rows.unit, widthOfNumber(String(n), letters));
  const regular = range(0, n).filter((k) => k % every === 0);
  const candidates = [...new Set([...regular, n, ...current])].sort((a, b) => a - b);
  // At the right end of the ruler stands the word beside the arrow.
  const edges = /** @type {Pair} */ ([0, rows.narrow ? rows.width : rows.right + 8 * rows.big]);
  return numbersWithRoom(
    candidates.map((k) => numberAcross({ k, text: String(k), at: at(k), rank: rankOf(k, n, current) }, letters, edges)),
  );
}

/**
 * Diamonds on the ruler, dark where the cut falls inside a cell, and dashed lines down to the outputs.
 * @param {Drawing} drawing
 * @param {number} line
 */
function drawCuts({ facts, rows, cut, add, active }, line) {
  const { n, m, truth } = facts;
  const spacing = (rows.unit * n) / m;
  const size = Math.min(5, Math.max(2, spacing / 3));
  const { y, height } = rows.upstream ?? rows.output;
  const dashes = (/** @type {number} */ k) => `M${cut(k)} ${rows.ruler.y + rows.ruler.height}V${y + height}`;
  const diamond = (/** @type {number} */ k) =>
    `M${cut(k)} ${line - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`;
  const all = range(0, m + 1);
  // So many dashed lines would be a wall: then only those of the current window.
  const i = active?.window ?? facts.window;
  const dashed = spacing < 14 ? [i, i + 1] : all;
  add("cuts", "cuts:lines", "path", { class: "pt-cut", d: dashed.map(dashes).join("") });
  add("frame", "diamonds", "path", {
    class: "pt-diamond",
    d: all
      .filter((k) => !insideCell(truth, k))
      .map(diamond)
      .join(""),
  });
  add("frame", "diamonds:inside", "path", {
    class: "pt-diamond pt-inside",
    d: all
      .filter((k) => insideCell(truth, k))
      .map(diamond)
      .join(""),
  });
}
