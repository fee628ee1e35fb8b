import { cutText, format } from "../../pure/numbers.js";
import { range } from "../../pure/windows.js";
import { h } from "../../view/form.js";
import { Panel } from "../../view/panels.js";

const COLUMNS = ["i", "cut", "next_cut", "start", "stop", "length", "output"];

/** Cut, start, stop, length and output of each window; of many those around the current one. */
export class TablePanel extends Panel {
  static key = "table";
  static isChecked = true;

  constructor(view) {
    super(view);
    this.rows = h("tbody");
    const names = COLUMNS.map((name) => h("th", { scope: "col" }, this.words[name]));
    this.table = h("table", {}, h("thead", {}, h("tr", {}, ...names)), this.rows);
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
      else if (near(i - 1)) rows.push(h("tr", {}, h("td", { colSpan: COLUMNS.length }, "…")));
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

  /** The table writes windows, lengths, outputs and their cuts once more. */
  compare({ outputs }, bounds, sizes) {
    for (const row of this.element.querySelectorAll("[data-table-row]")) {
      const i = Number(row.dataset.tableRow);
      const [number, cut, next, start, stop, length, output] = [...row.cells].map((cell) => cell.textContent);
      const right =
        (start === stop ? !/\d/.test(length) : length === String(stop - start)) &&
        cut === cutText(i, sizes) &&
        next === cutText(i + 1, sizes);
      if (number !== String(i) || start !== bounds[i]?.[0] || stop !== bounds[i][1] || !right)
        bounds[i] = ["NaN", "NaN"];
      if (output !== format(Number(outputs[i]), 6)) outputs[i] = "NaN";
    }
  }
}
