import { refusalOf, typedNumber, withNumber } from "../pure/own_numbers.js";
import { h, keepKey, markRefused } from "./form.js";
import { Note } from "./note.js";
import { scaleOf } from "./screen.js";

// A number of the picture is changed where it stands: a small box opens over its cell. Enter keeps what is typed, Tab
// goes on to the next cell, Esc takes it back. The state changes as it does by the box for the whole list.

const WIDE = 44; // pixels: over narrower cells the box would hide the neighbours, so it stands below
const BELOW = 4; // pixels between a narrow cell and the box
const HIGH = 30; // pixels that the box has at least, for a finger

export class CellEditor {
  constructor(view) {
    this.view = view;
    this.note = new Note();
    this.label = h("span", { className: "pt-cell-name", "aria-hidden": "true" });
    this.input = h("input", { type: "text", spellcheck: false, autocomplete: "off", autocapitalize: "off" });
    this.input.enterKeyHint = "done";
    this.box = h("div", { className: "pt-cell-box" }, this.label, this.input);
    this.element = h("div", { className: "pt-cell-editor", hidden: true }, this.box);
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.input.addEventListener("input", () => this.#say(""));
    this.input.addEventListener("blur", () => this.close(true));
  }

  get isOpen() {
    return this.number !== undefined;
  }

  /** Open the number at a place of the picture; false where there is none that may be changed. */
  open(place) {
    const number = this.view.pointing.numberOf(place);
    if (!number || this.view.store.isLocked(number.trait)) return false;
    const { input, view } = this;
    this.number = number;
    this.element.hidden = false;
    this.label.textContent = number.short;
    input.value = typedNumber(number.values[number.k]);
    input.setAttribute("aria-label", number.label);
    this.#say("");
    this.follow();
    input.focus({ preventScroll: true });
    input.select();
    view.pointing.point("edited", number.target);
    return true;
  }

  /** Close it, and keep what was typed where that is wanted and it is a number. */
  close(keeps) {
    const { number } = this;
    if (!number || this.view.stopWork.signal.aborted) return;
    this.number = undefined; // first, as hiding takes the focus away and closes once more
    this.element.hidden = true;
    this.view.pointing.point("edited", null);
    if (keeps && this.#refusal(number) === undefined) this.#keep(number);
  }

  /** After each drawing: stay over the cell, or close where it is gone or has been locked. */
  follow() {
    if (!this.isOpen) return;
    const { row, k } = this.number;
    const number = this.view.pointing.numberOf({ row, k });
    if (!number || this.view.store.isLocked(number.trait)) return this.close(false);
    this.number = number;
    this.#place();
  }

  /** Over a wide cell, below a narrow one; never beyond the picture. */
  #place() {
    const { box, element, input, label, number, view } = this;
    const scale = scaleOf(view.root);
    const [cell, stage, origin] = [number.box, view.stage, element].map((each) => each.getBoundingClientRect());
    const isWide = cell.width / scale >= WIDE;
    label.hidden = isWide;
    input.style.width = isWide ? `${cell.width / scale}px` : "";
    input.style.height = isWide ? `${Math.max(cell.height / scale, HIGH)}px` : "";
    const middle = (cell.left + cell.width / 2 - stage.left) / scale;
    const right = stage.width / scale - box.offsetWidth;
    const left = Math.max(0, Math.min(right, middle - box.offsetWidth / 2));
    const top = isWide ? cell.top : cell.bottom + BELOW;
    box.style.left = `${left + (stage.left - origin.left) / scale}px`;
    box.style.top = `${(top - origin.top) / scale}px`;
  }

  #onKey(event) {
    if (!keepKey(event) || event.isComposing) return;
    const { key, shiftKey } = event;
    if (key === "Escape") this.#leave(false);
    else if (key === "Enter") this.#leave(true);
    else if (key !== "Tab" || !this.#goOn(shiftKey ? -1 : 1)) return;
    event.preventDefault();
  }

  /** Close, and give the focus back to the cell. */
  #leave(keeps) {
    if (keeps && this.#refuses()) return;
    const { owner } = this.number;
    this.close(keeps);
    this.view.settle(); // its label is read out when it gets the focus
    owner()?.focus({ preventScroll: true });
  }

  /** Keep what is typed and go on to the next number; false after the last, from where Tab goes on as ever. */
  #goOn(by) {
    if (this.#refuses()) return true;
    const { row, k, count } = this.number;
    if (k + by < 0 || k + by >= count) {
      this.#leave(true);
      return false;
    }
    this.#keep(this.number);
    return this.open({ row, k: k + by });
  }

  /** Whether what is typed is no number; then a sentence says so. */
  #refuses() {
    const refusal = this.#refusal(this.number);
    this.#say(refusal ?? "");
    return refusal !== undefined;
  }

  #refusal({ name }) {
    const text = this.input.value.trim();
    if (text === "") return undefined; // an emptied box says nothing
    return refusalOf(text, { name, sentence: this.view.words.bad_number, count: 1 });
  }

  #say(text) {
    this.note.show(text, { element: this.box });
    markRefused(this.input, Boolean(text));
  }

  #keep({ trait, spec, values, k }) {
    const text = this.input.value.trim();
    if (text === "" || text === typedNumber(values[k])) return;
    this.view.change({ [trait]: withNumber(spec, values, k, text) });
  }
}
