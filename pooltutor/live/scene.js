import { insideCell, range, ratioOf, windowText } from "./facts.js";
import { CHARACTER, NARROWEST, countFills, fit, fitTexts, gradientFills, layout, sizesOf, textOn } from "./layout.js";
import { fill, format } from "./numbers.js";

// Facts -> marks: a pure function that says what the picture is. Coordinates are CSS pixels, positions on the
// input are in cells. The same marks are drawn by a widget and by a page.

/** All marks of the picture: {key, parent, tag, attrs, text}. */
export function sceneOf(facts, { width, theme, words, active, pinned, roving, id }) {
  const marks = [];
  const add = (parent, key, tag, attrs, text) => {
    if (parent === key) throw new Error(`${key} is its own parent`);
    if (attrs.width < 0.5) attrs.width = 0.5; // insets leave nothing of a box narrower than they are
    marks.push({ key, parent, tag, attrs, text });
  };
  const rows = layout(facts, width);
  const at = (position) => rows.left + position * rows.unit;
  const cut = (i) => at((i * facts.n) / facts.m);
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
  if (rows.rival) drawRival(picture);
  if (!facts.secret) {
    drawShared(picture);
    drawSelection(picture);
  }
  drawActive(picture);
  return { marks, height: rows.height };
}

function drawLabels({ facts, rows, add, words }) {
  const w = words.rows;
  const ratio = rows.influence ? format(ratioOf(facts.shares)) : "";
  const values = { n: facts.n, m: facts.m, ratio, rule: facts.ruleTitle, against: facts.againstTitle };
  const label = (row, title, sub, hue = "") => {
    if (!rows[row]) return;
    const { y, middle } = rows[row];
    const [name, more] = [fill(title, values), fill(sub, values)];
    if (rows.narrow) {
      const whole = `${name}, ${more}`;
      const text = whole.length * 7.6 * rows.big < rows.right - rows.left ? whole : name;
      add("frame", `label:${row}`, "text", { class: `pt-label pt-from-left ${hue}`, x: rows.left, y: y - 6 }, text);
      return;
    }
    const x = rows.left - 18;
    const alone = facts.presenter; // large print leaves no room for a second line
    add("frame", `label:${row}`, "text", { class: `pt-label pt-to-right ${hue}`, x, y: middle + (alone ? 7 : -1) }, name);
    if (!alone) add("frame", `sub:${row}`, "text", { class: "pt-sub pt-to-right", x, y: middle + 15 }, more);
  };
  label("gradient", w.gradient, w.gradient_sub, "pt-back");
  label("influence", w.influence, w.influence_sub, "pt-back");
  label("dual", w.dual_bins, facts.rule === "pytorch" ? w.dual_bins_sub : w.dual_bins_rule);
  label("input", w.input, w.input_sub);
  const windows = facts.dual ? w.dual : w.windows;
  if (facts.hidden) label("windows", w.windows, w.windows_hidden);
  else if (rows.rival) label("windows", w.duel, windows);
  else label("windows", windows, facts.dual ? w.dual_sub : facts.rule === "pytorch" ? w.windows_sub : w.windows_rule);
  label("ghosts", w.ghosts, w.ghosts_sub);
  label("rival", w.rival, windows);
  if (rows.rival) label("output", w.duel_outputs, w.output_sub);
  else label("output", w.output, w.output_sub);
  label("rivalOutput", w.rival_outputs, w.output_sub);
  label("upstream", w.upstream, w.upstream_sub, "pt-back");
  if (!rows.narrow) drawArrows({ facts, rows, add, words });
}

function drawArrows({ facts, rows, add, words }) {
  const arrow = (name, x, from, to, hue) => {
    const tip = to > from ? -9 : 9;
    add("frame", `arrow:${name}`, "path", { class: `pt-arrow ${hue}`, d: `M${x} ${from}V${to + tip}` });
    add("frame", `tip:${name}`, "path", { class: `pt-tip ${hue}`, d: `M${x - 6} ${to + tip}h12l-6 ${-tip}z` });
    const middle = (from + to) / 2;
    const shift = (name === "forward" ? 15 : -8) * rows.big;
    const attrs = { class: `pt-direction ${hue}`, x: x + shift, y: middle, transform: `rotate(-90 ${x + shift} ${middle})` };
    add("frame", `direction:${name}`, "text", attrs, words.rows[name]);
  };
  arrow("forward", 10 * rows.big, rows.input.y + 4, rows.output.y + rows.output.height, "");
  if (facts.gradient) arrow("backward", rows.right + 32 * rows.big, rows.upstream.y + rows.upstream.height, rows.gradient.y, "pt-back");
}

