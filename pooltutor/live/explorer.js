import { claimOf } from "./claim.js";
import { Checker, REST_MS } from "./checker.js";
import { h } from "./controls.js";
import { Desk } from "./desk.js";
import { factsOf } from "./facts.js";
import { fill } from "./numbers.js";
import { PANEL_CLASSES } from "./panels.js";
import { Patch } from "./patch.js";
import { Pointing } from "./pointing.js";
import { sceneOf } from "./scene.js";
import { cellLine, describe, labelsOf, windowLine } from "./sentences.js";
import { followTheme, wearStyle } from "./theme.js";

// The 1-D explorer: state in the model, a picture of it, controls that change it, a checker that asks PyTorch.

const CLAIMED = ["input_size", "target_size", "rule", "kind", "x", "upstream"]; // what a verdict depends on
const TOO_LARGE_MS = 6000;
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

export class ExplorerView {
  constructor(model, el, shared, tables) {
    Object.assign(this, { model, el, tables, id: ++opened });
    this.words = shared.get("words");
    this.themes = shared.get("themes");
    this.rules = new Map(shared.get("rules").map((rule) => [rule.name, rule]));
    this.limits = shared.get("limits");
    this.random = shared.get("random");
    this.usual = shared.get("usual");
    this.names = ["input_size", "target_size", ...Object.keys(this.usual)]; // of all that the state consists of
    this.pointing = new Pointing(this);
    this.unsaved = {};
    this.stopWork = new AbortController(); // every listener ends with the view
    wearStyle(el, shared.get("css"));
    this.takePair();
    this.known = [model.get("input_size"), model.get("target_size")];
    this.build();
    this.checker = new Checker({
      model, shared, words: this.words.verdict,
      readClaim: () => this.readClaim(),
      save: () => this.save(),
      show: (verdict, text, revision) => this.showVerdict(verdict, text, revision),
    });
    // A displayed number that something other than draw() changed is a new claim: it is checked again.
    this.tamper = new MutationObserver(() => this.checker.changed());
    this.watch();
    followTheme({
      root: this.root, themes: this.themes, signal: this.stopWork.signal,
      changed: (theme) => {
        this.theme = theme;
        if (this.facts) this.draw();
      },
    });
    this.draw();
    this.checker.changed(0);
  }

  close() {
    this.stopWork.abort();
    this.checker.close();
    this.resize.disconnect();
    this.tamper.disconnect();
    this.desk.close();
    clearTimeout(this.asking);
    clearTimeout(this.saving);
    clearTimeout(this.settling);
    this.onModel.forEach(([event, handler]) => this.model.off(event, handler));
    this.model.off("change:_bins", this.onPair);
  }

  // State -------------------------------------------------------------------------------------------------

  get state() {
    const get = (name) => this.model.get(name);
    const show = get("show");
    const asked = [get("input_size"), get("target_size")];
    const [n, m] = this.tables.knows(...asked) ? asked : this.known; // while the kernel is asked, what was there stays
    return {
      n, m, rule: get("rule"), kind: get("kind"), x: get("x"), upstream: get("upstream"),
      window: Math.min(get("window"), m - 1), hidden: !show.includes("windows"), gradient: show.includes("gradient"),
      influence: show.includes("influence"), duel: show.includes("duel"), against: get("against"), presenter: get("presenter"),
      ruleTitle: this.rules.get(get("rule")).title, againstTitle: this.rules.get(get("against")).title,
      locked: get("lock").includes("windows"),
      undefinedSentence: this.rules.get(get("rule")).undefined,
    };
  }

  /** What explore() needs to open this very view again. */
  reopen() {
    return Object.fromEntries(this.names.map((name) => [name, this.model.get(name)]));
  }

  get colours() {
    return this.themes[this.theme];
  }

  get innerWidth() {
    return Math.max(180, Math.floor(this.width || 980));
  }

  /** Change some of the state, except what is locked. Picture, controls and verdict follow from here. */
  change(wanted, evenLocked = false) {
    this.desk.note("");
    const lock = evenLocked ? [] : this.model.get("lock");
    const patch = Object.fromEntries(
      Object.entries(wanted).filter(([name, value]) => !lock.includes(name) && String(this.model.get(name)) !== String(value)),
    );
    const m = patch.target_size ?? this.model.get("target_size");
    if ((patch.window ?? this.model.get("window")) > m - 1) patch.window = m - 1;
    if (!Object.keys(patch).length) return this.draw();
    this.asOwn(() => asLearner(() => Object.entries(patch).forEach(([name, value]) => this.model.set(name, value))));
    Object.assign(this.unsaved, patch);
    this.follow(Object.keys(patch));
    this.saveSoon();
  }

