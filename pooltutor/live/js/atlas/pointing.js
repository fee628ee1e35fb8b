import { isSamePair } from "../pure/atlas/facts.js";
import { pairAt } from "../pure/atlas/layout.js";
import { lookUp } from "../pure/numbers.js";
import { clickerStep, keepKey, passKey } from "../view/form.js";
import { runsCell } from "./notebook.js";

// Pointer, focus and keys on the map.

const LEAP = 8; // sizes per step with Shift, or with PageUp and PageDown

/** What each key does to the cursor, in input sizes and target sizes. */
const cursorSteps = (step, max) => ({
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, step],
  ArrowDown: [0, -step],
  PageUp: [0, LEAP],
  PageDown: [0, -LEAP],
  Home: [-max, 0],
  End: [max, 0],
});

export class AtlasPointing {
  /** @type {Pair | null} */
  hovered = null;
  focused = false;
  /**
   * Where the keys are.
   * @type {Pair}
   */
  cursor = [1, 1];

  constructor(view) {
    this.view = view;
  }

  /** Listen; `on` adds listeners that end with the view. */
  listen(on) {
    const { root, map } = this.view;
    on(root, "keydown", (event) => this.#onKey(event));
    for (const type of ["keyup", "keypress"]) on(root, type, (event) => event.stopPropagation());
    on(map, "pointermove", (event) => this.#point(this.#pairAt(event)));
    on(map, "pointerleave", () => this.#point(null));
    on(map, "click", (event) => this.#onClick(event));
    on(map, "focus", () => this.#focus(true));
    on(map, "blur", () => this.#focus(false));
  }

  /** The pair under the pointer, else under the cursor of the keys. */
  get active() {
    return this.hovered ?? (this.focused ? this.cursor : null);
  }

  #pairAt({ clientX, clientY }) {
    const box = this.view.canvas.getBoundingClientRect();
    return pairAt(this.view.max, (clientX - box.left) / box.width, (box.bottom - clientY) / box.height);
  }

  #point(pair) {
    if (isSamePair(pair, this.hovered)) return;
    this.hovered = pair;
    this.view.drawSoon();
  }

  #focus(on) {
    this.focused = on;
    this.view.drawSoon();
  }

  #onClick(event) {
    const pair = this.#pairAt(event);
    if (pair) this.view.openPair(pair);
  }

  /** Keys stay inside the view, as in the explorer, but for those that run its cell. */
  #onKey(event) {
    const { view } = this;
    if (runsCell(event)) return;
    if (!keepKey(event) || event.target !== view.map) return;
    if (this.#isForExplorer(event)) passKey(event.key, view.own.root);
    else if (event.key === "Enter" || event.key === " ") view.openPair(this.cursor);
    else if (!this.#movesCursor(event)) return;
    event.preventDefault();
  }

  /** The windows are those of the picture beside the map. */
  #isForExplorer(event) {
    const { own, presenter } = this.view;
    return own && (event.key.toLowerCase() === "w" || (presenter && clickerStep(event)));
  }

  #movesCursor({ key, shiftKey }) {
    const { max } = this.view;
    const move = lookUp(cursorSteps(shiftKey ? LEAP : 1, max), key);
    if (!move) return false;
    this.hovered = null; // until the pointer moves again
    const moved = (k) => Math.max(1, Math.min(max, this.cursor[k] + move[k]));
    this.cursor = [moved(0), moved(1)];
    this.view.drawSoon();
    return true;
  }
}
