import { countShade, fillOf, gradientShade, greyShade } from "../colours.js";
import { leastAndMost, shownNumbers } from "./facts.js";

// Numbers as shades: what the cells of both grids are filled with, as marks and as pixels.

/**
 * The brightness that stands for a number, the same for input and output: from 0 to 255 in a photograph.
 * @param {GridFacts} facts
 * @returns {Pair}
 */
function brightness({ x, picture }) {
  if (picture?.dtype === "uint8") return [0, picture.name === "digit" ? 9 : 255];
  const [low, high] = leastAndMost(x);
  return high > low ? [low, Math.min(high, low + Number.MAX_VALUE)] : high === low ? [low - 1, low + 1] : [0, 1];
}

/**
 * What the input shows, and the shades of both grids: functions from a number to red, green, blue.
 * @param {GridFacts} facts
 * @param {Theme} theme
 */
export function shadesOf(facts, theme) {
  const shown = shownNumbers(facts);
  const [low, high] = brightness(facts);
  const grey = greyShade(low, high, theme);
  /** @type {Record<string, (values: Numbers, theme: Theme) => Shade>} */
  const maps = { overlaps: countShade, gradient: gradientShade, influence: gradientShade };
  const map = facts.visible ? maps[facts.colour] : undefined;
  return { shown, inputShade: map ? map(shown[0], theme) : grey, outputShade: grey };
}

/**
 * The fill of cell k from one plane, or from three that are red, green and blue.
 * @param {Channels} planes
 * @param {number} k
 * @param {Shade} shade
 */
export const fillAt = (planes, k, shade) =>
  fillOf(planes.length === 1 ? shade(planes[0][k]) : planes.map((plane) => shade(plane[k])[0]));

/**
 * Numbers as they stand in an attribute: one for each channel.
 * @param {Numbers[]} planes
 * @param {number} k
 */
export const dataOf = (planes, k) => planes.map((plane) => String(plane[k])).join(" ");