function drawCells({ facts, rows, at, add, theme, pinned, roving }) {
  const { n, x, hidden, secret } = facts;
  const gap = rows.unit > 10 ? 2 : rows.unit > 3 ? 1 : 0;
  const width = rows.unit - gap;
  const shownX = fit(x, rows.unit, sizesOf(rows, [17, 15, 13, 11]));
  const shownGrad = facts.gradient && !secret ? fit(facts.grad, rows.unit, sizesOf(rows, [14, 12, 11])) : null;
  const fills = facts.gradient && !secret ? gradientFills(facts.grad, theme) : null;
  for (let j = 0; j < n; j++) {
    const key = `cell:${j}`;
    const [left, middle] = [at(j) + gap / 2, at(j + 0.5)];
    const grad = secret ? "" : String(facts.grad[j]);
    add("cells", key, "g", {
      class: "pt-target", "data-cell": j, "data-x": String(x[j]), "data-grad": grad, role: "button",
      tabindex: roving.cell === j ? 0 : -1, "aria-pressed": String(pinned?.cell === j),
    });
    add(key, `${key}:box`, "rect", { class: "pt-cell", x: left, y: rows.input.y, width, height: rows.input.height });
    const lift = facts.dual ? 6 : 2;
    if (shownX) add(key, `${key}:x`, "text", { class: "pt-x", x: middle, y: rows.input.middle + lift * rows.big, "font-size": shownX.size }, shownX.texts[j]);
    if (!facts.gradient) continue;
    add(key, `${key}:back`, "rect", { class: fills ? "pt-grad-box" : "pt-grad-box pt-blank", x: left, y: rows.gradient.y, width, height: rows.gradient.height, ...(fills && { fill: fills[j] }) });
    if (secret && rows.unit >= NARROWEST) add(key, `${key}:grad`, "text", { class: "pt-hidden", x: middle, y: rows.gradient.middle + 5, "font-size": 14 * rows.big }, hidden ? "?" : "–");
    else if (shownGrad) add(key, `${key}:grad`, "text", { class: `pt-grad ${textOn(fills[j])}`, x: middle, y: rows.gradient.middle + shownGrad.size * 0.36, "font-size": shownGrad.size }, shownGrad.texts[j]);
  }
}

/** Above the input: how much each cell counts, and the windows that contain it, which for PyTorch are bin j of m -> n. */
function drawInfluence({ facts, rows, at, add, theme }) {
  const { n, shares, feeds } = facts;
  const gap = rows.unit > 10 ? 2 : rows.unit > 3 ? 1 : 0;
  const sums = shares.map(([a, b]) => a / b);
  const counts = range(0, n).map((j) => feeds.stop[j] - feeds.start[j]);
  const sizes = sizesOf(rows, [14, 12, 11]);
  const exact = fitTexts(shares.map(([a, b]) => (b === 1 ? String(a) : `${a}/${b}`)), rows.unit, sizes);
  const ranges = fitTexts(range(0, n).map((j) => `${feeds.start[j]}:${feeds.stop[j]}`), rows.unit, sizes);
  const strip = (name, attrs, fills, shown) => {
    const row = rows[name];
    for (const j of range(0, n)) {
      const key = `${name}:${j}`;
      add("cells", key, "g", attrs(j));
      add(key, `${key}:box`, "rect", { class: "pt-grad-box", x: at(j) + gap / 2, y: row.y, width: rows.unit - gap, height: row.height, fill: fills[j] });
      if (!shown) continue;
      const place = { x: at(j + 0.5), y: row.middle + shown.size * 0.36, "font-size": shown.size };
      add(key, `${key}:text`, "text", { class: `pt-grad ${textOn(fills[j])}`, ...place }, shown.texts[j]);
    }
  };
  const shown = exact ?? fit(sums, rows.unit, sizes);
  strip("influence", (j) => ({ "data-influence": String(sums[j]), "data-of": j }), gradientFills(sums, theme), shown);
  const shownRanges = ranges ?? fit(counts, rows.unit, sizes);
  strip("dual", (j) => ({ "data-feeding": j, "data-from": feeds.start[j], "data-to": feeds.stop[j] }), countFills(counts, theme), shownRanges);
}

