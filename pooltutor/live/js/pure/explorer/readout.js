import { inNumbers } from "../formula/printer.js";
import { fill, format, lookUp } from "../numbers.js";
import { largestOf } from "../pooling.js";
import { added, joined, partOf, signed, subscript } from "../terms.js";
import { givingBack, range } from "../windows.js";
import { endPart, sumPart, windowTerm } from "./terms.js";

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
 * A line of the formula with its numbers; where a window is cut to the input, that too.
 * @param {string} name
 * @param {string[]} steps
 * @param {Record<string, number>} shown the ends of the window that is shown
 * @param {ViewWords["line"]} words
 */
function lineText(name, steps, shown, words) {
  const [text, end] = [`${name} = ${steps.join(" = ")}`, lookUp(shown, name)];
  return end === undefined || steps.at(-1) === String(end) ? text : text + fill(words.cut_off, { end });
}

/**
 * What stands between window i and its output: how both ends come about, and the sum.
 * @param {number} i
 * @param {Facts} facts
 * @param {Rule} rule
 * @param {ViewWords["line"]} words
 * @returns {Line}
 */
export function windowLine(i, facts, rule, words) {
  const { n, m, windows, winners } = facts;
  const ordinal = fill(lookUp(words.ordinals, ordinalForm(words.locale, i + 1)) ?? words.ordinals.other, { n: i + 1 });
  /** @type {Line[number]} */
  const title = [fill(words.window, { i, ordinal, m }), `pt-line-title pt-ink-${i % 2}`];
  if (!facts.visible) return [title];
  const [start, stop] = [windows.start[i], windows.stop[i]];
  const lines = rule.formula ? inNumbers(rule.formula, i, n, m) : [];
  const shown = /** @type {Record<string, number>} */ ({ start, stop });
  const ends = lines.map(({ name, steps }) =>
    endPart(lineText(name, steps, shown, words), facts.rule, name === "start" ? i : i + 1),
  );
  if (start === stop) return [title, ...ends, [`y${subscript(i)}: ${words.empty}`, "pt-line-result"]];
  /** @type {Line} */
  const won = winners ? [[winnerText(i, facts, winners, words), ""]] : [];
  return [title, ...ends, sumPart(i, facts, "pt-line-result"), ...won];
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
  const largest = largestOf(x, windows, winners, i);
  const text = largest.length === 1 ? words.winner : Number.isNaN(x[j]) ? words.winner_nan : words.winner_tie;
  return fill(text, { j, cells: joined(largest, ", ") });
}

/**
 * Which windows cell j is in, the sum of the current one where that is one of them, and the gradient that it gets back.
 * @param {number} j
 * @param {Facts} facts
 * @param {ViewWords["line"]} words
 * @returns {Line}
 */
export function cellLine(j, facts, words) {
  const { x, feeds, winners, window: i } = facts;
  /** @type {Line[number]} */
  const title = [fill(words.cell, { j, x: format(x[j], 6), sub: subscript(j) }), "pt-line-title"];
  if (!facts.visible) return [title];
  const fed = range(feeds.start[j], feeds.stop[j]);
  const template = [words.in_none, words.in_one][fed.length] ?? words.in_many;
  /** @type {Line} */
  const parts = [title, [fill(template, { windows: joined(fed, ", ") }), ""]];
  if (fed.includes(i)) parts.push(sumPart(i, facts, "", j));
  if (facts.gradient) parts.push(winners ? wonPart(j, facts, words) : sharedBack(j, facts));
  return parts;
}

/**
 * What a cell gets back where each window shares out evenly.
 * @param {number} j
 * @param {Facts} facts
 */
function sharedBack(j, facts) {
  const { g, grad, windows } = facts;
  const fed = givingBack(j, facts);
  const length = (/** @type {number} */ i) => windows.stop[i] - windows.start[i];
  const letters = added(fed.map((i) => windowTerm(`g${subscript(i)}/${length(i)}`, i)));
  const numbers = added(fed.map((i) => windowTerm(`${signed(g[i])}/${length(i)}`, i)));
  const sums = fed.length ? [...letters, " = ", ...numbers, " = "] : [];
  return partOf([`dL/dx${subscript(j)} = `, ...sums, format(grad[j], 6)], "pt-line-result");
}

/**
 * What a cell gets back where cells win: all of the gradient of each window that it wins.
 * @param {number} j
 * @param {Facts} facts
 * @param {ViewWords["line"]} words
 */
function wonPart(j, facts, words) {
  const { g, grad } = facts;
  const won = givingBack(j, facts);
  if (!won.length) return partOf([fill(words.wins_none, { sub: subscript(j) })], "pt-line-result");
  const letters = added(won.map((i) => windowTerm(`g${subscript(i)}`, i)));
  const numbers = added(won.map((i) => windowTerm(signed(g[i]), i)));
  const sum = won.length > 1 ? [` = ${format(grad[j], 6)}`] : [];
  return partOf([`dL/dx${subscript(j)} = `, ...letters, " = ", ...numbers, ...sum], "pt-line-result");
}
