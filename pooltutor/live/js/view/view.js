import { fill } from "../pure/numbers.js";
import { rulesOf } from "../pure/rules.js";
import { LEARNER, Store } from "../pure/store.js";
import { AbstractView } from "./abstract.js";
import { CellEditor } from "./cell_editor.js";
import { Checker } from "./checker.js";
import { unjudgedMark } from "./claim.js";
import { h } from "./form.js";
import { NumbersLine } from "./line.js";
import { MovingPicture } from "./motion.js";
import { panelsOf } from "./panels.js";
import { Patch } from "./patch.js";
import { pictureElement, sizePicture } from "./picture.js";
import { Asking } from "./question.js";
import { roomFor } from "./screen.js";
import { TamperWatch } from "./tamper.js";
import { followTheme, wearStyle } from "./theme.js";
import { VerdictLine } from "./verdict.js";

// What every explorer is: state in the model, a picture of it, controls that change it, a checker that asks PyTorch.

const NARROW = 480; // CSS pixels: a phone, where what is changed and what it changes must be on one screen
const SETTLE_MS = 50; // texts that are read, not watched, follow when the slider rests

let opened = 0;

export class View extends AbstractView {
  /** @type {HTMLElement} */
  root;

  /**
   * @param {Model} model
   * @param {HTMLElement} el
   * @param {Carrier} shared
   */
  constructor(model, el, shared) {
    super();
    this.model = model;
    this.el = el;
    this.shared = shared;
    this.drawingId = `${++opened}-${Date.now()}`; // another version of this code may draw on the same page
    this.words = this.wordsOf(shared.get("words"));
    this.themes = shared.get("themes");
    this.rules = rulesOf(shared);
    this.limits = shared.get("limits");
    this.random = shared.get("random");
    this.usual = shared.get("usual")[model.get("_view")];
    this.claimed = shared.get("claimed")[model.get("_view")]; // what a verdict depends on
    this.names = ["input_size", "target_size", ...Object.keys(this.usual)]; // of all that the state consists of
    this.stopWork = new AbortController(); // every listener ends with the view
    wearStyle(el, shared.get("css"));
    this.pointing = new this.kind.parts.Pointing(this);
    this.asking = new (this.kind.parts.Asking ?? Asking)(this);
    this.prepare();
    this.build();
    this.connect();
    this.draw();
    this.checker.changed(0);
  }

  /** The kind of explorer that this one is. */
  get kind() {
    return /** @type {typeof View} */ (this.constructor);
  }

  close() {
    this.stopWork.abort();
    clearTimeout(this.settling);
    for (const part of [this.store, this.checker, this.tamper, this.controls, this.motion]) part.close();
  }

  // Elements --------------------------------------------------------------------------------------------------

  build() {
    const { words, drawingId } = this;
    const { Controls, panels, className } = this.kind.parts;
    /** @type {import("./controls.js").Controls} */
    this.controls = new Controls(this);
    /** @type {Record<string, import("./panels.js").Panel>} */
    this.panels = panelsOf(panels, this);
    this.root = h("div", { className, role: "group", "aria-label": words.title });
    this.line = new NumbersLine(words.line_label);
    this.verdict = new VerdictLine();
    this.paragraph = h("p", { className: "pt-words", id: `pt-words-${drawingId}` });
    this.svg = pictureElement(
      { class: "pt-picture", role: "group", "aria-label": words.picture, "aria-describedby": this.paragraph.id },
      this.patternsOf(drawingId),
    );
    this.stage = this.stageOf(this.svg);
    this.patch = new Patch(this.svg);
    this.editor = new CellEditor(this);
    this.motion = new MovingPicture(this, this.kind.parts.motion);
    this.root.append(
      this.asking.head,
      ...this.controls.above(this.line.element),
      this.motion.air,
      this.stage,
      this.editor.element,
      this.asking.bar.element,
      ...this.controls.below(this.verdict.element),
      ...Object.values(this.panels).map(({ element }) => element),
      this.paragraph,
    );
    this.el.append(this.root);
  }

  /** The panels of which this is true, given their class. */
  panelList(isWanted) {
    return Object.values(this.panels).filter(({ kind }) => isWanted(kind));
  }

  // What it listens to ----------------------------------------------------------------------------------------

