import { KINDS } from "../kinds.js";
import { cutText, fill, format, lookUp } from "../numbers.js";
import { joined, signed, subscript } from "../terms.js";
import { range } from "../windows.js";

// The line of numbers about the window or the cell that is pointed at.

/** @type {Map<string, Intl.PluralRules>} */
const ordinalRules = new Map(); // making one takes longer than everything else in the line
/**
 * @param {string} locale
 * @param {number} number
 */
function ordinalForm(locale, number) {
  const rules = ordinalRules.get(locale) ?? new Intl.PluralRules(locale, { type: "ordinal" });
  ordinalRules.set(locale, rules);
  return rules.select(number);
}

/**
 * @param {number} i
 * @param {Facts} facts
 * @param {Rule} rule
 * @param {ViewWords["line"]} words
 * @returns {Line}
 */
export function windowLine(i, facts, rule, words) {
  const { n, m, x, windows, visible, y, kind, winners } = facts;
  const ordinal = fill(lookUp(words.ordinals, ordinalForm(words.locale, i + 1)) ?? words.ordinals.other, { n: i + 1 });
  const title = [fill(words.window, { i, ordinal, m }), `pt-line-title pt-ink-${i % 2}`];
  if (!visible) return [title];
  const [start, stop] = [windows.start[i], windows.stop[i]];
  const values = { i, next: i + 1, succ: i + 1, n, m, start, cut: cutText(i, facts), next_cut: cutText(i + 1, facts) };
  const formula = (/** @type {string} */ name, /** @type {string[]} */ steps, /** @type {number} */ result) => [
    `${name} = ${steps.map((/** @type {string} */ step) => fill(step, values)).join(" = ")} = ${result}`,
    "",
  ];
  const terms = Array.from(x.slice(start, stop), signed);
  const value = format(y[i], 6);
  const won = winners && start !== stop ? [[winnerText(i, facts, winners, words), ""]] : [];
  return [
    title,
    formula("start", rule.starts, start),
    formula("stop", rule.stops, stop),
    [
      start === stop ? `y${subscript(i)}: ${words.empty}` : `y${subscript(i)} = ${KINDS[kind].sum(terms)} = ${value}`,
      "pt-line-result",
    ],
    ...won,
  ];
}

/**
 * Which cell wins window i, and by which rule where several could.
 * @param {number} i
 * @param {Facts} facts
 * @param {Numbers} winners
 * @param {ViewWords["line"]} words
 */
function winnerText(i, { x, windows }, winners, words) {
  const j = winners[i];
  const inside = range(windows.start[i], windows.stop[i]);
  const equal = inside.filter((k) => x[k] === x[j] || (Number.isNaN(x[k]) && Number.isNaN(x[j])));
  const text = equal.length === 1 ? words.winner : Number.isNaN(x[j]) ? words.winner_nan : words.winner_tie;
  return fill(text, { j, cells: joined(equal, ", ") });
}

/**
 * @param {number} j
 * @param {Facts} facts
 * @param {ViewWords["line"]} words
 * @returns {Line}
 */
export function cellLine(j, facts, words) {
  const { x, g, grad, feeds, windows, visible, winners } = facts;
  const title = [fill(words.cell, { j, x: format(x[j], 6), sub: subscript(j) }), "pt-line-title"];
  if (!visible) return [title];
  const [a, b] = [feeds.start[j], feeds.stop[j]];
  const fed = range(a, b);
  const inside =
    fed.length === 0
      ? words.in_none
      : fill(fed.length === 1 ? words.in_one : words.in_many, { windows: joined(fed, ", ") });
  if (!facts.gradient) return [title, [inside, ""]];
  if (winners) return [title, [inside, ""], [wonText(j, facts, winners, words), "pt-line-result"]];
  const length = (/** @type {number} */ i) => windows.stop[i] - windows.start[i];
  const letters = joined(
    fed.map((i) => `g${subscript(i)}/${length(i)}`),
    " + ",
    6,
  );
  const numbers = joined(
    fed.map((i) => `${signed(g[i])}/${length(i)}`),
    " + ",
    6,
  );
  const share = fed.length ? `${letters} = ${numbers} = ` : "";
  return [title, [inside, ""], [`dL/dx${subscript(j)} = ${share}${format(grad[j], 6)}`, "pt-line-result"]];
}

/**
 * What a cell of maximum pooling gets back: all of the gradient of each window that it wins.
 * @param {number} j
 * @param {Facts} facts
 * @param {Numbers} winners
 * @param {ViewWords["line"]} words
 */
function wonText(j, { g, grad, feeds }, winners, words) {
  const won = range(feeds.start[j], feeds.stop[j]).filter((i) => winners[i] === j);
  if (!won.length) return fill(words.wins_none, { sub: subscript(j) });
  const numbers = joined(
    won.map((i) => signed(g[i])),
    " + ",
    6,
  );
  return `dL/dx${subscript(j)} = ${joined(
    won.map((i) => `g${subscript(i)}`),
    " + ",
    6,
  )} = ${numbers}${won.length > 1 ? ` = ${format(grad[j], 6)}` : ""}`;
}
