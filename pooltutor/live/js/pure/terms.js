import { format } from "./numbers.js";
import { range } from "./windows.js";

// Numbers in a sentence: terms of a sum, which wear the marks of what they stand for, and lists that are shortened in the
// middle.

/**
 * The numbers 0 .. count - 1; of many only the first three and the last two, and "…" for the rest.
 * @param {number} count
 * @param {number} most
 * @returns {(number | string)[]}
 */
export function some(count, most) {
  const all = range(0, count);
  return count <= most ? all : [...all.slice(0, 3), "…", ...all.slice(-2)];
}

/**
 * A piece of a line that stands for nothing in the picture.
 * @param {string} text
 * @returns {Piece}
 */
export const bare = (text) => ({ text });

/**
 * Join pieces; many are shortened in the middle.
 * @param {Piece[]} terms
 * @param {string} separator
 * @returns {Piece[]}
 */
export const joinedPieces = (terms, separator, most = 8) =>
  some(terms.length, most).flatMap((k, place) => [
    ...(place ? [bare(separator)] : []),
    typeof k === "number" ? terms[k] : bare(k),
  ]);

/**
 * The terms of a gradient, added up; a line holds six of them.
 * @param {Piece[]} terms
 */
export const added = (terms) => joinedPieces(terms, " + ", 6);

/**
 * Pieces as one text.
 * @param {Piece[]} pieces
 */
export const plainText = (pieces) => pieces.map(({ text }) => text).join("");

/**
 * Join texts in the same way.
 * @param {unknown[]} terms
 * @param {string} separator
 */
export const joined = (terms, separator, most = 8) =>
  plainText(
    joinedPieces(
      terms.map((term) => bare(String(term))),
      separator,
      most,
    ),
  );

/**
 * A part of a line that consists of pieces; those that are only text may be written as such.
 * @param {(string | Piece)[]} parts
 * @param {string} style
 * @returns {Line[number]}
 */
export function partOf(parts, style) {
  const pieces = parts.map((part) => (typeof part === "string" ? bare(part) : part));
  return [plainText(pieces), style, pieces];
}

/**
 * A number as a term of a sum.
 * @param {number} value
 */
export const signed = (value) => (value < 0 ? `(${format(value)})` : format(value));

const SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉";
/**
 * The number of a cell or an output as it stands below a letter: x₁₂.
 * @param {number} k
 */
export const subscript = (k) => [...String(k)].map((digit) => SUBSCRIPT[Number(digit)]).join("");
