import { ownBox } from "../pure/question/own_bars.js";
import { ownWindows, readAnswer, windowsText } from "../pure/question/reading.js";
import { filledUp } from "../pure/question/state.js";
import { placeInPicture } from "../view/picture.js";
import { Asking } from "../view/question.js";

// Questions in the 1-D picture: windows are drawn over the cells, shared cells are clicked.

const REACH = 14; // pixels beside an end at which the pointer takes hold of it
const GRIP_STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -Infinity, End: Infinity };

export class ExplorerAsking extends Asking {
  /** The end that is being dragged, with the line of the other one. @type {{ k: number; anchor: number; isNew?: boolean } | null} */
  heldEnd = null;

  get draws() {
    return this.isOpen && !this.peek && this.question.kind === "windows";
  }

  get windows() {
    return filledUp(ownWindows(this.answer.given), this.view.state.m);
  }

  /** Which windows are right, and so stay as they are. */
  lockedWindows() {
    return this.draws ? this.view.facts.asked.right : [];
  }

  /** Choose the window that is drawn next. */
  choose(k) {
    if (this.draws && this.look.current !== k) this.#show({ current: k });
  }

  /** What is drawn with the pointer changes nothing but the picture, until it is given as the answer. */
  #show(look) {
    const { view } = this;
    this.look = { ...this.look, ...look };
    view.facts.asked = this.inPicture();
    view.redraw();
  }

  listen(on) {
    const { stage, root } = this.view;
    on(stage, "pointerdown", (event) => this.#onDown(event));
    on(stage, "pointermove", (event) => this.#onMove(event));
    for (const type of ["pointerup", "pointercancel"]) on(stage, type, (event) => this.#onUp(event));
    on(root, "focusin", ({ target }) => {
      const { own } = target.closest?.(".pt-grip")?.dataset ?? {};
      if (own !== undefined) this.choose(Number(own));
    });
  }

  // Drawing with a pointer ------------------------------------------------------------------------------------

  /** Where an event is: a place along the cells, and the row that it is in; null outside both rows. */
  #placeOf(event) {
    const { svg, innerWidth, places: rows } = this.view;
    const { x, y, scale } = placeInPicture(svg, innerWidth, event);
    const isIn = (row) => row && y >= row.y - 3 && y < row.y + row.height + 3;
    const row = isIn(rows.own) ? "own" : isIn(rows.input) ? "input" : null;
    return { at: (x - rows.left) / rows.unit, reach: (REACH * Math.min(scale, 2)) / rows.unit, y, row, rows };
  }

  #onDown(event) {
    if (!this.draws || (event.pointerType === "mouse" && event.button !== 0)) return;
    const place = this.#placeOf(event);
    const { n } = this.view.state;
    if (!place.row || place.at < -place.reach / n || place.at > n + place.reach) return;
    this.heldEnd = this.#endAt(place) ?? this.#newAt(place);
    if (!this.heldEnd) return;
    event.preventDefault();
    this.view.svg.setPointerCapture(event.pointerId);
    this.#drag(place.at);
  }

  /** An end of a window near the pointer; of several the one that is nearest. */
  #endAt({ at, reach, y, row, rows }) {
    if (row !== "own") return null;
    const locked = this.lockedWindows();
    const ends = this.windows.flatMap((window, k) => {
      if (!window || locked[k]) return [];
      const box = ownBox(rows, this.windows, k);
      if (y < box.y - 2 || y > box.y + box.height + 2) return [];
      const inside = Math.min(reach, Math.max(0.3, (window[1] - window[0]) / 2.5));
      return [0, 1].map((side) => {
        const outwards = side ? at - window[1] : window[0] - at;
        return {
          k,
          anchor: window[1 - side],
          far: outwards > reach || -outwards > inside ? Infinity : Math.abs(outwards),
        };
      });
    });
    const nearest = ends.sort((a, b) => a.far - b.far)[0];
    return nearest && nearest.far < Infinity ? nearest : null;
  }

  /** A new window begins at the cell below the pointer: the one that is chosen, or the first that is not there yet. */
  #newAt({ at }) {
    const { windows, look, view } = this;
    const locked = this.lockedWindows();
    const isFree = (k) => !windows[k] && !locked[k];
    const next = windows.findIndex((_, k) => isFree(k));
    const k = isFree(look.current) ? look.current : next >= 0 ? next : look.current;
    if (locked[k]) return null;
    const cell = Math.max(0, Math.min(view.state.n - 1, Math.floor(at)));
    return { k, anchor: cell, isNew: true };
  }

  /** The end follows the pointer, and snaps to the nearest line. */
  #drag(at) {
    const { n } = this.view.state;
    const { k, anchor, isNew } = this.heldEnd;
    const free = Math.max(0, Math.min(n, at));
    const [low, high] = isNew
      ? [Math.min(anchor, Math.floor(free)), Math.max(anchor + 1, Math.min(n, Math.ceil(free)))]
      : [Math.min(anchor, Math.round(free)), Math.max(anchor, Math.round(free))];
    const window = low === high ? (free >= anchor && anchor < n ? [low, low + 1] : [high - 1, high]) : [low, high];
    const end = window[0] === anchor ? "stop" : "start";
    const own = this.windows.map((each, i) => (i === k ? window : each));
    this.#show({ current: k, own, drag: isNew ? null : { end, at: free } });
  }

  #onMove(event) {
    if (!this.heldEnd) return;
    this.#drag(this.#placeOf(event).at);
  }

  #onUp({ type }) {
    if (!this.heldEnd) return;
    const { own, current } = this.look;
    this.heldEnd = null;
    const drawn = type === "pointercancel" ? null : own; // null, too, where another question came meanwhile
    const next = drawn?.findIndex((window) => !window) ?? -1;
    this.#show({ current: next >= 0 ? next : current, own: null, drag: null });
    if (drawn) this.give(windowsText(drawn));
  }

  // Clicks and keys -------------------------------------------------------------------------------------------

  /** A click in the picture, if the question has a use for it. */
  onClick(target) {
    if (!this.isOpen || this.peek) return false;
    if (this.draws) return true; // it was the end of a drag
    if (this.question.kind !== "shared" || target?.cell === undefined) return false;
    this.#mark(target.cell);
    return true;
  }

  #mark(cell) {
    const cells = readAnswer("cells", this.answer.given)?.value ?? [];
    const marked = cells.includes(cell) ? cells.filter((j) => j !== cell) : [...cells, cell].sort((a, b) => a - b);
    this.give(marked.join(" "));
  }

  /** A key in the picture, if the question has a use for it. */
  onKey({ key, target }) {
    if (!this.isOpen || this.peek) return false;
    const grip = target.closest?.(".pt-grip");
    if (grip) return this.#moveEnd(Number(grip.dataset.own), grip.dataset.ownEnd, key);
    const cell = target.closest?.("[data-cell]")?.dataset.cell;
    if (cell === undefined || (key !== "Enter" && key !== " ")) return false;
    if (this.draws) this.#begin(Number(cell));
    return this.draws || this.onClick({ cell: Number(cell) });
  }

  /** A window of one cell, whose end then has the keys. */
  #begin(cell) {
    const begun = this.#newAt({ at: cell });
    if (!begun) return;
    const { k } = begun;
    this.look = { ...this.look, current: k };
    this.give(windowsText(this.windows.map((window, i) => (i === k ? [cell, cell + 1] : window))));
    this.view.patch.element(`own:${k}:stop`)?.focus();
  }

  #moveEnd(k, end, key) {
    const window = this.windows[k];
    if (!window) return false;
    if (key === "Delete" || key === "Backspace") {
      this.give(windowsText(this.windows.map((each, i) => (i === k ? null : each))));
      return true;
    }
    if (!Object.hasOwn(GRIP_STEPS, key)) return false;
    const side = end === "start" ? 0 : 1;
    const [least, most] = side ? [window[0] + 1, this.view.state.n] : [0, window[1] - 1];
    const moved = Math.max(least, Math.min(most, window[side] + GRIP_STEPS[key]));
    /** @type {Pair} */
    const next = side ? [window[0], moved] : [moved, window[1]];
    this.give(windowsText(this.windows.map((each, i) => (i === k ? next : each))));
    return true;
  }
}
