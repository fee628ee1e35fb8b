import { modelsOf } from "../page/models.js";
import { render } from "../views.js";

// A step of the story in a page of the room: its view, on a model of its own.

const NAMES = { explorer: "explorer", grid: "2d", atlas: "atlas" };
/** What a phone leaves as it is while it is asked: an answer is about the size that the teacher asks for. */
const ASKED_LOCK = ["input_size", "target_size", "rule", "kind", "example", "x", "upstream", "image", "windows"];
const FRESH_ANSWER = { given: "", checked: "", tries: 0, hints: 0, state: "open", seed: 0 };

/** What a step's view shows: with its question as long as that is open, and then with what it hid. */
function stateOf({ set, ask }, { revealed, given }) {
  if (!ask) return set;
  if (!revealed)
    return {
      ...set,
      lock: ASKED_LOCK,
      question: { ...ask, send: true },
      answer: { ...FRESH_ANSWER, given, state: given ? "sent" : "open" },
    };
  const isGradient = ["gradient", "rank"].includes(ask.kind);
  return { ...set, show: [...new Set([...(set.show ?? []), "windows", ...(isGradient ? ["gradient"] : [])])] };
}

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

  /**
   * Show a step, unless it is shown already; `heard` is told what is answered in the view.
   * @param {any} content
   * @param {{ revealed: boolean, given?: string, presenter?: boolean, heard?: (answer: any) => void }} options
   */
  show(content, { revealed, given = "", presenter = false, heard = () => {} }) {
    const key = JSON.stringify([content, revealed]);
    if (key === this.shown) return;
    this.clear();
    this.shown = key;
    const model = modelsOf(this.shared, this.answer)[NAMES[content.view] ?? "explorer"];
    model.set({ ...stateOf(content, { revealed, given }), presenter });
    model.on("change:answer", () => heard(model.get("answer")));
    this.model = model;
    const { signal } = this.wanted;
    render(model, this.el, this.shared, signal).then((close) => {
      if (close) signal.addEventListener("abort", close);
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
