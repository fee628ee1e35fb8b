// What the browser's code says of each formula that comes as JSON, for tests/test_formula_twins.py.

import { readFileSync } from "node:fs";
import { Formula } from "../../pooltutor/live/js/pure/formula/evaluator.js";
import { FormulaFailure } from "../../pooltutor/live/js/pure/formula/parser.js";
import { inLetters, inNumbers } from "../../pooltutor/live/js/pure/formula/printer.js";
import { sentenceOf } from "../../pooltutor/live/js/pure/rules.js";
import { range } from "../../pooltutor/live/js/pure/windows.js";
import { rules, words } from "./facts.js";

/** Each answer, or the sentence about the formula. */
const said = (answer) => {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof FormulaFailure)) throw error;
    return sentenceOf(error, words.formula);
  }
};

/** Start and stop of a window, the formula in letters, and with the numbers filled in. */
function everything([text, i, n, m]) {
  const formula = new Formula(text);
  const ends = formula.window(i, n, m).map(String);
  return [ends, inLetters(formula), inNumbers(formula, i, n, m).map(({ name, steps }) => [name, steps])];
}

/** A number for all windows of n -> m to which one rule leads, raw and clipped: what PAIRS of Python adds up. */
function sumOf([name, n, m]) {
  const { formula } = rules.get(name);
  let sum = 1;
  const add = (end) => {
    sum = (Math.imul(sum, 31) + end) >>> 0;
  };
  for (const i of range(0, m)) for (const end of formula.window(i, n, m)) add(end);
  const { start, stop } = rules.windows(name, n, m) ?? { start: [], stop: [] };
  for (const i of range(0, start.length)) for (const end of [start[i], stop[i]]) add(end);
  return sum;
}

const answers = { everything, sumOf };
const { ask, cases } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map((one) => said(() => answers[ask](one)))));
