// Numbers: what the learner pools, exact fractions, and how a number is written.

const NUMBER = /^([+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?|[+-]?inf(inity)?|nan)$/i;
const MOST_NUMBERS = 2 ** 16; // the limits of numbers.py, which accepts the same texts
const LONGEST_TEXT = 32 * MOST_NUMBERS;
const SHORT = 40;
/**
 * @template T
 * @param {number} length
 * @param {(k: number) => T} value
 */
const fillArray = (length, value) => Array.from({ length }, (_, k) => value(k));

/**
 * The numbers of a list, as they are typed.
 * @param {string} text
 */
export const tokens = (text) => text.split(/[\s,;]+/).filter(Boolean);

/** @param {string} token */
function parse(token) {
  const plain = token.toLowerCase();
  if (plain.includes("inf")) return plain.startsWith("-") ? -Infinity : Infinity;
  return plain === "nan" ? NaN : Number(plain);
}

/**
 * The first token that is no number, shortened, or undefined; where there is none, or too many, the text.
 * @param {string} text
 */
export function firstBad(text) {
  const listed = text.length > LONGEST_TEXT ? [] : tokens(text);
  const countable = listed.length > 0 && listed.length <= MOST_NUMBERS;
  const bad = countable ? listed.find((token) => !NUMBER.test(token)) : text;
  return bad?.slice(0, SHORT);
}
/** @param {string} text */
export const countOf = (text) => tokens(text).length;

/**
 * The presets of numbers.py, by the same names.
 * @type {Record<string, (n: number, random: number[]) => number[]>}
 */
const PRESETS = {
  ramp: (n) => fillArray(n, (k) => k),
  count: (n) => fillArray(n, (k) => k + 1),
  ones: (n) => fillArray(n, () => 1),
  spike: (n) => fillArray(n, (k) => (k === n >> 1 ? 1 : 0)),
  powers: (n) => fillArray(n, (k) => Number(`1e${k % 16}`)),
  random: (n, random) => fillArray(n, (k) => random[k % random.length]),
};
export const presetNames = Object.keys(PRESETS);
/** @param {string} text */
export const isPreset = (text) => presetNames.includes(text.trim());

/**
 * `length` numbers: a preset's, or the listed ones, cut off or filled up with zeros.
 * @param {string} text
 * @param {number} length
 * @param {number[]} random
 */
export function numbersOf(text, length, random) {
  if (isPreset(text)) return PRESETS[text.trim()](length, random);
  const listed = tokens(text).map(parse);
  return fillArray(length, (k) => (k < listed.length ? listed[k] : 0));
}

/**
 * The greatest common divisor.
 * @param {number} larger
 * @param {number} smaller
 */
export function gcd(larger, smaller) {
  let [a, b] = [larger, smaller];
  while (b) [a, b] = [b, a % b];
  return a;
}

/**
 * The sum of 1/length over some windows, exactly: [numerator, denominator] in lowest terms.
 * @param {number[]} lengths
 * @returns {Fraction}
 */
export function sumOfShares(lengths) {
  let [a, b] = [0, 1];
  for (const length of lengths) {
    [a, b] = [a * length + b, b * length];
    const common = gcd(a, b);
    [a, b] = [a / common, b / common];
  }
  return [a, b];
}

/**
 * The product of two fractions in lowest terms.
 * @param {Fraction} fraction
 * @param {Fraction} fraction2
 * @returns {Fraction}
 */
export function timesFraction([a, b], [c, d]) {
  const common = gcd(a * c, b * d);
  return [(a * c) / common, (b * d) / common];
}

/**
 * Cut i*n/m as text, exactly, as `Bins.cut_text` writes it: a decimal of at most two digits, else a fraction in lowest terms.
 * @param {number} i
 * @param {{ n: number; m: number }} options
 */
export function cutText(i, { n, m }) {
  const common = gcd(i * n, m);
  const [a, b] = [(i * n) / common, m / common];
  return 100 % b === 0 ? String(a / b) : `${a}/${b}`;
}

/**
 * A number as text with up to `digits` significant digits; integers below 100,000 in full.
 * @param {number} value
 */
export function format(value, digits = 4) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e5) return String(value + 0 || 0);
  if (size >= 1e-3 && size < 1e5)
    return String(Number(value.toPrecision(Math.max(digits, Math.trunc(size).toString().length))));
  return value.toExponential(Math.min(digits, 2)).replace(/\.?0*e\+?/, "e");
}

/**
 * Put values into the {places} of a template.
 * @param {string} template
 * @param {Record<string, any>} values
 */
export const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/**
 * The same of a pair of templates, for one and for several.
 * @param {string[]} templates
 * @param {number} count
 * @param {Record<string, any>} values
 */
export const counted = ([one, several], count, values) => fill(count === 1 ? one : several, values);

/**
 * What a table has under a name that somebody else gives, undefined where it has none: every object has a "constructor".
 * @template T
 * @param {Record<string, T>} table
 * @param {string} name
 */
export const lookUp = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);
