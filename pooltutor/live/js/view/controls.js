import { allSizesOf } from "../pure/all_sizes.js";
import { fill } from "../pure/numbers.js";
import { OWN } from "../pure/rules.js";
import { different } from "../pure/windows.js";
import { ownWork } from "./abstract.js";
import { h, hinted, icon, menu, newId, slider, tick } from "./form.js";
import { Note } from "./note.js";
import { OwnFormula, optionOf, ruleOptions } from "./own_formula.js";
import { Stepper } from "./stepper.js";

// The controls that every explorer has: they show its state, and tell the view what the learner wants changed. The
// picture comes first: sizes and steps stand over it, all the rest is folded away under "More" below it.

const CHEVRON = "M3 6l5 5 5-5";

/** Controls under one another. */
export const column = (className, ...controls) =>
  h("div", { className: `pt-column ${className}` }, ...controls.map(({ element }) => element));

export class Controls {
  constructor(view) {
    const { words } = view;
    this.view = view;
    this.words = words;
    this.fields = {
      rule: this.ruleMenu("rule", words.rule),
      kind: menu({ name: words.kind, options: Object.entries(words.kinds), set: (kind) => view.change({ kind }) }),
      example: menu({
        name: words.example,
        options: [["", words.choose], ...this.examples()],
        set: (key) => this.openExample(key),
      }),
      window: slider({
        name: words.window,
        box: fill(words.box, { name: words.window }),
        min: 0,
        max: 3,
        typedMax: 3,
        set: (window) => view.step(window),
        refuse: (came) => this.refuse("window", () => this.place(view.state).window, came),
      }),
      presenter: tick({ name: words.presenter, set: (presenter) => view.change({ presenter }) }),
      ...this.ownControls(),
    };
    const panel = ([name, text]) => [name, tick({ name: text, set: (on) => view.toggle(name, on) })];
    this.switches = Object.fromEntries(Object.entries(words.panels).map(panel));
    this.formulas = Object.fromEntries(this.ruleTraits.map((trait) => [trait, this.#formula(trait)]));
    this.stepper = new Stepper({ words, place: () => this.place(view.state), step: (window) => view.step(window) });
    this.noteLine = new Note();
    this.chosen = h("div", { className: "pt-chosen" });
    this.why = h("p", { className: "pt-why" });
    this.#build();
  }

  /** A slider for a size; a larger one can be typed. */
  sizeSlider(name, typedMax, { set, refuse }) {
    const { view, words } = this;
    return slider({ name, box: fill(words.box, { name }), min: 1, max: view.limits.slider, typedMax, set, refuse });
  }

  #build() {
    const { view, words } = this;
    this.folded = h("div", { className: "pt-folded", id: newId(), role: "group", "aria-label": words.more_label });
    this.folded.append(...this.columns(), this.why);
    this.more = h(
      "button",
      {
        type: "button",
        className: "pt-more",
        "aria-label": words.more_label,
        "aria-controls": this.folded.id,
        onclick: () => view.change({ more: !view.state.more }),
      },
      words.more,
      icon(CHEVRON, "pt-chevron"),
    );
    for (const [name, text] of Object.entries(words.hints)) {
      const control = this.fields[name] ?? this.switches[name];
      if (control) hinted(control.element, text);
    }
    this.ruleHint = hinted(this.fields.rule.element, "");
  }

  // What each explorer overrides -------------------------------------------------------------------------------

  /** Its own controls by name. */
  ownControls() {
    return ownWork();
  }

  /** What of the state is a rule, and so may be a formula of one's own. */
  get ruleTraits() {
    return ["rule"];
  }

  /** The window of which a formula's values are shown, {at: {i, n, m}}; with `valuesAt` the words that say so. */
  formulaAt(_state) {
    return ownWork();
  }

  /** The state in which n -> m is open, at a window. */
  atSize(_n, _m, _window) {
    return ownWork();
  }

  /**
   * The sliders of the sizes.
   * @returns {{ element: HTMLElement }[]}
   */
  get sizeFields() {
    return ownWork();
  }

  /** These, as they stand over the picture. */
  sizes() {
    return ownWork();
  }

  /** What is folded away: columns of controls. */
  columns() {
    return ownWork();
  }

  /** They show the state. */
  showOwn(_state, _facts) {
    ownWork();
  }

  /** [key, name] of each example. */
  examples() {
    return ownWork();
  }

  /** The example that is open, if one is. */
  exampleOf(_facts) {
    return ownWork();
  }

  openExample(_key) {
    ownWork();
  }

  /** Where the current window stands in the order of steps, and how many there are. */
  place({ window, m }) {
    return { window, count: m };
  }

  // Rules ---------------------------------------------------------------------------------------------------

  ruleMenu(trait, name) {
    return menu({ name, options: ruleOptions(this.view.rules), set: (option) => this.chooseRule(trait, option) });
  }

  /** A formula of one's own begins as that of the rule before it. */
  chooseRule(trait, option) {
    const { view } = this;
    view.change({ [trait]: option === OWN ? view.rules.get(view.model.get(trait)).text : option });
    if (option === OWN) this.formulas[trait].focus();
  }

  #formula(trait) {
    const { view } = this;
    return new OwnFormula({
      trait,
      rules: view.rules,
      sizes: allSizesOf(view.rules, view.limits.slider),
      set: (text) => view.change({ [trait]: text }),
      open: (n, m) => this.#openSize(trait, n, m),
      leave: () => (trait === "rule" && !view.state.more ? this.more : this.fields[trait].select).focus(),
    });
  }

  /** Show a size at its first window that is not PyTorch's. */
  #openSize(trait, n, m) {
    const { rules, model } = this.view;
    const [truth, own] = ["pytorch", model.get(trait)].map((rule) => rules.windows(rule, n, m));
    this.view.change(this.atSize(n, m, own ? (different(truth, own)[0] ?? 0) : 0));
  }

