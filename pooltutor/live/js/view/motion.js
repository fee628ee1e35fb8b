import { h } from "./form.js";
import { scaleOf } from "./screen.js";

// What has changed in a picture is seen to move: the browser animates marks that keep their key, while their attributes,
// and so all that is read and checked, are the new ones already. Who asks for less motion sees none.

const TIMES = { size: 200, step: 700, reveal: 700, none: 0 }; // milliseconds
const FLIGHT = 450; // milliseconds from a cell into the sum
const EASE_OUT = "cubic-bezier(.2, .7, .3, 1)";

export class MovingPicture {
  #running = [];
  #lastChange = -Infinity;
  #less = matchMedia("(prefers-reduced-motion: reduce)");

  /** keysOf(facts) names the marks that move; motionOf(before, after) says how, of {facts, rows, places} each. */
  constructor(view, { keysOf, motionOf }) {
    this.view = view;
    this.keysOf = keysOf;
    this.motionOf = motionOf;
    this.air = h("div", { className: "pt-air", "aria-hidden": "true" });
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.stop();
  }

  /** After each drawing: move what has changed, unless it changed just before, as under a slider that is dragged. */
  follow(rows) {
    const { facts, patch } = this.view;
    const before = this.shown;
    this.stop(); // where another thing is pointed at, too: its outlines do not come from where others were
    if (before?.facts === facts) return;
    this.shown = { facts, rows, places: new Map() };
    for (const key of this.keysOf(facts)) {
      const attrs = patch.attributes(key);
      if (attrs) this.shown.places.set(key, attrs);
    }
    if (before && !this.#less.matches) this.#start(before, this.shown);
  }

  #start(before, after) {
    const { kind, motions } = this.motionOf(before, after);
    if (!TIMES[kind]) return;
    const now = performance.now();
    const isHeld = now - this.#lastChange < TIMES.size;
    this.#lastChange = now;
    if (isHeld || this.view.pointing.held) return;
    // In the frame that shows the new picture first: a script that only changes it is done sooner.
    this.frame = requestAnimationFrame(() => {
      for (const { key, frames } of motions()) this.#animate(this.view.patch.element(key), frames, TIMES[kind]);
      if (kind === "step") this.#fly();
    });
  }

  #animate(element, frames, duration, more = {}) {
    const animation = element?.animate(frames, { duration, easing: frames.length > 2 ? "linear" : EASE_OUT, ...more });
    if (animation) this.#running.push(animation);
    return animation;
  }

  /** Copies of the cells' numbers go into the sum; the numbers themselves stay where they are. */
  #fly() {
    const { line, patch, root } = this.view;
    const scale = scaleOf(root);
    const [origin, room] = [this.air, line.element].map((element) => element.getBoundingClientRect());
    for (const [k, term] of line.cellTerms.entries()) {
      const [from, to] = [patch.element(`cell:${line.meantBy(term).cell}:box`), term].map((element) =>
        element?.getBoundingClientRect(),
      );
      if (!from || to.bottom > room.bottom + 4) continue; // it would have to be scrolled to
      const copy = h("span", { className: "pt-copy" }, term.textContent);
      const place = (box) =>
        `translate(${(box.left + box.width / 2 - origin.left) / scale}px, ${(box.top + box.height / 2 - origin.top) / scale}px) translate(-50%, -50%)`;
      this.air.append(copy);
      const frames = [
        { transform: place(from) },
        { transform: place(to), opacity: 1, offset: 0.9 },
        { transform: place(to), opacity: 0 },
      ];
      const options = { delay: TIMES.step * 0.8 + k * 40, fill: "both", easing: "ease-in-out" };
      this.#animate(copy, frames, FLIGHT, options).finished.then(
        () => copy.remove(),
        () => copy.remove(),
      );
    }
  }

  /** All stands where it belongs. */
  stop() {
    cancelAnimationFrame(this.frame);
    for (const animation of this.#running) animation.cancel();
    this.#running = [];
    this.air.replaceChildren();
  }
}
