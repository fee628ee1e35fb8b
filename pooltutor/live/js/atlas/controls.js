import { h, menu } from "../view/form.js";

// The controls of the map: what is coloured, and by which rule.

export class AtlasControls {
  constructor(view, rules) {
    const { words } = view;
    this.colour = menu({
      name: words.colour,
      options: Object.entries(words.colours),
      set: (colour) => view.choose({ colour }),
    });
    this.rule = menu({
      name: words.rule,
      options: rules.map(({ name, title }) => [name, title]),
      set: (rule) => view.choose({ rule }),
    });
    this.element = h("div", { className: "pt-controls" }, this.colour.element, this.rule.element);
  }

  show({ colour, rule }) {
    this.colour.show(colour);
    this.rule.show(rule);
    this.rule.lock(colour !== "agreement");
  }
}
