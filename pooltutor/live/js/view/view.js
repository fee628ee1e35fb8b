import { fill } from "../pure/numbers.js";
import { ownWork } from "./abstract.js";
import { Checker, REST_MS } from "./checker.js";
import { h } from "./form.js";
import { unjudgedMark } from "./reading.js";
import { followTheme, wearStyle } from "./theme.js";

// What every explorer is: state in the model, a picture of it, controls that change it, a checker that asks PyTorch.
// A kind of explorer says what its state is, how it is drawn, and what of it is claimed.

const TOO_LARGE_MS = 6000;
const NARROW = 480; // CSS pixels: a phone, where what is changed and what it changes must be on one screen
const SETTLE_MS = 50; // texts that are read, not watched, follow when the slider rests

let opened = 0;
let learnerChanges = false; // true while any view on the page sets its model: no echo from the kernel then

/** Change models on the learner's behalf: every explorer follows, and none takes it for an echo of the kernel. */
export function asLearner(work) {
  learnerChanges = true;
  try {
    work();
  } finally {
    learnerChanges = false;
  }
}

export class View {
  /** What a verdict depends on: names of the state. */
  static claimed = ["input_size", "target_size", "rule", "kind", "upstream"];

  /**
   * Sizes that the tables have: what stands there while the kernel is asked for the first bins.
   * @type {{ input_size: any; target_size: any }}
   */
  static small = { input_size: 14, target_size: 4 };

  /** The kind of explorer that this one is. */
  get kind() {
    return /** @type {typeof View} */ (this.constructor);
  }

  /** @type {import("./controls.js").Controls} */
  controls;
  /** @type {Record<string, import("./panels.js").Panel>} */
  panels;
  /** @type {any} */
  pointing;
  /** @type {HTMLElement} */
  root;
  /** @type {HTMLElement} */
  line;
  /** @type {HTMLElement} */
  status;
  /** @type {HTMLElement} */
  paragraph;

  /**
   * @param {Model} model
   * @param {HTMLElement} el
   * @param {Model} shared
   * @param {import("../pure/tables.js").Tables} tables
   */
  constructor(model, el, shared, tables) {
    this.model = model;
    this.el = el;
    this.shared = shared;
    this.tables = tables;
    this.drawingId = `${++opened}-${Date.now()}`; // another version of this code may draw on the same page
    this.words = this.wordsOf(shared.get("words"));
    this.themes = shared.get("themes");
    this.rules = new Map(shared.get("rules").map((rule) => [rule.name, rule]));
    this.limits = shared.get("limits");
    this.random = shared.get("random");
    this.usual = shared.get("usual")[model.get("_view")];
    this.names = ["input_size", "target_size", ...Object.keys(this.usual)]; // of all that the state consists of
    this.unsaved = {};
    this.stopWork = new AbortController(); // every listener ends with the view
    wearStyle(el, shared.get("css"));
    this.prepare();
    this.known = this.kind.small;
    if (this.knows()) this.rememberSizes();
    this.build();
    this.checker = new Checker({
      model,
      shared,
      words: this.words.verdict,
      readClaim: () => this.readClaim(),
      save: () => this.save(),
      show: (verdict, text, revision) => this.showVerdict(verdict, text, revision),
    });
    // A displayed number that something other than draw() changed is a new claim: it is checked again.
    this.tamper = new MutationObserver(() => this.checker.changed());
    this.watch();
    followTheme({
      root: this.root,
      themes: this.themes,
      signal: this.stopWork.signal,
      changed: (theme) => {
        this.theme = theme;
        if (this.facts) this.draw();
      },
    });
    this.draw();
    if (this.knows()) this.checker.changed(0);
    else this.askForBins(); // a link opened this view at a size beyond the tables
  }

  close() {
    this.stopWork.abort();
    this.checker.close();
    this.tamper.disconnect();
    this.controls.close();
    clearTimeout(this.asking);
    clearTimeout(this.saving);
    clearTimeout(this.settling);
  }

  // What a kind of explorer may say differently -------------------------------------------------------------

  wordsOf(words) {
    return words;
  }

  /** Before anything is built: what needs the words and the model. */
  prepare() {}

  /** Of an accepted change: what follows from it. */
  tidy(patch) {
    return patch;
  }

  /** Names in the model that carry bins, and what to do when they come: take() may return a promise. */
  get carriers() {
    return [];
  }

  // What each kind says for itself ---------------------------------------------------------------------------

  /** The controls, the panels, and the elements that stand in this view. */
  build() {
    ownWork();
  }

  /** Whether the bins of the sizes in the model are there. */
  knows() {
    return ownWork();
  }

