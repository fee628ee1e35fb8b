import { Formula } from "./formula/evaluator.js";
import { attempt } from "./formula/parser.js";
import { inNumbers } from "./formula/printer.js";
import { sentenceOf } from "./rules.js";

// A formula while it is typed: can it be read, and what is the value of each of its lines?

/**
 * The sentence about a text that cannot be read; "" for one that can.
 * @param {string} text
 * @param {FormulaWords} words
 */
export const refusalOfText = (text, words) =>
  attempt(
    () => new Formula(text) && "",
    (failure) => sentenceOf(failure, words),
  );

/**
 * For each statement of a formula its value in window i of n -> m, with the step before, and the line of the text where it
 * begins; none where the formula has no value there, which the picture says.
 * @param {Formula} formula
 * @param {{ i: number; n: number; m: number }} window
 * @returns {{ line: number; step: string; value: string }[]}
 */
export const valuesOf = (formula, { i, n, m }) =>
  attempt(
    () => {
      const numbered = inNumbers(formula, i, n, m);
      return formula.lines.map(({ place }, k) => {
        const [value, step = ""] = numbered[k].steps.toReversed();
        return { line: place.line, step, value };
      });
    },
    () => [],
  );
