import { keepStory } from "../page/kept.js";
import { isAnswer } from "../pure/story/steps.js";
import { keepOfSite, keptOfSite } from "./kept.js";

// Answers to the questions of a page, which its reader finds again.

/** Give a model of a view the answers that were given before, and keep those that follow. */
export function rememberAnswers({ element }, model) {
  const story = model.get("story");
  if (story && story.name !== "own") keepStory(model);
  if (story || !model.get("question")) return;
  const place = `${document.body.dataset.page}#${element.id}`;
  const before = keptOfSite().answers[place];
  if (isAnswer(before)) model.set({ answer: before });
  model.on("change:answer", () =>
    keepOfSite(({ answers }) => {
      answers[place] = model.get("answer");
    }),
  );
}
