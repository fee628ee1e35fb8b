import { bytesOf, textOf } from "../pure/base64.js";
import { describeGrid } from "../pure/grid/description.js";
import { gridFactsOf, isPattern } from "../pure/grid/facts.js";
import { gridMotionOf, gridMovingKeys } from "../pure/grid/motion.js";
import { gridCellLine, outputLine, spoken } from "../pure/grid/readout.js";
import { gridScene } from "../pure/grid/scene.js";
import { gridCall, gridSnippet } from "../pure/grid/snippets.js";
import { h } from "../view/form.js";
import { View } from "../view/view.js";
import { paintGrid } from "./canvas.js";
import { gridClaim, gridNumbers } from "./claim.js";
import { GridControls } from "./controls.js";
import { GRID_PANELS } from "./panels.js";
import { GridPointing } from "./pointing.js";

// The 2-D explorer: two grids, marks or pixels, with the windows of the rows and of the columns at two sides.

export class GridView extends View {
  static parts = {
    Controls: GridControls,
    Pointing: GridPointing,
    panels: GRID_PANELS,
    motion: { keysOf: gridMovingKeys, motionOf: gridMotionOf },
    className: "pooltutor pt-grid",
  };

  /** The pictures may have been sent to the shared widget after the first view had opened. */
  static async ready(shared) {
    if (!shared.get("pictures").pictures) await new Promise((arrived) => shared.once("change:pictures", arrived));
  }

  wordsOf(words) {
    return { ...words, ...words.grid };
  }

  prepare() {
    this.fileLimits = this.shared.get("pictures").file;
    this.pictures = new Map(); // by name; an own one by its id
  }

  // State -----------------------------------------------------------------------------------------------------

  /** A picture as numbers: {channels, height, width, dtype, data, name}; null for a pattern. */
  pictureOf(image) {
    if (isPattern(image)) return null;
    const key = image === "own" ? this.model.get("_own_id") : image;
    if (!this.pictures.has(key)) {
      const { data, ...about } = image === "own" ? this.model.get("_own") : this.shared.get("pictures").pictures[image];
      const bytes = bytesOf(data).slice();
      this.pictures.set(key, {
        ...about,
        name: image,
        data: about.dtype === "uint8" ? bytes : new Float64Array(bytes.buffer),
      });
    }
    return this.pictures.get(key);
  }

  /** A target's sides as numbers: what is kept has the size of the input. */
  static resolved({ input_size: n, target_size: m }) {
    return m.map((side, k) => side ?? n[k]);
  }

  get state() {
    const get = (name) => this.model.get(name);
    const { sizes } = this;
    const m = GridView.resolved(sizes);
    const [image, rule] = [get("image"), get("rule")];
    return {
      n: sizes.input_size,
      m,
      kept: sizes.target_size.map((side) => side === null),
      rule,
      kind: get("kind"),
      image,
      picture: this.pictureOf(image),
      colour: get("colour"),
      channel: get("channel"),
      upstream: get("upstream"),
      window: get("window").map((k, axis) => Math.min(k, m[axis] - 1)),
      hidden: this.asking.hides ?? !get("show").includes("windows"),
      presenter: get("presenter"),
      more: get("more"),
      locked: this.store?.isLocked("windows") ?? false,
      undefinedSentence: sizes.input_size.map((n, axis) => this.rules.refusal(rule, n, m[axis])).find(Boolean) ?? "",
    };
  }

  factsOf(state) {
    this.facts = gridFactsOf(state, this.rules, this.random); // a question takes its numbers from them
    return { ...this.facts, asked: this.asking.inPicture() };
  }

  /** What a question may be about; of other sizes nothing is asked for that needs numbers. */
  askedView() {
    const { n, m, rule, kind } = this.state;
    const { facts } = this;
    const numbers = (sides) => (String(sides) === String(facts?.n) ? { x: facts.x[0], g: facts.g } : { x: [], g: [] });
    return { n, m, rule, kind, rules: this.rules, numbers };
  }

  tidy(patch) {
    const m = GridView.resolved({ ...this.sizes, ...patch });
    const window = patch.window ?? this.model.get("window");
    const inside = window.map((k, axis) => Math.min(k, m[axis] - 1));
    return String(inside) === String(window) ? patch : { ...patch, window: inside };
  }

