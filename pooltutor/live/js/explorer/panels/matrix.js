import { writings } from "../../pure/boxes.js";
import { MATRIX_MAX, matrixAt, matrixScene } from "../../pure/explorer/matrix.js";
import { matrixLine } from "../../pure/explorer/matrix_line.js";
import { fill } from "../../pure/numbers.js";
import { marksOf, seenShare } from "../../view/claim.js";
import { h } from "../../view/form.js";
import { Panel } from "../../view/panels.js";
import { Patch } from "../../view/patch.js";
import { pictureElement, placeInPicture, sizePicture } from "../../view/picture.js";

const FRAME = 26; // CSS pixels of a panel's frame, left and right together

/** P as a heat map: hover a row, a column, an entry. */
export class MatrixPanel extends Panel {
  static key = "matrix";
  static isChecked = true;
  static followsPointing = true;

  constructor(view) {
    super(view);
    this.svg = pictureElement({ class: "pt-picture pt-matrix", role: "img", "aria-label": this.words.label });
    this.line = h("p", { className: "pt-matrix-line" });
    this.patch = new Patch(this.svg);
    this.svg.addEventListener("pointermove", (event) => this.#point(event, view));
    this.svg.addEventListener("pointerleave", () => this.#chose(null, view));
  }

  whyEmpty(facts, view) {
    const usual = super.whyEmpty(facts, view);
    if (usual || Math.max(facts.n, facts.m) <= MATRIX_MAX) return usual;
    return fill(this.words.too_large, { ...facts, max: MATRIX_MAX });
  }

  draw(facts, view) {
    if (!this.svg.isConnected) this.body.replaceChildren(this.line, this.svg);
    if (this.chosen?.row >= facts.m || this.chosen?.column >= facts.n) this.chosen = null;
    const active = this.chosen ?? this.#pointedAt(facts, view.pointing.active);
    const width = view.innerWidth - FRAME;
    const { marks, height, places } = matrixScene(facts, { width, theme: view.colours, words: this.words, active });
    this.places = places;
    sizePicture(this.svg, width, height);
    this.patch.apply(marks);
    this.line.textContent = matrixLine(active, facts, this.words);
  }

  clear() {
    this.chosen = null;
    super.clear();
  }

  // Pointing --------------------------------------------------------------------------------------------------

  /** What is pointed at in the picture; else the row of the current window. */
  #pointedAt({ window }, active) {
    return active?.cell === undefined ? { row: active?.window ?? window } : { column: active.cell };
  }

  #point(event, view) {
    const { x, y } = placeInPicture(this.svg, view.innerWidth - FRAME, event);
    const at = matrixAt(this.places, x, y);
    this.#chose(at.row === undefined && at.column === undefined ? null : at, view);
  }

  /** The picture above lights up what is pointed at here. */
  #chose(at, view) {
    if (at?.row === this.chosen?.row && at?.column === this.chosen?.column) return;
    this.chosen = at;
    view.pointing.hovered = at === null ? null : at.row === undefined ? { cell: at.column } : { window: at.row };
    view.redraw();
  }

  // Claims ----------------------------------------------------------------------------------------------------

  /** Beside P stand x, y and both gradients once more. */
  compare({ x, outputs, upstream, gradients }) {
    for (const [side, values] of Object.entries({ x, y: outputs, g: upstream, grad: gradients })) {
      for (const mark of values ? this.element.querySelectorAll(`[data-side-${side}]`) : []) {
        const k = mark.getAttribute(`data-side-${side}`);
        const text = mark.querySelector("text")?.textContent;
        if (text !== undefined && !writings(Number(values[k])).includes(text)) values[k] = "NaN";
      }
    }
  }

  /** The rows of P: from, to and the one value of the entries that are not zero. */
  parts() {
    const rows = marksOf(this.element, "row");
    const weight = (row) =>
      [...row.querySelectorAll(".pt-share")].reduce(
        (value, text) => seenShare(value, text.textContent),
        row.dataset.weight,
      );
    return rows.length ? { matrix: rows.map((row) => [row.dataset.from, row.dataset.to, weight(row)]) } : {};
  }
}