  connect() {
    const { model, shared } = this;
    const { signal } = this.stopWork;
    this.store = new Store({
      model,
      shared,
      names: this.names,
      heard: (names) => this.hear(names),
      tidy: (patch) => this.tidy(patch),
      held: () => this.asking.held,
    });
    for (const name of this.carriers) this.store.listen(name, () => this.follow(this.names));
    this.checker = new Checker({
      model,
      shared,
      words: this.words.verdict,
      readClaim: () => this.readClaim(),
      save: () => this.store.save(),
      show: (verdict, text, revision) => this.showVerdict(verdict, text, revision),
    });
    this.tamper = new TamperWatch(
      () => [this.stage, ...this.panelList((kind) => kind.isChecked).map(({ element }) => element)],
      () => this.checker.changed(),
    );
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal });
    this.asking.listen?.(on);
    this.pointing.listen(on);
    const resize = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width));
    resize.observe(this.root);
    signal.addEventListener("abort", () => resize.disconnect());
    addEventListener("resize", () => this.fit(), { signal });
    this.root.addEventListener("keydown", ({ key }) => key === "Escape" && this.controls.note(""), { signal });
    followTheme({ root: this.root, themes: this.themes, signal, changed: (theme) => this.wear(theme) });
  }

  wear(theme) {
    this.theme = theme;
    if (this.facts) this.draw();
  }

  resized(width) {
    if (width === 0 || width === this.width) return;
    this.width = width;
    this.root.classList.toggle("pt-narrow", width < NARROW);
    this.fit();
  }

  /** In presenter size the picture is as high as the screen leaves room for: a class does not scroll. */
  fit() {
    this.room = this.model.get("presenter") ? roomFor(this) : Infinity;
    this.draw();
  }

  // State -----------------------------------------------------------------------------------------------------

  get sizes() {
    return { input_size: this.asking.valueOf("input_size"), target_size: this.asking.valueOf("target_size") };
  }

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

  /** Change some of the state. Picture, controls and verdict follow from here. */
  change(wanted, origin = LEARNER) {
    this.controls.note("");
    if (!this.store.change(wanted, origin)) this.draw();
  }

  /** The state has changed, whoever changed it. */
  hear(names) {
    if (names.some((name) => name.endsWith("_size"))) this.controls.note(""); // it spoke of another size
    this.follow(names);
  }

  follow(names) {
    if (names.includes("presenter")) {
      this.root.classList.toggle("pt-big", this.model.get("presenter"));
      this.fit();
    } else this.draw();
    const hasTurned = this.asking.hasTurned();
    if (this.model.get("presenter") && (hasTurned || names.includes("rule"))) this.fit(); // both take room around it
    if (hasTurned || names.some((name) => name === "show" || this.claimed.includes(name))) this.checker.changed();
  }

  toggle(panel, on) {
    const others = this.model.get("show").filter((name) => name !== panel);
    this.change({ show: on ? [...others, panel] : others });
  }

  /** Show the windows, or hide them again, unless they are locked. */
  reveal(on = true) {
    if (!this.store.isLocked("windows") && this.panelOpen("windows") !== on) this.toggle("windows", on);
  }

  panelOpen(name) {
    return this.model.get("show").includes(name);
  }

  // Drawing ---------------------------------------------------------------------------------------------------

  syncControls() {
    this.controls.show(this.state, this.facts);
  }

  /** After a change of the state: the picture at once, what is read rather than watched when the slider rests. */
  draw() {
    this.asking.renew();
    const { state } = this;
    this.facts = this.factsOf(state);
    this.pointing.keepInside(state);
    this.root.classList.toggle("pt-big", state.presenter);
    this.root.classList.toggle("pt-long-rule", this.rules.isLong(state.rule));
    this.asking.show();
    this.redraw();
    this.syncControls();
    clearTimeout(this.settling);
    this.settled = false;
    if (!this.facts.visible || !this.paragraph.textContent)
      this.settle(); // no text may outlive the windows that it tells
    else this.settling = setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** The picture and the line, from facts that are known: all that pointing changes. */
  redraw() {
    const { innerWidth: width, room = Infinity, drawingId: id, colours: theme, pointing } = this;
    const scene = this.sceneOf({ width, room, id, theme, words: this.words.picture_words, ...pointing.look });
    this.tamper.unwatched(() => {
      sizePicture(this.svg, width, scene.height);
      this.patch.apply(scene.marks);
      this.drawMore(scene);
      this.line.show(this.lineOf(pointing.active));
      for (const panel of this.panelList((kind) => kind.followsPointing))
        if (this.panelOpen(panel.kind.key)) panel.show(true, this.facts, this);
    });
    this.editor.follow();
    this.motion.follow(this.places);
  }

  /** Labels for screen readers, the paragraph and the open panels. */
  settle() {
    clearTimeout(this.settling);
    if (this.settled) return;
    this.settled = true;
    this.tamper.unwatched(() => {
      for (const [name, panel] of Object.entries(this.panels)) panel.show(this.panelOpen(name), this.facts, this);
      this.label();
    });
    this.line.settle();
    this.paragraph.classList.toggle("pt-unseen", !this.panelOpen("words"));
    this.paragraph.textContent = this.describe();
    this.controls.explain(this.facts);
  }

  // The verdict -----------------------------------------------------------------------------------------------

  showVerdict(verdict, text, revision) {
    this.verdict.show(verdict, text, { about: this.about(), revision });
    this.store.set({ verdict });
    if (verdict === "unchecked") this.store.save(); // the kernel cannot know by itself
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
    return { kind: state.kind, state: this.claimed.map((each) => this.asking.valueOf(each)), ...claim };
  }
}
