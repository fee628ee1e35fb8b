import { judgeAnswer } from "../question/judging.js";
import { readAnswer } from "../question/reading.js";
import { rightText } from "../question/right.js";

// What a room has answered, put together: texts that mean the same are one answer, and each has the idea behind it.

/** So many different answers are shown beside each other; what fewer people gave is counted together. */
export const MOST_ANSWERS = 5;
// A room may send a thousand different formulas, each to be tried at all sizes: those that most people gave are judged
// in any case, others as long as there is time.
const SURELY_JUDGED = 8;
const JUDGING_MS = 1500;

/** @typedef {{ text: string, count: number, right: boolean, idea: Idea | null, sentence: string,
 *   value: any, parts: boolean[] }} AnswerRow */

/**
 * The different answers: those that most people gave first, and the right one always. The rest is counted together, and
 * how many different ones of it were not judged.
 * @param {[string, number][]} counted texts as they came, each with how many phones sent it
 * @param {About} about
 * @param {AskingWords} words
 * @returns {{ rows: AnswerRow[], rest: { answers: number, count: number, unjudged: number } }}
 */
export function answerRows(counted, about, words, now = Date.now) {
  const right = {
    ...answerRow(rightText(about), 0),
    right: true,
    value: readAnswer(about.form, rightText(about))?.value,
  };
  const until = now() + JUDGING_MS;
  const wrong = /** @type {AnswerRow[]} */ ([]);
  let unjudged = 0;
  for (const [k, row] of sameTogether(counted, about.form).entries()) {
    const hasTime = k < SURELY_JUDGED || now() < until;
    const judged = hasTime ? judgeAnswer(about, row.text, words) : null;
    unjudged += Number(!hasTime);
    if (judged?.right) right.count += row.count;
    else wrong.push({ ...row, ...wrongOf(judged) });
  }
  const [shown, others] = [wrong.slice(0, MOST_ANSWERS - 1), wrong.slice(MOST_ANSWERS - 1)];
  const rows = [right, ...shown].sort((a, b) => b.count - a.count || Number(b.right) - Number(a.right));
  return { rows, rest: { answers: others.length, count: others.reduce((sum, { count }) => sum + count, 0), unjudged } };
}

/** What is wrong with an answer: the sentence about the idea behind it stands for itself here. */
function wrongOf(/** @type {Judged | null} */ judged) {
  if (!judged) return {};
  const { parts, idea } = judged;
  const sentence = idea?.name ? idea.sentence : judged.sentence;
  return { parts, idea, sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1) };
}

/** @returns {AnswerRow} */
const answerRow = (/** @type {string} */ text, /** @type {number} */ count, value = undefined) => ({
  ...{ text, count, value },
  ...{ right: false, idea: null, sentence: "", parts: [] },
});

/**
 * Rows of answers that differ in what they mean. What cannot be read is one row without its text: no page of ours sends
 * it, and nobody shall write on the screen of a class.
 * @param {[string, number][]} counted
 * @param {string} form
 */
function sameTogether(counted, form) {
  const rows = /** @type {Map<string, AnswerRow>} */ (new Map());
  for (const [given, count] of counted) {
    const reading = readAnswer(form, given);
    const text = (reading?.text ?? "").replace(/#.*/g, "").trim(); // a formula may have remarks
    const row = rows.get(text) ?? answerRow(text, 0, reading?.value);
    rows.set(text, { ...row, count: row.count + count });
  }
  return [...rows.values()].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
}
