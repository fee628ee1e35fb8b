import { h } from "./form.js";
import { scaleOf } from "./screen.js";

// What has changed in a picture is seen to move: the browser animates marks that keep their key, while their attributes,
// and so all that is read and checked, are the new ones already. Who asks for less motion sees none.

const TIMES = { size: 200, step: 550, reveal: 550, none: 0 }; // milliseconds
const FLIGHT = { after: 380, each: 30, takes: 350 }; // of numbers into the sum: when the window stands, one after the other
const BELOW_LINE = 4; // pixels that the mark of a term may reach below the line; lower ones would have to be scrolled to
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
    const middleIn = ({ left, top, width, height }) =>
      `translate(${(left + width / 2 - origin.left) / scale}px, ${(top + height / 2 - origin.top) / scale}px) translate(-50%, -50%)`;
    const places = line.cellTerms.map((term) => {
      const cell = patch.element(`cell:${line.meantBy(term).cell}:box`);
      return { term, from: cell?.getBoundingClientRect(), to: term.getBoundingClientRect() };
    });
    const seen = places.filter(({ from, to }) => from && to.bottom <= room.bottom + BELOW_LINE);
    for (const [k, { term, from, to }] of seen.entries()) {
      const copy = h("span", { className: "pt-copy" }, term.textContent);
      this.air.append(copy);
      const [start, end] = [from, to].map((box) => ({ transform: middleIn(box), opacity: 1 }));
      const frames = [start, { ...end, offset: 0.9 }, { ...end, opacity: 0 }];
      const options = { delay: FLIGHT.after + k * FLIGHT.each, easing: "ease-in-out" };
      this.#animate(copy, frames, FLIGHT.takes, options).onfinish = () => copy.remove();
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
