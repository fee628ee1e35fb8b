import { allSizesOf, inSlices } from "../pure/all_sizes.js";
import { mapOf, ruleOfMap } from "../pure/atlas/facts.js";
import { fill } from "../pure/numbers.js";
import { OWN } from "../pure/rules.js";
import { LEARNER } from "../pure/store.js";
import { OwnFormula } from "../view/own_formula.js";

// The map of a formula of one's own: its text stands in the card, and its map is painted when it has been compared with
// PyTorch at all sizes.

export class OwnMap {
  /** @param {import("./atlas.js").AtlasView} view */
  constructor(view) {
    this.view = view;
    this.sizes = allSizesOf(view.rules, view.max);
    this.formula = new OwnFormula({
      trait: "rule",
      rules: view.rules,
      sizes: this.sizes,
      set: (rule) => view.store.change({ rule }, LEARNER), // the kernel hears of it when the keys rest
      open: (n, m) => view.openPair([n, m]),
      leave: () => view.controls.rule.select.focus(),
    });
    view.card.element.prepend(this.formula.element);
  }

  close() {
    this.stop?.();
    this.formula.close();
  }

  /** A formula of one's own begins as that of the rule before it. */
  choose(option) {
    const { view } = this;
    view.choose({ rule: option === OWN ? view.rules.get(view.state.rule).text : option });
    if (option !== OWN) return;
    this.show();
    this.formula.focus();
  }

  /** Can the map of a state be painted? If not, it is made ready, and the view is drawn then. */
  isReady(state) {
    const { charts } = this.view;
    const rule = ruleOfMap(state);
    const isReady = charts.has(rule);
    if (!isReady && rule === this.wanted) return false;
    this.stop?.();
    this.wanted = isReady ? undefined : rule;
    if (!isReady) this.#makeReady(rule);
    return isReady;
  }

  #makeReady(rule) {
    const comparison = this.sizes.of(rule);
    this.stop = inSlices(comparison, () => {
      this.view.charts.put(rule, comparison.wrong);
      this.view.drawSoon();
    });
  }

  /** The legend of a map; a formula of one's own has that of every rule, under its own name. */
  legendOf(map, rule) {
    const { legends, words, rules } = this.view;
    const title = fill(words.agreement_title, { rule: rules.get(rule).title });
    return legends[map] ?? { ...legends[mapOf({ colour: "agreement", rule: "pytorch" })], title };
  }

  /** The rule of the map, with the sentence that says why it has no windows at a pair; null before it is compared. */
  ruleAt([n, m]) {
    const { charts, rules, state } = this.view;
    const { rule } = state;
    return charts.has(rule) ? { ...rules.get(rule), undefined: rules.refusal(rule, n, m) } : null;
  }

  /** The text of the map's rule, with its values at the current window of the explorer. */
  show() {
    const { view } = this;
    const { explorer, pair, beside, rules } = view;
    const [n, m] = view.explorerSizes;
    const rule = ruleOfMap(view.state);
    this.formula.show({
      rule,
      at: { i: Math.min(explorer.get("window"), m - 1), n, m },
      hidden: !explorer.get("show").includes("windows"),
      countsHidden: false, // the map shows them as well
      locked: false,
      sizesLocked: pair.sizesLocked,
    });
    // The same text need not stand there twice.
    beside.classList.toggle("pt-formula-above", rules.isOwn(rule) && rules.isOwn(explorer.get("rule")));
  }
}
