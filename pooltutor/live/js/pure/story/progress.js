import { isAnswer, isDone, keptAnswers } from "./steps.js";

// How far a reader of the site has come with the questions of a lesson.

/**
 * How many questions are done, as far as what was kept of them can be read.
 * @param {PlacedQuestion[]} questions
 * @param {{textOfStory: (name: string) => string | null, answers: Record<string, any>}} kept
 */
export const countDone = (questions, { textOfStory, answers }) =>
  questions.filter(({ story, step, place }) => {
    const answer = story === undefined ? answers[place ?? ""] : keptAnswers(textOfStory(story))[step ?? 0];
    return isAnswer(answer) && isDone(answer);
  }).length;
