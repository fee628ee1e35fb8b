import { h, menu } from "../view/form.js";
import { optionOf, ruleOptions } from "../view/own_formula.js";

// The controls of the map: what is coloured, and by which rule.

export class AtlasControls {
  constructor(view) {
    const { words } = view;
    this.rules = view.rules;
    this.colour = menu({
      name: words.colour,
      options: Object.entries(words.colours),
      set: (colour) => view.choose({ colour }),
    });
    this.rule = menu({
      name: words.rule,
      options: ruleOptions(view.rules),
      set: (option) => view.ownMap.choose(option),
    });
    this.element = h("div", { className: "pt-controls" }, this.colour.element, this.rule.element);
  }

  show({ colour, rule }) {
    this.colour.show(colour);
    this.rule.show(optionOf(rule, this.rules));
    this.rule.lock(colour !== "agreement");
  }
}
