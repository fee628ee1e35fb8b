import { lookUp } from "../pure/numbers.js";
import { CLICKER, isClicker, keepKey } from "../view/form.js";

// Pointer, focus and keys on the picture: what is hovered, focused or pinned, and which mark of a row has the tab stop.

const same = (a, b) => a?.cell === b?.cell && a?.window === b?.window;

function rowOf(element) {
  const { dataset } = element.closest(".pt-target");
  if (dataset.cell !== undefined) return { kind: "cell", index: Number(dataset.cell) };
  if (dataset.output !== undefined) return { kind: "output", index: Number(dataset.output) };
  return { kind: "window", index: Number(dataset.window) };
}

/** What an element of the picture stands for: {cell} or {window}; an output stands for its window. */
function targetOf(element) {
  const mark = element.closest?.(
    "[data-cell], [data-of], [data-feeding], [data-feeds], [data-window], [data-output], [data-rival-output]",
  );
  if (!mark) return null;
  const { cell, of, feeding, feeds, window, output, rivalOutput } = mark.dataset;
  const j = cell ?? of ?? feeding ?? feeds;
  return j === undefined ? { window: Number(output ?? rivalOutput ?? window) } : { cell: Number(j) };
}

export class Pointing {
  constructor(view) {
    this.view = view;
    this.roving = { cell: 0, window: 0, output: 0 };
    this.pinned = this.hovered = this.focused = null;
  }

  /** Listen; `on` adds listeners that end with the view. */
  listen(on, { root, svg }) {
    on(root, "keydown", (event) => this.#onKey(event));
    for (const type of ["keyup", "keypress"]) on(root, type, (event) => event.stopPropagation());
    on(svg, "pointerover", (event) => this.point("hovered", targetOf(event.target)));
    on(svg, "pointerleave", () => this.point("hovered", null));
    on(svg, "focusin", (event) => this.#onFocus(event.target));
    on(svg, "focusout", () => this.point("focused", null));
    on(svg, "click", (event) =>
      event.target.matches(".pt-opens") ? this.view.reveal() : this.#pin(targetOf(event.target)),
    );
  }

  get active() {
    return this.pinned ?? this.hovered ?? this.focused;
  }

  /** Sizes have changed: what is no longer there cannot be pointed at. */
  keepInside({ n, m }) {
    for (const [kind, size] of [
      ["cell", n],
      ["window", m],
      ["output", m],
    ]) {
      this.roving[kind] = Math.min(this.roving[kind], size - 1);
    }
    const lost = (target) => target && (target.cell >= n || target.window >= m);
    for (const name of ["pinned", "hovered", "focused"]) if (lost(this[name])) this[name] = null;
  }

  point(how, target) {
    if (same(this[how], target)) return;
    this[how] = target;
    this.view.redraw();
  }

  #onFocus(element) {
    const target = targetOf(element);
    if (!target) return;
    const row = rowOf(element);
    this.roving[row.kind] = row.index;
    this.point("focused", target);
  }

  #pin(target) {
    if (!target) return;
    this.pinned = same(this.pinned, target) ? null : target;
    if (target.window !== undefined) this.view.change({ window: target.window });
    else this.view.redraw();
  }

  /** Keys stay inside the view: JupyterLab would move cells with the arrows, insert with b, cut with x. */
  #onKey(event) {
    const { view } = this;
    if (!keepKey(event)) return;
    const element = event.target;
    const typing = element.matches("input[type=text], input[type=number], select");
    if (event.key === "Escape") {
      this.pinned = this.hovered = this.focused = null;
      return view.redraw();
    }
    if (event.key.toLowerCase() === "w" && !element.matches("input[type=text], select")) {
      event.preventDefault();
      return view.reveal(view.state.hidden);
    }
    if (view.state.presenter && isClicker(event)) {
      this.hovered = this.focused = null; // a pointer at rest would hide the step
      view.step(view.state.window + CLICKER[event.key]);
      return event.preventDefault();
    }
    if (typing || element.matches("input[type=range]") || element.closest(".pt-scroll")) return; // they scroll or type
    const row = element.closest?.(".pt-target") ? rowOf(element) : null;
    const move = lookUp(
      { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, PageUp: -1, PageDown: 1 },
      event.key,
    );
    if (row && (event.key === "Enter" || event.key === " ")) this.#pin(targetOf(element));
    else if (move === undefined) return;
    else if (row) this.#moveFocus(row, move);
    else {
      this.hovered = null;
      view.step(view.state.window + move);
    }
    event.preventDefault();
  }

  #moveFocus({ kind, index }, move) {
    const count = kind === "cell" ? this.view.state.n : this.view.state.m;
    const next = Math.max(0, Math.min(count - 1, index + move));
    if (this.pinned) this.pinned = kind === "cell" ? { cell: next } : { window: next }; // else the pin would hide the step
    this.view.patch.element(`${kind}:${next}`)?.focus();
  }
}
