import { KINDS } from "../kinds.js";
import { cutText, fill, format, sumOfShares } from "../numbers.js";
import { added, bare, joined, plainText, signed, subscript } from "../terms.js";
import { feedsOf, fractionText, insideCell, range } from "../windows.js";
import { pairsOf, windowsAsked } from "./about.js";
import { lineGradient, rightAnswer, rightText, sharedCells } from "./right.js";

// What is said of a question: the question itself, its hints one after the other, and at the end what is right.

const MOST_LISTED = 6;

/**
 * A cut as a mixed number: 1 2/3.
 * @param {number} i
 * @param {{ n: number; m: number }} size
 */
function mixed(i, { n, m }) {
  const whole = Math.floor((i * n) / m);
  const text = cutText(i, { n, m });
  const rest = cutText(1, { n: (i * n) % m, m });
  return text.includes("/") && whole ? `${whole} ${rest}` : text;
}

/**
 * What a question and its hints may name, of a line; nothing here is shown before it is asked for.
 * @param {About} about
 */
function linePlaces(about) {
  const { question, m, rules } = about;
  const size = { n: about.n[0], m: about.m[0] };
  const inner = range(1, size.m);
  const index = Number(question.index ?? 0);
  const truth = rules.windows("pytorch", size.n, size.m);
  const shown = question.kind === "output" ? index : ((truth && inner.find((k) => insideCell(truth, k))) ?? 0);
  return {
    ...size,
    ...{
      each: mixed(1, size),
      cuts: joined(
        inner.map((k) => mixed(k, size)),
        ", ",
        MOST_LISTED,
      ),
    },
    ...{ index, i: shown, from: mixed(shown, size), to: mixed(shown + 1, size), cuts_count: m[0] - 1 },
    ...{ cells: question.cells?.join(", "), title: rules.get(question.rule ?? "pytorch").title },
  };
}

/** @type {Record<string, (about: About) => Record<string, unknown>>} what the last hints of a kind name besides */
const MORE_PLACES = {
  output: (about) => ({ window: pairsOf(windowsAsked(about))[Number(about.question.index)].join(":") }),
  gradient: (about) => {
    const windows = windowsAsked(about);
    const { start, stop } = feedsOf(windows, about.n[0]);
    const j = Number(about.question.index);
    const fed = range(start[j], stop[j]).map((i) => pairsOf(windows)[i].join(":"));
    return { windows: joined(fed, ", ", MOST_LISTED) };
  },
  rank: (about) => {
    const [cell] = about.question.cells ?? [0];
    return { cell, value: cellShare(about, cell) };
  },
  count_shared: ({ n: [n], m: [m] }) => ({ on_line: range(1, m).filter((i) => (i * n) % m === 0).length }),
  size: (about) => ({ sum: rightAnswer(about)[0] + rightAnswer(about)[1] }),
  count_four: (about) => sharedLines(about),
  output_2d: (about) => {
    const [rows, columns] = about.windows(about.rule) ?? [];
    const [row, column] = /** @type {number[]} */ (about.question.index);
    return { row_window: pairsOf(rows)[row].join(":"), column_window: pairsOf(columns)[column].join(":") };
  },
  gradient_2d: (about) => {
    const counts = (about.windows(about.rule) ?? []).map((bins, axis) => {
      const j = /** @type {number[]} */ (about.question.index)[axis];
      const { start, stop } = feedsOf(bins, about.n[axis]);
      return stop[j] - start[j];
    });
    return { count: counts[0] * counts[1] };
  },
};

/** @param {About} about */
function sharedLines(about) {
  const [rows, columns] = (about.windows(about.rule) ?? []).map(
    (bins, axis) => sharedCells(bins, about.n[axis]).length,
  );
  return { rows, columns };
}

/** @param {About} about */
function knownPlaces(about) {
  if (about.n.length === 1) return linePlaces(about);
  const [row, column] = [about.question.index ?? []].flat();
  return { row, column, n: about.n.join(" × "), m: about.m.join(" × ") };
}

