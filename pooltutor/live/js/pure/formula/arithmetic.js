import { FormulaFailure } from "./parser.js";

// Numbers of a formula as Python computes them: integers that stay exact, rounding, quotients and rests.

/** An integer of more bits is refused: a few lines could square it for ever. */
const LARGEST = 2n ** 1000n;
/** Thrown where a number is not safe. It is no error: for the first one, browsers read all the code once more. */
export const TOO_LONG = Symbol("beyond 2^53");

/** @param {number} value */
export function safe(value) {
  if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) throw TOO_LONG;
  return value;
}

/**
 * @param {bigint} value
 * @param {Place} place
 */
export function bounded(value, place) {
  if (value >= LARGEST || value <= -LARGEST) throw new FormulaFailure("grows", place);
  return value;
}

/**
 * The larger integer that is not above a quotient, and what is left, as Python has them.
 * @param {bigint} a
 * @param {bigint} b
 */
export function divmod(a, b) {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? [a / b - 1n, rest + b] : [a / b, rest];
}

/**
 * The float64 nearest to a quotient of integers of any size.
 * @param {bigint} a
 * @param {bigint} b
 */
export function quotientOf(a, b) {
  const size = (/** @type {bigint} */ value) => (value < 0n ? -value : value);
  const [top, bottom] = [size(a), size(b)];
  const shift = 66 - (top.toString(2).length - bottom.toString(2).length);
  const [upper, lower] = shift > 0 ? [top << BigInt(shift), bottom] : [top, bottom << BigInt(-shift)];
  const sticky = upper % lower === 0n ? 0n : 1n; // 65 bits or more, and one that says whether there were others
  const value = scaled(Number(((upper / lower) << 1n) | sticky), -shift - 1);
  return a < 0n !== b < 0n ? -value : value;
}

/**
 * value * 2^power, rounded once: both halves of the power are exact.
 * @param {number} value
 * @param {number} power
 */
const scaled = (value, power) => value * 2 ** Math.trunc(power / 2) * 2 ** (power - Math.trunc(power / 2));

/**
 * Half to even, as Python rounds.
 * @param {number} value
 */
export function roundHalfEven(value) {
  const below = Math.floor(value);
  const rest = value - below;
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
}

/**
 * `//` and `%` of floats, as Python and numpy have them.
 * @param {number} a
 * @param {number} b
 */
export function floatDivmod(a, b) {
  let rest = a % b;
  let whole = (a - rest) / b;
  if (rest && b < 0 !== rest < 0) {
    rest += b;
    whole -= 1;
  }
  const floor = Math.floor(whole);
  return [whole - floor > 0.5 ? floor + 1 : floor, rest];
}
