import { fit, fitTexts, NARROWEST, sizesOf } from "../boxes.js";
import { gradientFills } from "../colours.js";
import { unknownMark } from "../hidden.js";
import { boxAt, textAt } from "../marks.js";
import { givingBack, range } from "../windows.js";

// The outputs at their exact intervals, the gradient that arrives below them, and in a duel the rival's outputs.

/**
 * The boxes of a row of outputs, at their exact intervals: how wide they are, and where box i stands.
 * @param {Drawing} drawing
 * @returns {OutputBoxes}
 */
function outputBoxes({ cut }) {
  const unit = cut(1) - cut(0);
  const inset = unit > 12 ? 2 : unit > 4 ? 1 : 0;
  const width = unit - 2 * inset;
  return {
    unit,
    width,
    box: (i, { y, height }) => ({ x: cut(i) + inset, y, width, height, rx: Math.min(5, width / 4) }),
  };
}

/** @param {number} unit */
const outputClass = (unit) => (unit < 3 ? "pt-output pt-thin" : "pt-output"); // frames would be all that is seen

/**
 * The outputs of the other side of a duel.
 * @param {Drawing} picture
 * @param {DefinedRival} rival
 */
export function drawRivalOutputs(picture, rival) {
  const { facts, rows, cut, add } = picture;
  const { unit, width, box } = outputBoxes(picture);
  const shown = fit(rival.y, width, sizesOf(rows, [17, 15, 13, 11]));
  for (const i of range(0, facts.m)) {
    const key = `rivalOutput:${i}`;
    add("outputs", key, "g", { "data-rival-output": i, "data-rival-y": String(rival.y[i]) });
    add(key, `${key}:box`, "rect", boxAt(outputClass(unit), box(i, rows.rivalOutput)));
    if (!shown) continue;
    const middle = rows.rivalOutput.middle + shown.size * 0.36;
    add(key, `${key}:y`, "text", textAt("pt-y", cut(i + 0.5), middle, shown.size), shown.texts[i]);
  }
}

/** @param {Drawing} picture */
export function drawOutputs(picture) {
  const { facts } = picture;
  const boxes = outputBoxes(picture);
  const texts = outputTexts(picture, boxes.width);
  const arriving = arrivingLook(picture, boxes);
  for (let i = 0; i < facts.m; i++) {
    drawOutput(picture, i, boxes, texts);
    if (facts.gradient) drawArriving(picture, i, boxes, arriving);
  }
}

/**
 * What fits into outputs of some width: their numbers, and where each maximum was found.
 * @param {Drawing} drawing
 * @param {number} width
 */
function outputTexts({ facts: { visible, y, winners }, rows }, width) {
  const numbers = visible ? fit(y, width, sizesOf(rows, [17, 15, 13, 11])) : null;
  if (!numbers || !winners) return { numbers, won: null };
  const won = Array.from(winners, (j) => (j < 0 ? "" : `x[${j}]`));
  return { numbers, won: fitTexts(won, width, sizesOf(rows, [12, 11, 10])) };
}

/**
 * What an output says of itself; above n it is the window, too.
 * @param {Drawing} drawing
 * @param {number} i
 * @returns {Attributes}
 */
function outputAttributes({ facts, roving, pinned }, i) {
  const { visible, windows, winners, y, g } = facts;
  const [start, stop] = visible ? [windows.start[i], windows.stop[i]] : ["", ""];
  /** @type {Attributes} */
  const attrs = {
    class: pinned?.window === i ? "pt-target pt-held" : "pt-target",
    "data-output": i,
    "data-y": visible ? String(y[i]) : "",
    "data-upstream": String(g[i]),
    role: "button",
    tabindex: roving.output === i ? 0 : -1,
  };
  if (facts.dual) Object.assign(attrs, { "data-window": i, "data-start": start, "data-stop": stop });
  if (visible && winners) attrs["data-winner"] = winners[i];
  return attrs;
}

/**
 * @param {Drawing} picture
 * @param {number} i
 * @param {OutputBoxes} boxes
 * @param {{ numbers: Fitted | null; won: Fitted | null }} texts
 */
function drawOutput(picture, i, { unit, box }, { numbers, won }) {
  const { facts, rows, cut, add } = picture;
  const { big } = rows;
  const { middle } = rows.output;
  const key = `output:${i}`;
  const x = cut(i + 0.5);
  add("outputs", key, "g", outputAttributes(picture, i));
  add(key, `${key}:box`, "rect", boxAt(outputClass(unit), box(i, rows.output)));
  if (numbers) {
    const y = middle + (facts.dual ? 3 : 6) * big - (won ? 9 * big : 0);
    add(key, `${key}:y`, "text", textAt("pt-y", x, y, numbers.size), numbers.texts[i]);
  } else if (!facts.visible && unit >= NARROWEST)
    add(key, `${key}:y`, "text", textAt("pt-hidden", x, middle + 6, 16 * big), unknownMark(facts));
  if (!won) return;
  const y = middle + 14 * big - (facts.dual ? 3 : 0);
  add(key, `${key}:won`, "text", textAt("pt-won", x, y, won.size), won.texts[i]);
}

/**
 * How the gradient that arrives is written; in boxes too thin for numbers it is a shade.
 * @param {Drawing} drawing
 * @param {OutputBoxes} boxes
 */
const arrivingLook = ({ facts, rows, theme, active }, { unit, width }) => ({
  drags: facts.free?.upstream ? " pt-drags" : "",
  shown: fit(facts.g, width, sizesOf(rows, [15, 13, 11])),
  fills: unit < 3 ? gradientFills(facts.g, theme) : null,
  named: new Set(active?.cell === undefined || !facts.visible ? [] : givingBack(active.cell, facts)),
});

/**
 * The gradient that arrives at output i, in its mark.
 * @param {Drawing} drawing
 * @param {number} i
 * @param {OutputBoxes} boxes
 * @param {{ drags: string; shown: Fitted | null; fills: string[] | null; named: Set<number> }} look
 */
function drawArriving({ rows, cut, add }, i, { box }, { drags, shown, fills, named }) {
  const key = `output:${i}`;
  const style = fills ? "pt-grad-box" : named.has(i) ? "pt-upstream pt-named" : "pt-upstream";
  add(key, `${key}:up`, "rect", boxAt(style + drags, box(i, rows.upstream), fills?.[i]));
  if (!shown) return;
  const y = rows.upstream.middle + shown.size * 0.36;
  add(key, `${key}:g`, "text", textAt("pt-g", cut(i + 0.5), y, shown.size), shown.texts[i]);
}
