import { ownWork } from "./abstract.js";
import { button, copyText, h } from "./form.js";

// What stands under the picture, one class for each panel: an element, and draw(facts, view) that fills it. A panel
// is drawn while it is open; while windows are hidden, one sentence stands for all that would give them away.

export class Panel {
  /** Its name in `show`, in the words, and in the class `pt-panel-…` of its element. */
  static key = "";
  /** It shows numbers that are checked: see compare() and parts(). */
  static isChecked = false;
  /** It changes with what is pointed at. */
  static followsPointing = false;

  constructor(view) {
    const { key } = this.kind;
    this.words = view.words[key];
    this.body = h("div", { className: "pt-panel-body" });
    this.why = h("p", { className: "pt-empty", hidden: true });
    this.element = h(
      "section",
      { className: `pt-panel pt-panel-${key}`, hidden: true, "aria-label": this.words.title },
      h("h3", {}, this.words.title),
      this.why,
      this.body,
    );
  }

  get kind() {
    return /** @type {typeof Panel} */ (this.constructor);
  }

  show(open, facts, view) {
    this.element.hidden = !open;
    if (!open) return this.clear();
    const why = this.whyEmpty(facts, view);
    this.why.textContent = why;
    this.why.hidden = !why;
    if (why) this.body.replaceChildren();
    else this.draw(facts, view);
  }

  /** Fill the panel. */
  draw(_facts, _view) {
    ownWork();
  }

  clear() {
    this.body.replaceChildren();
  }

  whyEmpty(facts, view) {
    return facts.hidden ? view.words.panel_hidden : facts.defined ? "" : facts.undefinedSentence;
  }

  /** Set to NaN every claimed number that this panel shows differently. */
  compare(_numbers, _bounds, _facts) {}

  /** The parts of a claim that stand in this panel alone. */
  parts() {
    return {};
  }
}

/** The panels of a view by name, from the list of their classes. */
export const panelsOf = (classes, view) => Object.fromEntries(classes.map((Kind) => [Kind.key, new Kind(view)]));

/** The PyTorch program of this picture and the call that opens it again, each with a button that copies it. */
export class CodePanel extends Panel {
  static key = "code";

  constructor(view) {
    super(view);
    this.blocks = ["torch", "explore"].map((name) => this.#block(name, view));
  }

  #block(name, view) {
    const code = h("code", { "data-code": name });
    const said = h("span", { className: "pt-copied" });
    const copy = button(this.words.copy, this.words.copies[name], async () => {
      view.settle(); // what was changed a moment ago is copied as it is now
      said.textContent = (await copyText(code.textContent)) ? this.words.copied : this.words.not_copied;
      setTimeout(() => (said.textContent = ""), 2500);
    });
    const head = h("div", { className: "pt-code-head" }, h("span", {}, this.words[name]), copy, said);
    const text = h(
      "pre",
      { className: "pt-scroll", tabIndex: 0, role: "region", "aria-label": this.words[name] },
      code,
    );
    return { element: h("div", {}, head, text), code };
  }

  /** PyTorch's own operation gives no window away; the windows of another rule, written out, would. */
  whyEmpty(facts, view) {
    return facts.rule === "pytorch" ? "" : super.whyEmpty(facts, view);
  }

  draw(facts, view) {
    const texts = view.programs(facts);
    for (const [k, { code }] of this.blocks.entries()) if (code.textContent !== texts[k]) code.textContent = texts[k];
    if (!this.blocks[0].element.isConnected) this.body.replaceChildren(...this.blocks.map(({ element }) => element));
  }
}
