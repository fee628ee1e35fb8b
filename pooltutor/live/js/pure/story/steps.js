import { freshAnswer } from "../question/state.js";

// A story as its views have it: which step is open, what has been answered, and what a browser has kept of both.

/** What may become of an answer that somebody has given. */
const DONE = ["right", "shown", "sent"];

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
  steps.map(({ ask }, k) => (!ask ? "" : DONE.includes(answers[k]?.state) ? "done" : "ask"));

/**
 * The text that a browser keeps of a story; "" where nobody has begun.
 * @param {number} step
 * @param {Answers} answers
 */
export const keptText = (step, answers) =>
  step || Object.keys(answers).length ? JSON.stringify({ step, answers }) : "";

/**
 * What a kept text says of a story: {step, answers}; null where it says nothing that can be. Anybody may have written it.
 * @param {string | null} text
 * @param {Story} story
 */
export function readKept(text, story) {
  try {
    const { step, answers } = JSON.parse(text ?? "");
    const asked = story.steps.flatMap(({ ask }, k) => (ask ? [String(k)] : []));
    const known = Object.entries(answers).filter(([k, answer]) => asked.includes(k) && isAnswer(answer));
    return Number.isInteger(step) && stepInside(step, story) === step
      ? { step, answers: Object.fromEntries(known) }
      : null;
  } catch {
    return null;
  }
}

const LONGEST_ANSWER = 1000; // characters

/**
 * Is it an answer as a view has it?
 * @param {unknown} answer
 */
export function isAnswer(answer) {
  const fresh = Object.entries(freshAnswer());
  const given = /** @type {Record<string, unknown>} */ (answer ?? {});
  const fits = fresh.every(
    ([name, value]) => typeof given[name] === typeof value && String(given[name]).length <= LONGEST_ANSWER,
  );
  return fits && Object.keys(given).length === fresh.length;
}
