import { CHARACTER, sizesOf, widthOfWords } from "../boxes.js";
import { hiddenClass, revealText } from "../hidden.js";
import { boxAt, textAt } from "../marks.js";
import { fill } from "../numbers.js";
import { largestOf } from "../pooling.js";
import { smallLetters } from "../ruler.js";
import { subscript } from "../terms.js";
import { range, windowText } from "../windows.js";

// The windows as bars in lanes: the rule's own, a rival's, PyTorch's true ones as ghosts, and who wins a maximum.

/** @param {Drawing} picture */
export function drawWindows(picture) {
  const { facts, rows, at, add, words } = picture;
  if (rows.sentence) {
    const place = { x: at(facts.n / 2), y: rows.sentence.middle + 4 };
    add("frame", "tiles", "text", { class: "pt-sentence", ...place }, rows.narrow ? words.tiles_short : words.tiles);
  }
  if (!facts.visible && !rows.own) drawHiddenBox(picture);
  if (!facts.dual) drawWindowTargets(picture);
  if (!facts.visible) return;
  drawBars(picture, facts, "windows", facts.dual ? "feeds" : "window");
  drawWinners(picture);
  if (rows.ghosts) drawGhosts(picture);
}

/**
 * In place of the windows: how to reveal them, or why there are none.
 * @param {Drawing} drawing
 */
function drawHiddenBox({ facts, rows, add, words }) {
  const { left, right, big } = rows;
  const { y, height, middle } = rows.windows;
  const box = { x: left, y, width: right - left, height: height - 4, rx: 8 };
  add("bars", "hidden", "rect", { class: hiddenClass(facts), ...box });
  const text = facts.defined ? revealText(facts, words, right - left, 14 * big) : facts.undefinedSentence;
  add("bars", "hidden:text", "text", { class: "pt-sentence", x: (left + right) / 2, y: middle + 3 }, text);
}

/**
 * The box of bar k in its lane: bars follow each other from lane to lane, so that none hides another.
 * @param {LaneRow} row
 * @param {number} k
 */
export const laneBox = ({ y, lanes }, k) => ({
  y: y + (k % lanes.count) * lanes.step,
  height: lanes.height,
});

/**
 * One size for the labels of all bars: the largest that fits the narrowest box; null when none does.
 * @param {Rows} rows
 * @param {string[]} texts
 * @param {number[]} widths
 * @param {number} height
 */
function barSize(rows, texts, widths, height) {
  if (height < 16) return null;
  return (
    sizesOf(rows, [15, 13, 12, 11]).find((size) =>
      texts.every((text, k) => text.length * CHARACTER * size + 2 <= widths[k]),
    ) ?? null
  );
}

/**
 * What a window is to the pointer, the keyboard and the check; its bar is drawn into it.
 * @param {Drawing} drawing
 */
function drawWindowTargets({ facts, add, roving }) {
  const { m, windows, visible } = facts;
  for (let i = 0; i < m; i++) {
    const [start, stop] = visible ? [windows.start[i], windows.stop[i]] : ["", ""];
    add("windows", `window:${i}`, "g", {
      class: "pt-target",
      "data-window": i,
      "data-start": start,
      "data-stop": stop,
      role: "button",
      tabindex: roving.window === i && (visible || !facts.asked) ? 0 : -1,
    });
  }
}

/**
 * Up to n: a bar per window, over its cells. Above n a window is one cell or two, and two lanes of them would say
 * little: there a bar per input cell, as wide as the exact intervals of the outputs that it feeds. Such a bar looks like
 * a cell and says which one it is. The bars of the view's own rule are its windows to the pointer and the check; those
 * of a rival are only looked at.
 * @param {Drawing} picture
 * @param {Pick<Facts, "bars" | "wrongBars" | "rule">} options
 * @param {"windows" | "rival"} row
 * @param {string} name
 */
export function drawBars(picture, { bars, wrongBars, rule }, row, name) {
  const { facts, rows, at, cut, add, words } = picture;
  const place = facts.dual ? cut : at;
  const { lanes } = rows[row];
  const all = range(0, bars.start.length);
  const width = (/** @type {number} */ k) => Math.max(place(bars.stop[k]) - place(bars.start[k]) - 3, 0);
  const texts = all.map((k) => (wrongBars.has(k) ? "✗ " : "") + windowText(bars.start[k], bars.stop[k], words));
  const size = barSize(rows, texts, all.map(width), lanes.height);
  const names = facts.dual && size ? cellNames(picture, texts, all.map(width), size) : [];
  for (const k of all) {
    const [from, to] = [bars.start[k], bars.stop[k]];
    const key = `${name}:${k}`;
    const truth = name === "rival" && rule === "pytorch" ? { "data-true": k } : {};
    if (name !== "window") add("bars", key, "g", { [`data-${name}`]: k, "data-from": from, "data-to": to, ...truth });
    const wrong = !wrongBars.has(k) ? "" : lanes.height < 16 ? " pt-wrong pt-thin" : " pt-wrong";
    const { y, height } = laneBox(rows[row], k);
    const rx = Math.min(5, lanes.height / 2, width(k) / 3);
    const bar = { x: place(from) + 1.5, y, width: Math.max(width(k), 1), height, rx };
    const hue = facts.dual ? "pt-feeds" : `pt-hue-${k % 2}`;
    add(key, `${key}:bar`, "rect", boxAt(`pt-bar ${hue}${wrong}`, bar));
    if (size) drawBarTexts(picture, key, bar, { size, text: texts[k], name: names[k] });
  }
}

