// Numbers in a formula as text: pooltutor/formula/numbers.py again.

/**
 * A number in the fewest digits that tell it from its neighbours.
 * @param {number | bigint} value
 * @param {ValueType} type
 */
export function numberText(value, type) {
  if (typeof value === "bigint") return String(value);
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (type !== "f32") return String(value + 0);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short + 0);
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * @param {bigint} a
 * @param {bigint} b
 * @returns {bigint}
 */
const commonOf = (a, b) => (b === 0n ? (a < 0n ? -a : a) : commonOf(b, a % b));

/**
 * a/b, exactly: a decimal of at most two digits after the point, else a fraction in lowest terms.
 * @param {number | bigint} a
 * @param {number | bigint} b
 */
export function quotientText(a, b) {
  const [top, bottom] = [BigInt(a), BigInt(b)];
  const common = commonOf(top, bottom) * (bottom < 0n ? -1n : 1n);
  const [upper, lower] = [top / common, bottom / common];
  if (100n % lower !== 0n) return `${upper}/${lower}`;
  return lower === 1n ? String(upper) : numberText(Number(upper) / Number(lower), "f64");
}