/**
 * What a cell gets, exactly where every output gives 1.
 * @param {About} about
 * @param {number} j
 */
function cellShare(about, j) {
  const windows = windowsAsked(about);
  const { start, stop } = feedsOf(windows, about.n[0]);
  const fed = range(start[j], stop[j]);
  if (about.kind === "avg" && fed.every((i) => about.g[i] === 1))
    return fractionText(sumOfShares(fed.map((i) => windows.stop[i] - windows.start[i])));
  return format(lineGradient(about, windows)[j], 4);
}

/**
 * The question and the line below it.
 * @param {About} about
 * @param {AskingWords} words
 */
export function promptOf(about, { question: words }) {
  const { name, question } = about;
  const places = knownPlaces(about);
  const lead = name === "windows" && about.m[0] === 1 ? "windows_one" : name;
  const [asked, below] = [words.prompts, words.leads].map((table, k) =>
    fill(/** @type {Record<string, string>} */ (table)[k ? lead : name], places),
  );
  return question.prompt ? { asked: question.prompt, below: "" } : { asked, below };
}

/** @param {About} about @param {AskingWords} words */
const hintTexts = ({ name, question }, { question: words }) =>
  question.hints?.length ? question.hints : /** @type {Record<string, string[]>} */ (words.hints)[name];

/** @param {About} about @param {AskingWords} words */
export const hintCount = (about, words) => hintTexts(about, words).length;

/**
 * The hint with this number, from 1.
 * @param {About} about
 * @param {number} k
 * @param {AskingWords} words
 */
export function hintOf(about, k, words) {
  const text = hintTexts(about, words)[k - 1] ?? "";
  if (about.question.hints?.length) return text;
  const isLast = k === hintCount(about, words);
  const more = text.includes("{") && Object.hasOwn(MORE_PLACES, about.name) && (isLast || about.name === "output_2d");
  return fill(text, { ...knownPlaces(about), ...(more && MORE_PLACES[about.name](about)) });
}

// What is right -----------------------------------------------------------------------------------------------

/** @type {Record<string, (about: About) => string>} */
const WORKINGS = {
  output: (about) => {
    const i = Number(about.question.index);
    const [start, stop] = pairsOf(windowsAsked(about))[i];
    const terms = Array.from(about.x).slice(start, stop).map(signed).map(bare);
    return `y${subscript(i)} = ${plainText(KINDS[about.kind].sum(terms))} = ${format(rightAnswer(about), 6)}`;
  },
  gradient: (about) => {
    const windows = windowsAsked(about);
    const j = Number(about.question.index);
    const { start, stop } = feedsOf(windows, about.n[0]);
    const slices = range(start[j], stop[j]).map((i) => `${signed(about.g[i])}/${windows.stop[i] - windows.start[i]}`);
    const sum = about.kind === "avg" ? `${plainText(added(slices.map(bare)))} = ` : "";
    return `dL/dx${subscript(j)} = ${sum}${format(rightAnswer(about), 4)}`;
  },
  rank: (about) =>
    rightAnswer(about)
      .map((/** @type {number} */ j) => `x${subscript(j)}: ${cellShare(about, j)}`)
      .join(", "),
};

/**
 * What is right, in a sentence.
 * @param {About} about
 * @param {AskingWords} words
 */
export function solutionOf(about, { question: words }) {
  const { name } = about;
  if (Object.hasOwn(WORKINGS, name)) return `${WORKINGS[name](about)}.`;
  const value = rightText(about);
  const more =
    name === "count_shared"
      ? { cells: joined(sharedCells(windowsAsked(about), about.n[0]), ", ", MOST_LISTED) || "–" }
      : name === "count_four" && sharedLines(about);
  const shown = about.form === "size" ? value.replace(" ", " → ") : value;
  return fill(/** @type {Record<string, string>} */ (words.solutions)[name], { value: shown, ...more });
}
