import { countOf, fill, firstBad, isPreset, tokens } from "./numbers.js";

// One number of a list, changed in the picture.

/**
 * A number as it is typed, in full.
 * @param {number} value
 */
export const typedNumber = (value) =>
  Number.isNaN(value) ? "nan" : Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf";

/**
 * The sentence that refuses a typed text as a list of numbers, undefined where it is one. Of `count` numbers where that
 * is given: one cell takes one.
 * @param {string} text
 * @param {{ name: string; sentence: string; count?: number }} refusal
 */
export function refusalOf(text, { name, sentence, count }) {
  const bad = firstBad(text) ?? (count === undefined || countOf(text) === count ? undefined : text);
  return bad === undefined ? undefined : fill(sentence, { name, token: bad });
}

/**
 * The list with another number at place k. Of a list of one's own all others stay as they were typed.
 * @param {string} spec a preset's name or the list
 * @param {number[]} values what it stands for
 * @param {number} k
 * @param {string} text
 */
export function withNumber(spec, values, k, text) {
  const typed = isPreset(spec) ? [] : tokens(spec);
  const list = [...typed, ...values.slice(typed.length).map(typedNumber)];
  list[k] = text;
  return list.join(", ");
}