/** Cells in several windows are hatched in the hues of both, narrow ones dark; above n outputs of several cells are. */
function drawShared({ facts, rows, at, cut, add, hatch }) {
  const { start, stop } = facts.dual ? facts.windows : facts.feeds;
  const place = facts.dual ? cut : at;
  const box = facts.dual ? { y: rows.output.y + rows.output.height - 7, height: 6 } : { y: rows.input.y + rows.input.height - 12, height: 12 };
  const wide = place(1) - place(0) >= 14;
  const inset = wide ? 1 : 0.5;
  const shape = (k) => `M${place(k) + inset} ${box.y}H${place(k + 1) - inset}v${box.height}H${place(k) + inset}z`;
  const many = range(0, start.length).filter((k) => stop[k] - start[k] > 1);
  if (!many.length) return;
  const attrs = { "data-shared": many.join(" "), d: many.map(shape).join("") };
  add("shared", "shared:all", "path", wide ? { ...attrs, class: "pt-shared", fill: hatch } : { ...attrs, class: "pt-shared pt-solid" });
}

function drawRuler({ facts, rows, at, cut, add }) {
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
    if (numbered) add("frame", `number:${j}`, "text", { class: "pt-number", x: at(j), y: line + 20 * rows.big }, String(j));
  }
  add("frame", "ticks", "path", { class: "pt-ruler", d: ticks.join("") });
  drawCuts({ facts, rows, cut, add, line });
}

/** Diamonds on the ruler, dark where the cut falls inside a cell, and dashed lines down to the outputs. */
function drawCuts({ facts, rows, cut, add, line }) {
  const { n, m, truth } = facts;
  const spacing = (rows.unit * n) / m;
  const size = Math.min(5, Math.max(2, spacing / 3));
  const { y, height } = rows.upstream ?? rows.output;
  const dashes = (i) => `M${cut(i)} ${rows.ruler.y + rows.ruler.height}V${y + height}`;
  const diamond = (i) => `M${cut(i)} ${line - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`;
  const all = range(0, m + 1);
  // So many dashed lines would be a wall: then only those of the current window.
  const dashed = spacing < 14 ? [facts.window, facts.window + 1] : all;
  add("cuts", "cuts:lines", "path", { class: "pt-cut", d: dashed.map(dashes).join("") });
  add("frame", "diamonds", "path", { class: "pt-diamond", d: all.filter((i) => !insideCell(truth, i)).map(diamond).join("") });
  add("frame", "diamonds:inside", "path", { class: "pt-diamond pt-inside", d: all.filter((i) => insideCell(truth, i)).map(diamond).join("") });
}

function drawWindows(picture) {
  const { facts, rows, at, add, words } = picture;
  if (rows.sentence) {
    add("frame", "tiles", "text", { class: "pt-sentence", x: at(facts.n / 2), y: rows.sentence.middle + 4 }, rows.narrow ? words.tiles_short : words.tiles);
  }
  if (facts.secret) {
    const { y, height, middle } = rows.windows;
    add("bars", "curtain", "rect", { class: "pt-curtain", x: rows.left, y, width: rows.right - rows.left, height: height - 4, rx: 8 });
    const sentence = facts.defined ? (rows.narrow ? words.curtain_short : words.curtain) : facts.undefinedSentence;
    add("bars", "curtain:text", "text", { class: "pt-sentence", x: (rows.left + rows.right) / 2, y: middle + 3 }, sentence);
  }
  if (!facts.dual) drawWindowTargets(picture);
  if (facts.secret) return;
  drawBars(picture, facts, "windows", facts.dual ? "feeds" : "window");
  if (facts.winners) drawWinners(picture);
  if (rows.ghosts) drawGhosts(picture);
}

