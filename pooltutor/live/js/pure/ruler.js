import { CHARACTER } from "./boxes.js";

// Numbers along a ruler: how large they are, and which of them have room where not all have.

const SLIM_MARK = 0.38; // width of a point or a stroke, in font sizes
const NUMBERS_APART = 6; // pixels between two numbers of a row
const NUMBER_LINE = 1.25; // height of a number in a column with the space above it, in font sizes
const RULER_STEPS = [1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512, 1000];

/**
 * The letters of rulers and of small print.
 * @param {{ big: number }} options
 */
export const smallLetters = ({ big }) => (big > 1 ? 20 : 12.5);

/**
 * How wide a number is in these letters: 3.5 and 8/3 are narrower than three digits.
 * @param {string} text
 * @param {number} letters
 */
export const widthOfNumber = (text, letters) =>
  (text.length * CHARACTER - (/[./]/.test(text) ? CHARACTER - SLIM_MARK : 0)) * letters;

/**
 * The step from number to number along a ruler: the first for which the widest has room.
 * @param {number} unit
 * @param {number} widest
 */
export const stepThatFits = (unit, widest) =>
  RULER_STEPS.find((step) => step * unit >= widest + NUMBERS_APART) ?? RULER_STEPS[RULER_STEPS.length - 1];

/**
 * A number of a row, its middle at `at`, or as near as the edges of the picture let it.
 * @param {{ k: number; text: string; at: number; rank: number }} number
 * @param {number} letters
 * @param {Pair} edges
 * @returns {RulerNumber}
 */
export function numberAcross({ k, text, at, rank }, letters, [left, right]) {
  const half = widthOfNumber(text, letters) / 2;
  const middle = Math.max(left + half, Math.min(right - half, at));
  return { k, text, rank, at: middle, from: middle - half, to: middle + half };
}

/**
 * How high a number is in a column.
 * @param {number} letters
 */
export const heightOfNumber = (letters) => NUMBER_LINE * letters - NUMBERS_APART;

/**
 * A number of a column.
 * @param {{ k: number; text: string; at: number; rank: number }} number
 * @param {number} letters
 * @returns {RulerNumber}
 */
export const numberDown = ({ k, text, at, rank }, letters) => {
  const half = heightOfNumber(letters) / 2;
  return { k, text, rank, at, from: at - half, to: at + half };
};

/**
 * Those numbers that have room, from one end to the other: of two that would touch the one of the lower rank stands,
 * and of two of one rank the first.
 * @param {RulerNumber[]} numbers
 */
export function numbersWithRoom(numbers) {
  /** @type {RulerNumber[]} */
  const standing = [];
  const touches = (/** @type {RulerNumber} */ a, /** @type {RulerNumber} */ b) =>
    a.from < b.to + NUMBERS_APART && b.from < a.to + NUMBERS_APART;
  for (const number of [...numbers].sort((a, b) => a.rank - b.rank))
    if (!standing.some((other) => touches(number, other))) standing.push(number);
  return standing.sort((a, b) => a.at - b.at);
}

/** How much a number of a ruler matters: those of the current window most, then its ends. */
export const RANKS = { current: 0, end: 1, other: 2 };

/**
 * @param {number} k
 * @param {number} last
 * @param {number[]} current
 */
export const rankOf = (k, last, current) =>
  current.includes(k) ? RANKS.current : k === 0 || k === last ? RANKS.end : RANKS.other;
