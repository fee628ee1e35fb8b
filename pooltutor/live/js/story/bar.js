import { fill } from "../pure/numbers.js";
import { progressOf } from "../pure/story/steps.js";
import { button, h } from "../view/form.js";

// What stands over the view that a story leads: the text of the step, Back and Next, and how far one has come.

/** A text in which no line ends within a size. */
const inOneLine = (text) => text.replace(/(\d) ([→×]) (?=\d)/g, "$1\u00a0$2\u00a0");

export class StoryBar {
  /** `go(step)` opens a step, `again()` forgets all answers and begins anew. */
  constructor({ words, story, go, again }) {
    this.words = words;
    this.story = story;
    this.step = 0;
    this.say = h("p", { className: "pt-say", "aria-live": "polite" });
    this.back = button(words.back, words.back, () => go(this.step - 1));
    this.next = button(words.next, words.next, () => go(this.step + 1));
    this.next.className = "pt-next";
    this.again = button(words.again, words.again_label, again);
    this.far = h("span", {});
    this.marks = story.steps.map((_, k) =>
      // For the mouse alone: with the keys one goes step by step.
      h("button", { type: "button", tabIndex: -1, "aria-hidden": "true", onclick: () => go(k) }),
    );
    this.element = h(
      "div",
      { className: "pooltutor pt-story-bar", role: "group", "aria-label": fill(words.label, story) },
      h("div", { className: "pt-told" }, this.say, h("div", { className: "pt-turns" }, this.back, this.next)),
      h(
        "div",
        { className: "pt-progress" },
        h("div", { className: "pt-step-marks" }, ...this.marks),
        h("span", { className: "pt-far" }, h("span", { className: "pt-far-title" }, `${story.title}, `), this.far),
        this.again,
      ),
    );
  }

  show(step, answers) {
    const { words, story } = this;
    const progress = progressOf(story, answers);
    const [count, asks] = [story.steps.length, progress.filter(Boolean).length];
    this.step = step;
    const said = inOneLine(story.steps[step].say);
    if (this.say.textContent !== said) this.say.textContent = said;
    this.marks.forEach((mark, k) => {
      mark.dataset.state = progress[k];
      mark.classList.toggle("pt-passed", k < step);
      mark.classList.toggle("pt-now", k === step);
      mark.title = fill(words.step, { k: k + 1, count });
    });
    const answered = progress.filter((state) => state === "done").length;
    const far = [fill(words.step, { k: step + 1, count })];
    if (asks) far.push(fill(words.answered, { answered, asks }));
    this.far.textContent = far.join(" · ");
    // No `disabled`: the focus would be lost.
    this.back.setAttribute("aria-disabled", String(step === 0));
    this.next.setAttribute("aria-disabled", String(step === count - 1));
    this.again.hidden = step === 0 && !Object.keys(answers).length;
  }
}
