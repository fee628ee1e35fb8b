import { insideCell, range } from "../windows.js";
import { laneBox } from "./lanes.js";
import { rulerLine } from "./layout.js";
import { unsharedCells } from "./terms.js";

// What is selected and what is pointed at: outlines only, never fills.

/**
 * The current window: its cells, its bar and its output, and the arrows from the cuts to the lines they go to. While a
 * cell is meant, the window steps back: outlines alone, and thin ones.
 * @param {Drawing} drawing
 */
export function drawSelection({ facts, rows, at, cut, add, active }) {
  const i = active?.window ?? facts.window;
  const aside = active?.cell !== undefined;
  const selected = aside ? "pt-selected pt-aside" : "pt-selected";
  const [start, stop] = [facts.windows.start[i], facts.windows.stop[i]];
  const hue = `pt-edge-${i % 2}`;
  const box = (
    /** @type {string} */ key,
    /** @type {number} */ x,
    /** @type {number} */ width,
    /** @type {{ y: number; height: number }} */ { y, height },
    /** @type {string} */ kind,
  ) => add("over", `selected:${key}`, "rect", { class: `${selected} ${kind}`, x, y, width, height, rx: 5 });
  if (stop > start)
    box("cells", at(start), at(stop) - at(start), { y: rows.input.y - 2, height: rows.input.height + 4 }, hue);
  if (!facts.dual && stop > start) {
    const { y, height } = laneBox(rows.windows, i);
    const out = facts.wrongBars.has(i) ? 3.5 : 0; // outside the red outline of a wrong window, which stays visible
    box(
      "bar",
      at(start) + 1.5 - out,
      at(stop) - at(start) - 3 + 2 * out,
      { y: y - out, height: height + 2 * out },
      "pt-edge-ink",
    );
  }
  box("output", cut(i) + 1.5, cut(i + 1) - cut(i) - 3, rows.output, hue);
  if (!aside) drawUnsharedCells({ facts, rows, at, add }, i);
  if (facts.rule !== "pytorch" || aside) return;
  const line = rulerLine(rows);
  const arrow = (/** @type {string} */ key, /** @type {number} */ from, /** @type {number} */ to) => {
    const tip = Math.min(12, Math.abs(to - from)) * Math.sign(to - from);
    add("over", `round:${key}`, "path", { class: "pt-round", d: `M${from} ${line}H${to - tip}` });
    add("over", `round:${key}:tip`, "path", { class: "pt-tip", d: `M${to - tip} ${line - 6}v12L${to} ${line}z` });
  };
  if (insideCell(facts.truth, i)) arrow("start", cut(i), at(start));
  if (insideCell(facts.truth, i + 1)) arrow("stop", cut(i + 1), at(stop));
}

/**
 * The cells that window i has alone are underlined, as its terms in the line of numbers are.
 * @param {Pick<Drawing, "facts" | "rows" | "at" | "add">} drawing
 * @param {number} i
 */
function drawUnsharedCells({ facts, rows, at, add }, i) {
  const y = rows.input.y + rows.input.height;
  const line = (/** @type {number} */ j) => `M${at(j) + 1} ${y - 5}H${at(j + 1) - 1}v5H${at(j) + 1}z`;
  const d = unsharedCells(facts, i).map(line).join("");
  if (d && rows.unit > 4) add("shared", "unshared", "path", { class: `pt-unshared-${i % 2}`, d });
}

/**
 * What the pointer is on in the line of numbers: a cell, a window with its output, a cut.
 * @param {Drawing} drawing
 */
export function drawLit({ facts, rows, at, cut, add, lit }) {
  if (!lit) return;
  const outline = (
    /** @type {string} */ key,
    /** @type {number} */ from,
    /** @type {number} */ to,
    /** @type {{ y: number; height: number }} */ { y, height },
  ) =>
    add("over", `lit:${key}`, "rect", {
      ...{ class: "pt-active pt-lit", x: from - 1, y: y - 1, width: to - from + 2, height: height + 2, rx: 5 },
    });
  const { cell: j, window: i, cut: k } = lit;
  if (typeof j === "number") outline("cell", at(j), at(j + 1), rows.input);
  if (i !== undefined) outline("output", cut(i), cut(i + 1), rows.output);
  if (i !== undefined && facts.gradient) outline("upstream", cut(i), cut(i + 1), rows.upstream);
  const line = rulerLine(rows);
  const d = k === undefined ? "" : `M${cut(k)} ${line - 11}l11 11l-11 11l-11 -11z`;
  if (d) add("over", "lit:cut", "path", { class: "pt-active pt-lit", d });
}

/**
 * The cell under the pointer or the focus, and its partners; or the window, whose outlines are the selection's.
 * @param {Drawing} drawing
 */
export function drawActive({ facts, rows, at, cut, add, active, pinned }) {
  if (!active) return;
  const style = pinned ? "pt-active pt-pinned" : "pt-active";
  const box = (
    /** @type {string} */ key,
    /** @type {number} */ x,
    /** @type {number} */ width,
    /** @type {{ y: number; height: number }} */ { y, height },
  ) =>
    add("over", `active:${key}`, "rect", {
      class: style,
      x: x - 1,
      y: y - 1,
      width: width + 2,
      height: height + 2,
      rx: 5,
    });
  if (active.window !== undefined)
    return box("output", cut(active.window), cut(active.window + 1) - cut(active.window), rows.output);
  if (active.cell === undefined) return;
  const j = active.cell;
  box("cell", at(j), rows.unit, rows.input);
  if (facts.gradient) box("grad", at(j), rows.unit, rows.gradient);
  if (!facts.visible) return;
  const [a, b] = [facts.feeds.start[j], facts.feeds.stop[j]];
  if (a < b) box("fed", cut(a), cut(b) - cut(a), rows.output);
  if (facts.dual) {
    if (a < b) box("feeds", cut(a) + 1.5, cut(b) - cut(a) - 3, laneBox(rows.windows, j));
    return;
  }
  for (const i of range(a, b)) {
    const [start, stop] = [facts.windows.start[i], facts.windows.stop[i]];
    box(`window:${i}`, at(start) + 1.5, at(stop) - at(start) - 3, laneBox(rows.windows, i));
  }
}