  /** The state as the pure modules take it. */
  get state() {
    return ownWork();
  }

  factsOf(_state) {
    return ownWork();
  }

  /** Both sizes for a sentence: {n, m}. */
  sizesAsText() {
    return ownWork();
  }

  /** What a verdict is about, for `data-for`. */
  about() {
    return ownWork();
  }

  /** The picture and the line, from facts that are known. */
  redraw() {
    ownWork();
  }

  /** Names for a screen reader. */
  label() {
    ownWork();
  }

  /** The paragraph about it all. */
  describe() {
    return ownWork();
  }

  /** The elements whose numbers are checked. */
  checkedElements() {
    return ownWork();
  }

  /** The displayed numbers: {n, m, parts, buffers}. */
  claim() {
    return ownWork();
  }

  // State -----------------------------------------------------------------------------------------------------

  /**
   * What opens this very view again.
   * @returns {any}
   */
  reopen() {
    return Object.fromEntries(this.names.map((name) => [name, this.model.get(name)]));
  }

  get colours() {
    return this.themes[this.theme];
  }

  get innerWidth() {
    return Math.max(180, Math.floor(this.width || 980));
  }

  /** The last sizes whose bins were there; while the kernel is asked for others, they stay on the screen. */
  rememberSizes() {
    this.known = { input_size: this.model.get("input_size"), target_size: this.model.get("target_size") };
  }

  /** Change some of the state, except what is locked. Picture, controls and verdict follow from here. */
  change(wanted, evenLocked = false) {
    this.controls.note("");
    const lock = evenLocked ? [] : this.model.get("lock");
    const patch = this.tidy(
      Object.fromEntries(
        Object.entries(wanted).filter(
          ([name, value]) => !lock.includes(name) && String(this.model.get(name)) !== String(value),
        ),
      ),
    );
    if (!Object.keys(patch).length) return this.draw();
    const set = () => {
      for (const [name, value] of Object.entries(patch)) this.model.set(name, value);
    };
    this.asOwn(() => asLearner(set));
    Object.assign(this.unsaved, patch);
    this.follow(Object.keys(patch));
    this.saveSoon();
  }

  follow(names) {
    if (!this.knows()) return this.askForBins();
    clearTimeout(this.asking);
    this.rememberSizes();
    this.draw();
    const matters = [...this.kind.claimed, "show"];
    if (names.some((name) => matters.includes(name))) this.checker.changed();
  }

