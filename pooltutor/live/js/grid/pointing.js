import { SHOWN_PARTS } from "../pure/grid/facts.js";
import { gridAt } from "../pure/grid/layout.js";
import { lookUp } from "../pure/numbers.js";
import { placeInPicture } from "../view/picture.js";
import { Pointing } from "../view/pointing.js";

// Pointing in the 2-D picture: at cells and outputs by row and column, with one cursor in each of the two grids.

const TARGETS = { input: "cell", output: "output" };

/** What each key does to the cursor of a grid, down and across. */
const cursorMoves = ([rows, columns]) => ({
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Home: [0, -columns],
  End: [0, columns],
  PageUp: [-rows, 0],
  PageDown: [rows, 0],
});

const within = (k, size) => Math.max(0, Math.min(size - 1, k));

export class GridPointing extends Pointing {
  static moves = "pointermove";

  cursor = { input: [0, 0], output: [0, 0] };

  get look() {
    return { ...super.look, cursor: this.cursor };
  }

  targetAt(event) {
    const { stage, innerWidth, places } = this.view;
    const { x, y } = placeInPicture(stage, innerWidth, event);
    return gridAt(places, x, y);
  }

  windowOf({ output }) {
    return output;
  }

  isLost({ cell, output }, { n, m }) {
    const isOutside = (place, size) => place?.some((k, axis) => k >= size[axis]);
    return isOutside(cell, n) || isOutside(output, m);
  }

  keepKeysInside({ n, m }) {
    const inside = (place, size) => place.map((k, axis) => within(k, size[axis]));
    this.cursor = { input: inside(this.cursor.input, n), output: inside(this.cursor.output, m) };
  }

  onFocus(element) {
    const grid = this.placeOf(element);
    if (grid) this.point("focused", this.#targetIn(grid));
  }

  /** The line about what the cells show: a press shows the next. */
  onPress(element) {
    if (!element.matches(".pt-next-colour")) return false;
    const colours = Object.keys(SHOWN_PARTS);
    const next = (colours.indexOf(this.view.state.colour) + 1) % colours.length;
    this.view.change({ colour: colours[next] });
    return true;
  }

  /** A click pins, and takes the keys to the grid that was clicked. */
  onClick(target) {
    if (!target) return;
    const grid = target.cell ? "input" : "output";
    this.cursor[grid] = target.cell ?? target.output;
    this.pin(target);
    this.view.patch.element(`focus:${grid}`).focus({ preventScroll: true });
  }

  placeOf(element) {
    return element.dataset.grid;
  }

  onKeyAt(grid, { key }) {
    if (key === "Enter" || key === " ") {
      this.pin(this.#targetIn(grid));
      return true;
    }
    const size = grid === "input" ? this.view.state.n : this.view.state.m;
    const move = lookUp(cursorMoves(size), key);
    if (move) this.#moveCursor(grid, move, size);
    return move !== undefined;
  }

  stepOf(key) {
    const columns = this.view.state.m[1];
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, PageUp: -1, PageDown: 1 };
    return lookUp({ ...steps, Home: -Infinity, End: Infinity }, key);
  }

  #targetIn(grid) {
    return { [TARGETS[grid]]: this.cursor[grid] };
  }

  #moveCursor(grid, move, size) {
    this.cursor[grid] = this.cursor[grid].map((k, axis) => within(k + move[axis], size[axis]));
    const target = this.#targetIn(grid);
    if (this.pinned) this.pinned = target; // else the pin would hide the step
    this.hovered = null; // and so would a pointer at rest
    this.point("focused", target);
    this.view.sayCursor(grid);
  }
}
