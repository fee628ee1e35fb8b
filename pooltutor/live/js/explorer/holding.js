import {
  borderAt,
  inputForEnd,
  largestSize,
  listAfterSteps,
  stepsOfDrag,
  targetForBorder,
} from "../pure/explorer/grips.js";
import { placeInPicture } from "../view/picture.js";

// The picture is taken hold of: the input's right end is dragged for n, a border between outputs for m, a cell up and
// down for its number. A finger scrolls the page over cells, so it takes hold of a cell that was tapped before.

const FAR = 5; // pixels that a pointer moves before a number is dragged: a click is none

export class Holding {
  constructor(pointing) {
    this.pointing = pointing;
    this.view = pointing.view;
  }

  listen(on) {
    const { stage } = this.view;
    on(stage, "pointerdown", (event) => this.#take(event));
    const isHolding = ({ pointerId }) => this.held?.id === pointerId;
    for (const type of ["pointermove", "pointerup"]) on(stage, type, (event) => isHolding(event) && this.#move(event));
    for (const type of ["pointerup", "pointercancel"]) on(stage, type, (event) => isHolding(event) && this.release());
  }

  /** A click that ends a drag is none. */
  get swallowsClick() {
    return this.moved === true;
  }

  #placeOf(event) {
    return placeInPicture(this.view.stage, this.view.innerWidth, event);
  }

  #take(event) {
    this.moved = false;
    if (event.button !== 0 || this.held) return;
    const grip = event.target.closest?.(".pt-size-grip");
    const held = grip ? this.#gripAt(grip, event) : this.#numberAt(event);
    if (!held) return;
    this.held = { id: event.pointerId, from: this.#placeOf(event), isOn: Boolean(grip), ...held };
    if (!grip) return;
    event.preventDefault(); // no text is selected meanwhile
    grip.focus({ preventScroll: true });
    this.#grasp();
  }

  /** From here on all that the pointer does is for the picture. */
  #grasp() {
    this.held.isOn = true;
    this.view.stage.setPointerCapture(this.held.id);
    this.pointing.point("held", this.held.target);
  }

  #gripAt(grip, event) {
    const { facts, places } = this.view;
    const { n, m } = facts;
    const isEnd = this.view.patch.element("grip:n") === grip;
    const most = largestSize(facts, isEnd ? "n" : "m");
    const before = isEnd ? { input_size: n } : { target_size: m };
    const { unit, left, right } = places; // as they were: the picture is another one after each move
    if (isEnd) return { before, target: {}, changeAt: (_x, dx) => ({ input_size: inputForEnd(n, dx, unit, most) }) };
    const border = borderAt(this.#placeOf(event).x, places, m);
    const changeAt = (x) => ({ target_size: targetForBorder(border, x, { left, right }, most) });
    return { before, target: { border }, changeAt };
  }

  #numberAt({ target, pointerType }) {
    const { pointing, view } = this;
    const place = pointing.numberAt(target);
    const number = place && pointing.numberOf(place);
    if (!number || view.store.isLocked(number.trait)) return null;
    if (pointerType === "touch" && !pointing.isPinned(number.target)) return null;
    const { trait, spec } = number;
    const changeAt = (_x, _dx, dy) => ({ [trait]: listAfterSteps(number, stepsOfDrag(dy)) });
    return { before: { [trait]: spec }, target: number.target, changeAt };
  }

  #move(event) {
    const { from, isOn, changeAt } = this.held;
    const { x, y } = this.#placeOf(event);
    const [dx, dy] = [x - from.x, y - from.y];
    if (!isOn) {
      if (Math.abs(dx) > Math.max(FAR, Math.abs(dy))) return this.release(); // across: it means something else
      if (Math.abs(dy) <= FAR) return;
      this.#grasp();
    }
    this.moved = true;
    const [[name, value]] = Object.entries(changeAt(x, dx, dy));
    if (value !== this.view.model.get(name)) this.view.change({ [name]: value });
  }

  /** Let go; taking back, with what was there before. */
  release(takingBack = false) {
    const { held, pointing, view } = this;
    if (!held) return;
    this.held = undefined;
    if (view.stage.hasPointerCapture(held.id)) view.stage.releasePointerCapture(held.id);
    pointing.point("held", null);
    if (takingBack) view.change(held.before);
  }
}
