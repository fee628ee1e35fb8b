import { ExplorerView } from "../explorer/explorer.js";
import { mapOf, openCharts } from "../pure/atlas/facts.js";
import { atlasPlaces } from "../pure/atlas/layout.js";
import { aboutPair } from "../pure/atlas/readout.js";
import { atlasScene } from "../pure/atlas/scene.js";
import { modelOf } from "../pure/kernel.js";
import { fill } from "../pure/numbers.js";
import { rulesOf } from "../pure/rules.js";
import { LEARNER, OTHER_VIEW, Store } from "../pure/store.js";
import { h } from "../view/form.js";
import { Patch } from "../view/patch.js";
import { pictureElement } from "../view/picture.js";
import { followTheme, wearStyle } from "../view/theme.js";
import { mapImage } from "./canvas.js";
import { AtlasCard } from "./card.js";
import { AtlasControls } from "./controls.js";
import { comeIntoSight } from "./notebook.js";
import { OwnMap } from "./own_map.js";
import { PairPicture } from "./pair_picture.js";
import { AtlasPointing } from "./pointing.js";

// The atlas: all pairs of sizes as one map. The map is painted once per colouring, rule and theme, and what moves (mark,
// cursor, pointer) is drawn over it.

const MOST_IMAGES = 40;

let atlases = 0;

export class AtlasView {
  constructor(model, el, shared) {
    this.model = model;
    this.el = el;
    this.shared = shared;
    this.id = `pt-atlas-${++atlases}-${Date.now()}`;
    this.stopWork = new AbortController(); // every listener ends with the view
    this.images = new Map(); // pixels of the maps that have been looked at
    this.pointing = new AtlasPointing(this);
    this.opened = this.open();
  }

  async open() {
    const { model, shared } = this;
    /** @type {[import("../pure/atlas/facts.js").Charts, Model]} */
    const [charts, explorer] = await Promise.all([openCharts(shared), modelOf(model, model.get("_explorer"))]);
    if (this.stopWork.signal.aborted) return;
    this.charts = charts;
    this.max = charts.max;
    this.explorer = explorer;
    const sent = shared.get("charts");
    /** @type {AtlasWords} */
    this.words = sent.words;
    this.legends = sent.legends; // of each map
    /** @type {Ray[]} */
    this.rays = sent.rays;
    this.rules = rulesOf(shared);
    this.build();
    this.connect();
    this.moveCursor();
    if (model.get("_beside")) this.own = new ExplorerView(explorer, this.beside, shared);
  }

  close() {
    this.stopWork.abort();
    this.own?.close();
    this.pairPicture?.close();
    this.ownMap?.close();
    cancelAnimationFrame(this.frame);
  }

  // Elements --------------------------------------------------------------------------------------------------

  build() {
    const { words } = this;
    const helpId = `${this.id}-help`;
    this.controls = new AtlasControls(this);
    const descriptions = this.shared.get("words").description;
    this.pairPicture = new PairPicture({ words, descriptions, rules: this.rules });
    this.card = new AtlasCard(words, helpId, this.pairPicture.element);
    this.ownMap = new OwnMap(this);
    this.canvas = h("canvas", { width: this.max, height: this.max, className: "pt-cells" });
    this.svg = pictureElement();
    this.patch = new Patch(this.svg);
    this.map = this.mapElement(helpId);
    this.root = h(
      "div",
      { className: "pooltutor pt-atlas", role: "group", "aria-label": words.title, "data-atlas": "" },
      this.controls.element,
      h("div", { className: "pt-atlas-body" }, this.map, this.card.element),
    );
    this.beside = h("div", { className: "pt-atlas-explorer" });
    this.el.append(
      h("div", { className: "pt-atlas-frame" }, h("div", { className: "pt-atlas-pair" }, this.root, this.beside)),
    );
    wearStyle(this.el, this.shared.get("css"));
  }

  /** To a screen reader the map is a slider: the one role whose text is read at every key, without a live region. */
  mapElement(helpId) {
    return h(
      "div",
      {
        className: "pt-map",
        tabIndex: 0,
        role: "slider",
        "aria-label": this.words.map,
        "aria-roledescription": this.words.map_role,
        "aria-describedby": helpId,
        "aria-valuemin": 1,
        "aria-valuemax": this.max,
      },
      this.canvas,
      this.svg,
    );
  }

  // What happens ----------------------------------------------------------------------------------------------

