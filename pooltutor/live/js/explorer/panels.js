import { duelSentences } from "../pure/explorer/duel.js";
import { MATRIX_MAX, matrixAt, matrixScene } from "../pure/explorer/matrix.js";
import { matrixLine } from "../pure/explorer/matrix_line.js";
import { cutText, fill, format } from "../pure/numbers.js";
import { range } from "../pure/windows.js";
import { h } from "../view/form.js";
import { CodePanel, Panel } from "../view/panels.js";
import { Patch } from "../view/patch.js";

/** P as a heat map: hover a row, a column, an entry. */
class MatrixPanel extends Panel {
  constructor(view) {
    super("matrix", view.words.matrix);
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.svg.setAttribute("class", "pt-picture pt-matrix");
    this.svg.setAttribute("role", "img");
    this.svg.setAttribute("aria-label", this.words.label);
    this.line = h("p", { className: "pt-matrix-line" });
    this.patch = new Patch(this.svg);
    this.svg.addEventListener("pointermove", (event) => this.#point(event, view));
    this.svg.addEventListener("pointerleave", () => this.#chose(null, view));
  }

  whyEmpty(facts, view) {
    const usual = super.whyEmpty(facts, view);
    return (
      usual ||
      (Math.max(facts.n, facts.m) > MATRIX_MAX ? fill(this.words.too_large, { ...facts, max: MATRIX_MAX }) : "")
    );
  }

  draw(facts, view) {
    if (!this.svg.isConnected) this.body.replaceChildren(this.line, this.svg);
    if (this.chosen?.row >= facts.m || this.chosen?.column >= facts.n) this.chosen = null;
    const active = this.chosen ?? this.#pointedAt(facts, view.pointing.active);
    const width = this.#width(view);
    const { marks, height, places } = matrixScene(facts, { width, theme: view.colours, words: this.words, active });
    this.places = places;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("height", String(height));
    this.patch.apply(marks);
    this.line.textContent = matrixLine(active, facts, this.words);
  }

  /** What is pointed at in the picture; else the row of the current window. */
  #pointedAt({ window }, active) {
    return active?.cell === undefined ? { row: active?.window ?? window } : { column: active.cell };
  }

  /** The view's width without the frame of a panel. */
  #width(view) {
    return view.innerWidth - 26;
  }

  #point(event, view) {
    const box = this.svg.getBoundingClientRect();
    const scale = this.#width(view) / box.width;
    const at = matrixAt(this.places, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
    this.#chose(at.row === undefined && at.column === undefined ? null : at, view);
  }

  /** The picture above lights up what is pointed at here. */
  #chose(at, view) {
    if (at?.row === this.chosen?.row && at?.column === this.chosen?.column) return;
    this.chosen = at;
    view.pointing.hovered = at === null ? null : at.row === undefined ? { cell: at.column } : { window: at.row };
    view.redraw();
  }

  clear() {
    this.chosen = null;
    super.clear();
  }
}

/** Cut, start, stop, length and output of each window; of many those around the current one. */
class TablePanel extends Panel {
  constructor(view) {
    super("table", view.words.table);
    this.rows = h("tbody");
    const names = ["i", "cut", "next_cut", "start", "stop", "length", "output"];
    this.table = h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...names.map((name) => h("th", { scope: "col" }, this.words[name])))),
      this.rows,
    );
    this.frame = h(
      "div",
      { className: "pt-scroll", tabIndex: 0, role: "region", "aria-label": this.words.title },
      this.table,
    );
  }

  draw(facts, view) {
    const { m, window } = facts;
    const near = (i) => m <= 64 || i < 2 || i >= m - 2 || Math.abs(i - window) <= 12;
    const rows = [];
    for (const i of range(0, m)) {
      if (near(i)) rows.push(this.#row(i, facts, view));
      else if (near(i - 1)) rows.push(h("tr", {}, h("td", { colSpan: 7 }, "…")));
    }
    this.rows.replaceChildren(...rows);
    if (!this.frame.isConnected) this.body.replaceChildren(this.frame);
  }

  #row(i, facts, view) {
    const { windows, y, window } = facts;
    const [start, stop] = [windows.start[i], windows.stop[i]];
    const length = start === stop ? view.words.picture_words.empty : stop - start;
    const cells = [i, cutText(i, facts), cutText(i + 1, facts), start, stop, length, format(y[i], 6)];
    const row = h(
      "tr",
      { "data-table-row": i, className: i === window ? "pt-current" : "" },
      ...cells.map((text) => h("td", {}, String(text))),
    );
    row.addEventListener("click", () => view.step(i));
    return row;
  }
}

/** Two rules on the same input: the second one's menu, the first difference, its reason, and how often it happens. */
class DuelPanel extends Panel {
  constructor(view) {
    super("duel", view.words.duel);
    this.said = h("div", { className: "pt-duel-said" });
    this.why.before(view.controls.fields.against.element);
  }

  draw(facts, view) {
    this.said.replaceChildren(...duelSentences(facts, view.rules, this.words).map((text) => h("p", {}, text)));
    if (!this.said.isConnected) this.body.replaceChildren(this.said);
  }
}

/** A panel's class by its name in `show`; the picture itself draws the others. */
export const PANEL_CLASSES = { duel: DuelPanel, matrix: MatrixPanel, table: TablePanel, code: CodePanel };