  about() {
    const { n, m, rule } = this.state;
    return `${n.join("x")},${m.join("x")},${rule}`;
  }

  get carriers() {
    return ["_own_id"];
  }

  /** Step to an output by its number in row order. */
  step(number) {
    const [rows, columns] = this.state.m;
    const k = Math.max(0, Math.min(rows * columns - 1, number));
    this.pointing.pinned = null;
    this.change({ window: [Math.trunc(k / columns), k % columns] });
  }

  /** Take in an image that the learner has chosen. */
  openOwn({ channels, height, width, whole, pixels }) {
    const own = {
      channels,
      height,
      width,
      ...(whole && { whole }),
      dtype: "uint8",
      data: textOf(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)),
    };
    const id = `${Date.now()}-${height}-${width}`;
    this.change({ _own: own, _own_id: id, image: "own", input_size: [height, width] });
  }

  // The view --------------------------------------------------------------------------------------------------

  stageOf(svg) {
    this.root.shown = () => this.shown();
    this.canvases = { input: h("canvas", { className: "pt-pixels" }), output: h("canvas", { className: "pt-pixels" }) };
    return h("div", { className: "pt-stage" }, ...Object.values(this.canvases), svg);
  }

  /** Shared rows are striped one way, shared columns the other. */
  patternsOf(id) {
    return gridHatches(id);
  }

  sceneOf(look) {
    return gridScene(this.facts, look);
  }

  drawMore({ places, painted }) {
    this.places = places;
    this.stage.classList.toggle("pt-pictured", !isPattern(this.facts.image));
    this.paint(painted);
  }

  /** Pixels change with the facts, not with what is pointed at. */
  paint(painted) {
    this.painted = painted;
    const asBefore =
      this.paintedFor?.facts === this.facts &&
      this.paintedFor.width === this.innerWidth &&
      this.paintedFor.theme === this.theme;
    this.paintedFor = { facts: this.facts, width: this.innerWidth, theme: this.theme };
    if (asBefore) return;
    for (const [name, canvas] of Object.entries(this.canvases)) {
      const grid = painted.find((each) => each.name === name);
      canvas.hidden = !grid;
      if (grid) paintGrid(canvas, grid);
    }
  }

  lineOf(active) {
    const { facts, words } = this;
    if (active?.cell) return gridCellLine(active.cell, facts, words.line);
    return outputLine(active?.output ?? facts.window, facts, words.line);
  }

  label() {
    for (const name of ["input", "output"]) this.sayCursor(name);
  }

  /** What a screen reader says of the cursor in a grid. */
  sayCursor(name) {
    const text = spoken(name, this.pointing.cursor[name], this.facts, this.words.line);
    this.tamper.unwatched(() => this.patch.element(`focus:${name}`).setAttribute("aria-valuetext", text));
  }

  describe() {
    return describeGrid(this.facts, this.words.description, this.words.line);
  }

  programs(facts) {
    return [
      gridSnippet(facts, { ...this.words.code.comments, ...this.words.picture_words }),
      gridCall(this.reopen(), this.usual, facts),
    ];
  }

  // Claims ----------------------------------------------------------------------------------------------------

  claim() {
    return gridClaim(this);
  }

  /** Every displayed number, channel after channel and row after row; what is hidden is empty. */
  shown() {
    const { facts } = this;
    /** @type {Record<string, Channels>} */
    const numbers = facts.visible ? gridNumbers(this) : { x: facts.x };
    const flat = (planes) => (planes ?? []).flatMap((plane) => Array.from(plane));
    return {
      input_size: facts.n,
      target_size: facts.m,
      channels: facts.x.length,
      x: flat(numbers.x),
      y: flat(numbers.outputs),
      grad: flat(facts.visible ? (numbers.gradients ?? facts.grad) : []),
      upstream: Array.from(facts.g),
      winners: flat(numbers.winners),
    };
  }
}

const gridHatches = (id) => `<defs>
  <pattern id="pt-hatch-row-${id}" width="8" height="8" patternUnits="userSpaceOnUse"><path class="pt-hatch-row" d="M-2 2L2 -2M0 8L8 0M6 10L10 6"/></pattern>
  <pattern id="pt-hatch-column-${id}" width="8" height="8" patternUnits="userSpaceOnUse"><path class="pt-hatch-column" d="M-2 6L2 10M0 0L8 8M6 -2L10 2"/></pattern></defs>`;
