import { cutText, fill } from "../numbers.js";
import { OWN } from "../rules.js";
import { range } from "../windows.js";
import { pairsOf, windowsAsked } from "./about.js";
import { beliefsOf } from "./beliefs.js";
import { readAnswer } from "./reading.js";
import { comparedAtAllSizes, failsAt, isRight, rightAnswer, sharedCells } from "./right.js";

// An answer is judged: which of its parts are right, and which idea gives it.

/** Sizes at which wrong ideas are right, the least obvious ones first: those of exercises/. */
const ELSEWHERE = [
  [14, 4],
  [5, 3],
  [13, 4],
  [7, 4],
  [3, 2],
  [6, 4],
  [12, 4],
  [14, 7],
];
const ELSEWHERE_GRADIENT = [
  [14, 4],
  [13, 4],
  [3, 2],
  [12, 4],
];
const ELSEWHERE_2D = [
  [
    [5, 8],
    [4, 3],
  ],
  [
    [8, 8],
    [7, 7],
  ],
  [
    [14, 14],
    [4, 4],
  ],
  [
    [4, 6],
    [2, 3],
  ],
];

/**
 * A size as the sentences of the exercises write it.
 * @param {number[]} n
 * @param {number[]} m
 * @param {AskingWords} words
 */
export const sizeText = (n, m, { exercises }) =>
  n.length === 1
    ? fill(exercises.size, { n: n[0], m: m[0] })
    : fill(exercises.sizes, { height: n[0], width: n[1], rows: m[0], columns: m[1] });

/**
 * What the sentences may name of a size.
 * @param {About} about
 * @param {AskingWords} words
 */
function namesOfSize({ n, m, question }, words) {
  const [size, target] = [n[0], m[0]];
  const axis = (/** @type {number} */ k) => (k < n.length ? sizeText([n[k]], [m[k]], words) : "");
  return {
    ...{ n: size, m: target, kernel: Math.ceil(size / target), last: size - 1, index: question.index },
    ...{ size: sizeText(n, m, words), height_axis: axis(0), width_axis: axis(1) },
  };
}

/**
 * The sentence about an idea: for windows, shared cells and gradients that of the lessons.
 * @param {string} idea
 * @param {About} about
 * @param {AskingWords} words
 */
function sentenceOfIdea(idea, { name, rules }, { exercises, question }) {
  /** @type {Record<string, Record<string, string>>} */
  const tables = {
    windows: exercises.windows,
    shared: exercises.shared_cells,
    gradient: exercises.gradient,
    gradient_2d: exercises.gradient,
    rank: question.ideas.rank,
    count_shared: question.ideas.count,
    count_four: question.ideas.count_four,
  };
  const said = tables[name]?.[idea] ?? /** @type {Record<string, string>} */ (question.ideas.output)[idea];
  return said ?? fill(question.ideas.output.rule, { title: rules.get(idea).title });
}

/**
 * The first size at which an idea is right; null where none is known.
 * @param {(about: About, value: any) => boolean} holds
 * @param {About} about
 * @param {AskingWords} words
 */
function whereRight(holds, about, words) {
  const { name, form } = about;
  const sizes = about.n.length === 2 ? ELSEWHERE_2D : name === "gradient" ? ELSEWHERE_GRADIENT : ELSEWHERE;
  // Of single numbers and of places that a size may not have, a right one elsewhere would say little.
  if (form === "order" || name === "output_2d" || name === "gradient_2d") return null;
  for (const [n, m] of sizes.map((pair) => pair.map((side) => [side].flat()))) {
    const there = about.at(n, m);
    if (isRightThere(holds, there)) return { n, m, text: sizeText(n, m, words) };
  }
  return null;
}

/**
 * Is an idea right at another size? Of numbers it must be for every output, or every cell.
 * @param {(about: About, value: any) => boolean} holds
 * @param {About} there
 */
function isRightThere(holds, there) {
  const { name, question } = there;
  if (name !== "output" && name !== "gradient") return holds(there, rightAnswer(there));
  const count = name === "output" ? there.m[0] : there.n[0];
  return range(0, count).every((index) => {
    const one = { ...there, question: { ...question, index } };
    return holds(one, rightAnswer(one));
  });
}

/**
 * The known idea that gives a wrong answer.
 * @param {About} about
 * @param {any} value
 * @param {AskingWords} words
 * @returns {Idea | null}
 */
function ideaOf(about, value, words) {
  if (about.rule !== "pytorch") return null; // the ideas are about PyTorch's windows
  const places = namesOfSize(about, words);
  const [slips, beliefs] = beliefsOf(about);
  for (const [name, holds] of Object.entries({ ...slips, ...beliefs })) {
    if (!holds(about, value)) continue;
    const reason = fill(sentenceOfIdea(name, about, words), places);
    const size = Object.hasOwn(slips, name) ? null : whereRight(holds, about, words);
    const sentence = size ? fill(words.exercises.elsewhere, { reason, where: size.text }) : reason;
    return { name, sentence, size };
  }
  return null;
}

// What to look at, where no known idea gives the answer --------------------------------------------------------

