import { fill, format } from "../numbers.js";
import { insideCell, range, ratioOf } from "../windows.js";
import { drawBars, drawWindows, laneBox } from "./lanes.js";
import { layout } from "./layout.js";
import { drawCells, drawInfluence, drawOutputs, drawRivalOutputs, drawShared } from "./strips.js";

// Facts -> marks: a pure function that says what the picture is. Coordinates are CSS pixels, positions on the
// input are in cells. The same marks are drawn by a widget and by a page.

/**
 * All marks of the picture: {key, parent, tag, attrs, text}.
 * @param {Facts} facts
 * @param {Look & { width: number; words: PictureWords; id: string }} options
 */
export function sceneOf(facts, { width, theme, words, active, pinned, roving, id }) {
  /** @type {Mark[]} */
  const marks = [];
  /** @type {Add} */
  const add = (parent, key, tag, attrs, text) => {
    if (parent === key) throw new Error(`${key} is its own parent`);
    if (attrs.width !== undefined) attrs.width = Math.max(attrs.width, 0.5); // insets leave nothing of a box narrower than they are
    marks.push({ key, parent, tag, attrs, text });
  };
  const rows = layout(facts, width);
  const at = (/** @type {number} */ position) => rows.left + position * rows.unit;
  const cut = (/** @type {number} */ i) => at((i * facts.n) / facts.m);
  const picture = { facts, rows, at, cut, add, theme, words, active, pinned, roving, hatch: `url(#pt-hatch-${id})` };
  for (const layer of ["cuts", "frame", "bars", "cells", "windows", "outputs", "shared", "over"]) {
    add(null, layer, "g", { class: `pt-layer-${layer}` });
  }
  drawLabels(picture);
  drawCells(picture);
  if (rows.influence) drawInfluence(picture);
  drawRuler(picture);
  drawWindows(picture);
  drawOutputs(picture);
  if (rows.rival && facts.rival?.defined) {
    drawBars(picture, facts.rival, "rival", "rival");
    drawRivalOutputs(picture, facts.rival);
  }
  if (facts.visible) {
    drawShared(picture);
    drawSelection(picture);
  }
  drawActive(picture);
  return { marks, height: rows.height };
}

/** @param {Drawing} picture */
function drawLabels(picture) {
  const { facts, rows, add, words } = picture;
  const w = words.rows;
  const ratio = rows.influence ? ratioOf(facts.shares) : NaN;
  const values = { n: facts.n, m: facts.m, ratio: format(ratio), rule: facts.ruleTitle, against: facts.againstTitle };
  const label = (
    /** @type {RowName} */ row,
    /** @type {string} */ title,
    /** @type {string} */ sub,
    hue = "",
    data = {},
  ) => {
    if (!rows[row]) return;
    const { y, middle } = rows[row];
    const [name, more] = [fill(title, values), fill(sub, values)];
    if (rows.narrow) {
      const whole = `${name}, ${more}`;
      const [text, shown] = whole.length * 7.6 * rows.big < rows.right - rows.left ? [whole, data] : [name, {}];
      add(
        "frame",
        `label:${row}`,
        "text",
        { class: `pt-label pt-from-left ${hue}`, x: rows.left, y: y - 6, ...shown },
        text,
      );
      return;
    }
    const x = rows.left - 18;
    const alone = facts.presenter; // large print leaves no room for a second line
    add(
      "frame",
      `label:${row}`,
      "text",
      { class: `pt-label pt-to-right ${hue}`, x, y: middle + (alone ? 7 : -1) },
      name,
    );
    if (!alone) add("frame", `sub:${row}`, "text", { class: "pt-sub pt-to-right", x, y: middle + 15, ...data }, more);
  };
  label("gradient", w.gradient, w.gradient_sub, "pt-back");
  label("influence", w.influence, w.influence_sub, "pt-back", { "data-ratio": String(ratio) });
  label("dual", w.dual_bins, facts.rule === "pytorch" ? w.dual_bins_sub : w.dual_bins_rule);
  label("input", w.input, w.input_sub);
  const windows = facts.dual ? w.dual : w.windows;
  if (facts.hidden) label("windows", w.windows, w.windows_hidden);
  else if (rows.rival) label("windows", w.duel, windows);
  else label("windows", windows, facts.dual ? w.dual_sub : facts.rule === "pytorch" ? w.windows_sub : w.windows_rule);
  label("ghosts", w.ghosts, w.ghosts_sub);
  label("rival", w.rival, windows);
  const [mine, theirs] = facts.presenter ? [w.duel_y, w.rival_y] : [w.duel, w.rival]; // there no second line says output
  if (rows.rival) label("output", mine, w.output);
  else label("output", w.output, w.output_sub);
  label("rivalOutput", theirs, w.output);
  label("upstream", w.upstream, w.upstream_sub, "pt-back");
  if (!rows.narrow) drawArrows(picture);
}

