import { gridAt } from "../pure/grid/layout.js";
import { lookUp } from "../pure/numbers.js";
import { isClicker, keepKey } from "../view/form.js";

// Pointer, focus and keys on the two grids: what is hovered, focused or pinned, and where the cursor of the keys is.

const samePlace = (a, b) => String(a?.cell) === String(b?.cell) && String(a?.output) === String(b?.output);
const TARGETS = { input: "cell", output: "output" };

export class GridPointing {
  constructor(view) {
    this.view = view;
    this.cursor = { input: [0, 0], output: [0, 0] };
    this.pinned = this.hovered = this.focused = null;
  }

  /** Listen; `on` adds listeners that end with the view. */
  listen(on, { root, stage }) {
    on(root, "keydown", (event) => this.#onKey(event));
    for (const type of ["keyup", "keypress"]) on(root, type, (event) => event.stopPropagation());
    on(stage, "pointermove", (event) => this.point("hovered", this.#at(event)));
    on(stage, "pointerleave", () => this.point("hovered", null));
    on(stage, "click", (event) =>
      event.target.matches(".pt-opens") ? this.view.reveal() : this.#onClick(this.#at(event)),
    );
    on(stage, "focusin", (event) => this.#onFocus(event.target));
    on(stage, "focusout", () => this.point("focused", null));
  }

  get active() {
    return this.pinned ?? this.hovered ?? this.focused;
  }

  /** Sizes have changed: what is no longer there cannot be pointed at. */
  keepInside({ n, m }) {
    const inside = (place, size) => place.map((k, axis) => Math.min(k, size[axis] - 1));
    this.cursor = { input: inside(this.cursor.input, n), output: inside(this.cursor.output, m) };
    const lost = (place, size) => place?.some((k, axis) => k >= size[axis]);
    for (const name of ["pinned", "hovered", "focused"])
      if (lost(this[name]?.cell, n) || lost(this[name]?.output, m)) this[name] = null;
  }

  point(how, target) {
    if (samePlace(this[how], target)) return;
    this[how] = target;
    this.view.redraw();
  }

  #at(event) {
    const box = this.view.stage.getBoundingClientRect();
    const scale = this.view.innerWidth / box.width;
    return gridAt(this.view.places, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
  }

  #onFocus(element) {
    const { grid } = element.dataset;
    if (grid) this.point("focused", { [TARGETS[grid]]: this.cursor[grid] });
  }

  /** A click pins, and takes the keys to the grid that was clicked. */
  #onClick(target) {
    if (!target) return;
    const grid = target.cell ? "input" : "output";
    this.cursor[grid] = target.cell ?? target.output;
    this.#pin(target);
    this.view.patch.element(`focus:${grid}`).focus({ preventScroll: true });
  }

  #pin(target) {
    this.pinned = samePlace(this.pinned, target) ? null : target;
    if (target.output) this.view.change({ window: target.output });
    else this.view.redraw();
  }

  /** Keys stay inside the view: JupyterLab would move cells with the arrows, insert with b, cut with x. */
  #onKey(event) {
    const { view } = this;
    if (!keepKey(event)) return;
    const element = event.target;
    if (event.key === "Escape") {
      this.pinned = this.hovered = this.focused = null;
      return view.redraw();
    }
    if (event.key.toLowerCase() === "w" && !element.matches("input[type=text], select")) {
      event.preventDefault();
      return view.reveal(view.state.hidden);
    }
    if (view.state.presenter && isClicker(event)) {
      this.focused = null;
      return this.#onStepKey(event.key) && event.preventDefault();
    }
    if (element.matches("input, select") || element.closest(".pt-scroll")) return; // they move, type or scroll
    const { grid } = element.dataset;
    const used = grid ? this.#onGridKey(grid, event) : this.#onStepKey(event.key);
    if (used) event.preventDefault();
  }

  #onStepKey(key) {
    const { window, m } = this.view.state;
    const [rows, columns] = m;
    const by = lookUp(
      {
        ArrowLeft: -1,
        ArrowRight: 1,
        ArrowUp: -columns,
        ArrowDown: columns,
        PageUp: -1,
        PageDown: 1,
        Home: -rows * columns,
        End: rows * columns,
      },
      key,
    );
    if (by === undefined) return false;
    this.hovered = null; // a pointer at rest would hide the step
    this.view.step(window[0] * columns + window[1] + by);
    return true;
  }

  #onGridKey(grid, { key }) {
    if (key === "Enter" || key === " ") {
      this.#pin({ [TARGETS[grid]]: this.cursor[grid] });
      return true;
    }
    const size = grid === "input" ? this.view.state.n : this.view.state.m;
    const [down, across] =
      lookUp(
        {
          ArrowLeft: [0, -1],
          ArrowRight: [0, 1],
          ArrowUp: [-1, 0],
          ArrowDown: [1, 0],
          Home: [0, -size[1]],
          End: [0, size[1]],
          PageUp: [-size[0], 0],
          PageDown: [size[0], 0],
        },
        key,
      ) ?? [];
    if (down === undefined) return false;
    const within = (k, last) => Math.max(0, Math.min(last, k));
    const [r, c] = this.cursor[grid];
    this.cursor[grid] = [within(r + down, size[0] - 1), within(c + across, size[1] - 1)];
    const target = { [TARGETS[grid]]: this.cursor[grid] };
    if (this.pinned) this.pinned = target; // else the pin would hide the step
    this.hovered = null; // and so would a pointer at rest
    this.point("focused", target);
    this.view.sayCursor(grid);
    return true;
  }
}
