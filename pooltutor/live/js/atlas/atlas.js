import { ExplorerView } from "../explorer/explorer.js";
import { fill, format, lookUp } from "../pure/numbers.js";
import { inflate } from "../pure/tables.js";
import { kernelGone } from "../view/checker.js";
import { h, isClicker, keepKey, menu, passKey } from "../view/form.js";
import { Patch } from "../view/patch.js";
import { followTheme, wearStyle } from "../view/theme.js";
import { asLearner } from "../view/view.js";

// The atlas: all pairs of sizes as one map. Python says the class and the values of each pair; the map is painted
// once per colouring, rule and theme, and what moves (mark, cursor, pointer) is drawn over it.

const NONE = 255; // the rule has no windows there
const MARGIN = { left: 46, top: 26, right: 22, bottom: 44 };
const BIG_MARGIN = { left: 74, top: 36, right: 34, bottom: 66 }; // where the explorer is in presenter size, so is the map
const SMALL_MARGIN = { left: 40, top: 22, right: 18, bottom: 42 };
const LARGEST_CELL = 7; // CSS pixels
const SIDE = 300; // width of what stands beside the map, where there is room for both
const RING = 4; // pixels between the marked cell and the ring around it
const LEAP = 8; // sizes per step with Shift, or with PageUp and PageDown

let atlases = 0;

// Data --------------------------------------------------------------------------------------------------------

class Charts {
  constructor(bytes, { drawn, values }, rules, max) {
    const chart = (k) => bytes.subarray(k * max * max, (k + 1) * max * max);
    this.max = max;
    this.classes = new Map(drawn.map((map, k) => [map.join(), chart(k)]));
    this.values = new Map(values.map((name, k) => [name, chart(drawn.length + k)]));
    this.wrong = new Map(rules.map((rule, k) => [rule, chart(drawn.length + values.length + k)]));
  }

  static async open(shared) {
    const sent = shared.get("charts");
    const rules = shared.get("rules").map((rule) => rule.name);
    return new Charts(await inflate(sent.packed), sent, rules, shared.get("limits").slider);
  }

  at([n, m]) {
    return (n - 1) * this.max + m - 1;
  }

  /** Everything that is known of a pair; under `rule`, how many windows are wrong, or NONE. */
  of(pair, rule) {
    const place = this.at(pair);
    const values = Object.fromEntries([...this.values].map(([name, chart]) => [name, chart[place]]));
    return { ...values, wrong: this.wrong.get(rule)[place] };
  }
}

const chartsOf = new WeakMap(); // one set of charts per shared widget, however many views

async function openCharts(shared) {
  // The shared widget may have been there before the first atlas; its charts then come in a message of their own.
  if (!shared.get("charts").packed) await new Promise((arrived) => shared.once("change:charts", arrived));
  if (!chartsOf.has(shared)) chartsOf.set(shared, Charts.open(shared));
  return chartsOf.get(shared);
}

/** Only one map differs from rule to rule; the others are PyTorch's. */
export const ruleOfMap = ({ colour, rule }) => (colour === "agreement" ? rule : "pytorch");
const mapOf = (state) => `${state.colour},${ruleOfMap(state)}`;

const samePair = (a, b) => a?.[0] === b?.[0] && a?.[1] === b?.[1];

// Words -------------------------------------------------------------------------------------------------------

const counted = ([one, many], values) => fill(values.count === 1 ? one : many, values);

function ratioText({ numerator, denominator }, words) {
  if (denominator === 1) return String(numerator);
  const value = format(numerator / denominator);
  const exact = Number(value) * denominator === numerator;
  return fill(exact ? words.exactly : words.about, { fraction: `${numerator}/${denominator}`, value });
}

function poolText(about, words) {
  if (about.kernel === 0) return words.not_one;
  return fill(about.padding ? words.padded : words.plain, about);
}