/** The box of bar k in its lane: bars follow each other from lane to lane, so that none hides another. */
const laneBox = ({ y, lanes }, k) => ({ y: y + (k % lanes.count) * lanes.step, height: lanes.height });

/** One size for the labels of all bars: the largest that fits the narrowest box; null when none does. */
function barSize(rows, texts, widths, height) {
  if (height < 16) return null;
  return sizesOf(rows, [15, 13, 12, 11]).find((size) => texts.every((text, k) => text.length * CHARACTER * size + 2 <= widths[k])) ?? null;
}

/** What a window is to the pointer, the keyboard and the check; its bar is drawn into it. */
function drawWindowTargets({ facts, add, roving }) {
  const { m, windows, secret } = facts;
  for (let i = 0; i < m; i++) {
    const [start, stop] = secret ? ["", ""] : [windows.start[i], windows.stop[i]];
    add("windows", `window:${i}`, "g", {
      class: "pt-target", "data-window": i, "data-start": start, "data-stop": stop, role: "button",
      tabindex: roving.window === i ? 0 : -1,
    });
  }
}

/**
 * Up to n: a bar per window, over its cells. Above n a window is one cell or two, and two lanes of them would say
 * little: there a bar per input cell, as wide as the exact intervals of the outputs that it feeds. The bars of the
 * view's own rule are its windows to the pointer and the check; those of a rival are only looked at.
 */
function drawBars({ facts, rows, at, cut, add, words }, { bars, wrongBars }, row, kindOfMark) {
  const { dual } = facts;
  const place = dual ? cut : at;
  const { lanes } = rows[row];
  const all = range(0, bars.start.length);
  const width = (k) => Math.max(place(bars.stop[k]) - place(bars.start[k]) - 3, 0);
  const texts = all.map((k) => (wrongBars.has(k) ? "✗ " : "") + windowText(bars.start[k], bars.stop[k], words));
  const size = barSize(rows, texts, all.map(width), lanes.height);
  for (const k of all) {
    const key = `${kindOfMark}:${k}`;
    const box = laneBox(rows[row], k);
    if (kindOfMark !== "window") add("bars", key, "g", { [`data-${kindOfMark}`]: k });
    const wrong = !wrongBars.has(k) ? "" : lanes.height < 16 ? " pt-wrong pt-thin" : " pt-wrong";
    const rx = Math.min(5, lanes.height / 2, width(k) / 3);
    add(key, `${key}:bar`, "rect", { class: `pt-bar pt-hue-${k % 2}${wrong}`, x: place(bars.start[k]) + 1.5, width: Math.max(width(k), 1), rx, ...box });
    const middle = (place(bars.start[k]) + place(bars.stop[k])) / 2;
    if (size) add(key, `${key}:text`, "text", { class: "pt-bar-text", x: middle, y: box.y + box.height / 2 + size * 0.36, "font-size": size }, texts[k]);
  }
}

/** The other side of a duel: its windows below the rule's own, its outputs below the rule's outputs. */
function drawRival(picture) {
  const { facts, rows, cut, add } = picture;
  const { rival, m } = facts;
  drawBars(picture, rival, "rival", "rival");
  const unit = cut(1) - cut(0);
  const inset = unit > 12 ? 2 : unit > 4 ? 1 : 0;
  const shown = fit(rival.y, unit - 2 * inset, sizesOf(rows, [17, 15, 13, 11]));
  for (const i of range(0, m)) {
    const key = `rivalOutput:${i}`;
    add("outputs", key, "g", { "data-rival-output": i, "data-rival-y": String(rival.y[i]) });
    add(key, `${key}:box`, "rect", { class: "pt-output", x: cut(i) + inset, y: rows.rivalOutput.y, width: unit - 2 * inset, height: rows.rivalOutput.height, rx: Math.min(5, unit / 4) });
    if (shown) add(key, `${key}:y`, "text", { class: "pt-y", x: cut(i + 0.5), y: rows.rivalOutput.middle + shown.size * 0.36, "font-size": shown.size }, shown.texts[i]);
  }
}

