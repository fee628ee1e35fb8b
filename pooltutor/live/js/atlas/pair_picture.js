import { PAIR_HEIGHT, pairFacts, pairInWords, pairScene, pairVerdict } from "../pure/atlas/pair_picture.js";
import { fill } from "../pure/numbers.js";
import { h } from "../view/form.js";
import { Patch } from "../view/patch.js";
import { pictureElement, sizePicture } from "../view/picture.js";
import { TamperWatch } from "../view/tamper.js";
import { VERDICT_MARKS } from "../view/verdict.js";

// The small picture of the marked pair, which stands in the card: the explorer may be out of sight. Below it stands what
// PyTorch says, and that only as long as the page shows what the explorer has asked PyTorch about.

export class PairPicture {
  /**
   * @param {{ words: AtlasWords; descriptions: ViewWords["description"]; rules: import("../pure/rules.js").Rules }} options
   */
  constructor({ words, descriptions, rules }) {
    this.words = words;
    this.descriptions = descriptions;
    this.rules = rules;
    this.svg = pictureElement({ class: "pt-pair-picture", role: "img" });
    this.patch = new Patch(this.svg);
    this.said = h("figcaption", { className: "pt-pair-said" });
    this.element = h("figure", { className: "pt-pair", "data-pair": "" }, this.svg, this.said);
    this.tamper = new TamperWatch(
      () => [this.svg],
      () => this.say(),
    );
  }

  close() {
    this.tamper.close();
  }

  /** The explorer has changed: what was said of it before is said no more. */
  changed() {
    this.isStale = true;
  }

  /** There is a verdict about the explorer as it is now. */
  judged() {
    this.isStale = false;
  }

  /** The room around it has changed. */
  measure() {
    this.width = this.element.clientWidth;
  }

  /**
   * @param {Pair | null} pair the marked pair, if it is on the map
   * @param {Model} explorer
   */
  show(pair, explorer) {
    this.element.classList.toggle("pt-none", !pair);
    if (!pair || !this.width) return;
    const [n, m] = pair;
    const state = { n, m, rule: explorer.get("rule"), hidden: !explorer.get("show").includes("windows") };
    const look = `${Object.values(state)},${this.width}`;
    const verdict = explorer.get("verdict");
    this.verdict = this.isStale && verdict !== "unchecked" ? "checking" : verdict;
    if (look !== this.drawn) this.draw(state);
    this.drawn = look;
    this.say();
  }

  draw(state) {
    const { width } = this;
    this.facts = pairFacts(state, this.rules);
    this.rule = state.rule;
    this.refusal = this.rules.refusal(state.rule, state.n, state.m);
    this.tamper.unwatched(() => {
      sizePicture(this.svg, width, PAIR_HEIGHT);
      this.patch.apply(pairScene(this.facts, width));
      this.svg.setAttribute("aria-label", pairInWords(this.facts, this.descriptions, this.refusal));
    });
  }

  /** What is displayed, read back from the page. */
  shown() {
    const bars = /** @type {NodeListOf<SVGElement>} */ (this.svg.querySelectorAll("[data-bar]"));
    return [...bars].map(({ dataset }) => /** @type {[string, string]} */ ([dataset.from, dataset.to]));
  }

  /** The pair, and what PyTorch says about it. */
  say() {
    const { facts, words, refusal } = this;
    const verdict = pairVerdict(facts, this.shown(), this.verdict);
    const known = facts.bars ? verdict : facts.hidden ? "hidden" : "none";
    this.element.dataset.pair = `${facts.n},${facts.m},${this.rule}`;
    this.element.dataset.verdict = known;
    const text = known === "none" ? refusal : words.pair_verdicts[known];
    const mark = VERDICT_MARKS[known] ?? VERDICT_MARKS.unchecked;
    this.said.replaceChildren(
      h("b", { "aria-hidden": "true" }, mark),
      h("span", {}, `${fill(words.pair, { n: facts.n, m: facts.m })}: ${text}`),
    );
  }
}
