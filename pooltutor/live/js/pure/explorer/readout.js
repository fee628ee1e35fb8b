import { inNumbers } from "../formula/printer.js";
import { KINDS } from "../kinds.js";
import { fill, format, lookUp } from "../numbers.js";
import { largestOf } from "../pooling.js";
import { added, joined, signed, subscript } from "../terms.js";
import { givingBack, range } from "../windows.js";

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
  const title = [fill(words.window, { i, ordinal, m }), `pt-line-title pt-ink-${i % 2}`];
  if (!facts.visible) return [title];
  const [start, stop] = [windows.start[i], windows.stop[i]];
  const lines = rule.formula ? inNumbers(rule.formula, i, n, m) : [];
  const shown = /** @type {Record<string, number>} */ ({ start, stop });
  return [
    title,
    ...lines.map(({ name, steps }) => [lineText(name, steps, shown, words), ""]),
    [outputText(i, facts, words), "pt-line-result"],
    ...(winners && start !== stop ? [[winnerText(i, facts, winners, words), ""]] : []),
  ];
}

/**
 * @param {number} i
 * @param {Facts} facts
 * @param {ViewWords["line"]} words
 */
function outputText(i, { x, y, kind, windows: { start, stop } }, words) {
  if (start[i] === stop[i]) return `y${subscript(i)}: ${words.empty}`;
  const terms = Array.from(x.slice(start[i], stop[i]), signed);
  return `y${subscript(i)} = ${KINDS[kind].sum(terms)} = ${format(y[i], 6)}`;
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
 * Which windows cell j is in, and the gradient that it gets back from them.
 * @param {number} j
 * @param {Facts} facts
 * @param {ViewWords["line"]} words
 * @returns {Line}
 */
export function cellLine(j, facts, words) {
  const { x, feeds, winners } = facts;
  const title = [fill(words.cell, { j, x: format(x[j], 6), sub: subscript(j) }), "pt-line-title"];
  if (!facts.visible) return [title];
  const fed = range(feeds.start[j], feeds.stop[j]);
  const template = [words.in_none, words.in_one][fed.length] ?? words.in_many;
  const inside = [fill(template, { windows: joined(fed, ", ") }), ""];
  if (!facts.gradient) return [title, inside];
  const back = winners ? wonText(j, facts, words) : sharedBack(j, facts);
  return [title, inside, [back, "pt-line-result"]];
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
  const letters = added(fed.map((i) => `g${subscript(i)}/${length(i)}`));
  const numbers = added(fed.map((i) => `${signed(g[i])}/${length(i)}`));
  return `dL/dx${subscript(j)} = ${fed.length ? `${letters} = ${numbers} = ` : ""}${format(grad[j], 6)}`;
}

/**
 * What a cell gets back where cells win: all of the gradient of each window that it wins.
 * @param {number} j
 * @param {Facts} facts
 * @param {ViewWords["line"]} words
 */
function wonText(j, facts, words) {
  const { g, grad } = facts;
  const won = givingBack(j, facts);
  if (!won.length) return fill(words.wins_none, { sub: subscript(j) });
  const letters = added(won.map((i) => `g${subscript(i)}`));
  const numbers = added(won.map((i) => signed(g[i])));
  return `dL/dx${subscript(j)} = ${letters} = ${numbers}${won.length > 1 ? ` = ${format(grad[j], 6)}` : ""}`;
}