  connect() {
    const { shared } = this;
    const { signal } = this.stopWork;
    this.store = new Store({ model: this.model, shared, names: ["colour", "rule"], heard: () => this.drawSoon() });
    this.pair = new Store({
      model: this.explorer,
      shared,
      names: ["input_size", "target_size", "rule", "presenter"],
      heard: (names) => this.follow(names),
    });
    this.pair.listen("show", () => this.drawSoon());
    this.pair.listen("window", () => this.ownMap.show());
    this.pair.listen("verdict", () => this.hearVerdict());
    for (const store of [this.store, this.pair]) signal.addEventListener("abort", () => store.close());
    followTheme({ root: this.root, themes: shared.get("themes"), signal, changed: () => this.drawSoon() });
    const resize = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width));
    resize.observe(this.root);
    signal.addEventListener("abort", () => resize.disconnect());
    this.pointing.listen((target, type, handler) => target.addEventListener(type, handler, { signal }));
  }

  choose(wanted) {
    this.store.change(wanted, LEARNER);
    this.store.save();
  }

  /** The explorer has changed. */
  follow(names) {
    if (names.some((name) => name.endsWith("_size"))) this.moveCursor();
    if (!names.includes("presenter")) this.pairPicture.changed();
    this.drawSoon();
  }

  hearVerdict() {
    this.pairPicture.judged();
    this.drawSoon();
  }

  /** The keys go on from the marked pair. */
  moveCursor() {
    this.pointing.cursor = this.marked ?? this.pointing.cursor;
  }

  /** Show a pair in the explorer; on the map of agreement under the rule of the map. */
  openPair([n, m]) {
    const { pair } = this;
    const { colour, rule } = this.state;
    this.card.note(pair.sizesLocked ? this.words.locked : "");
    if (pair.sizesLocked) return;
    const under = colour === "agreement" && !pair.isLocked("rule") ? { rule } : {};
    this.pointing.cursor = [n, m];
    this.pairPicture.changed();
    if (!pair.change({ input_size: n, target_size: m, window: 0, ...under }, OTHER_VIEW)) this.pairPicture.judged();
    this.drawSoon();
  }

  // State -----------------------------------------------------------------------------------------------------

  get state() {
    return { colour: this.model.get("colour"), rule: this.model.get("rule") };
  }

  /** Whether the explorer is in presenter size. */
  get presenter() {
    return this.explorer.get("presenter");
  }

  get explorerSizes() {
    return /** @type {Pair} */ (["input_size", "target_size"].map((name) => this.explorer.get(name)));
  }

  /** The explorer's pair, as far as it is on the map. */
  get marked() {
    return Math.max(...this.explorerSizes) <= this.max ? this.explorerSizes : null;
  }

  /** The pair that is read out: what is pointed at, else the marked one. */
  get active() {
    return this.pointing.active ?? this.marked;
  }

  // Drawing ---------------------------------------------------------------------------------------------------

  /** Draw once in the next frame, however much changes before it. */
  drawSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  resized(width) {
    if (width === 0 || width === this.width) return;
    const isFirst = !this.width;
    this.width = width;
    this.draw(); // at once, so that no frame shows the old size
    if (isFirst) comeIntoSight(this.root);
  }

  draw() {
    const { state } = this;
    const map = mapOf(state);
    if (this.width) this.place();
    if (this.ownMap.isReady(state)) {
      this.paint(map);
      if (map !== this.explained) this.explain(map, state);
    }
    this.controls.show(state);
    this.ownMap.show();
    const [n, m] = this.marked ?? ["", ""];
    Object.assign(this.root.dataset, { colour: state.colour, rule: state.rule, input: n, target: m });
    this.read(state);
    if (this.width) this.patch.apply(atlasScene(this));
    this.pairPicture.show(this.marked, this.explorer);
  }

  place() {
    const { width: room, max, presenter } = this;
    this.places = atlasPlaces({ width: room, max, presenter, dots: devicePixelRatio });
    const { width, height, size, margin, wide, small, big } = this.places;
    for (const [name, on] of Object.entries({ wide, small, big })) this.root.classList.toggle(`pt-${name}`, on);
    const inPixels = (sides) => Object.fromEntries(Object.entries(sides).map(([side, k]) => [side, `${k}px`]));
    Object.assign(this.map.style, inPixels({ width, height }));
    Object.assign(this.canvas.style, inPixels({ left: margin.left, top: margin.top, width: size, height: size }));
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height }))
      this.svg.setAttribute(name, String(value));
    const look = [room, wide, small, big].join();
    if (look !== this.measured) this.pairPicture.measure(); // seldom, for it asks where things stand
    this.measured = look;
  }

  /** The pixels of a map are kept, since maps are looked at again. */
  paint(map) {
    const { theme } = this.root.dataset;
    const look = `${map},${theme}`;
    if (look === this.painted) return;
    this.painted = look;
    const context = this.canvas.getContext("2d");
    if (!this.images.has(look)) {
      if (this.images.size >= MOST_IMAGES) this.images.clear(); // one for each text that was typed
      const colours = this.ownMap
        .legendOf(map, this.state.rule)
        .colours.map((name) => this.shared.get("themes")[theme][name]);
      this.images.set(look, mapImage(context, this.charts.classes.get(map), colours, this.max));
    }
    context.putImageData(this.images.get(look), 0, 0);
  }

  explain(map, { colour, rule }) {
    this.explained = map;
    const legend = this.ownMap.legendOf(map, rule);
    this.card.explain(legend, this.words.captions[colour], this.charts.counts(map, legend.labels.length));
  }

  read({ colour, rule }) {
    const { words, active, charts } = this;
    const [n, m] = active ?? this.explorerSizes;
    const pair = fill(words.pair, { n, m });
    const parts = active
      ? aboutPair(active, charts.of(active, rule), colour === "agreement" ? this.ownMap.ruleAt(active) : null, words)
      : [fill(words.beyond, { max: this.max })];
    const text = `${pair}: ${parts.join(", ")}`;
    if (text === this.said) return;
    this.said = text;
    this.card.read(pair, parts);
    this.map.setAttribute("aria-valuenow", String(Math.min(n, this.max)));
    this.map.setAttribute("aria-valuetext", text);
  }
}