function ruleText(about, m, rule, words) {
  if (about.wrong === NONE) return rule.undefined;
  if (about.wrong === 0) return fill(words.agrees, { title: rule.title });
  return counted(words.differs, { title: rule.title, count: about.wrong, m });
}

/** What is known of a pair, as short texts; with `rule`, what that rule makes of it comes first. */
function aboutPair([n, m], about, rule, words) {
  return [
    ...(rule ? [ruleText(about, m, rule, words)] : []),
    fill(words.gcd, { value: about.gcd }),
    counted(m > n ? words.cuts : words.shared, { count: m - about.gcd }),
    fill(words.longest, { value: about.longest }),
    fill(words.ratio, { value: ratioText(about, words) }),
    poolText(about, words),
  ];
}

// View --------------------------------------------------------------------------------------------------------

export class AtlasView {
  /** @type {Charts} */
  charts;
  /** @type {Model} */
  explorer;

  constructor(model, el, shared, tables) {
    this.model = model;
    this.el = el;
    this.shared = shared;
    this.tables = tables;
    this.id = `pt-atlas-${++atlases}-${Date.now()}`;
    this.stopWork = new AbortController(); // every listener ends with the view
    this.painted = new Map(); // pixels of the maps that have been looked at
    /** @type {Pair | null} */
    this.hovered = null;
    this.focused = false;
    /** @type {Pair} */
    this.cursor = [1, 1];
    this.opened = this.open();
  }

  async open() {
    const { model, shared } = this;
    const id = model.get("_explorer").replace("IPY_MODEL_", "");
    [this.charts, this.explorer] = await Promise.all([openCharts(shared), model.widget_manager.get_model(id)]);
    if (this.stopWork.signal.aborted) return;
    const { words, legends, rays } = shared.get("charts");
    this.words = words;
    this.legends = legends; // of each map
    this.rays = rays;
    this.max = this.charts.max;
    this.ruleOf = new Map(shared.get("rules").map((rule) => [rule.name, rule]));
    this.build();
    followTheme({
      root: this.root,
      themes: shared.get("themes"),
      signal: this.stopWork.signal,
      changed: () => this.change(),
    });
    this.listen();
    this.cursor = this.marked ?? this.cursor;
    if (model.get("_beside")) this.own = new ExplorerView(this.explorer, this.beside, shared, this.tables);
  }

  close() {
    this.stopWork.abort();
    this.own?.close();
    cancelAnimationFrame(this.frame);
  }

  get state() {
    return { colour: this.model.get("colour"), rule: this.model.get("rule") };
  }

  /**
   * The explorer's pair, as far as it is on the map.
   * @returns {Pair | null}
   */
  get marked() {
    /** @type {Pair} */
    const pair = [this.explorer.get("input_size"), this.explorer.get("target_size")];
    return Math.max(...pair) <= this.max ? pair : null;
  }

  /** The pair that is read out: under the pointer, else under the cursor of the keys, else the marked one. */
  get active() {
    return this.hovered ?? (this.focused ? this.cursor : this.marked);
  }

  // Elements --------------------------------------------------------------------------------------------------

