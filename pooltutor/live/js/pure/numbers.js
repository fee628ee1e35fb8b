// Numbers: what the learner pools, what comes out, and how a number is written. Float arithmetic over bins.

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

/** @param {string} text */
const tokens = (text) => text.split(/[\s,;]+/).filter(Boolean);

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
 * For each input cell the windows that contain it, first <= i < last. Starts and stops never decrease.
 * @param {Bins} bins
 * @param {number} n
 */
export function feedsOf({ start, stop }, n) {
  const first = new Int32Array(n);
  const last = new Int32Array(n);
  let a = 0;
  let b = 0;
  for (let j = 0; j < n; j++) {
    while (a < stop.length && stop[a] <= j) a++;
    while (b < start.length && start[b] <= j) b++;
    first[j] = a;
    last[j] = b;
  }
  return { start: first, stop: last };
}

/**
 * The winning cell of a window: the first of equal ones, but the last NaN, as in PyTorch; -1 when empty.
 * @param {Numbers} x
 * @param {number} from
 * @param {number} to
 */
function winner(x, from, to) {
  let won = to > from ? from : -1;
  for (let j = from + 1; j < to; j++) if (x[j] > x[won] || Number.isNaN(x[j])) won = j;
  return won;
}

/**
 * @param {Numbers} x
 * @param {Bins} bins
 */
export function winnersOf(x, { start, stop }) {
  return fillArray(start.length, (i) => winner(x, start[i], stop[i]));
}

/**
 * @param {Numbers} x
 * @param {number} from
 * @param {number} to
 */
function mean(x, from, to) {
  let sum = 0;
  for (let j = from; j < to; j++) sum += x[j];
  return sum / (to - from); // 0/0 = NaN for an empty window is meant
}

/**
 * @param {Kind} kind
 * @param {Numbers} x
 * @param {Bins} windows
 */
export function pool(kind, x, windows) {
  if (kind === "max") return winnersOf(x, windows).map((j) => (j < 0 ? NaN : x[j]));
  return fillArray(windows.start.length, (i) => mean(x, windows.start[i], windows.stop[i]));
}

/**
 * Average: each output gives every cell of its window an equal share of its gradient.
 * @param {Numbers} g
 * @param {Bins} bins
 * @param {number} n
 */
function sharesBack(g, { start, stop }, n) {
  const grad = new Array(n).fill(0);
  for (let i = 0; i < g.length; i++) for (let j = start[i]; j < stop[i]; j++) grad[j] += g[i] / (stop[i] - start[i]);
  return grad;
}

/**
 * Maximum: each output gives all of it to its winner.
 * @param {Numbers} g
 * @param {number[]} winners
 * @param {number} n
 */
function winnersBack(g, winners, n) {
  const grad = new Array(n).fill(0);
  for (const [i, j] of winners.entries()) if (j >= 0) grad[j] += g[i];
  return grad;
}

/**
 * What each of n input cells gets back of the gradients g that arrive at the outputs.
 * @param {Kind} kind
 * @param {Numbers} x
 * @param {Numbers} g
 * @param {Bins} windows
 * @param {number} n
 */
export function gradient(kind, x, g, windows, n) {
  return kind === "max" ? winnersBack(g, winnersOf(x, windows), n) : sharesBack(g, windows, n);
}

/**
 * @param {number} larger
 * @param {number} smaller
 */
function gcd(larger, smaller) {
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
 * What a table has under a name that somebody else gives, undefined where it has none: every object has a "constructor".
 * @template T
 * @param {Record<string, T>} table
 * @param {string} name
 */
export const lookUp = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);