  #showRules(state, lock) {
    const sizesLocked = ["input_size", "target_size"].some((name) => lock.includes(name));
    for (const [trait, formula] of Object.entries(this.formulas)) {
      const rule = state[trait];
      this.fields[trait].show(optionOf(rule, this.view.rules));
      const { hidden } = state;
      formula.show({ rule, hidden, sizesLocked, locked: lock.includes(trait), ...this.formulaAt(state) });
    }
  }

  // What stands where -----------------------------------------------------------------------------------------

  /** Above the picture: the sizes, the buttons that step beside the line about the current window, one's own formula. */
  above(line) {
    const steps = h("div", { className: "pt-buttons" }, ...this.stepper.buttons);
    const side = h("div", { className: "pt-steps" }, steps, this.chosen);
    return [this.sizes(), h("div", { className: "pt-stepper" }, side, line), this.formulas.rule.element];
  }

  /** Below it: the verdict, and the button that folds the rest out and in. */
  below(verdict) {
    this.foot = h("div", { className: "pt-foot" }, verdict, this.more);
    return [this.foot, this.folded];
  }

  panelSwitches() {
    return column("pt-ticks", ...Object.values(this.switches), this.fields.presenter);
  }

  /** Folded away, it keeps its place, without a height: no eye and no Tab comes to it, a screen reader and a program do. */
  #unfold(open) {
    if (this.unfolded === open) return;
    this.unfolded = open;
    this.folded.classList.toggle("pt-away", !open);
    /** @type {NodeListOf<HTMLElement>} */
    const controls = this.folded.querySelectorAll("input:not(.pt-unseen), select, button");
    for (const control of controls) control.tabIndex = open ? 0 : -1;
    this.more.setAttribute("aria-expanded", String(open));
  }

  /** All controls show the state, and those that are locked do not move. */
  show(state, facts) {
    const { fields, switches, view } = this;
    const [show, lock] = [view.model.get("show"), view.model.get("lock")];
    const { window, count } = this.place(state);
    this.#showRules(state, lock);
    fields.kind.show(state.kind);
    fields.window.show(window, count - 1);
    fields.presenter.show(state.presenter);
    this.showOwn(state, facts);
    for (const [name, control] of Object.entries({ ...fields, ...switches }))
      control.lock(lock.includes(this.lockOf(name)));
    for (const [name, control] of Object.entries(switches)) control.show(show.includes(name));
    fields.example.lock(["example", "input_size", "target_size"].some((name) => lock.includes(name)));
    this.stepper.lock(lock.includes("window"));
    this.#unfold(state.more);
    this.#sayChosen(state);
  }

  /** What is folded away and yet decides what the picture shows stands here, where it is not the usual. */
  #sayChosen({ rule, kind }) {
    const { usual, words } = this.view;
    const { title, letters, found_in } = this.view.rules.get(rule);
    const said = [rule !== usual.rule && title, kind !== usual.kind && words.kinds[kind]].filter(Boolean);
    // Only what differs is set: this runs while a slider moves.
    const texts = [said.join(", "), found_in ? fill(words.rule_hint, { letters, found_in }) : letters];
    for (const [k, element] of [this.chosen, this.ruleHint].entries())
      if (element.textContent !== texts[k]) element.textContent = texts[k];
  }

  /** The name in `lock` that holds a control. */
  lockOf(control) {
    return control;
  }

  /** Say a sentence at a control; without one at the first size. */
  note(text, control = this.sizeFields[0]) {
    this.noteLine.show(text, control);
  }

  /** The sentence that says why an example is one. */
  explain(facts) {
    const example = this.exampleOf(facts);
    this.why.textContent = example && !facts.hidden ? example.why : ""; // it would give hidden windows away
    this.why.hidden = !this.why.textContent;
  }

  /** Say what became of a number typed into a field; shown() is what the view shows afterwards. */
  refuse(field, shown, { low, high, typed, kept }) {
    const { view, words } = this;
    const text = kept === null ? words.no_number : words.clamped;
    if (kept === null) view.syncControls();
    const values = { name: words[field], low, high, typed, kept: kept ?? "" };
    const say = () => this.note(fill(text, values), this.fields[field]);
    queueMicrotask(() => (kept === null || shown() === kept) && say()); // after set(), which empties the note
  }

  close() {
    this.stepper.close();
    for (const formula of Object.values(this.formulas)) formula.close();
  }
}