/** @type {Record<string, (about: About, value: any, words: AskingWords) => string | Omit<Idea, "name">>} */
const LOOKS = {
  windows: (about, value, { exercises }) => {
    const right = pairsOf(windowsAsked(about));
    if (value.length !== right.length) return fill(exercises.windows.count, { m: right.length, came: value.length });
    const i = right.findIndex((pair, k) => String(pair) !== String(value[k]));
    const size = { n: about.n[0], m: about.m[0] };
    return fill(exercises.windows.hint, { i, cut: cutText(i, size), next_cut: cutText(i + 1, size) });
  },
  shared: (about, value, { exercises }) => {
    const shared = sharedCells(windowsAsked(about), about.n[0]);
    const outside = value.find((/** @type {number} */ j) => j >= about.n[0]);
    if (outside !== undefined) return fill(exercises.shared_cells.outside, { cell: outside, last: about.n[0] - 1 });
    const wrong = value.find((/** @type {number} */ j) => !shared.includes(j));
    return wrong === undefined
      ? exercises.shared_cells.missing
      : fill(exercises.shared_cells.one_window, { cell: wrong });
  },
  size: (about, [n, m], { question }) => {
    const said =
      m > n
        ? question.again.size_above
        : failsAt(about, [n, m])
          ? question.again.size_smaller
          : question.again.size_fine;
    return fill(said, { n, m });
  },
  formula: (about, value, words) => {
    const { again } = words.question;
    const { differs, total, smallest, smallestInside, known, withoutFirst } = comparedAtAllSizes(about, value);
    const first = smallestInside ?? smallest ?? withoutFirst ?? [1, 1];
    const size = { n: [first[0]], m: [first[1]], text: sizeText([first[0]], [first[1]], words) };
    const said = !differs ? again.formula_without : known ? again.formula_same : again.formula;
    return { sentence: fill(said, { count: differs, total, where: size.text, title: known?.rule.title }), size };
  },
};

/**
 * @param {About} about
 * @param {any} value
 * @param {AskingWords} words
 * @returns {Omit<Idea, "name">}
 */
function look(about, value, words) {
  const name = about.name.replace("_2d", "");
  const own = Object.hasOwn(LOOKS, name) ? LOOKS[name](about, value, words) : "";
  if (typeof own === "object") return own;
  return { sentence: own || /** @type {Record<string, string>} */ (words.question.again)[name], size: null };
}

// Judging -----------------------------------------------------------------------------------------------------

/**
 * Why a text is no answer yet, in one sentence; "" where it is one.
 * @param {About} about
 * @param {string} given
 * @param {AskingWords} words
 */
export function refusalOfAnswer(about, given, words) {
  const { question, exercises } = words;
  const { form, rules } = about;
  if (!given.trim()) return question.nothing;
  const reading = readAnswer(form, given);
  const expected = /** @type {Record<string, string>} */ (question.expected)[form];
  const cells = about.question.cells?.join(" ");
  if (!reading) return fill(exercises.unreadable, { expected: fill(expected, { cells }) });
  if (form === "windows") {
    const came = reading.value.filter(Boolean).length;
    if (came < about.m[0]) return fill(question.incomplete, { came, count: about.m[0] });
  }
  if (form === "formula" && rules.get(given).name === OWN && !rules.get(given).formula)
    return rules.get(given).unreadable ?? "";
  return "";
}

/**
 * Which parts of an answer are right: of windows and of cells each, of anything else none.
 * @param {About} about
 * @param {any} value
 * @returns {boolean[]}
 */
function partsThatAreRight(about, value) {
  if (about.form === "windows") {
    const right = rightAnswer(about);
    return value.map((/** @type {Pair} */ pair, /** @type {number} */ i) => String(pair) === String(right[i]));
  }
  return about.form === "cells" ? value.map((/** @type {number} */ j) => rightAnswer(about).includes(j)) : [];
}

/**
 * What an answer that can be judged says; null for any other.
 * @param {About} about
 * @param {string} given
 * @param {AskingWords} words
 */
function readToJudge(about, given, words) {
  const reading = readAnswer(about.form, given);
  return reading && !refusalOfAnswer(about, given, words) ? reading : null;
}

/**
 * Which parts of an answer are right, without the idea behind it, which takes longer to find.
 * @param {About} about
 * @param {string} given
 * @param {AskingWords} words
 */
export function rightPartsOf(about, given, words) {
  const reading = readToJudge(about, given, words);
  return reading ? partsThatAreRight(about, reading.value) : [];
}

/**
 * Judge an answer that can be read; null for one that cannot.
 * @param {About} about
 * @param {string} given
 * @param {AskingWords} words
 * @returns {Judged | null}
 */
export function judgeAnswer(about, given, words) {
  const reading = readToJudge(about, given, words);
  if (!reading) return null;
  const { value } = reading;
  const parts = partsThatAreRight(about, value);
  if (isRight(about, value)) return { right: true, parts, idea: null, sentence: "" };
  const idea = ideaOf(about, value, words);
  const { sentence, size } = idea ?? look(about, value, words);
  return {
    ...{ right: false, parts },
    idea: idea ?? (size ? { name: "", sentence, size } : null),
    sentence: fill(words.exercises.wrong, { reason: sentence }),
  };
}
