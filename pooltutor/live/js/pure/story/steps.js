import { LONGEST_GIVEN } from "../question/state.js";

// A story as its views have it: which step is open, what has been answered, and what a browser has kept of both.

/** What may become of an answer that somebody has given. */
const DONE = /** @type {unknown[]} */ (["right", "shown", "sent"]);

/**
 * Is a question done that has this answer, or none?
 * @param {Answer | undefined} answer
 */
export const isDone = (answer) => answer !== undefined && DONE.includes(answer.state);

/**
 * The number of a step that there is.
 * @param {number} step
 * @param {Story} story
 */
export const stepInside = (step, { steps }) => Math.max(0, Math.min(steps.length - 1, step));

/**
 * What has become of each step: "ask" for one that still asks, "done" for one that has been answered, "" for all others.
 * @param {Story} story
 * @param {Answers} answers
 */
export const progressOf = ({ steps }, answers) =>
  steps.map(({ ask }, k) => (!ask ? "" : isDone(answers[k]) ? "done" : "ask"));

/**
 * The text that a browser keeps of a story; "" where nobody has begun.
 * @param {number} step
 * @param {Answers} answers
 */
export const keptText = (step, answers) =>
  step || Object.keys(answers).length ? JSON.stringify({ step, answers }) : "";

/** @param {Answers} answers those that are answers, by the numbers of their steps */
const plausible = (answers) => Object.entries(answers).filter(([, answer]) => isAnswer(answer));

/**
 * The answers in a kept text, which anybody may have written; none in one that cannot be read.
 * @param {string | null} text
 * @returns {Answers}
 */
export function keptAnswers(text) {
  try {
    return Object.fromEntries(plausible(JSON.parse(text ?? "").answers));
  } catch {
    return {};
  }
}

/**
 * What a kept text says of a story: {step, answers}; null where it says nothing that can be. Anybody may have written it.
 * @param {string | null} text
 * @param {Story} story
 */
export function readKept(text, story) {
  try {
    const { step, answers } = JSON.parse(text ?? "");
    const asked = story.steps.flatMap(({ ask }, k) => (ask ? [String(k)] : []));
    const known = plausible(answers).filter(([k]) => asked.includes(k));
    return Number.isInteger(step) && stepInside(step, story) === step
      ? { step, answers: Object.fromEntries(known) }
      : null;
  } catch {
    return null;
  }
}

/** @param {unknown} value */
const isText = (value) => typeof value === "string" && value.length <= LONGEST_GIVEN;
const upTo = (/** @type {number} */ most) => (/** @type {unknown} */ value) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
const isCount = upTo(2 ** 31 - 1);

/** What each part of an answer may be, as questions.py has it. @type {Record<string, (value: unknown) => boolean>} */
const PARTS_OF_ANSWER = {
  ...{ given: isText, checked: isText, tries: isCount, hints: upTo(3), seed: isCount },
  state: (value) => value === "open" || DONE.includes(value),
};

/**
 * Is it an answer as a view has it?
 * @param {unknown} answer
 */
export function isAnswer(answer) {
  const parts = Object.entries(PARTS_OF_ANSWER);
  const given = /** @type {Record<string, unknown>} */ (answer ?? {});
  return Object.keys(given).length === parts.length && parts.every(([name, fits]) => fits(given[name]));
}
