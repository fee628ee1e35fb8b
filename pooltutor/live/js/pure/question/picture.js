import { rightPartsOf } from "./judging.js";
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
  const parts = question.send ? [] : rightPartsOf(about, text, words);
  const stays = filledUp(ownWindows(text), about.m[0]);
  const windows = own ?? filledUp(ownWindows(answer.given), about.m[0]);
  const marked = name === "shared" ? (readAnswer("cells", answer.given)?.value ?? []) : null;
  return {
    ...{ kind: name, open, judged: !question.send && (judged || !open), current, drag },
    right: name === "windows" ? parts.map((isRight, k) => isRight && String(windows[k]) === String(stays[k])) : parts,
    cells: name === "gradient" ? [Number(question.index)] : (question.cells ?? []),
    output: name === "output" ? Number(question.index) : null,
    place: about.n.length === 2 ? /** @type {Pair} */ (question.index) : undefined,
    own: name === "windows" ? windows.map((window) => insideInput(window, about.n[0])) : null,
    ...{ marked, words: words.question },
  };
}

/**
 * A window as it can be drawn: of a typed one the part that lies over cells.
 * @param {OwnWindow} window
 * @param {number} n
 * @returns {OwnWindow}
 */
function insideInput(window, n) {
  const [start, stop] = window ?? [0, 0];
  return start < Math.min(stop, n) ? [start, Math.min(stop, n)] : null;
}
