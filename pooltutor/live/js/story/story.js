import { AtlasView } from "../atlas/atlas.js";
import { ExplorerView } from "../explorer/explorer.js";
import { GridView } from "../grid/grid.js";
import { modelOf } from "../pure/kernel.js";
import { changeModel, KERNEL, LEARNER, Store } from "../pure/store.js";
import { openStep } from "../pure/story/open_step.js";
import { stepInside } from "../pure/story/steps.js";
import { clickerStep, h, keepKey, passKey } from "../view/form.js";
import { followTheme, wearStyle } from "../view/theme.js";
import { StoryBar } from "./bar.js";
import { StoryPointer } from "./pointer.js";

// A story: its bar, and below it the view that the open step is about. A story of several kinds of views has a model of
// its own; an explorer or a map that a story leads is its own story.

/** The views that a story may lead. */
export const LED_VIEWS = { explorer: ExplorerView, grid: GridView, atlas: AtlasView };
const KEYS_OF_VIEW = ["w", "W", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Escape"];

/** The models of the views that a story leads, by kind; `beside` is the explorer beside a map. */
async function ledModels(model) {
  const kind = model.get("_view");
  const ids = Object.entries(kind === "story" ? model.get("_views") : {});
  const found = await Promise.all(ids.map(async ([name, id]) => [name, await modelOf(model, id)]));
  const models = Object.fromEntries(kind === "story" ? found : [[kind, model]]);
  if (models.atlas?.get("_beside")) models.beside = await modelOf(models.atlas, models.atlas.get("_explorer"));
  return models;
}

export class StoryView {
  constructor(model, el, shared) {
    this.model = model;
    this.el = el;
    this.shared = shared;
    this.words = shared.get("words").story;
    this.usual = shared.get("usual");
    this.story = /** @type {Story} */ (model.get("story"));
    this.views = {};
    this.stopWork = new AbortController(); // every listener ends with the view
    this.opened = this.open();
  }

  async open() {
    this.models = await ledModels(this.model);
    if (this.stopWork.signal.aborted) return;
    this.build();
    this.connect();
    if (this.model.get("_begins")) this.openStep(); // no kernel has done so
    await this.show();
  }

  close() {
    this.stopWork.abort();
    for (const view of Object.values(this.views)) view.close();
  }

  build() {
    const { story, words, shared } = this;
    this.bar = new StoryBar({ words, story, go: (step) => this.go(step), again: () => this.again() });
    const kinds = [...new Set(story.steps.map(({ view }) => view))];
    this.panels = Object.fromEntries(kinds.map((kind) => [kind, h("div", { hidden: true })]));
    this.stage = h("div", { className: "pt-story-stage" }, ...Object.values(this.panels));
    this.root = h("div", { className: "pt-story" }, this.bar.element, this.stage);
    this.el.append(this.root);
    this.pointer = new StoryPointer(this.stage, this.stopWork.signal);
    wearStyle(this.el, shared.get("css"));
  }

  connect() {
    const { model, models, shared, root } = this;
    const { signal } = this.stopWork;
    const storeOf = (options) => {
      const store = new Store({ shared, ...options });
      signal.addEventListener("abort", () => store.close());
      return store;
    };
    this.store = storeOf({ model, names: ["step", "answers"], heard: (names, origin) => this.hear(names, origin) });
    for (const [kind, led] of Object.entries(models)) {
      const store = storeOf({ model: led });
      store.listen("answer", () => this.noteAnswer(kind));
      store.listen("presenter", () => this.showSize());
    }
    root.addEventListener("keydown", (event) => this.onKey(event), { capture: true, signal });
    for (const type of ["keyup", "keypress"]) this.bar.element.addEventListener(type, (e) => e.stopPropagation());
    followTheme({ root, themes: shared.get("themes"), signal });
  }

  // Steps -----------------------------------------------------------------------------------------------------

  get step() {
    return stepInside(this.model.get("step"), this.story);
  }

  /** The open step. */
  get now() {
    return this.story.steps[this.step];
  }

  go(step) {
    this.change({ step: stepInside(step, this.story) });
  }

  /** Forget all answers, and begin anew. */
  again() {
    this.change({ answers: {} });
    if (!this.change({ step: 0 })) this.openStep();
    this.bar.next.focus();
  }

  change(wanted) {
    const changed = this.store.change(wanted, LEARNER);
    this.store.save();
    return changed;
  }

  /** The kernel sets the view itself, as it opens a step. */
  hear(names, origin) {
    if (names.includes("step")) {
      if (origin !== KERNEL) this.openStep();
      this.show();
    } else this.bar.show(this.step, this.model.get("answers"));
  }

  openStep() {
    this.opening = true;
    openStep(this);
    this.opening = false;
  }

  /** Other sizes that a learner asks for have a seed: they are practice, and the step is answered already. */
  noteAnswer(kind) {
    const { step, now, model, models } = this;
    if (this.opening || kind !== now.view || !now.ask) return;
    const [question, answer] = ["question", "answer"].map((name) => models[kind].get(name));
    if (question && !answer.seed) this.change({ answers: { ...model.get("answers"), [step]: answer } });
  }

  // Showing ---------------------------------------------------------------------------------------------------

  async show() {
    const { now, panels } = this;
    const panel = panels[now.view];
    this.keepSize(now.view);
    for (const each of Object.values(panels)) each.hidden = each !== panel;
    this.stage.classList.toggle("pt-simple", now.simple);
    this.bar.show(this.step, this.model.get("answers"));
    this.pointer.point([], panel);
    await this.mount(now.view, panel);
    if (now !== this.now || this.stopWork.signal.aborted) return; // gone on meanwhile
    this.views[now.view].fit?.(); // the text above it may have another height
    this.pointer.point(now.point, panel);
  }

  /** Draw a view into its panel, when it is first needed. */
  async mount(kind, panel) {
    if (this.views[kind]) return;
    const Kind = LED_VIEWS[kind];
    await Kind.ready?.(this.shared);
    if (this.views[kind] || this.stopWork.signal.aborted) return;
    this.views[kind] = new Kind(this.models[kind], panel, this.shared);
    await this.views[kind].opened;
  }

  /** The model that says how large a kind of view is: a map is as large as its explorer. */
  sizing(kind) {
    return (kind === "atlas" && this.models.beside) || this.models[kind];
  }

  /** What is presented stays large from view to view. */
  keepSize(kind) {
    const model = this.sizing(kind);
    if (this.kind && this.kind !== kind) {
      const presenter = this.sizing(this.kind).get("presenter");
      changeModel(model, this.shared, { presenter });
    }
    this.kind = kind;
    this.showSize();
  }

  showSize() {
    this.bar.element.classList.toggle("pt-big", Boolean(this.sizing(this.now.view).get("presenter")));
  }

  // Keys ------------------------------------------------------------------------------------------------------

  /** A clicker turns the steps wherever the focus is; the bar itself has no use for other keys, the picture has. */
  onKey(event) {
    const { key, target } = event;
    const by = clickerStep(event);
    if (by) {
      event.stopPropagation();
      event.preventDefault();
      this.go(this.step + by);
    } else if (this.bar.element.contains(target) && keepKey(event) && KEYS_OF_VIEW.includes(key)) {
      event.preventDefault();
      const view = this.views[this.now.view];
      passKey(key, (view?.own ?? view)?.root ?? this.stage);
    }
  }
}
