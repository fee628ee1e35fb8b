import { ownWork } from "./abstract.js";
import { clickerStep, keepKey } from "./form.js";

// Pointer, focus and keys on a picture: what is hovered, focused, pinned or edited, and where the keys are.

const DOUBLE_MS = 500; // between the clicks of a double click
const HOWS = ["edited", "held", "pinned", "hovered", "focused"];

const NAMES = ["cell", "window", "output", "cut", "border"];

/** Are these the same cell, the same window, the same output, and so on? */
const isSameTarget = (a, b) => NAMES.every((name) => String(a?.[name]) === String(b?.[name]));

export class Pointing {
  /** The event in which a pointer goes from one target to the next. */
  static moves = "pointerover";
  /** Controls that have a use of their own for every key. */
  static takesKeys = "input, select";

  constructor(view) {
    this.view = view;
    this.letGo();
  }

  // What each kind of picture says for itself ------------------------------------------------------------------

  /** What an event points at: {cell}, or {window} or {output}; null for nothing. */
  targetAt(_event) {
    return ownWork();
  }

  /** The window that a target stands for; undefined for a cell. */
  windowOf(_target) {
    return ownWork();
  }

  /** Whether a target is no longer there. */
  isLost(_target, _state) {
    return ownWork();
  }

  /** Sizes have changed: the keys stay inside. */
  keepKeysInside(_state) {
    ownWork();
  }

  /** An element got the focus. */
  onFocus(_element) {
    ownWork();
  }

  /** The row or grid of the picture that an element is in, with which its keys mean something else; null for none. */
  placeOf(_element) {
    return ownWork();
  }

  /** A key that is pressed there; whether it was used. */
  onKeyAt(_place, _event) {
    return ownWork();
  }

  /** How many windows a key steps, undefined for none. */
  stepOf(_key) {
    return ownWork();
  }

  /** A press on an element that is no target; whether it was used. */
  onPress(_element) {
    return false;
  }

  /** Esc lets go of all that is pointed at: of more? */
  onEscape(_element) {}

  /** Whether a click is only the end of something else. */
  get swallowsClick() {
    return false;
  }

  /** The place of the number at an element that the learner may change in the picture, {row, k}; null for none. */
  numberAt(_element) {
    return null;
  }

  /** What a CellEditor must know of the number at a place; null where it is not drawn. */
  numberOf(_place) {
    return null;
  }

  // What all do ------------------------------------------------------------------------------------------------

  get kind() {
    return /** @type {typeof Pointing} */ (this.constructor);
  }

  get active() {
    return this.edited ?? this.held ?? this.pinned ?? this.hovered ?? this.focused;
  }

  /** What of it a picture shows. */
  get look() {
    return { active: this.active, pinned: this.edited ? null : this.pinned, lit: this.lit };
  }

  /** Listen; `on` adds listeners that end with the view. */
  listen(on) {
    const { root, stage, line } = this.view;
    on(root, "keydown", (event) => this.#onKey(event));
    for (const type of ["keyup", "keypress"]) on(root, type, (event) => event.stopPropagation());
    on(stage, this.kind.moves, (event) => this.point("hovered", this.targetAt(event)));
    on(stage, "pointerleave", () => this.point("hovered", null));
    on(stage, "focusin", (event) => this.onFocus(event.target));
    on(stage, "focusout", () => this.point("focused", null));
    on(stage, "click", (event) => this.#onClickAt(event));
    on(line.element, "pointerover", ({ target }) => this.point("lit", line.meantBy(target)));
    on(line.element, "pointerleave", () => this.point("lit", null));
    on(line.element, "click", ({ target }) => this.#onClickOnTerm(line.meantBy(target)));
  }

  letGo() {
    /** @type {any} What is typed into. */
    this.edited = null;
    /** @type {any} What is dragged. */
    this.held = null;
    /** @type {any} */
    this.pinned = null;
    /** @type {any} */
    this.hovered = null;
    /** @type {any} */
    this.focused = null;
    /** @type {any} What the pointer is on in the line of numbers: the line goes on to tell of what it told. */
    this.lit = null;
  }

  /** Sizes have changed: what is no longer there cannot be pointed at. */
  keepInside(state) {
    this.keepKeysInside(state);
    for (const how of HOWS) if (this[how] && this.isLost(this[how], state)) this[how] = null;
    if (this.lit && this.isLost(this.lit, state)) this.lit = null;
  }

  point(how, target) {
    if (isSameTarget(this[how], target)) return;
    this[how] = target;
    this.view.redraw();
  }

  onClick(target) {
    if (target) this.pin(target);
  }

  /** A term of a sum is as good as its cell. */
  #onClickOnTerm(meant) {
    if (meant && meant.cut === undefined) this.onClick(meant);
  }

  isPinned(target) {
    return isSameTarget(this.pinned, target);
  }

  #onClickAt(event) {
    if (this.swallowsClick) return;
    if (event.target.matches(".pt-opens")) this.view.reveal();
    else if (this.view.asking.onClick?.(this.targetAt(event))) return;
    else if (!this.onPress(event.target)) this.onClick(this.targetAt(event));
    if (this.#isSecondClick(event)) this.view.editor.open(this.numberAt(event.target));
  }

  /** A double click or a double tap on a number: browsers tell of a double tap in their own ways, or not at all. */
  #isSecondClick({ target, timeStamp }) {
    const [number, last] = [this.numberAt(target), this.lastClick];
    const isSecond =
      number !== null && last?.number === String(Object.values(number)) && timeStamp - last.at < DOUBLE_MS;
    this.lastClick = number && !isSecond ? { number: String(Object.values(number)), at: timeStamp } : null;
    return isSecond;
  }

  /** A second click on the same target lets go of it. */
  pin(target) {
    this.pinned = this.isPinned(target) ? null : target;
    const window = this.windowOf(target);
    if (window === undefined) this.view.redraw();
    else this.view.change({ window });
  }

  /** Keys stay inside the view: JupyterLab would move cells with the arrows, insert with b, cut with x. */
  #onKey(event) {
    if (!keepKey(event)) return;
    if (event.key === "Escape") {
      this.onEscape(event.target);
      this.letGo();
      return this.view.redraw();
    }
    if (this.view.asking.onKey?.(event) || this.#reveals(event) || this.#clicks(event) || this.#moves(event))
      event.preventDefault();
  }

  #reveals({ key, target }) {
    if (key.toLowerCase() !== "w" || target.matches("input[type=text], select")) return false;
    this.view.reveal(this.view.state.hidden);
    return true;
  }

  #clicks(event) {
    const by = this.view.state.presenter ? clickerStep(event) : 0;
    if (!by) return false;
    this.focused = null;
    this.#step(by);
    return true;
  }

  #moves(event) {
    const { target } = event;
    if (target.matches(this.kind.takesKeys) || target.closest(".pt-scroll")) return false; // they move, type or scroll
    const place = this.placeOf(target);
    if (place) return this.onKeyAt(place, event);
    const by = this.stepOf(event.key);
    if (by === undefined) return false;
    this.#step(by);
    return true;
  }

  #step(by) {
    const { view } = this;
    this.hovered = null; // a pointer at rest would hide the step
    view.step(view.controls.place(view.state).window + by);
  }
}
