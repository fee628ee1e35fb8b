import { AT_GRIP, largestSize, listAfterSteps } from "../pure/explorer/grips.js";
import { fill, lookUp } from "../pure/numbers.js";
import { subscript } from "../pure/terms.js";
import { Pointing } from "../view/pointing.js";
import { Holding } from "./holding.js";

// Pointing in the 1-D picture: at cells and windows, with one tab stop in each row of marks.

const MOVES = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, PageUp: -1, PageDown: 1 };

/** Up and down change the number of a cell by so many steps. */
const NUMBER_STEPS = { ArrowUp: 1, ArrowDown: -1 };

/** The grip at the end of a row: its mark, its size, and how much each key changes that. */
const GRIPS = {
  cell: { mark: "grip:n", letter: "n", trait: "input_size" },
  output: { mark: "grip:m", letter: "m", trait: "target_size" },
};
const SIZE_STEPS = {
  ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -8, PageUp: 8 },
  ...{ Home: -Infinity, End: Infinity },
};

/** The numbers that are changed in the picture, by the row of their marks: x of a cell, the gradient that arrives. */
const OWN_NUMBERS = {
  cell: { trait: "x", letter: "x", size: "n", box: (k) => `cell:${k}:box`, targetOf: (k) => ({ cell: k }) },
  output: { trait: "upstream", letter: "g", size: "m", box: (k) => `output:${k}:up`, targetOf: (k) => ({ window: k }) },
};

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

export class ExplorerPointing extends Pointing {
  static takesKeys = "input[type=text], input[type=number], input[type=range], select";

  /** Which mark of each row has the tab stop. */
  roving = { cell: 0, window: 0, output: 0 };

  holding = new Holding(this);

  listen(on) {
    super.listen(on);
    this.holding.listen(on);
  }

  get swallowsClick() {
    return this.holding.swallowsClick;
  }

  get look() {
    return { ...super.look, roving: this.roving, held: this.held };
  }

  targetAt(event) {
    return targetOf(event.target);
  }

  windowOf({ window }) {
    return window;
  }

  isLost({ cell, window, cut }, { n, m }) {
    return cell >= n || window >= m || cut > m;
  }

  keepKeysInside({ n, m, free }) {
    for (const [kind, size, hasGrip] of [
      ["cell", n, free.n],
      ["window", m, false],
      ["output", m, free.m],
    ])
      this.roving[kind] = Math.max(hasGrip ? AT_GRIP : 0, Math.min(this.roving[kind], size - 1));
  }

  onFocus(element) {
    const place = this.placeOf(element);
    if (!place) return;
    this.roving[place.kind] = place.index;
    this.focused = place.index === AT_GRIP ? null : targetOf(element);
    this.view.redraw();
  }

  placeOf(element) {
    const row = Object.keys(GRIPS).find((kind) => this.#gripOf(kind)?.contains(element));
    if (row) return { kind: row, index: AT_GRIP };
    return element.closest(".pt-target") ? rowOf(element) : null;
  }

  #gripOf(kind) {
    return this.view.patch.element(GRIPS[kind]?.mark);
  }

  /** From a grip back to the last mark of its row; what is dragged is as before. */
  onEscape(element) {
    this.holding.release(true);
    const place = this.placeOf(element);
    if (place?.index !== AT_GRIP) return;
    const last = this.view.state[GRIPS[place.kind].letter] - 1;
    this.view.settle(); // its label is read out when it gets the focus
    this.view.patch.element(`${place.kind}:${last}`)?.focus();
  }

  onKeyAt(row, { key, target }) {
    if (row.index === AT_GRIP) return this.#changeSize(row, key);
    if (key in NUMBER_STEPS) return this.#changeNumber(row, NUMBER_STEPS[key]);
    const move = this.stepOf(key);
    if (key === "Enter" && this.#edit(row)) return true;
    if (key === "Enter" || key === " ") this.onClick(targetOf(target));
    else if (move === undefined) return false;
    else this.#moveFocus(row, move);
    return true;
  }

  stepOf(key) {
    return lookUp(MOVES, key);
  }

  numberAt(element) {
    if (!element.closest(".pt-target")) return null;
    const { kind: row, index: k } = rowOf(element);
    const box = OWN_NUMBERS[row]?.box(k);
    return box && this.view.patch.element(box) === element ? { row, k } : null;
  }

  numberOf({ row, k }) {
    const { facts, model, patch, words } = this.view;
    const { trait, letter, size, box, targetOf } = OWN_NUMBERS[row];
    const drawn = patch.element(box(k));
    if (!drawn) return null;
    return {
      ...{ row, k, trait, box: drawn, count: facts[size], values: facts[letter], spec: model.get(trait) },
      ...{
        name: words[trait],
        short: fill(words.own_number_short[trait], { sub: subscript(k) }),
        label: fill(words.own_number[trait], { k }),
      },
      ...{ target: targetOf(k), owner: () => patch.element(`${row}:${k}`) },
    };
  }

  #changeSize({ kind }, key) {
    const { trait, letter } = GRIPS[kind];
    const by = lookUp(SIZE_STEPS, key);
    if (by === undefined) return false;
    const { facts } = this.view;
    this.view.change({ [trait]: Math.max(1, Math.min(largestSize(facts, letter), facts[letter] + by)) });
    return true;
  }

  /** Change the number of a mark by some steps; false where it has none that may be changed. */
  #changeNumber({ kind, index }, steps) {
    const number = OWN_NUMBERS[kind] && this.numberOf({ row: kind, k: index });
    if (!number || this.view.store.isLocked(number.trait)) return false;
    this.view.change({ [number.trait]: listAfterSteps(number, steps) });
    return true;
  }

  /** Open the number of a mark; the window of an output becomes the current one. */
  #edit({ kind, index }) {
    if (!OWN_NUMBERS[kind] || !this.view.editor.open({ row: kind, k: index })) return false;
    if (kind === "output") this.view.change({ window: index });
    return true;
  }

  #moveFocus({ kind, index }, move) {
    const count = kind === "cell" ? this.view.state.n : this.view.state.m;
    const next = Math.max(0, Math.min(count - 1, index + move));
    if (index + move === count && this.#gripOf(kind)) return this.#gripOf(kind).focus();
    if (this.pinned) this.pinned = kind === "cell" ? { cell: next } : { window: next }; // else the pin would hide the step
    this.view.patch.element(`${kind}:${next}`)?.focus();
  }
}
