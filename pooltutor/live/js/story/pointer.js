import { h } from "../view/form.js";
import { scaleOf } from "../view/screen.js";

// Frames around what a step speaks of. They lie over the view, so that no picture has to know of them, and go when the
// learner takes hold of it: then the picture shows something else.

const SETTLED_MS = 300; // after this nothing moves any more
const AROUND_FRAME = 6; // pixels between a frame and what is in it; beside what is narrow fewer, as its neighbours are near

/** The box around elements, in the page; null where none of them is seen. */
function boxAround(elements) {
  const boxes = elements.map((element) => element.getBoundingClientRect()).filter(({ width }) => width);
  if (!boxes.length) return null;
  const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
  return { left, top, width: right - left, height: bottom - top };
}

export class StoryPointer {
  constructor(stage, signal) {
    this.element = h("div", { className: "pt-points", "aria-hidden": "true" });
    stage.append(this.element);
    this.selectors = [];
    this.watch = new MutationObserver(() => this.#placeSoon());
    this.resize = new ResizeObserver(() => this.#placeSoon());
    for (const type of ["pointerdown", "input", "keydown"])
      stage.addEventListener(type, (event) => event.isTrusted && this.point([], stage), { signal });
    signal.addEventListener("abort", () => this.close());
  }

  close() {
    this.watch.disconnect();
    this.resize.disconnect();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settling);
  }

  /** Frame what these selectors find in an element. */
  point(selectors, within) {
    this.close();
    this.selectors = selectors;
    this.within = within;
    this.#place();
    if (!selectors.length) return;
    this.watch.observe(within, { subtree: true, childList: true, attributes: true, attributeFilter: ["d", "x", "y"] });
    this.resize.observe(within);
    this.#placeSoon();
  }

  #placeSoon() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settling);
    this.frame = requestAnimationFrame(() => this.#place());
    this.settling = setTimeout(() => this.#place(), SETTLED_MS);
  }

  #place() {
    const origin = this.element.getBoundingClientRect();
    const scale = scaleOf(this.element.parentElement);
    const boxes = this.selectors.map((selector) => boxAround([...this.within.querySelectorAll(selector)]));
    this.element.replaceChildren(
      ...boxes.filter(Boolean).map(({ left, top, width, height }) => {
        const frame = h("div", { className: "pt-point" });
        const beside = Math.min(AROUND_FRAME, width / scale / 8);
        const sides = {
          left: (left - origin.left) / scale - beside,
          top: (top - origin.top) / scale - AROUND_FRAME,
          width: width / scale + 2 * beside,
          height: height / scale + 2 * AROUND_FRAME,
        };
        for (const [side, value] of Object.entries(sides)) frame.style[side] = `${value}px`;
        return frame;
      }),
    );
  }
}