  build() {
    const { words, id } = this;
    const rules = [...this.ruleOf.values()].map((rule) => [rule.name, rule.title]);
    this.colour = menu({
      name: words.colour,
      options: Object.entries(words.colours),
      set: (colour) => this.choose({ colour }),
    });
    this.rule = menu({ name: words.rule, options: rules, set: (rule) => this.choose({ rule }) });
    this.canvas = h("canvas", { width: this.max, height: this.max, className: "pt-cells" });
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.patch = new Patch(this.svg);
    // To a screen reader the map is a slider: the one role whose text is read at every key, without a live region.
    this.map = h(
      "div",
      {
        className: "pt-map",
        tabIndex: 0,
        role: "slider",
        "aria-label": words.map,
        "aria-roledescription": words.map_role,
        "aria-describedby": `${id}-help`,
        "aria-valuemin": 1,
        "aria-valuemax": this.max,
      },
      this.canvas,
      this.svg,
    );
    this.title = h("h3", { className: "pt-atlas-title" });
    this.caption = h("p", { className: "pt-atlas-caption" });
    this.legend = h("ul", { className: "pt-legend" });
    this.readout = h("p", { className: "pt-readout" });
    this.note = h("p", { className: "pt-note", hidden: true });
    this.body = h(
      "div",
      { className: "pt-atlas-body" },
      this.map,
      h(
        "div",
        { className: "pt-atlas-side" },
        this.title,
        this.caption,
        this.legend,
        this.readout,
        this.note,
        h("p", { className: "pt-atlas-help", id: `${id}-help` }, words.help),
      ),
    );
    this.root = h(
      "div",
      { className: "pooltutor pt-atlas", role: "group", "aria-label": words.title, "data-atlas": "" },
      h("div", { className: "pt-controls" }, this.colour.element, this.rule.element),
      this.body,
    );
    this.beside = h("div", { className: "pt-atlas-explorer" });
    this.el.append(
      h("div", { className: "pt-atlas-frame" }, h("div", { className: "pt-atlas-pair" }, this.root, this.beside)),
    );
    wearStyle(this.el, this.shared.get("css"));
  }

  // What happens ----------------------------------------------------------------------------------------------

