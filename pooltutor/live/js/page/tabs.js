import { lookUp } from "../pure/numbers.js";
import { h } from "../view/form.js";

/** The tabs as buttons and panels; a view is made when its tab is first opened. */
export class PageTabs {
  constructor(models, words, open) {
    this.open = open;
    this.names = Object.keys(models);
    this.opened = new Set();
    this.buttons = this.names.map((name) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${name}`,
          "aria-controls": `panel-${name}`,
          onclick: () => this.select(name),
        },
        words.tabs[name],
      ),
    );
    this.panels = this.names.map((name) =>
      h("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` }),
    );
    this.list = h("div", { role: "tablist", className: "page-tabs", "aria-label": words.tablist }, ...this.buttons);
    this.list.addEventListener("keydown", (event) => this.#onKey(event));
    this.changed = () => {};
  }

  select(name) {
    this.selected = name;
    this.names.forEach((each, k) => {
      this.buttons[k].setAttribute("aria-selected", String(each === name));
      this.buttons[k].tabIndex = each === name ? 0 : -1;
      this.panels[k].hidden = each !== name;
    });
    if (!this.opened.has(name)) this.open(name, this.panel);
    this.opened.add(name);
    this.changed();
  }

  get panel() {
    return this.panels[this.names.indexOf(this.selected)];
  }

  #onKey({ key }) {
    const by = lookUp({ ArrowLeft: -1, ArrowRight: 1 }, key);
    if (!by) return;
    const next = (this.names.indexOf(this.selected) + by + this.names.length) % this.names.length;
    this.select(this.names[next]);
    this.buttons[next].focus();
  }
}
