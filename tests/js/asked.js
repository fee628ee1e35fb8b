// Questions for the tests, and the words of a view that asks them.

import { numbersOf } from "../../pooltutor/live/js/pure/numbers.js";
import { aboutOf } from "../../pooltutor/live/js/pure/question/about.js";
import { judgeAnswer } from "../../pooltutor/live/js/pure/question/judging.js";
import { words as file, rules } from "./facts.js";

export const words = { ...file.view, question: file.question, exercises: file.exercises };

/** A question about a size, of one axis or of two; `x` and `g` are presets or lists. */
export function asked(question, n, m, { x = "ramp", g = "ones", rule = "pytorch", kind = "avg" } = {}) {
  const count = (sides) => sides.reduce((product, side) => product * side, 1);
  const numbers = (cells, outputs) => ({
    x: numbersOf(x, count(cells), [0.5]),
    g: numbersOf(g, count(outputs), [0.5]),
  });
  return aboutOf(question, { n: [n].flat(), m: [m].flat(), rule, kind, rules, numbers });
}

export const judged = (about, given) => judgeAnswer(about, given, words);
