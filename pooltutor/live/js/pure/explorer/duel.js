import { cutText, fill, lookUp } from "../numbers.js";
import { different, windowText } from "../windows.js";

// A duel of two rules in words.

/**
 * A duel in words: the first difference, the closest known reason for it, and how often this rule is wrong.
 * @param {Facts} facts
 * @param {import("../rules.js").Rules} rules
 * @param {ViewWords["duel"]} words
 */
export function duelSentences(facts, rules, words) {
  const { n, m, rule, against, rival } = facts;
  const [mine, theirs] = [rules.get(rule), rules.get(against)];
  if (rule === against) return [words.same_rule];
  if (!mine || !theirs || !rival) return [];
  if (!rival.defined) return [rules.refusal(against, n, m)];
  const values = { n, m, rule: mine.title, against: theirs.title };
  if (rival.first === undefined)
    return [fill(words.equal, values), ...frequency(rule === "pytorch" ? theirs : mine, words)];
  const i = rival.first;
  const text = (/** @type {Bins} */ { start, stop }) => windowText(start[i], stop[i], words);
  const first = fill(words.first, { ...values, i, mine: text(facts.windows), theirs: text(rival.windows) });
  // One of the two is not PyTorch's there, or they would be equal.
  const mineIs = different(facts.windows, facts.truth).includes(i);
  const wrong = mineIs ? mine : theirs;
  return [first, reason(wrong, (mineIs ? facts : rival).windows, i, facts, words), ...frequency(wrong, words)];
}

/**
 * The rule that a duel opens against: the first one whose windows are others here, else the first that is another one.
 * @param {{ n: number; m: number; rule: string }} state
 * @param {import("../rules.js").Rules} rules
 */
export function opponentOf({ n, m, rule }, rules) {
  const others = rules.names.filter((name) => name !== rule);
  const mine = rules.windows(rule, n, m);
  const differs = (/** @type {Bins | null} */ theirs) => mine && theirs && different(mine, theirs).length > 0;
  return others.find((name) => differs(rules.windows(name, n, m))) ?? others[0];
}

/**
 * Why a rule's window i is not PyTorch's. Of two reasons in the words the first is for a window that starts right.
 * @param {Rule} rule
 * @param {Bins} bins
 * @param {number} i
 * @param {Facts} facts
 * @param {ViewWords["duel"]} words
 */
function reason(rule, { start, stop }, i, facts, words) {
  const { n, m, truth } = facts;
  const length = stop[i] - start[i];
  const values = {
    n,
    m,
    i,
    length,
    window: windowText(start[i], stop[i], words),
    true_length: truth.stop[i] - truth.start[i],
    start: start[i],
    true_start: truth.start[i],
    stop: stop[i],
    true_stop: truth.stop[i],
    cut: cutText(i, facts),
    next_cut: cutText(i + 1, facts),
    step: m > 1 ? start[1] - start[0] : n,
  };
  const said = lookUp(words.reasons, rule.name) ?? "";
  return fill(Array.isArray(said) ? said[start[i] === truth.start[i] ? 0 : 1] : said, values);
}

/**
 * How many of all small sizes a rule gets wrong.
 * @param {Rule} rule
 * @param {ViewWords["duel"]} words
 */
function frequency({ name, title, wrong_sizes: wrong, defined_sizes: defined, smallest }, words) {
  if (name === "pytorch" || !wrong || !defined || !smallest) return [];
  return [
    fill(words.often, {
      title,
      wrong: wrong.toLocaleString(words.locale),
      defined: defined.toLocaleString(words.locale),
      n: smallest[0],
      m: smallest[1],
    }),
  ];
}