/**
 * The arrows beside the rows: forward from the input to the output, backward from there.
 * @param {Drawing} drawing
 */
function drawArrows({ facts, rows, add, words }) {
  const arrow = (
    /** @type {"forward" | "backward"} */ name,
    /** @type {number} */ x,
    /** @type {number} */ from,
    /** @type {number} */ to,
    /** @type {string} */ hue,
  ) => {
    const tip = to > from ? -9 : 9;
    add("frame", `arrow:${name}`, "path", { class: `pt-arrow ${hue}`, d: `M${x} ${from}V${to + tip}` });
    add("frame", `tip:${name}`, "path", { class: `pt-tip ${hue}`, d: `M${x - 6} ${to + tip}h12l-6 ${-tip}z` });
    const middle = (from + to) / 2;
    const shift = (name === "forward" ? 15 : -8) * rows.big;
    const attrs = {
      class: `pt-direction ${hue}`,
      x: x + shift,
      y: middle,
      transform: `rotate(-90 ${x + shift} ${middle})`,
    };
    add("frame", `direction:${name}`, "text", attrs, words.rows[name]);
  };
  arrow("forward", 10 * rows.big, rows.input.y + 4, rows.output.y + rows.output.height, "");
  if (facts.gradient)
    arrow("backward", rows.right + 32 * rows.big, rows.upstream.y + rows.upstream.height, rows.gradient.y, "pt-back");
}

/** @param {Drawing} picture */
function drawRuler(picture) {
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

// What is selected: outlines only, never fills --------------------------------------------------------------

/**
 * The current window: its cells, its bar and its output, and the arrows from the cuts to the lines they go to.
 * @param {Drawing} drawing
 */
function drawSelection({ facts, rows, at, cut, add, active }) {
  const i = active?.window ?? facts.window;
  const [start, stop] = [facts.windows.start[i], facts.windows.stop[i]];
  const hue = `pt-edge-${i % 2}`;
  const box = (
    /** @type {string} */ key,
    /** @type {number} */ x,
    /** @type {number} */ width,
    /** @type {{ y: number; height: number }} */ { y, height },
    /** @type {string} */ kind,
  ) => add("over", `selected:${key}`, "rect", { class: `pt-selected ${kind}`, x, y, width, height, rx: 5 });
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
  if (facts.rule !== "pytorch") return;
  const line = rows.ruler.y + 11;
  const arrow = (/** @type {string} */ key, /** @type {number} */ from, /** @type {number} */ to) => {
    const tip = Math.min(12, Math.abs(to - from)) * Math.sign(to - from);
    add("over", `round:${key}`, "path", { class: "pt-round", d: `M${from} ${line}H${to - tip}` });
    add("over", `round:${key}:tip`, "path", { class: "pt-tip", d: `M${to - tip} ${line - 6}v12L${to} ${line}z` });
  };
  if (insideCell(facts.truth, i)) arrow("start", cut(i), at(start));
  if (insideCell(facts.truth, i + 1)) arrow("stop", cut(i + 1), at(stop));
}

/**
 * The cell under the pointer or the focus, and its partners; or the window, whose outlines are the selection's.
 * @param {Drawing} drawing
 */
function drawActive({ facts, rows, at, cut, add, active, pinned }) {
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
  if (facts.dual) return;
  for (const i of range(a, b)) {
    const [start, stop] = [facts.windows.start[i], facts.windows.stop[i]];
    box(`window:${i}`, at(start) + 1.5, at(stop) - at(start) - 3, laneBox(rows.windows, i));
  }
}
