import { NO_WINDOWS } from "../all_sizes.js";
import { counted, fill, format } from "../numbers.js";

// A pair of sizes in words.

/**
 * @param {PairFacts} about
 * @param {AtlasWords} words
 */
function ratioText({ numerator, denominator }, words) {
  if (denominator === 1) return String(numerator);
  const value = format(numerator / denominator);
  const exact = Number(value) * denominator === numerator;
  return fill(exact ? words.exactly : words.about, { fraction: `${numerator}/${denominator}`, value });
}

/**
 * @param {PairFacts} about
 * @param {AtlasWords} words
 */
function poolText(about, words) {
  if (about.kernel === 0) return words.not_one;
  return fill(about.padding ? words.padded : words.plain, { ...about });
}

/**
 * @param {PairFacts} about
 * @param {number} m
 * @param {Rule} rule
 * @param {AtlasWords} words
 */
function ruleText(about, m, rule, words) {
  if (about.wrong === NO_WINDOWS) return rule.undefined;
  if (about.wrong === 0) return fill(words.agrees, { title: rule.title });
  return counted(words.differs, about.wrong, { title: rule.title, count: about.wrong, m });
}

/**
 * What is known of a pair, as short texts; with `rule`, what that rule makes of it comes first.
 * @param {Pair} pair
 * @param {PairFacts} about
 * @param {Rule | null} rule
 * @param {AtlasWords} words
 */
export function aboutPair([n, m], about, rule, words) {
  return [
    ...(rule ? [ruleText(about, m, rule, words)] : []),
    fill(words.gcd, { value: about.gcd }),
    counted(m > n ? words.cuts : words.shared, m - about.gcd, { count: m - about.gcd }),
    fill(words.longest, { value: about.longest }),
    fill(words.ratio, { value: ratioText(about, words) }),
    poolText(about, words),
  ];
}