  follow(names) {
    const [n, m] = [this.model.get("input_size"), this.model.get("target_size")];
    if (!this.tables.knows(n, m)) return this.askForPair(n, m);
    clearTimeout(this.asking);
    this.known = [n, m];
    this.draw();
    if (names.some((name) => CLAIMED.includes(name) || name === "show")) this.checker.changed();
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
    this.follow([name]);
  }

  /** An echo of an older state must not undo what the learner has changed since. */
  keepUnsaved() {
    this.asOwn(() => {
      for (const [name, value] of Object.entries(this.unsaved)) if (this.model.get(name) !== value) this.model.set(name, value);
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

  // Sizes beyond the tables: the kernel sends the bins of that pair, or one sentence refuses.
  askForPair(wantedN, wantedM) {
    const [n, m] = this.known;
    const refuse = () => this.change({ input_size: n, target_size: m }, true);
    const asked = { n: wantedN, m: wantedM, max: this.limits.slider };
    if (this.checker.gone()) {
      refuse();
      return this.desk.note(fill(this.words.too_large_gone, asked));
    }
    this.desk.note(fill(this.words.asking_bins, asked));
    this.checker.changed(2 * TOO_LARGE_MS); // no verdict until the bins are there, or refused
    this.syncControls();
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
      refuse();
      this.desk.note(fill(this.words.too_large_silent, asked));
    }, TOO_LARGE_MS);
  }

  takePair() {
    const pair = this.model.get("_bins");
    if (pair?.windows) this.tables.add(pair);
  }

  // The view ----------------------------------------------------------------------------------------------

  build() {
    const { words } = this;
    this.desk = new Desk(this);
    this.panels = Object.fromEntries(Object.entries(PANEL_CLASSES).map(([name, Panel]) => [name, new Panel(this)]));
    this.root = h("div", { className: "pooltutor", role: "group", "aria-label": words.title });
    this.line = h("div", { className: "pt-line" });
    this.status = h("div", { className: "pt-status", role: "status" });
    this.hatchId = `${this.id}-${Date.now()}`; // another version of this code may draw on the same page
    this.paragraph = h("p", { className: "pt-words", id: `pt-words-${this.hatchId}` });
    this.svg = picture(words.picture, this.paragraph.id, this.hatchId);
    this.patch = new Patch(this.svg);
    const { duel, matrix, table, code } = this.panels;
    this.root.append(
      ...this.desk.above(this.line), this.svg, this.status, duel.element, this.desk.below(),
      matrix.element, table.element, code.element, this.paragraph,
    );
    this.desk.unfold(false);
    this.el.append(this.root);
  }

  syncControls() {
    this.desk.show(this.state, this.facts);
  }

  toggle(panel, on) {
    const others = this.model.get("show").filter((name) => name !== panel);
    this.change({ show: on ? [...others, panel] : others });
  }

  step(window) {
    const { m } = this.state;
    this.pointing.pinned = null;
    this.change({ window: Math.max(0, Math.min(m - 1, window)) });
  }

  // Drawing -----------------------------------------------------------------------------------------------

  /** After a change of the state: the picture at once, what is read rather than watched when the slider rests. */
  draw() {
    const { state } = this;
    this.facts = factsOf(state, this.tables, this.random);
    this.pointing.keepInside(state);
    this.root.classList.toggle("pt-big", state.presenter);
    this.redraw();
    this.syncControls();
    clearTimeout(this.settling);
    this.settled = false;
    if (this.facts.secret || !this.paragraph.textContent) this.settle(); // no text may outlive a secret
    else this.settling = setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** The picture and the line, from facts that are known: all that hovering changes. */
  redraw() {
    const width = this.innerWidth;
    const { active, pinned, roving } = this.pointing;
    const view = { width, id: this.hatchId, theme: this.colours, words: this.words.picture_words, active, pinned, roving };
    const { marks, height } = sceneOf(this.facts, view);
    this.untampered(() => {
      const box = `0 0 ${width} ${height}`;
      if (this.svg.getAttribute("viewBox") !== box) this.svg.setAttribute("viewBox", box);
      if (this.svg.getAttribute("height") !== String(height)) this.svg.setAttribute("height", height);
      this.patch.apply(marks);
      this.showLine();
      if (this.panelOpen("matrix")) this.panels.matrix.show(true, this.facts, this);
    });
  }

  /** Labels for screen readers, the paragraph and the open panels. */
  settle() {
    clearTimeout(this.settling);
    if (this.settled) return;
    this.settled = true;
    const { facts, words } = this;
    this.untampered(() => {
      for (const [name, panel] of Object.entries(this.panels)) panel.show(this.panelOpen(name), facts, this);
      for (const [key, text] of labelsOf(facts, words.picture_words)) this.patch.describe(key, text);
    });
    this.paragraph.classList.toggle("pt-unseen", !this.panelOpen("words"));
    this.paragraph.textContent = describe(facts, words.description);
    this.desk.explain(facts);
  }

  panelOpen(name) {
    return this.model.get("show").includes(name);
  }

  /** Draw unwatched; what somebody else changed just before still counts. */
  untampered(work) {
    const tampered = this.tamper.takeRecords().length > 0;
    this.tamper.disconnect();
    work();
    for (const shown of [this.svg, this.panels.matrix.element, this.panels.table.element]) {
      this.tamper.observe(shown, { subtree: true, attributes: true, characterData: true, childList: true });
    }
    if (tampered) this.checker.changed();
  }

  showLine() {
    const part = (text, className = "") => h("span", { className }, text);
    const { facts, words, pointing: { active } } = this;
    const rule = this.rules.get(facts.rule);
    const parts = active?.cell !== undefined ? cellLine(active.cell, facts, words.line) : windowLine(active?.window ?? facts.window, facts, rule, words.line);
    this.line.replaceChildren(...parts.map(([text, className]) => part(text, className)));
  }

  showVerdict(verdict, text, revision) {
    const { n, m, rule } = this.state;
    const mark = { agrees: "✓", disagrees: "✗", checking: "…", unchecked: "?" }[verdict];
    this.status.dataset.for = `${n},${m},${rule}`;
    this.status.dataset.rev = revision;
    this.status.dataset.verdict = verdict;
    this.status.replaceChildren(h("b", { "aria-hidden": "true" }, mark), h("span", {}, text));
    this.model.set("verdict", verdict);
    if (verdict === "unchecked") this.save(); // the kernel cannot know by itself
  }

  readClaim() {
    const { state, words } = this;
    if (!this.facts.defined) return { reason: state.undefinedSentence };
    if (state.hidden) return { reason: words.verdict.your_turn };
    this.settle(); // what is claimed is read from the page, so all of it must stand there
    return { n: state.n, m: state.m, kind: state.kind, state: CLAIMED.map((name) => this.model.get(name)), ...claimOf(this.root) };
  }

  // Listening ---------------------------------------------------------------------------------------------

  watch() {
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: this.stopWork.signal });
    this.onModel = this.names.map((name) => [`change:${name}`, () => this.hear(name)]);
    this.onModel.forEach(([event, handler]) => this.model.on(event, handler));
    this.onPair = () => {
      this.takePair();
      this.desk.note("");
      this.follow(this.names); // asks again where these are not the bins that are wanted
    };
    this.model.on("change:_bins", this.onPair);
    this.resize = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width));
    this.resize.observe(this.root);
    this.pointing.listen(on, this);
  }

  resized(width) {
    if (width === 0 || width === this.width) return;
    this.width = width;
    this.draw();
  }

}

// Pieces --------------------------------------------------------------------------------------------------

/** The element that the marks are drawn into. */
function picture(label, describedBy, hatchId) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = { class: "pt-picture", role: "group", "aria-label": label, "aria-describedby": describedBy };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  svg.innerHTML = hatchPattern(hatchId);
  return svg;
}

/** Shared cells: stripes in the hues of both windows. The id is the view's own: url(#...) is looked up in the page. */
const hatchPattern = (id) => `<defs><pattern id="pt-hatch-${id}" width="8" height="8" patternUnits="userSpaceOnUse">
  <rect class="pt-hatch-ground" width="8" height="8"/>
  <path class="pt-hatch-even" d="M-2 2L2 -2M0 8L8 0M6 10L10 6"/><path class="pt-hatch-odd" d="M-2 6L2 10M0 0L8 8M6 -2L10 2"/></pattern></defs>`;
