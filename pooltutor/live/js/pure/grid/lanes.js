import { sizesOf } from "../boxes.js";
import { hiddenClass } from "../hidden.js";
import { textAt } from "../marks.js";
import { range, windowText } from "../windows.js";
import { barLetters, columnLane, rowLane } from "./layout.js";

// The windows of each axis as bars in lanes, and PyTorch's true ones where a rule is wrong.

/**
 * The windows of an axis as bars in lanes; above n, for each row or column the outputs that it feeds.
 * @param {GridDrawing} drawing
 * @param {AxisName} axis
 */
export function drawAxis({ facts, places, add, words }, axis) {
  const one = axis === "row" ? facts.rows : facts.columns;
  if (!facts.visible) {
    add("bars", `${axis}:hidden`, "rect", { class: hiddenClass(facts), ...axisBox(places, axis), rx: 6 });
    return;
  }
  for (const i of range(0, one.m))
    add("bars", `${axis}:window:${i}`, "g", {
      [`data-${axis}-window`]: i,
      "data-start": one.windows.start[i],
      "data-stop": one.windows.stop[i],
    });
  const texts = range(0, one.bars.start.length).map(
    (k) => (one.wrongBars.has(k) ? "✗" : "") + windowText(one.bars.start[k], one.bars.stop[k], words),
  );
  const boxes = texts.map((_, k) => barBox(places, axis, one, one.bars, k));
  const long = (/** @type {Box} */ box) => (axis === "row" ? box.height : box.width);
  const thick = places[`${axis}Lanes`].height;
  const fitted = boxes.map((box, k) => barLetters(texts[k].length, long(box), sizesOf(places, [13, 12, 11, 10])) ?? 0);
  const size = thick < 14 ? 0 : Math.min(...fitted);
  for (const [k, box] of boxes.entries()) drawBar({ add, axis, one, box, k, size, text: texts[k] });
  if (one.wrongBars.size) drawTruth({ places, add, axis, one });
}

/** @param {{ add: Add; axis: AxisName; one: Axis; box: Box; k: number; size: number; text: string }} options */
function drawBar({ add, axis, one, box, k, size, text }) {
  const key = one.dual ? `${axis}:feeds:${k}` : `${axis}:window:${k}`;
  if (one.dual) add("bars", key, "g", { [`data-${axis}-feeds`]: k });
  const wrong = !one.wrongBars.has(k) ? "" : Math.min(box.width, box.height) < 14 ? " pt-wrong pt-thin" : " pt-wrong";
  add(key, `${key}:bar`, "rect", {
    class: `pt-bar ${one.dual ? "pt-feeds" : `pt-hue-${k % 2}`}${wrong}`,
    rx: Math.min(4, box.width / 3, box.height / 3),
    ...box,
  });
  if (!size) return;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const style = one.dual ? "pt-bar-text pt-of-cell" : "pt-bar-text";
  const turned = axis === "row" ? { transform: `rotate(-90 ${x} ${y})` } : {};
  add(key, `${key}:text`, "text", { ...textAt(style, x, y + size * 0.36, size), ...turned }, text);
}

/**
 * PyTorch's true bars where a rule is wrong, as dashed outlines in the same lane.
 * @param {{ places: GridPlaces; add: Add; axis: AxisName; one: Axis }} options
 */
function drawTruth({ places, add, axis, one }) {
  for (const k of one.wrongBars) {
    const [from, to] = [one.trueBars.start[k], one.trueBars.stop[k]];
    add("bars", `${axis}:truth:${k}`, "rect", {
      class: "pt-truth2",
      [`data-${axis}-true`]: k,
      "data-from": from,
      "data-to": to,
      ...barBox(places, axis, one, one.trueBars, k, -2),
    });
  }
}

/**
 * Where bar k stands: over its cells, or above n over the exact intervals of its outputs.
 * @param {GridPlaces} places
 * @param {AxisName} axis
 * @param {Axis} one
 * @param {Bins} bars
 * @param {number} k
 */
export function barBox(places, axis, one, bars, k, inset = 1) {
  const { input } = places;
  const unit = (axis === "row" ? input.height : input.width) / (one.dual ? one.m : one.n);
  const along = { at: bars.start[k] * unit + inset, long: (bars.stop[k] - bars.start[k]) * unit - 2 * inset };
  const thick = places[`${axis}Lanes`].height;
  return axis === "row"
    ? { x: rowLane(places, k), y: input.y + along.at, width: thick, height: along.long }
    : { x: input.x + along.at, y: columnLane(places, k), width: along.long, height: thick };
}

/**
 * @param {GridPlaces} places
 * @param {AxisName} axis
 */
function axisBox({ input, rowLanes, columnLanes }, axis) {
  return axis === "row"
    ? { x: input.x - 6 - rowLanes.all, y: input.y, width: rowLanes.all - 3, height: input.height }
    : { x: input.x, y: input.y - 6 - columnLanes.all, width: input.width, height: columnLanes.all - 3 };
}
