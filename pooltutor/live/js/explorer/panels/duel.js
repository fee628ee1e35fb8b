import { duelSentences } from "../../pure/explorer/duel.js";
import { h } from "../../view/form.js";
import { Panel } from "../../view/panels.js";

/** Two rules on the same input: the second one's menu, the first difference, its reason, and how often it happens. */
export class DuelPanel extends Panel {
  static key = "duel";

  constructor(view) {
    super(view);
    this.said = h("div", { className: "pt-duel-said" });
    const { fields, formulas } = view.controls;
    this.why.before(fields.against.element, formulas.against.element);
  }

  draw(facts, view) {
    this.said.replaceChildren(...duelSentences(facts, view.rules, this.words).map((text) => h("p", {}, text)));
    if (!this.said.isConnected) this.body.replaceChildren(this.said);
  }
}