  // The kernel hears of a state when the slider rests: every message would make it, and JupyterLab, busy.
  saveSoon() {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), REST_MS);
  }

  save() {
    clearTimeout(this.saving);
    this.unsaved = {};
    if (!this.checker.gone()) this.model.save_changes(); // gone: ipywidgets would log an error
  }

  /** Python, or another view of the same object, has changed something. */
  hear(name) {
    if (this.ownChange) return;
    if (learnerChanges) this.unsaved = {};
    else this.keepUnsaved();
    if (name.endsWith("_size")) this.controls.note(""); // it spoke of another size
    this.follow([name]);
  }

  /** An echo of an older state must not undo what the learner has changed since. */
  keepUnsaved() {
    this.asOwn(() => {
      for (const [name, value] of Object.entries(this.unsaved)) {
        if (String(this.model.get(name)) !== String(value)) this.model.set(name, value);
      }
    });
  }

  /** Change the model without hearing of it. */
  asOwn(work) {
    this.ownChange = true;
    try {
      work();
    } finally {
      this.ownChange = false;
    }
  }

  // Sizes beyond the tables: the kernel sends their bins, or one sentence refuses.
  askForBins() {
    const before = this.known;
    const asked = { ...this.sizesAsText(), max: this.limits.slider };
    const refuse = (why) => {
      this.change(before, true);
      this.controls.note(fill(why, asked));
    };
    if (this.checker.gone()) return refuse(this.words.too_large_gone);
    this.waitingNote = fill(this.words.asking_bins, asked);
    this.controls.note(this.waitingNote);
    this.checker.changed(2 * TOO_LARGE_MS); // no verdict until the bins are there, or refused
    this.syncControls();
    clearTimeout(this.asking);
    this.asking = setTimeout(() => refuse(this.words.too_large_silent), TOO_LARGE_MS);
  }

  // The view --------------------------------------------------------------------------------------------------

  syncControls() {
    this.controls.show(this.state, this.facts);
  }

  toggle(panel, on) {
    const others = this.model.get("show").filter((name) => name !== panel);
    this.change({ show: on ? [...others, panel] : others });
  }

  /** Show the windows, or hide them again, unless they are locked. */
  reveal(on = true) {
    if (!this.model.get("lock").includes("windows") && this.panelOpen("windows") !== on) this.toggle("windows", on);
  }

  panelOpen(name) {
    return this.model.get("show").includes(name);
  }

  /** After a change of the state: the picture at once, what is read rather than watched when the slider rests. */
  draw() {
    const { state } = this;
    this.facts = this.factsOf(state);
    this.pointing.keepInside(state);
    this.root.classList.toggle("pt-big", state.presenter);
    this.redraw();
    this.syncControls();
    clearTimeout(this.settling);
    this.settled = false;
    if (!this.facts.visible || !this.paragraph.textContent)
      this.settle(); // no text may outlive the windows that it tells
    else this.settling = setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** Labels for screen readers, the paragraph and the open panels. */
  settle() {
    clearTimeout(this.settling);
    if (this.settled) return;
    this.settled = true;
    this.untampered(() => {
      for (const [name, panel] of Object.entries(this.panels)) panel.show(this.panelOpen(name), this.facts, this);
      this.label();
    });
    this.paragraph.classList.toggle("pt-unseen", !this.panelOpen("words"));
    this.paragraph.textContent = this.describe();
    this.controls.explain(this.facts);
  }

  /** Draw unwatched; what somebody else changed just before still counts. */
  untampered(work) {
    const tampered = this.tamper.takeRecords().length > 0;
    this.tamper.disconnect();
    work();
    for (const shown of this.checkedElements()) {
      this.tamper.observe(shown, { subtree: true, attributes: true, characterData: true, childList: true });
    }
    if (tampered) this.checker.changed();
  }

  /** The line of numbers, from [text, class] each. */
  fillLine(parts) {
    this.line.replaceChildren(...parts.map(([text, className = ""]) => h("span", { className }, text)));
  }

  showVerdict(verdict, text, revision) {
    const mark = { agrees: "✓", disagrees: "✗", checking: "…", recorded: "=", unchecked: "?" }[verdict];
    this.status.dataset.for = this.about();
    this.status.dataset.rev = revision;
    this.status.dataset.verdict = verdict;
    this.status.replaceChildren(h("b", { "aria-hidden": "true" }, mark), h("span", {}, text));
    this.model.set("verdict", verdict);
    if (verdict === "unchecked") this.save(); // the kernel cannot know by itself
  }

  /** The displayed numbers, or {reason} where there is nothing to check. */
  readClaim() {
    const { state, words } = this;
    if (!this.facts.defined) return { reason: state.undefinedSentence };
    if (state.hidden) return { reason: words.verdict.your_turn };
    this.settle(); // what is claimed is read from the page, so all of it must stand there
    const claim = this.claim();
    const name = unjudgedMark(this.root, claim.parts, this.shared.get("displayed"));
    if (name) return { reason: fill(words.verdict.unjudged, { name }) };
    return { kind: state.kind, state: this.kind.claimed.map((each) => this.model.get(each)), ...claim };
  }

  // Listening -------------------------------------------------------------------------------------------------

  watch() {
    const { signal } = this.stopWork;
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal });
    const hear = (name, handler) => {
      this.model.on(`change:${name}`, handler);
      signal.addEventListener("abort", () => this.model.off(`change:${name}`, handler));
    };
    for (const name of this.names) hear(name, () => this.hear(name));
    for (const [name, take] of this.carriers) {
      hear(name, async () => {
        if (this.ownChange) return;
        await take();
        if (signal.aborted) return;
        if (this.controls.noteLine.textContent === this.waitingNote) this.controls.note(""); // what else it says stays
        this.follow(this.names); // asks again where these are not the bins that are wanted
        this.controls.sayLater();
      });
    }
    const resize = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width));
    resize.observe(this.root);
    signal.addEventListener("abort", () => resize.disconnect());
    this.pointing.listen(on, this);
  }

  resized(width) {
    if (width === 0 || width === this.width) return;
    this.width = width;
    this.root.classList.toggle("pt-narrow", width < NARROW);
    this.draw();
  }
}

/** The element that marks are drawn into. */
export function pictureElement(attributes, definitions = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ class: "pt-picture", role: "group", ...attributes }))
    svg.setAttribute(name, value);
  svg.innerHTML = definitions;
  return svg;
}

/** Give a picture its size, in CSS pixels. */
export function sizePicture(svg, width, height) {
  const box = `0 0 ${width} ${height}`;
  if (svg.getAttribute("viewBox") !== box) svg.setAttribute("viewBox", box);
  if (svg.getAttribute("height") !== String(height)) svg.setAttribute("height", height);
}
