import { inSlices } from "../pure/all_sizes.js";
import { counted, fill } from "../pure/numbers.js";
import { h } from "./form.js";

// How a formula of one's own compares with PyTorch at all sizes: how often it differs and where first, which known rule it
// is, where it has no windows, and where it leaves the input.

export class OwnFormulaReport {
  /**
   * @param {{
   *   label: string; words: OwnWords; rules: import("../pure/rules.js").Rules;
   *   sizes: import("../pure/all_sizes.js").AllSizes; open: (n: number, m: number) => void;
   * }} options `open` shows a size in the view
   */
  constructor({ label, words, rules, sizes, open }) {
    this.words = words;
    this.rules = rules;
    this.sizes = sizes;
    this.open = open;
    this.element = h("div", { className: "pt-formula-report", role: "group", "aria-label": label });
  }

  /** Nobody looks at it any more. */
  stop() {
    this.stopComparing?.();
    this.shown = undefined;
  }

  close() {
    this.stop();
  }

  /** A rule is compared; what is known of the one before stays in place, marked as old, until this one is known. */
  show({ rule, hidden, sizesLocked }) {
    const looks = [rule, hidden, sizesLocked].join();
    if (looks === this.shown) return;
    this.stop();
    this.shown = looks;
    if (hidden) return this.#write(h("p", {}, this.words.hidden));
    const comparison = this.sizes.of(rule);
    const write = () => {
      this.#write(...this.#told(comparison, sizesLocked));
      this.isOfRule = true;
    };
    if (comparison.done) return write();
    const total = this.#number(comparison.total);
    if (!this.isOfRule) this.#write(h("p", {}, fill(this.words.comparing, { total })));
    this.element.setAttribute("aria-busy", "true");
    this.stopComparing = inSlices(comparison, write);
  }

  #write(...children) {
    this.isOfRule = false;
    this.element.removeAttribute("aria-busy");
    this.element.replaceChildren(...children);
  }

  #number(count) {
    return count.toLocaleString(this.words.locale);
  }

  // What is told ----------------------------------------------------------------------------------------------

  #told(comparison, sizesLocked) {
    return [
      this.#verdict(comparison),
      bar(comparison),
      ...this.#known(comparison),
      ...this.#smallest(comparison, sizesLocked),
      ...this.#without(comparison),
      ...this.#outside(comparison),
    ];
  }

  #verdict({ differs, without, total, beyond, before }) {
    const { words } = this;
    const agrees = beyond || before ? words.agrees_clipped : words.agrees;
    const template = differs ? words.differs : without ? words.agrees_where : agrees;
    const values = { count: differs, total, with_windows: total - without };
    const texts = Object.fromEntries(Object.entries(values).map(([name, count]) => [name, this.#number(count)]));
    const isRight = !differs && !without && !before;
    const mark = h("b", { "aria-hidden": "true" }, isRight ? "✓" : differs ? "✗" : "?");
    const verdict = isRight ? "agrees" : differs ? "differs" : "partly";
    return h("p", { className: `pt-formula-count pt-${verdict}` }, mark, h("b", {}, fill(template, texts)));
  }

  #smallest({ differs, smallest, smallestInside }, locked) {
    if (!differs) return [];
    const one = (name, pair) =>
      h("span", {}, `${name} `, pair ? this.#opener(pair, locked) : h("span", {}, this.words.none));
    const found = [one(this.words.inside, smallestInside), one(this.words.smallest, smallest)];
    return [h("p", { className: "pt-formula-smallest" }, ...found)];
  }

  #opener([n, m], disabled) {
    const { words } = this;
    const press = () => this.open(n, m);
    const properties = { type: "button", disabled, "aria-label": fill(words.open, { n, m }), onclick: press };
    return h("button", properties, fill(words.pair, { n, m }));
  }

  #known({ known, text }) {
    if (!known) return [];
    const { title, text: same } = known.rule;
    const count = this.#number(known.count);
    return [h("p", {}, fill(same === text ? this.words.same_text : this.words.same, { title, count }))];
  }

  #without({ without, withoutFirst, text }) {
    if (!without) return [];
    const [n, m] = withoutFirst;
    const sentence = this.rules.refusal(text, n, m);
    return [h("p", {}, counted(this.words.without, without, { count: this.#number(without), sentence }))];
  }

  #outside({ beyond, before }) {
    const { words } = this;
    const sentences = [beyond && fill(words.beyond, beyond), before && fill(words.before, before)];
    return sentences.filter(Boolean).map((sentence) => h("p", {}, sentence));
  }
}

/** All sizes as one bar; its numbers stand beside it in words. */
function bar({ differs, without, total }) {
  const parts = [
    ["map_differs", differs],
    ["map_undefined", without],
    ["map_agrees", total - differs - without],
  ];
  const drawn = parts.filter(([, count]) => count > 0).map(([colour, count]) => part(colour, count / total));
  return h("div", { className: "pt-formula-bar", "aria-hidden": "true" }, ...drawn);
}

function part(colour, share) {
  const element = h("div", {});
  element.style.background = `var(--pt-${colour})`;
  element.style.flexGrow = String(share);
  return element;
}