/** Maximum: the cell that wins each window, a full triangle in its bar, and cells as large as it, hollow ones. */
function drawWinners({ facts, rows, at, add }) {
  const { x, windows, winners, m } = facts;
  if (facts.dual || rows.unit < 6) return;
  const size = Math.min(5 * rows.big, rows.unit / 3);
  const triangle = (i) => (j) => `M${at(j + 0.5) - size} ${laneBox(rows.windows, i).y}h${2 * size}l${-size} ${size * 1.2}z`;
  const won = range(0, m).filter((i) => winners[i] >= 0);
  const ties = won.map((i) => [i, range(windows.start[i], windows.stop[i]).filter((j) => j !== winners[i] && x[j] === x[winners[i]])]);
  add("over", "winners", "path", { class: "pt-winner", d: won.map((i) => triangle(i)(winners[i])).join("") });
  add("over", "ties", "path", { class: "pt-tie", "data-ties": ties.map(([, cells]) => cells.join(" ")).join(","), d: ties.flatMap(([i, cells]) => cells.map(triangle(i))).join("") });
}

/** PyTorch's true bars where another rule is wrong. */
function drawGhosts({ facts, rows, at, cut, add, words }) {
  const place = facts.dual ? cut : at;
  const { start, stop } = facts.trueBars;
  const textOf = (k) => windowText(start[k], stop[k], words);
  const written = [...facts.wrongBars].every((k) => textOf(k).length * (rows.big > 1 ? 13 : 8) + 6 <= place(stop[k]) - place(start[k]));
  for (const k of facts.wrongBars) {
    const [from, to] = [place(start[k]), place(stop[k])];
    const y = rows.ghosts.y + (k % 2) * 22 * rows.big;
    add("bars", `ghost:${k}`, "rect", { class: `pt-ghost pt-edge-${k % 2}`, x: from + 1.5, y, width: to - from - 3, height: 19 * rows.big, rx: 4, "data-ghost": k });
    if (written) add("bars", `ghost:${k}:text`, "text", { class: "pt-ghost-text", x: (from + to) / 2, y: y + 14 * rows.big }, textOf(k));
  }
}

function drawOutputs({ facts, rows, cut, add, theme, roving }) {
  const { m, y, g, windows, hidden, secret } = facts;
  const unit = (rows.unit * facts.n) / m;
  const inset = unit > 12 ? 2 : unit > 4 ? 1 : 0;
  const shownY = secret ? null : fit(y, unit - 2 * inset, sizesOf(rows, [17, 15, 13, 11]));
  const shownG = fit(g, unit - 2 * inset, sizesOf(rows, [15, 13, 11]));
  const fills = unit < 3 ? gradientFills(g, theme) : null; // frames would be all that is seen of boxes so narrow
  const won = secret || !facts.winners ? null : facts.winners.map((j) => (j < 0 ? "" : `x[${j}]`));
  const shownWon = won && shownY && fitTexts(won, unit - 2 * inset, sizesOf(rows, [12, 11, 10]));
  for (let i = 0; i < m; i++) {
    const key = `output:${i}`;
    const [left, middle, width] = [cut(i) + inset, cut(i + 0.5), unit - 2 * inset];
    const [start, stop] = secret ? ["", ""] : [windows.start[i], windows.stop[i]];
    const attrs = { class: "pt-target", "data-output": i, "data-y": secret ? "" : String(y[i]), "data-upstream": String(g[i]), role: "button", tabindex: roving.output === i ? 0 : -1 };
    if (facts.dual) Object.assign(attrs, { "data-window": i, "data-start": start, "data-stop": stop });
    if (won) attrs["data-winner"] = facts.winners[i];
    add("outputs", key, "g", attrs);
    add(key, `${key}:box`, "rect", { class: unit < 3 ? "pt-output pt-thin" : "pt-output", x: left, y: rows.output.y, width, height: rows.output.height, rx: Math.min(5, width / 4) });
    if (shownY) add(key, `${key}:y`, "text", { class: "pt-y", x: middle, y: rows.output.middle + (facts.dual ? 3 : 6) * rows.big - (shownWon ? 9 * rows.big : 0), "font-size": shownY.size }, shownY.texts[i]);
    else if (secret && unit >= NARROWEST) add(key, `${key}:y`, "text", { class: "pt-hidden", x: middle, y: rows.output.middle + 6, "font-size": 16 * rows.big }, hidden ? "?" : "–");
    if (shownWon) add(key, `${key}:won`, "text", { class: "pt-won", x: middle, y: rows.output.middle + 14 * rows.big - (facts.dual ? 3 : 0), "font-size": shownWon.size }, shownWon.texts[i]);
    if (!facts.gradient) continue;
    add(key, `${key}:up`, "rect", { class: "pt-upstream", ...(fills && { class: "pt-grad-box", fill: fills[i] }), x: left, y: rows.upstream.y, width, height: rows.upstream.height, rx: Math.min(5, width / 4) });
    if (shownG) add(key, `${key}:g`, "text", { class: "pt-g", x: middle, y: rows.upstream.middle + shownG.size * 0.36, "font-size": shownG.size }, shownG.texts[i]);
  }
}