/**
 * The names of the cells that stand in place of windows, as long as there is room for beside the texts of all bars.
 * @param {Drawing} drawing
 * @param {string[]} texts
 * @param {number[]} widths
 * @param {number} size
 */
function cellNames({ words, rows }, texts, widths, size) {
  const fits = (/** @type {string[]} */ names) =>
    names.every((name, k) => nameRoom(name, rows) + texts[k].length * CHARACTER * size + 4 <= widths[k]);
  const named = texts.map((_, j) => fill(words.bar_cell, { j }));
  const short = texts.map((_, j) => fill(words.bar_cell_short, { sub: subscript(j) }));
  return [named, short].find(fits) ?? [];
}

/**
 * How much room the name of a cell takes, with what stays free beside it.
 * @param {string} name
 * @param {Rows} rows
 */
const nameRoom = (name, rows) => widthOfWords(name, smallLetters(rows)) + 8;

/**
 * What a bar says: its range, and before that in small print the name of its cell where it has one.
 * @param {Drawing} drawing
 * @param {string} key
 * @param {Box} bar
 * @param {{ size: number; text: string; name?: string }} said
 */
function drawBarTexts({ facts, rows, add }, key, { x, y, width, height }, { size, text, name }) {
  const shift = name ? nameRoom(name, rows) / 2 : 0;
  const style = facts.dual ? "pt-bar-text pt-of-cell" : "pt-bar-text";
  const middle = y + height / 2;
  add(key, `${key}:text`, "text", textAt(style, x + width / 2 + shift, middle + size * 0.36, size), text);
  if (!name) return;
  const letters = smallLetters(rows);
  const end = x + width / 2 + shift - (text.length * CHARACTER * size) / 2 - 4;
  add(key, `${key}:name`, "text", textAt("pt-bar-name pt-to-right", end, middle + letters * 0.36, letters), name);
}

/**
 * Maximum: the cell that wins each window, a full triangle in its bar, and cells as large as it, hollow ones. Above n,
 * where a bar is a cell, they stand on the cells: full for a cell that wins any window.
 * @param {Drawing} drawing
 */
function drawWinners({ facts, rows, at, add }) {
  const { x, windows, winners, m, dual } = facts;
  if (!winners || rows.unit < 6) return;
  const size = Math.min(5 * rows.big, rows.unit / 3);
  const triangle = (/** @type {number} */ i, /** @type {number} */ j) =>
    `M${at(j + 0.5) - size} ${dual ? rows.input.y : laneBox(rows.windows, i).y}h${2 * size}l${-size} ${size * 1.2}z`;
  const won = range(0, m).filter((i) => winners[i] >= 0);
  const ties = won.map((i) => largestOf(x, windows, winners, i).filter((j) => j !== winners[i]));
  const winning = new Set(dual ? winners : []);
  const hollow = won.flatMap((i, k) => ties[k].filter((j) => !winning.has(j)).map((j) => triangle(i, j)));
  add("over", "winners", "path", { class: "pt-winner", d: won.map((i) => triangle(i, winners[i])).join("") });
  const said = ties.map((cells) => cells.join(" ")).join(",");
  add("over", "ties", "path", { class: "pt-tie", "data-ties": said, d: hollow.join("") });
}

/**
 * PyTorch's true bars where another rule is wrong.
 * @param {Drawing} drawing
 */
function drawGhosts({ facts, rows, at, cut, add, words }) {
  const place = facts.dual ? cut : at;
  const { start, stop } = facts.trueBars;
  const textOf = (/** @type {number} */ k) => windowText(start[k], stop[k], words);
  const written = [...facts.wrongBars].every(
    (k) => textOf(k).length * (rows.big > 1 ? 13 : 8) + 6 <= place(stop[k]) - place(start[k]),
  );
  for (const k of facts.wrongBars) {
    const [from, to] = [place(start[k]), place(stop[k])];
    const y = rows.ghosts.y + (k % 2) * 22 * rows.big;
    const key = `ghost:${k}`;
    add("bars", key, "g", { "data-ghost": k, "data-true": k, "data-from": start[k], "data-to": stop[k] });
    add(key, `${key}:bar`, "rect", {
      class: `pt-ghost pt-edge-${k % 2}`,
      x: from + 1.5,
      y,
      width: to - from - 3,
      height: 19 * rows.big,
      rx: 4,
    });
    if (written)
      add(key, `${key}:text`, "text", { class: "pt-ghost-text", x: (from + to) / 2, y: y + 14 * rows.big }, textOf(k));
  }
}
