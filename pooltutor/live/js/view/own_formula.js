import { fill } from "../pure/numbers.js";
import { OWN } from "../pure/rules.js";
import { refusalOfText, valuesOf } from "../pure/typed_formula.js";
import { h, keepKey, markRefused, newId } from "./form.js";
import { OwnFormulaReport } from "./own_formula_report.js";

// A formula of one's own, drawn as it is typed: a text area, and at the right of each line its value at the current
// window. A text that can be read is the rule at once. One that cannot changes nothing but the sentence below it.

/** After the last key: nobody wants to hear of each letter that a formula is not finished yet. */
const ANNOUNCE_MS = 800;
/** More lines than any formula has; a text that is longer scrolls in itself. */
const MOST_ROWS = 100;
const ROUND = /\bround\s*\(/;

/** What a menu of rules offers: all that are known, and a formula of one's own. */
export const ruleOptions = (rules) => [
  ...rules.names.map((name) => [name, rules.title(name)]),
  [OWN, rules.words.own.choice],
];

/** The option that stands for a rule. */
export const optionOf = (rule, rules) => (rules.isOwn(rule) ? OWN : rule);

export class OwnFormula {
  /**
   * @param {{
   *   trait: "rule" | "against";
   *   rules: import("../pure/rules.js").Rules;
   *   sizes: import("../pure/all_sizes.js").AllSizes;
   *   set: (text: string) => void;
   *   open: (n: number, m: number) => void;
   *   leave: () => void;
   * }} options what becomes of a text, of a size that is opened, and where Escape goes
   */
  constructor({ trait, rules, sizes, set, open, leave }) {
    this.rules = rules;
    this.set = set;
    this.leave = leave;
    this.words = rules.words.own;
    this.refusal = "";
    this.report = new OwnFormulaReport({ label: this.words.report[trait], words: this.words, rules, sizes, open });
    this.#build(this.words.label[trait]);
  }

  #build(label) {
    const { words } = this;
    const [said, given] = [newId(), newId()];
    this.area = h("textarea", {
      id: newId(),
      rows: 1,
      wrap: "off",
      spellcheck: false,
      autocomplete: "off",
      autocapitalize: "off",
      "aria-describedby": `${given} ${said}`,
    });
    this.numbers = h("div", { className: "pt-formula-numbers", "aria-hidden": "true" });
    this.values = h("div", { className: "pt-formula-values" });
    this.said = h("p", { className: "pt-formula-said", id: said });
    this.heard = h("div", { className: "pt-unseen", "aria-live": "polite" });
    const sheet = h("div", { className: "pt-formula-sheet" }, this.numbers, this.area, this.values);
    this.box = h("div", { className: "pt-formula-box" }, sheet);
    const head = h(
      "p",
      { className: "pt-formula-head" },
      h("label", { for: this.area.id }, label),
      h("span", { id: given }, words.given),
    );
    this.writing = h("div", { className: "pt-formula-writing" }, head, this.box, this.said);
    this.element = h("div", { className: "pt-formula", hidden: true }, this.writing, this.report.element);
    this.area.addEventListener("input", () => this.#typed());
    this.area.addEventListener("keydown", (event) => this.#onKey(event));
  }

  close() {
    clearTimeout(this.announcing);
    this.report.close();
  }

  /** Typing is no key of the view's, and JupyterLab would move and cut cells; Escape goes back to the view. */
  #onKey(event) {
    keepKey(event);
    if (event.key === "Escape") this.leave();
  }

  focus() {
    this.area.focus();
  }

  #typed() {
    const text = this.area.value;
    this.#refuse(refusalOfText(text, this.rules.words.formula));
    this.#number();
    if (this.refusal) return this.#sayValues();
    this.rule = text;
    this.set(text);
  }

  #refuse(sentence) {
    this.refusal = sentence;
    markRefused(this.area, Boolean(sentence));
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => (this.heard.textContent = sentence), ANNOUNCE_MS);
  }

  /**
   * Show a rule, if it is one's own; what is typed and cannot be read stays until there is another rule.
   * @param {{
   *   rule: string; at: { i: number; n: number; m: number }; valuesAt?: string;
   *   hidden: boolean; countsHidden?: boolean; locked: boolean; sizesLocked: boolean;
   * }} state with the window of which values are shown, and the words that say so
   */
  show(state) {
    const { rule, hidden, countsHidden = hidden, locked, sizesLocked } = state;
    const isOwn = this.rules.isOwn(rule);
    if (this.element.hidden === isOwn) this.#appear(isOwn);
    if (!isOwn) {
      this.rule = undefined;
      return this.report.stop();
    }
    this.state = state;
    if (rule !== this.rule) this.#open(rule);
    if (this.area.readOnly !== locked) this.area.readOnly = locked;
    this.report.show({ rule, hidden: countsHidden, sizesLocked });
    this.#sayValues();
  }

  /** Nothing is announced of a text that is not there: without one a view has no second live region. */
  #appear(on) {
    this.element.hidden = !on;
    if (on) this.writing.append(this.heard);
    else this.heard.remove();
  }

  #open(rule) {
    this.rule = rule;
    if (this.area.value !== rule) this.area.value = rule;
    this.#refuse("");
    this.#number();
  }

  /** The area is as high as its lines: the box around it scrolls, and the values with it. */
  #number() {
    const count = Math.min(this.area.value.split("\n").length, MOST_ROWS);
    if (this.area.rows === count && this.numbers.childElementCount === count) return;
    this.area.rows = count;
    this.numbers.replaceChildren(...Array.from({ length: count }, (_, k) => h("div", {}, String(k + 1))));
  }

  #sayValues() {
    const { words, state, rule, refusal } = this;
    const { at, hidden, valuesAt = words.values } = state;
    const looks = [refusal, hidden, rule, at.i, at.n, at.m].join();
    if (looks === this.shown) return;
    this.shown = looks;
    const values = hidden || refusal ? [] : valuesOf(this.rules.get(rule).formula, at);
    const texts = Array.from({ length: this.area.rows }, (_, k) => values.filter(({ line }) => line === k + 1));
    this.values.replaceChildren(...texts.map((found) => h("div", {}, ...found.flatMap(valueText))));
    this.said.classList.toggle("pt-refused", Boolean(refusal));
    const halves = ROUND.test(rule) ? [h("span", {}, words.halves)] : [];
    const told = hidden ? [words.values_hidden] : [h("span", {}, fill(valuesAt, at)), ...halves];
    this.said.replaceChildren(...(refusal ? [refusal] : told));
  }
}

const valueText = ({ step, value }) => [step && h("span", {}, `${step} = `), h("b", {}, value)].filter(Boolean);
