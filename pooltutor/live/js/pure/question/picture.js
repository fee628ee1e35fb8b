import { judgeAnswer } from "./judging.js";
import { ownWindows, readAnswer } from "./reading.js";
import { filledUp, isOpenQuestion } from "./state.js";

// What of a question the picture shows.

/**
 * @param {About} about
 * @param {Answer} answer
 * @param {{ words: AskingWords; current?: number; drag?: AskedInPicture["drag"]; own?: OwnWindow[] | null }} look
 * @returns {AskedInPicture}
 */
export function askedInPicture(about, answer, { words, current = 0, drag = null, own = null }) {
  const { question, name } = about;
  const open = isOpenQuestion(about.question, answer);
  const judged = answer.checked !== "" && answer.checked === answer.given;
  const text = open ? answer.checked : answer.given;
  const parts = (!question.send && text && judgeAnswer(about, text, words)?.parts) || [];
  const marked = name === "shared" ? (readAnswer("cells", answer.given)?.value ?? []) : null;
  return {
    ...{ kind: name, open, judged: !question.send && (judged || !open), right: parts, current, drag },
    cells: name === "gradient" ? [Number(question.index)] : (question.cells ?? []),
    output: name === "output" ? Number(question.index) : null,
    place: about.n.length === 2 ? /** @type {Pair} */ (question.index) : undefined,
    own: name === "windows" ? (own ?? filledUp(ownWindows(answer.given), about.m[0])) : null,
    ...{ marked, words: words.question },
  };
}
