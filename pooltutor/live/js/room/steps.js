import { modelsOf } from "../page/models.js";
import { judgeAnswer } from "../pure/question/judging.js";
import { freshAnswer } from "../pure/question/state.js";
import { aboutStep } from "../pure/room/about_step.js";
import { rulesOf } from "../pure/rules.js";
import { StoryPointer } from "../story/pointer.js";
import { render } from "../views.js";

// A step of the story in a page of the room: its view, on a model of its own.

const NAMES = { explorer: "explorer", grid: "2d", atlas: "atlas" };

/**
 * What a step's view shows: with its question as long as that is open, and then with what was answered beside PyTorch's.
 * @param {any} content
 * @param {{ revealed: boolean, given: string, judged: Judged | null }} known
 */
function stateOf({ set, ask }, { revealed, given, judged }) {
  if (!ask) return set;
  if (!revealed) return { ...set, question: ask, answer: { ...freshAnswer(), given, state: given ? "sent" : "open" } };
  const answer = { ...freshAnswer(), given, checked: given, state: judged?.right ? "right" : "shown" };
  return { ...set, question: { ...ask, send: false }, answer };
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

  /** The model of the view that is shown. */
  model = /** @type {any} */ (undefined);

  isShown(content, { revealed, given }) {
    return this.shown === keyOfStep(content, revealed, given);
  }

  /** What the question of a step is about. */
  aboutOf(content) {
    const { shared } = this;
    return aboutStep(content, { rules: rulesOf(shared), usual: shared.get("usual"), random: shared.get("random") });
  }

  /**
   * Show a step, unless it is shown already; `heard` is told what is answered in the view.
   * @param {any} content
   * @param {{ revealed: boolean, given?: string, presenter?: boolean, heard?: (answer: any) => void }} options
   */
  show(content, { revealed, given = "", presenter = false, heard = () => {} }) {
    if (this.isShown(content, { revealed, given })) return;
    this.clear();
    this.shown = keyOfStep(content, revealed, given);
    const model = modelsOf(this.shared, this.answer)[NAMES[content.view] ?? "explorer"];
    const judged = revealed && given ? judgeAnswer(this.aboutOf(content), given, this.shared.get("words")) : null;
    model.set({ ...stateOf(content, { revealed, given, judged }), presenter });
    model.on("change:answer", () => heard(model.get("answer")));
    this.model = model;
    const { signal } = this.wanted;
    render(model, this.el, this.shared, signal).then((close) => {
      if (!close) return;
      signal.addEventListener("abort", close);
      if (!content.ask) new StoryPointer(this.el, signal).point(content.point ?? [], this.el);
    });
  }

  /** Show nothing. */
  clear() {
    this.wanted.abort();
    this.wanted = new AbortController();
    this.el.replaceChildren();
    this.shown = "";
    this.model = undefined;
  }
}
