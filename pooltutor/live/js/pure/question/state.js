// What becomes of a question: who waits for whom.

/** Most characters of an answer: questions.py has the same limit. */
export const LONGEST_GIVEN = 1000;

/** What stays as it is while a question is there: it is about just this. */
export const HELD = ["input_size", "target_size", "rule", "kind", "example", "x", "upstream", "image", "windows"];

/** How often the words of a view can be asked: the answer that nobody has given yet. */
export const freshAnswer = (seed = 0) => ({ given: "", checked: "", tries: 0, hints: 0, state: "open", seed });

/**
 * Is somebody still to answer? Then nothing that gives the answer away may be on the page.
 * @param {Question | null} question
 * @param {Answer} answer
 */
export const isOpenQuestion = (question, { state }) => question !== null && (state === "open" || state === "sent");

/**
 * Which rows a question needs in the picture: gradients where it is about them.
 * @param {Question} question
 */
export const needsGradient = ({ kind }) => kind === "gradient" || kind === "rank";

/**
 * The windows of an answer, as many as there are outputs.
 * @param {OwnWindow[] | null} windows
 * @param {number} m
 */
export const filledUp = (windows, m) =>
  Array.from({ length: m }, (_, i) => /** @type {OwnWindow} */ (windows?.[i] ?? null));
