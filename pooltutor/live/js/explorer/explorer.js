import { describe } from "../pure/explorer/description.js";
import { opponentOf } from "../pure/explorer/duel.js";
import { factsOf } from "../pure/explorer/facts.js";
import { labelsOf } from "../pure/explorer/labels.js";
import { motionOf, movingKeys } from "../pure/explorer/motion.js";
import { cellLine, windowLine } from "../pure/explorer/readout.js";
import { sceneOf } from "../pure/explorer/scene.js";
import { exploreCall, torchSnippet } from "../pure/explorer/snippets.js";
import { numbersOf } from "../pure/numbers.js";
import { needsGradient } from "../pure/question/state.js";
import { View } from "../view/view.js";
import { claimOf } from "./claim.js";
import { ExplorerControls } from "./controls.js";
import { ExplorerAsking } from "./own_windows.js";
import { EXPLORER_PANELS } from "./panels.js";
import { ExplorerPointing } from "./pointing.js";

// The 1-D explorer.

export class ExplorerView extends View {
  static parts = {
    Controls: ExplorerControls,
    Pointing: ExplorerPointing,
    Asking: ExplorerAsking,
    panels: EXPLORER_PANELS,
    motion: { keysOf: movingKeys, motionOf },
    className: "pooltutor",
  };

  // State -----------------------------------------------------------------------------------------------------

  get state() {
    const get = (name) => this.model.get(name);
    const show = get("show");
    const { input_size: n, target_size: m } = this.sizes;
    const rule = get("rule");
    const { question, hides } = this.asking;
    return {
      n,
      m,
      rule,
      kind: get("kind"),
      x: get("x"),
      upstream: get("upstream"),
      window: Math.min(get("window"), m - 1),
      hidden: hides ?? !show.includes("windows"),
      gradient: question ? needsGradient(question) : show.includes("gradient"),
      influence: !question && show.includes("influence"),
      duel: !question && show.includes("duel"),
      against: get("against"),
      presenter: get("presenter"),
      more: get("more"),
      ruleTitle: this.rules.get(rule).title,
      againstTitle: this.rules.get(get("against")).title,
      locked: this.store?.isLocked("windows") ?? false,
      free: this.freeToChange,
      undefinedSentence: this.rules.refusal(rule, n, m),
    };
  }

  /** What may be changed in the picture itself. */
  get freeToChange() {
    const isFree = (name) => !this.store?.isLocked(name);
    return {
      n: isFree("input_size"),
      m: isFree("target_size"),
      x: isFree("x"),
      upstream: isFree("upstream"),
      most: this.limits.slider,
    };
  }

  factsOf(state) {
    return { ...factsOf(state, this.rules, this.random), asked: this.asking.inPicture() };
  }

  /** What a question may be about. */
  askedView() {
    const { n, m, rule, kind, x, upstream } = this.state;
    const numbers = ([cells], [outputs]) => ({
      x: numbersOf(x, cells, this.random),
      g: numbersOf(upstream, outputs, this.random),
    });
    return { n: [n], m: [m], rule, kind, rules: this.rules, numbers };
  }

  tidy(patch) {
    const last = (patch.target_size ?? this.model.get("target_size")) - 1;
    const inside = (patch.window ?? this.model.get("window")) > last ? { ...patch, window: last } : patch;
    const { rule, against } = this.state;
    const opens = patch.show?.includes("duel") && !this.panelOpen("duel") && !this.store.isLocked("against");
    if (!opens || rule !== against) return inside; // a rule against itself is no duel
    return { against: opponentOf(this.state, this.rules), ...inside };
  }

  about() {
    const { n, m, rule } = this.state;
    return `${n},${m},${rule}`;
  }

  step(window) {
    const { m } = this.state;
    this.pointing.pinned = null;
    this.change({ window: Math.max(0, Math.min(m - 1, window)) });
  }

  // The view --------------------------------------------------------------------------------------------------

  stageOf(svg) {
    return svg;
  }

  /** Shared cells: stripes in the hues of both windows. */
  patternsOf(id) {
    return hatchPattern(id);
  }

  sceneOf(look) {
    return sceneOf(this.facts, look);
  }

  drawMore({ rows }) {
    this.places = rows;
  }

  lineOf(active) {
    const { facts, words } = this;
    if (active?.cell !== undefined) return cellLine(active.cell, facts, words.line);
    return windowLine(active?.window ?? facts.window, facts, this.rules.get(facts.rule), words.line);
  }

  label() {
    for (const [key, text] of labelsOf(this.facts, this.words.picture_words)) this.patch.describe(key, text);
  }

  describe() {
    return describe(this.facts, this.words.description);
  }

  programs(facts) {
    return [torchSnippet(facts, this.words.code.comments), exploreCall(this.reopen(), this.usual)];
  }

  claim() {
    const { n, m } = this.facts;
    return { n: [n], m: [m], parts: claimOf(this.root, Object.values(this.panels), this.facts) };
  }
}

const hatchPattern = (id) => `<defs><pattern id="pt-hatch-${id}" width="8" height="8" patternUnits="userSpaceOnUse">
  <rect class="pt-hatch-ground" width="8" height="8"/>
  <path class="pt-hatch-even" d="M-2 2L2 -2M0 8L8 0M6 10L10 6"/><path class="pt-hatch-odd" d="M-2 6L2 10M0 0L8 8M6 -2L10 2"/></pattern>
  <pattern id="pt-missing-${id}" width="8" height="8" patternUnits="userSpaceOnUse">
  <path class="pt-hatch-missing" d="M-2 2L2 -2M0 8L8 0M6 10L10 6"/></pattern></defs>`;
