import { insideCell, range } from "../windows.js";

// The exact cuts, and the ruler on the lines between cells that they end on.

/** @param {Drawing} picture */
export function drawRuler(picture) {
  const { facts, rows, at, add } = picture;
  const { n } = facts;
  const line = rows.ruler.y + 11;
  const drawn = [1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512, 1000];
  const every = drawn.find((step) => step * rows.unit >= (12 + 8 * String(n).length) * rows.big ** 1.4) ?? 1000;
  add("frame", "ruler", "path", { class: "pt-ruler", d: `M${at(0)} ${line}H${at(n)}` });
  const ticks = [];
  for (const j of range(0, n + 1)) {
    const numbered = j === n || (j % every === 0 && (n - j) * rows.unit >= 20 * rows.big);
    if (!numbered && rows.unit < 6) continue;
    ticks.push(`M${at(j)} ${line}v${numbered ? 6 : 4}`);
    if (numbered)
      add("frame", `number:${j}`, "text", { class: "pt-number", x: at(j), y: line + 20 * rows.big }, String(j));
  }
  add("frame", "ticks", "path", { class: "pt-ruler", d: ticks.join("") });
  drawCuts(picture, line);
}

/**
 * Diamonds on the ruler, dark where the cut falls inside a cell, and dashed lines down to the outputs.
 * @param {Drawing} drawing
 * @param {number} line
 */
function drawCuts({ facts, rows, cut, add }, line) {
  const { n, m, truth } = facts;
  const spacing = (rows.unit * n) / m;
  const size = Math.min(5, Math.max(2, spacing / 3));
  const { y, height } = rows.upstream ?? rows.output;
  const dashes = (/** @type {number} */ i) => `M${cut(i)} ${rows.ruler.y + rows.ruler.height}V${y + height}`;
  const diamond = (/** @type {number} */ i) =>
    `M${cut(i)} ${line - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`;
  const all = range(0, m + 1);
  // So many dashed lines would be a wall: then only those of the current window.
  const dashed = spacing < 14 ? [facts.window, facts.window + 1] : all;
  add("cuts", "cuts:lines", "path", { class: "pt-cut", d: dashed.map(dashes).join("") });
  add("frame", "diamonds", "path", {
    class: "pt-diamond",
    d: all
      .filter((i) => !insideCell(truth, i))
      .map(diamond)
      .join(""),
  });
  add("frame", "diamonds:inside", "path", {
    class: "pt-diamond pt-inside",
    d: all
      .filter((i) => insideCell(truth, i))
      .map(diamond)
      .join(""),
  });
}
