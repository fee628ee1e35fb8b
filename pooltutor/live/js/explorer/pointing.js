import { fill, lookUp } from "../pure/numbers.js";
import { subscript } from "../pure/terms.js";
import { Pointing } from "../view/pointing.js";

// Pointing in the 1-D picture: at cells and windows, with one tab stop in each row of marks.

const MOVES = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, PageUp: -1, PageDown: 1 };

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

  get look() {
    return { ...super.look, roving: this.roving };
  }

  targetAt(event) {
    return targetOf(event.target);
  }

  windowOf({ window }) {
    return window;
  }

  isLost({ cell, window }, { n, m }) {
    return cell >= n || window >= m;
  }

  keepKeysInside({ n, m }) {
    for (const [kind, size] of Object.entries({ cell: n, window: m, output: m }))
      this.roving[kind] = Math.min(this.roving[kind], size - 1);
  }

  onFocus(element) {
    const target = targetOf(element);
    if (!target) return;
    const { kind, index } = rowOf(element);
    this.roving[kind] = index;
    this.point("focused", target);
  }

  placeOf(element) {
    return element.closest(".pt-target") ? rowOf(element) : null;
  }

  onKeyAt(row, { key, target }) {
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

  /** Open the number of a mark; the window of an output becomes the current one. */
  #edit({ kind, index }) {
    if (!OWN_NUMBERS[kind] || !this.view.editor.open({ row: kind, k: index })) return false;
    if (kind === "output") this.view.change({ window: index });
    return true;
  }

  #moveFocus({ kind, index }, move) {
    const count = kind === "cell" ? this.view.state.n : this.view.state.m;
    const next = Math.max(0, Math.min(count - 1, index + move));
    if (this.pinned) this.pinned = kind === "cell" ? { cell: next } : { window: next }; // else the pin would hide the step
    this.view.patch.element(`${kind}:${next}`)?.focus();
  }
}
