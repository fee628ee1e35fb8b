import { describe } from "../pure/explorer/description.js";
import { factsOf } from "../pure/explorer/facts.js";
import { labelsOf } from "../pure/explorer/labels.js";
import { cellLine, windowLine } from "../pure/explorer/lines.js";
import { sceneOf } from "../pure/explorer/scene.js";
import { exploreCall, torchSnippet } from "../pure/explorer/snippets.js";
import { h } from "../view/form.js";
import { Patch } from "../view/patch.js";
import { pictureElement, sizePicture, View } from "../view/view.js";
import { claimOf } from "./claim.js";
import { ExplorerControls } from "./controls.js";
import { PANEL_CLASSES } from "./panels.js";
import { Pointing } from "./pointing.js";

// The 1-D explorer.

export class ExplorerView extends View {
  static claimed = ["input_size", "target_size", "rule", "kind", "x", "upstream"];

  prepare() {
    this.pointing = new Pointing(this);
    this.takePair();
  }

  // State -----------------------------------------------------------------------------------------------------

  knows() {
    return this.tables.knows(this.model.get("input_size"), this.model.get("target_size"));
  }

  get state() {
    const get = (name) => this.model.get(name);
    const show = get("show");
    const asked = { input_size: get("input_size"), target_size: get("target_size") };
    const { input_size: n, target_size: m } = this.knows() ? asked : this.known;
    return {
      n,
      m,
      rule: get("rule"),
      kind: get("kind"),
      x: get("x"),
      upstream: get("upstream"),
      window: Math.min(get("window"), m - 1),
      hidden: !show.includes("windows"),
      gradient: show.includes("gradient"),
      influence: show.includes("influence"),
      duel: show.includes("duel"),
      against: get("against"),
      presenter: get("presenter"),
      ruleTitle: this.rules.get(get("rule")).title,
      againstTitle: this.rules.get(get("against")).title,
      locked: get("lock").includes("windows"),
      undefinedSentence: this.rules.get(get("rule")).undefined,
    };
  }

  factsOf(state) {
    return factsOf(state, this.tables, this.random);
  }

  tidy(patch) {
    const last = (patch.target_size ?? this.model.get("target_size")) - 1;
    return (patch.window ?? this.model.get("window")) > last ? { ...patch, window: last } : patch;
  }

  sizesAsText() {
    return { n: this.model.get("input_size"), m: this.model.get("target_size") };
  }

  about() {
    const { n, m, rule } = this.state;
    return `${n},${m},${rule}`;
  }

  get carriers() {
    return [["_bins", () => this.takePair()]];
  }

  takePair() {
    const pair = this.model.get("_bins");
    if (pair?.windows) this.tables.add(pair);
  }

  step(window) {
    const { m } = this.state;
    this.pointing.pinned = null;
    this.change({ window: Math.max(0, Math.min(m - 1, window)) });
  }

  // The view --------------------------------------------------------------------------------------------------

  build() {
    const { words, drawingId } = this;
    this.controls = new ExplorerControls(this);
    this.panels = Object.fromEntries(Object.entries(PANEL_CLASSES).map(([name, Panel]) => [name, new Panel(this)]));
    this.root = h("div", { className: "pooltutor", role: "group", "aria-label": words.title });
    this.line = h("div", { className: "pt-line" });
    this.status = h("div", { className: "pt-status", role: "status" });
    this.paragraph = h("p", { className: "pt-words", id: `pt-words-${drawingId}` });
    this.svg = pictureElement(
      { "aria-label": words.picture, "aria-describedby": this.paragraph.id },
      hatchPattern(drawingId),
    );
    this.patch = new Patch(this.svg);
    const { duel, matrix, table, code } = this.panels;
    this.root.append(
      ...this.controls.above(this.line),
      this.svg,
      this.status,
      duel.element,
      this.controls.below(),
      matrix.element,
      table.element,
      code.element,
      this.paragraph,
    );
    this.controls.unfold(false);
    this.el.append(this.root);
  }

  /** The picture and the line, from facts that are known: all that hovering changes. */
  redraw() {
    const width = this.innerWidth;
    const { active, pinned, roving } = this.pointing;
    const view = {
      width,
      id: this.drawingId,
      theme: this.colours,
      words: this.words.picture_words,
      active,
      pinned,
      roving,
    };
    const { marks, height } = sceneOf(this.facts, view);
    this.untampered(() => {
      sizePicture(this.svg, width, height);
      this.patch.apply(marks);
      this.showLine();
      if (this.panelOpen("matrix")) this.panels.matrix.show(true, this.facts, this);
    });
  }

  label() {
    for (const [key, text] of labelsOf(this.facts, this.words.picture_words)) this.patch.describe(key, text);
  }

  describe() {
    return describe(this.facts, this.words.description);
  }

  /** The code panel's texts: with PyTorch alone, and the call that opens this view again. */
  programs(facts) {
    return [torchSnippet(facts, this.words.code.comments), exploreCall(this.reopen(), this.usual)];
  }

  checkedElements() {
    return [this.svg, this.panels.matrix.element, this.panels.table.element];
  }

  showLine() {
    const {
      facts,
      words,
      pointing: { active },
    } = this;
    const rule = this.rules.get(facts.rule);
    const cell = active?.cell !== undefined;
    this.fillLine(
      cell
        ? cellLine(active.cell, facts, words.line)
        : windowLine(active?.window ?? facts.window, facts, rule, words.line),
    );
  }

  claim() {
    const { n, m } = this.facts;
    return { n: [n], m: [m], parts: claimOf(this.root, this.facts) };
  }
}

/** Shared cells: stripes in the hues of both windows. The id is the view's own: url(#...) is looked up in the page. */
const hatchPattern = (id) => `<defs><pattern id="pt-hatch-${id}" width="8" height="8" patternUnits="userSpaceOnUse">
  <rect class="pt-hatch-ground" width="8" height="8"/>
  <path class="pt-hatch-even" d="M-2 2L2 -2M0 8L8 0M6 10L10 6"/><path class="pt-hatch-odd" d="M-2 6L2 10M0 0L8 8M6 -2L10 2"/></pattern></defs>`;
