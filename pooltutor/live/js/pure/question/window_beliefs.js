import { range } from "../windows.js";
import { rightAnswer } from "./right.js";

// Wrong ideas about windows, and about the cells that they share.

/** @typedef {(about: About, value: any) => boolean} Belief whether an answer is what an idea gives */

/** @param {About} about */
export const firstAxis = ({ n, m }) => [n[0], m[0]];

// Windows -----------------------------------------------------------------------------------------------------

/**
 * Are these windows, moved so far, the right ones?
 * @param {number} start
 * @param {number} stop
 * @returns {Belief}
 */
const moved = (start, stop) => (about, value) =>
  JSON.stringify(value.map((/** @type {Pair} */ [a, b]) => [a + start, b + stop])) ===
  JSON.stringify(rightAnswer(about));

/**
 * Windows from what is made of each cut: `low` is the line before it, `isInside` says whether it falls inside a cell.
 * @param {(low: number, isInside: boolean) => number} startOf
 * @param {(low: number, isInside: boolean) => number} stopOf
 * @returns {Belief}
 */
const rounding = (startOf, stopOf) => (about, value) => {
  const [n, m] = firstAxis(about);
  const end = (/** @type {number} */ i, /** @type {typeof startOf} */ way) =>
    way(Math.floor((i * n) / m), (i * n) % m > 0);
  return JSON.stringify(value) === JSON.stringify(range(0, m).map((i) => [end(i, startOf), end(i + 1, stopOf)]));
};

/** @type {Belief} */
const floorPlusOne = (about, value) => {
  const [n, m] = firstAxis(about);
  const windows = range(0, m).map((i) => [Math.floor((i * n) / m), Math.min(Math.floor(((i + 1) * n) / m) + 1, n)]);
  return JSON.stringify(value) === JSON.stringify(windows);
};

/** @type {Record<string, Belief>} */
export const WINDOW_SLIPS = { last_cell: moved(0, 1), from_one: moved(-1, 0), from_one_line: moved(-1, -1) };
/** @type {Record<string, Belief>} */
export const WINDOW_BELIEFS = {
  both_up: rounding(
    (low, isInside) => low + Number(isInside),
    (low, isInside) => low + Number(isInside),
  ),
  inwards: rounding(
    (low, isInside) => low + Number(isInside),
    (low) => low,
  ),
  floor_plus_one: floorPlusOne,
};

// Shared cells ------------------------------------------------------------------------------------------------

/**
 * Has each inner cut a cell, also where it falls on a line? There it may be either neighbour.
 * @type {Belief}
 */
export const allPairs = (about, value) => {
  const [n, m] = firstAxis(about);
  const touched = range(1, m).map((i) => [Math.ceil((i * n) / m) - 1, Math.floor((i * n) / m)]);
  return value.length === touched.length && touched.every((cells, k) => cells.includes(value[k]));
};

/** @type {Record<string, Belief>} */
export const SHARED_SLIPS = {
  how_many: (about, value) => value.length === 1 && value[0] === rightAnswer(about).length,
  from_one: (about, value) =>
    value.length > 0 && String(value.map((/** @type {number} */ j) => j - 1)) === String(rightAnswer(about)),
};
