import { fit, fitTexts, sizesOf } from "../boxes.js";
import { textOn } from "../colours.js";
import { hiddenClass, unknownMark } from "../hidden.js";
import { boxAt, textAt } from "../marks.js";
import { format } from "../numbers.js";
import { range } from "../windows.js";
import { isPattern } from "./facts.js";
import { boxOf, gapOfGrid, middleOf } from "./layout.js";
import { dataOf, fillAt } from "./shades.js";

// The outputs, and what stands in them second: the gradient that arrives, or where the maximum was found.

/** @param {GridDrawing} drawing */
export function drawGridOutputs(drawing) {
  const { output } = drawing.places;
  if (output.pixels) return frameOutputs(drawing);
  const texts = gridOutputTexts(drawing);
  for (const i of range(0, output.rows)) for (const j of range(0, output.columns)) drawGridOutput(drawing, i, j, texts);
}

/**
 * What fits into the outputs, and how far up and down two lines move to make room for each other.
 * @param {GridDrawing} drawing
 * @returns {GridOutputTexts}
 */
function gridOutputTexts(drawing) {
  const { facts, places } = drawing;
  const { output, big } = places;
  const single = facts.visible && facts.y.length === 1 && isTall(places);
  const first = single ? fit(facts.y[0], output.unitX - 4, sizesOf(places, [17, 15, 13, 12, 11, 10])) : null;
  // Where the outputs themselves do not fit, what comes second may: in large print the gradient that arrives.
  const second = single && (!first || output.unitY >= 40 * big) ? secondTexts(drawing) : null;
  return { first, second, lift: second ? 8 * big : 0, drop: first ? 11 * big : 0 };
}

/**
 * Is an output high enough for a line of text?
 * @param {GridPlaces} places
 */
const isTall = ({ output, big }) => output.unitY >= 13 * big;

/**
 * One output: its box, its number, and what comes second.
 * @param {GridDrawing} drawing
 * @param {number} i
 * @param {number} j
 * @param {GridOutputTexts} texts
 */
function drawGridOutput(drawing, i, j, texts) {
  const { facts, places, add, theme } = drawing;
  const { visible, y, winners } = facts;
  const { output } = places;
  const [k, place] = [i * output.columns + j, `${i},${j}`];
  const plain = !visible || isPattern(facts.image);
  const fill = plain ? theme.output : fillAt(y, k, drawing.outputShade);
  const box = boxAt("pt-output2", boxOf(output, i, j, gapOfGrid(output) + 1), fill);
  box.rx = Math.min(4, output.unitX / 6);
  box["data-output"] = place;
  box["data-y"] = visible ? dataOf(y, k) : "";
  box["data-upstream"] = String(facts.g[k]);
  if (winners && visible) box["data-winner"] = dataOf(winners, k);
  add("cells", `output:${place}`, "rect", box);
  drawFirst(drawing, i, j, texts, fill);
  if (!texts.second) return;
  const { name, hue, size, texts: written } = texts.second;
  const [x, middle] = middleOf(output, i, j);
  /** @type {Attributes} */
  const attrs = textAt(`pt-second ${plain ? hue : textOn(fill)}`, x, middle + size * 0.36 + texts.drop, size);
  attrs.stroke = fill;
  attrs[`data-${name}-of`] = place;
  add("texts", `second:${place}`, "text", attrs, written[k]);
}

/**
 * The number of an output, or a mark in its place.
 * @param {GridDrawing} drawing
 * @param {number} i
 * @param {number} j
 * @param {GridOutputTexts} texts
 * @param {string} stroke
 */
function drawFirst({ facts, places, add }, i, j, { first, lift }, stroke) {
  const { output, big } = places;
  const [x, middle] = middleOf(output, i, j);
  const style = `pt-x2 ${textOn(stroke)}`;
  const place = `${i},${j}`;
  if (first) {
    const { size, texts } = first;
    const base = middle + size * 0.36 - lift;
    const attrs = { class: style, "data-y-of": place, x, y: base, "font-size": size, stroke };
    add("texts", `y:${place}`, "text", attrs, texts[i * output.columns + j]);
  } else if (!facts.visible && output.unitX >= 22 && isTall(places)) {
    const attrs = { class: style, x, y: middle + 5 * big, "font-size": 15 * big, stroke };
    const arriving = facts.asked?.kind === "gradient_2d" ? `g ${format(facts.g[i * output.columns + j])}` : "";
    add("texts", `y:${place}`, "text", attrs, arriving || unknownMark(facts));
  }
}

/**
 * A second line in the outputs: the gradient that arrives, or where the maximum was found.
 * @param {GridDrawing} drawing
 */
function secondTexts({ facts, places }) {
  const sizes = sizesOf(places, [13, 12, 11, 10]);
  const room = places.output.unitX - 4;
  if (facts.colour === "gradient") {
    const arriving = Array.from(facts.g, (v) => `g ${format(v)}`);
    const found = fitTexts(arriving, room, sizes);
    return found && { ...found, name: "g", hue: "pt-back" };
  }
  if (!facts.winners) return null;
  const width = facts.n[1];
  const cell = (/** @type {number} */ at) => (at < 0 ? "" : `x[${Math.trunc(at / width)},${at % width}]`);
  const found = fitTexts(Array.from(facts.winners[0], cell), room, sizes);
  return found && { ...found, name: "won", hue: "" };
}

/**
 * Around outputs that are painted, or that are not shown.
 * @param {GridDrawing} drawing
 */
function frameOutputs({ facts, places: { output }, add }) {
  const { x, y, width, height } = output;
  const style = facts.visible ? "pt-frame" : hiddenClass(facts);
  add("cells", "output:frame", "rect", { class: style, x, y, width, height });
  if (facts.visible) return;
  const place = { x: x + width / 2, y: y + height / 2 + 5 };
  add("texts", "output:hidden", "text", { class: "pt-sentence", ...place }, unknownMark(facts));
}
