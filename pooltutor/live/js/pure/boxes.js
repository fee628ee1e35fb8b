import { format } from "./numbers.js";

// Which numbers and words fit their boxes, and how they are written there.

export const CHARACTER = 0.64; // width of a digit, in font sizes
const BESIDE = 0.32; // free space beside a number, in font sizes
export const NARROWEST = 22; // pixels; narrower boxes show no numbers
const LARGE_PRINT = [26, 23, 20]; // of presenter size

/**
 * Letter sizes to try, the largest first.
 * @param {{ big: number }} options
 * @param {number[]} sizes
 */
export const sizesOf = ({ big }, sizes) => (big > 1 ? LARGE_PRINT : sizes);

/**
 * How wide a number is, in font sizes; a point is half as wide as a digit.
 * @param {string} text
 */
const widthOf = (text) => (text.length - (text.includes(".") ? 0.5 : 0)) * CHARACTER;

/**
 * How much room a number takes with what stays free beside it, in font sizes.
 * @param {string} text
 */
export const numberRoom = (text) => widthOf(text) + BESIDE;

/**
 * The largest of these sizes at which all texts fit their boxes, or null.
 * @param {string[]} texts
 * @param {number} width
 * @param {number[]} sizes
 */
export function fitTexts(texts, width, sizes) {
  if (width < NARROWEST) return null;
  const size = sizes.find((each) => texts.every((text) => numberRoom(text) * each <= width));
  return size === undefined ? null : { size, texts };
}

/**
 * How wide words are, about, in letters of this size.
 * @param {string} text
 * @param {number} letters
 */
export const widthOfWords = (text, letters) => text.length * letters * 0.57;

/**
 * The attributes of words that are clearly wider than there is room: with them they are as wide as that.
 * @param {string} text
 * @param {number} room
 * @param {number} letters
 * @returns {Attributes}
 */
export const squeezed = (text, room, letters) =>
  widthOfWords(text, letters) > 1.15 * room ? { textLength: room, lengthAdjust: "spacingAndGlyphs" } : {};

/**
 * The first of these texts that is no wider than there is room, else the last.
 * @param {string[]} texts
 * @param {number} room
 * @param {number} letters
 */
export const firstThatFits = (texts, room, letters) =>
  texts.find((text) => widthOfWords(text, letters) <= room) ?? texts[texts.length - 1];

/**
 * The ways to write a number in a box, the best first: 0.333, then .333 where that is needed to fit.
 * @param {number} digits
 */
const plain = (digits) => (/** @type {number} */ value) => format(value, digits);
/** @param {number} digits */
const terse = (digits) => (/** @type {number} */ value) => format(value, digits).replace(/^(-?)0\./, "$1.");
const WAYS = [plain(4), plain(3), terse(4), terse(3)];
/** @param {number} value */
export const writings = (value) => WAYS.map((write) => write(value));

/**
 * The largest size and number of digits with which all values fit their boxes, or null.
 * @param {ArrayLike<number>} values
 * @param {number} width
 * @param {number[]} sizes
 */
export function fit(values, width, sizes) {
  if (width < NARROWEST) return null;
  const written = new Map(); // most rows fit at once, and need no second way of writing
  for (const size of sizes) {
    for (const write of WAYS) {
      if (!written.has(write)) written.set(write, Array.from(values, write));
      const found = fitTexts(written.get(write), width, [size]);
      if (found) return found;
    }
  }
  return null;
}