// What is selected: outlines only, never fills --------------------------------------------------------------

/** The current window: its cells, its bar and its output, and the arrows from the cuts to the lines they go to. */
function drawSelection({ facts, rows, at, cut, add, active }) {
  const i = active?.window ?? facts.window;
  const [start, stop] = [facts.windows.start[i], facts.windows.stop[i]];
  const hue = `pt-edge-${i % 2}`;
  const box = (key, x, width, { y, height }, kind) => add("over", `selected:${key}`, "rect", { class: `pt-selected ${kind}`, x, y, width, height, rx: 5 });
  if (stop > start) box("cells", at(start), at(stop) - at(start), { y: rows.input.y - 2, height: rows.input.height + 4 }, hue);
  if (!facts.dual && stop > start) box("bar", at(start) + 1.5, at(stop) - at(start) - 3, laneBox(rows.windows, i), "pt-edge-ink");
  box("output", cut(i) + 1.5, cut(i + 1) - cut(i) - 3, rows.output, hue);
  if (facts.rule !== "pytorch") return;
  const line = rows.ruler.y + 11;
  const arrow = (key, from, to) => {
    const tip = Math.min(12, Math.abs(to - from)) * Math.sign(to - from);
    add("over", `round:${key}`, "path", { class: "pt-round", d: `M${from} ${line}H${to - tip}` });
    add("over", `round:${key}:tip`, "path", { class: "pt-tip", d: `M${to - tip} ${line - 6}v12L${to} ${line}z` });
  };
  if (insideCell(facts.truth, i)) arrow("start", cut(i), at(start));
  if (insideCell(facts.truth, i + 1)) arrow("stop", cut(i + 1), at(stop));
}

/** The cell under the pointer or the focus, and its partners; or the window, whose outlines are the selection's. */
function drawActive({ facts, rows, at, cut, add, active, pinned }) {
  if (!active) return;
  const style = pinned ? "pt-active pt-pinned" : "pt-active";
  const box = (key, x, width, { y, height }) => add("over", `active:${key}`, "rect", { class: style, x: x - 1, y: y - 1, width: width + 2, height: height + 2, rx: 5 });
  if (active.window !== undefined) return box("output", cut(active.window), cut(active.window + 1) - cut(active.window), rows.output);
  const j = active.cell;
  box("cell", at(j), rows.unit, rows.input);
  if (facts.gradient) box("grad", at(j), rows.unit, rows.gradient);
  if (facts.secret) return;
  const [a, b] = [facts.feeds.start[j], facts.feeds.stop[j]];
  if (a < b) box("fed", cut(a), cut(b) - cut(a), rows.output);
  if (facts.dual) return;
  for (const i of range(a, b)) {
    const [start, stop] = [facts.windows.start[i], facts.windows.stop[i]];
    box(`window:${i}`, at(start) + 1.5, at(stop) - at(start) - 3, laneBox(rows.windows, i));
  }
}
