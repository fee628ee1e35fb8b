import { motionsBetween } from "../motion.js";
import { range } from "../windows.js";

// What moves in the 2-D picture: the windows of both axes, and the outlines of the current window.

const MOST_GRID_BARS = 12; // of an axis: more of them move by next to nothing each

/**
 * The marks whose places are noted after each drawing, to move from there.
 * @param {GridFacts} facts
 */
export function gridMovingKeys({ rows, columns, visible }) {
  if (!visible) return [];
  const ofAxis = (/** @type {AxisName} */ name, /** @type {Axis} */ { bars, dual }) => {
    const count = bars.start.length <= MOST_GRID_BARS ? bars.start.length : 0;
    return range(0, count).map((k) => `${name}:${dual ? "feeds" : "window"}:${k}:bar`);
  };
  const outlines = ["window", "row", "column", "output"].map((name) => `selected:${name}`);
  return [...ofAxis("row", rows), ...ofAxis("column", columns), ...outlines, "exact"];
}

/**
 * What happened between two pictures, and what of it is seen to move.
 * @param {ShownGrid} before
 * @param {ShownGrid} after
 * @returns {Happened}
 */
export function gridMotionOf(before, after) {
  const differs = ["n", "m", "window"].some(
    (name) => String(before.facts[/** @type {"n"} */ (name)]) !== String(after.facts[/** @type {"n"} */ (name)]),
  );
  return differs
    ? { kind: "size", motions: () => motionsBetween(before.places, after.places) }
    : { kind: "none", motions: () => [] };
}
