import { h } from "./form.js";

// The verdict as a line under the picture: the one live region of a view.

export const VERDICT_MARKS = { agrees: "✓", disagrees: "✗", checking: "…", recorded: "=", unchecked: "?" };

export class VerdictLine {
  constructor() {
    this.element = h("div", { className: "pt-status", role: "status" });
  }

  /** `about` says which state the verdict is of, `revision` which change of it. */
  show(verdict, text, { about, revision }) {
    Object.assign(this.element.dataset, { for: about, rev: revision, verdict });
    this.element.replaceChildren(h("b", { "aria-hidden": "true" }, VERDICT_MARKS[verdict]), h("span", {}, text));
  }
}
