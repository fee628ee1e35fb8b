import { savedModel } from "../page/models.js";
import { judgeAnswer } from "../pure/question/judging.js";
import { freshAnswer } from "../pure/question/state.js";
import { StoryPointer } from "../story/pointer.js";
import { LED_VIEWS } from "../story/story.js";

// A step of the story in a page of the room: its view, on a model of its own.

/** What a step's view shows: with its question as long as that is open, then with what was answered beside PyTorch's. */
function stateOf({ set, ask }, { revealed, given }) {
  if (!ask) return set;
  const answer = { ...freshAnswer(), given };
  if (!revealed) return { ...set, question: ask, answer: { ...answer, state: given ? "sent" : "open" } };
  return { ...set, question: { ...ask, send: false }, answer: { ...answer, checked: given, state: "shown" } };
}

/** A view is drawn anew where this changes; an answer that is sent changes nothing before the reveal. */
const keyOfStep = (content, revealed, given) => JSON.stringify([content, revealed, revealed && given]);

/** Shows one step after another in an element. */
export class StepView {
  constructor(el, { shared, answer }) {
    this.el = el;
    this.shared = shared;
    this.answer = answer;
    this.shown = "";
    this.wanted = new AbortController();
  }

  /** The view that is shown, as soon as it is. */
  view = /** @type {any} */ (undefined);

  isShown(content, { revealed, given }) {
    return this.shown === keyOfStep(content, revealed, given);
  }

  /**
   * Show a step, unless it is shown already; `heard` is told what is answered in the view, and `ready` what the question
   * is about.
   */
  async show(content, { revealed, given = "", presenter = false, heard = (_) => {}, ready = (_) => {} }) {
    if (this.isShown(content, { revealed, given })) return;
    this.clear();
    this.shown = keyOfStep(content, revealed, given);
    const { shared, el, wanted } = this;
    const Kind = LED_VIEWS[content.view];
    const state = { ...stateOf(content, { revealed, given }), presenter };
    const model = savedModel({ view: content.view, state }, shared, this.answer);
    await /** @type {any} */ (Kind).ready?.(shared);
    if (wanted.signal.aborted) return;
    const view = new Kind(model, el, shared);
    this.view = view;
    wanted.signal.addEventListener("abort", () => view.close());
    if (!content.ask) return new StoryPointer(el, wanted.signal).point(content.point, el);
    const { about } = view.asking;
    if (revealed && given && judgeAnswer(about, given, shared.get("words"))?.right)
      model.set("answer", { ...model.get("answer"), state: "right" });
    model.on("change:answer", () => heard(model.get("answer")));
    ready(about);
  }

  /** Show nothing. */
  clear() {
    this.wanted.abort();
    this.wanted = new AbortController();
    this.el.replaceChildren();
    this.shown = "";
    this.view = undefined;
  }
}