  listen() {
    const { signal } = this.stopWork;
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal });
    const hear = (model, names, handler) => {
      const events = names.map((name) => `change:${name}`);
      for (const event of events) model.on(event, handler);
      signal.addEventListener("abort", () => {
        for (const event of events) model.off(event, handler);
      });
    };
    hear(this.model, ["colour", "rule"], () => this.change());
    hear(this.explorer, ["input_size", "target_size"], () => this.follow());
    hear(this.explorer, ["presenter"], () => this.change());
    const resize = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width));
    resize.observe(this.root);
    signal.addEventListener("abort", () => resize.disconnect());
    on(this.root, "keydown", (event) => this.onKey(event));
    for (const type of ["keyup", "keypress"]) on(this.root, type, (event) => event.stopPropagation());
    on(this.map, "pointermove", (event) => this.point(this.pairAt(event)));
    on(this.map, "pointerleave", () => this.point(null));
    on(this.map, "click", (event) => this.onClick(event));
    on(this.map, "focus", () => this.focus(true));
    on(this.map, "blur", () => this.focus(false));
  }

  /** Draw once in the next frame, however much changes before it. */
  change() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  choose(wanted) {
    for (const [name, value] of Object.entries(wanted)) this.model.set(name, value);
    if (!kernelGone(this.shared)) this.model.save_changes();
  }

  follow() {
    this.cursor = this.marked ?? this.cursor;
    this.change();
  }

  resized(width) {
    if (width === 0 || width === this.width) return;
    this.width = width;
    this.draw(); // at once, so that no frame shows the old size
  }

  /** @returns {Pair | null} */
  pairAt({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    const n = Math.trunc(((clientX - box.left) / box.width) * this.max + 1);
    const m = Math.trunc(((box.bottom - clientY) / box.height) * this.max + 1);
    return Math.min(n, m) >= 1 && Math.max(n, m) <= this.max ? [n, m] : null;
  }

  point(pair) {
    if (samePair(pair, this.hovered)) return;
    this.hovered = pair;
    this.change();
  }

  focus(on) {
    this.focused = on;
    this.change();
  }

  onClick(event) {
    const pair = this.pairAt(event);
    if (pair) this.openPair(pair);
  }

  /** Show a pair in the explorer; on the map of agreement under the rule of the map. */
  openPair([n, m]) {
    const lock = this.explorer.get("lock");
    const { colour, rule } = this.state;
    const locked = lock.includes("input_size") || lock.includes("target_size");
    this.note.textContent = this.words.locked;
    this.note.hidden = !locked;
    if (locked) return;
    const under = colour === "agreement" && !lock.includes("rule") ? { rule } : {};
    this.cursor = [n, m];
    asLearner(() => this.explorer.set({ input_size: n, target_size: m, window: 0, ...under }));
    if (!kernelGone(this.shared)) this.explorer.save_changes();
    this.change();
  }

  /** Keys stay inside the view, as in the explorer. */
  onKey(event) {
    if (!keepKey(event) || event.target !== this.map) return;
    if (this.own && (event.key.toLowerCase() === "w" || (this.explorer.get("presenter") && isClicker(event)))) {
      passKey(event.key, this.own.root); // the windows are those of the picture beside the map
      return event.preventDefault();
    }
    const step = event.shiftKey ? LEAP : 1;
    const move = lookUp(
      {
        ArrowLeft: [-step, 0],
        ArrowRight: [step, 0],
        ArrowUp: [0, step],
        ArrowDown: [0, -step],
        PageUp: [0, LEAP],
        PageDown: [0, -LEAP],
        Home: [-this.max, 0],
        End: [this.max, 0],
      },
      event.key,
    );
    if (event.key === "Enter" || event.key === " ") this.openPair(this.cursor);
    else if (move) this.moveCursor(move);
    else return;
    event.preventDefault();
  }

  moveCursor(move) {
    this.hovered = null; // until the pointer moves again
    const moved = (k) => Math.max(1, Math.min(this.max, this.cursor[k] + move[k]));
    this.cursor = [moved(0), moved(1)];
    this.change();
  }

  // Drawing ---------------------------------------------------------------------------------------------------

  draw() {
    const { state } = this;
    const map = mapOf(state);
    if (this.width) this.place();
    const look = `${map},${this.root.dataset.theme}`;
    if (look !== this.shownLook) this.paint(map, look);
    if (map !== this.shownMap) this.explain(map, state);
    this.colour.show(state.colour);
    this.rule.show(state.rule);
    this.rule.lock(state.colour !== "agreement");
    const [n, m] = this.marked ?? ["", ""];
    Object.assign(this.root.dataset, { colour: state.colour, rule: state.rule, input: n, target: m });
    this.read(state);
    if (this.width) this.patch.apply([...this.axes(), ...this.labels(), ...this.pointers()]);
  }

  /** The pixels of a map: one for each pair, n to the right and m upwards; kept, since maps are looked at again. */
  paint(map, look) {
    this.shownLook = look;
    const context = this.canvas.getContext("2d");
    if (!this.painted.has(look)) {
      const { max } = this;
      const image = context.createImageData(max, max);
      const theme = this.shared.get("themes")[this.root.dataset.theme];
      const inks = this.legends[map].colours.map((name) => parseInt(`${theme[name].slice(1)}ff`, 16));
      const pixels = new DataView(image.data.buffer);
      this.charts.classes.get(map).forEach((k, place) => {
        const [n, m] = [(place - (place % max)) / max, place % max];
        pixels.setUint32(4 * ((max - 1 - m) * max + n), inks[k]);
      });
      this.painted.set(look, image);
    }
    context.putImageData(this.painted.get(look), 0, 0);
  }

  /** Title, one sentence and the legend: only what is on the map, with how many pairs there are of each. */
  explain(map, { colour }) {
    this.shownMap = map;
    const { title, labels, colours } = this.legends[map];
    const counts = labels.map(() => 0);
    for (const k of this.charts.classes.get(map)) counts[k]++;
    const entry = (label, k) => {
      const swatch = h("span", { className: "pt-swatch" });
      swatch.style.background = `var(--pt-${colours[k]})`;
      const count = h("span", { className: "pt-count" }, counts[k].toLocaleString(this.words.locale));
      return h("li", { "data-class": k }, swatch, h("span", {}, label), count);
    };
    this.title.textContent = title;
    this.caption.textContent = this.words.captions[colour];
    const heading = h(
      "li",
      { className: "pt-legend-head" },
      h("span", {}),
      h("span", {}),
      h("span", { className: "pt-count" }, this.words.pairs),
    );
    this.legend.replaceChildren(heading, ...labels.map(entry).filter((_, k) => counts[k] > 0));
  }

  read({ colour, rule }) {
    const { words, active, explorer } = this;
    const [n, m] = active ?? [explorer.get("input_size"), explorer.get("target_size")];
    const pair = fill(words.pair, { n, m });
    const parts = active
      ? aboutPair(active, this.charts.of(active, rule), colour === "agreement" && this.ruleOf.get(rule), words)
      : [fill(words.beyond, { max: this.max })];
    const text = `${pair}: ${parts.join(", ")}`;
    if (text === this.said) return;
    this.said = text;
    // The commas are for whoever copies or reads the text; on the screen each part stands on its own.
    const spans = parts.map((part, k) =>
      h("span", {}, part, h("span", { className: "pt-comma" }, k < parts.length - 1 ? ", " : "")),
    );
    this.readout.replaceChildren(h("b", {}, pair, h("span", { className: "pt-comma" }, ": ")), ...spans);
    this.map.setAttribute("aria-valuenow", Math.min(n, this.max));
    this.map.setAttribute("aria-valuetext", text);
  }

  // Where things stand ----------------------------------------------------------------------------------------

  /** Cells are whole device pixels, so that each is as large as the next and its edges are sharp. */
  place() {
    const wide = this.width >= SIDE + SMALL_MARGIN.left + 5 * this.max;
    const small = this.width < 460;
    const big = !small && this.explorer.get("presenter");
    const room = wide ? this.width - SIDE : this.width;
    const margin = small ? SMALL_MARGIN : big ? BIG_MARGIN : MARGIN;
    const dots = devicePixelRatio;
    const device = Math.trunc(((room - margin.left - margin.right) / this.max) * dots);
    const cell = Math.max(1, Math.min(device, LARGEST_CELL * dots)) / dots;
    const size = cell * this.max;
    this.root.classList.toggle("pt-wide", wide);
    this.root.classList.toggle("pt-small", small);
    this.root.classList.toggle("pt-big", big);
    this.cell = cell;
    this.size = size;
    this.margin = margin;
    this.small = small;
    this.big = big;
    this.letters = big ? 20 : 12.5;
    const [width, height] = [size + margin.left + margin.right, size + margin.top + margin.bottom];
    Object.assign(this.map.style, { width: `${width}px`, height: `${height}px` });
    Object.assign(this.canvas.style, {
      left: `${margin.left}px`,
      top: `${margin.top}px`,
      width: `${size}px`,
      height: `${size}px`,
    });
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(height));
  }

  /** Left and lower edge of the cells of sizes n and m; n + 0.5 is the middle of a cell. */
  x(n) {
    return this.margin.left + (n - 1) * this.cell;
  }

  y(m) {
    return this.margin.top + this.size - (m - 1) * this.cell;
  }

  axes() {
    const { words, margin, size, max, cell, active, letters } = this;
    const every = cell * LEAP < 2.4 * letters ? 2 * LEAP : LEAP;
    const marks = [
      mark("axes", "rect", {
        class: "pt-map-edge",
        x: margin.left - 0.5,
        y: margin.top - 0.5,
        width: size + 1,
        height: size + 1,
      }),
    ];
    // The sizes of the pair that is read out stand there too, and take the place of their neighbours.
    const free = (k, size, room) => size === undefined || Math.abs(k - size) * cell >= room;
    const [n, m] = active ?? [];
    for (const k of [1, ...Array.from({ length: max / every }, (_, i) => (i + 1) * every)]) {
      if (free(k, n, 1.76 * letters))
        marks.push(
          mark(`n:${k}`, "text", { class: "pt-tick-text", x: this.x(k + 0.5), y: this.y(1) + 4.5 + letters }, k),
        );
      if (free(k, m, 1.28 * letters))
        marks.push(
          mark(
            `m:${k}`,
            "text",
            { class: "pt-tick-text pt-to-right", x: margin.left - 7, y: this.y(k + 0.5) + 0.36 * letters },
            k,
          ),
        );
    }
    const middle = margin.top + size / 2;
    marks.push(
      mark(
        "n",
        "text",
        { class: "pt-axis", x: margin.left + size / 2, y: this.y(1) + margin.bottom - 8 },
        words.input_axis,
      ),
    );
    marks.push(
      mark(
        "m",
        "text",
        { class: "pt-axis", transform: `translate(${this.small ? 10 : 1.1 * letters} ${middle}) rotate(-90)` },
        words.target_axis,
      ),
    );
    return marks;
  }

  /** Rays are named where they leave the map, so that no name hides a cell. */
  labels() {
    const { rays, margin, size, max, words, letters } = this;
    const right = margin.left + size;
    const aside = right + 1.12 * letters;
    const marks = rays.flatMap(({ key, label, start, end: [n, m] }) => {
      const [x, y] = [this.x(n + 0.5), this.y(m + 0.5)];
      const beside = m < max; // leaves the map on the right, else at the top
      const place = beside
        ? { transform: `translate(${aside} ${y}) rotate(-90)` }
        : { x: n === max ? right : x, y: margin.top - 8 };
      const d = `M${this.x(start[0] + 0.5)} ${this.y(start[1] + 0.5)}L${x} ${y}`;
      return [
        mark(`under:${key}`, "path", { class: "pt-ray pt-ray-under", d }),
        mark(`ray:${key}`, "path", { class: "pt-ray", d }),
        mark(
          `label:${key}`,
          "text",
          { class: `pt-ray-text${!beside && n === max ? " pt-to-right" : ""}`, ...place },
          label,
        ),
      ];
    });
    const [above, below] = this.small || this.big ? [words.above_short, words.below_short] : [words.above, words.below];
    const foot = `translate(${aside} ${this.y(1)}) rotate(-90)`;
    marks.push(mark("above", "text", { class: "pt-ray-text pt-from-left", x: margin.left, y: margin.top - 8 }, above));
    return [...marks, mark("below", "text", { class: "pt-ray-text pt-from-left", transform: foot }, below)];
  }

  /** The marked pair, the one that is read out, and where that stands on both axes. */
  pointers() {
    const { active, marked, margin, letters } = this;
    const marks = [];
    if (active) {
      const [x, y] = [this.x(active[0] + 0.5), this.y(active[1] + 0.5)];
      const reach = this.cell / 2 + RING; // the guides end at the ring, so that its cell is seen whole
      const d = `M${margin.left} ${y}H${Math.max(margin.left, x - reach)}M${x} ${this.y(1)}V${Math.min(this.y(1), y + reach)}`;
      marks.push(
        mark("guide-under", "path", { class: "pt-guide pt-guide-under", d }),
        mark("guide", "path", { class: "pt-guide", d }),
      );
      marks.push(mark("at-n", "text", { class: "pt-at", x, y: this.y(1) + 4.5 + letters }, active[0]));
      marks.push(
        mark("at-m", "text", { class: "pt-at pt-to-right", x: margin.left - 7, y: y + 0.36 * letters }, active[1]),
      );
    }
    if (marked) marks.push(...this.ring("mark", marked, RING));
    if (active && !samePair(active, marked)) marks.push(...this.ring("cursor", active, 2));
    return marks;
  }

  /** A frame around one cell that shows on every colour: ink between two lines of ground. */
  ring(key, [n, m], gap) {
    const side = this.cell + 2 * gap;
    const box = { x: this.x(n) - gap, y: this.y(m + 1) - gap, width: side, height: side, rx: 2 };
    return [
      mark(`${key}-under`, "rect", { class: `pt-ring pt-ring-under pt-${key}`, ...box }),
      mark(key, "rect", { class: `pt-ring pt-${key}`, ...box }),
    ];
  }
}

const mark = (key, tag, attrs, text) => ({ key, tag, attrs, text: text === undefined ? undefined : String(text) });
