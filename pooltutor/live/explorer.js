import { countOf, fill, firstBad, format, isPreset, presetNames } from "./numbers.js";
import { factsOf } from "./facts.js";
import { sceneOf } from "./scene.js";
import { Patch } from "./patch.js";
import { followTheme, wearStyle } from "./theme.js";
import { cellLine, describe, labelsOf, windowLine } from "./sentences.js";
import { claimOf } from "./claim.js";
import { Checker, REST_MS } from "./checker.js";
import { button, h, menu, numbersBox, slider, tick } from "./controls.js";
import { PANEL_CLASSES } from "./panels.js";

// The 1-D explorer: state in the model, a picture of it, controls that change it, a checker that asks PyTorch.

const REOPENED = ["input_size", "target_size", "rule", "kind", "show", "lock", "window", "x", "upstream", "against", "presenter"];
const CLAIMED = ["input_size", "target_size", "rule", "kind", "x", "upstream"]; // what a verdict depends on
const SPEEDS = { slow: 2000, normal: 1000, fast: 400 };
const TOO_LARGE_MS = 6000;
const SETTLE_MS = 60; // texts that are read, not watched, follow when the slider rests

let opened = 0;
let learnerChanges = false; // true while any view on the page sets its model: no echo from the kernel then

export class ExplorerView {
  constructor(model, el, shared, tables) {
    Object.assign(this, { model, el, tables, id: ++opened });
    this.words = shared.get("words");
    this.themes = shared.get("themes");
    this.rules = new Map(shared.get("rules").map((rule) => [rule.name, rule]));
    this.limits = shared.get("limits");
    this.random = shared.get("random");
    this.usual = shared.get("usual");
    this.roving = { cell: 0, window: 0, output: 0 };
    this.pinned = this.hovered = this.focused = null;
    this.unsaved = {};
    this.stopWork = new AbortController(); // every listener ends with the view
    wearStyle(el, shared.get("css"));
    this.takePair();
    this.known = [model.get("input_size"), model.get("target_size")];
    this.build();
    this.checker = new Checker({
      model, shared, words: this.words.verdict,
      readClaim: () => this.readClaim(),
      save: () => this.save(),
      show: (verdict, text, revision) => this.showVerdict(verdict, text, revision),
    });
    // A displayed number that something other than draw() changed is a new claim: it is checked again.
    this.tamper = new MutationObserver(() => this.checker.changed());
    this.watch();
    followTheme({
      root: this.root, themes: this.themes, signal: this.stopWork.signal,
      changed: (theme) => {
        this.theme = theme;
        if (this.facts) this.draw();
      },
    });
    this.draw();
    this.checker.changed(0);
  }

  close() {
    this.stopWork.abort();
    this.checker.close();
    this.resize.disconnect();
    this.tamper.disconnect();
    clearInterval(this.playing);
    clearTimeout(this.asking);
    clearTimeout(this.saving);
    clearTimeout(this.settling);
    this.onModel.forEach(([event, handler]) => this.model.off(event, handler));
    this.model.off("change:_bins", this.onPair);
  }

  // State -------------------------------------------------------------------------------------------------

  get state() {
    const get = (name) => this.model.get(name);
    const show = get("show");
    const asked = [get("input_size"), get("target_size")];
    const [n, m] = this.tables.knows(...asked) ? asked : this.known; // while the kernel is asked, what was there stays
    return {
      n, m, rule: get("rule"), kind: get("kind"), x: get("x"), upstream: get("upstream"),
      window: Math.min(get("window"), m - 1), hidden: !show.includes("windows"), gradient: show.includes("gradient"),
      influence: show.includes("influence"), duel: show.includes("duel"), against: get("against"), presenter: get("presenter"),
      ruleTitle: this.rules.get(get("rule")).title, againstTitle: this.rules.get(get("against")).title,
      undefinedSentence: this.rules.get(get("rule")).undefined,
    };
  }

  /** What explore() needs to open this very view again. */
  reopen() {
    return Object.fromEntries(REOPENED.map((name) => [name, this.model.get(name)]));
  }

  get colours() {
    return this.themes[this.theme];
  }

  get innerWidth() {
    return Math.max(180, Math.floor(this.width || 980));
  }

  /** Change some of the state, except what is locked. Picture, controls and verdict follow from here. */
  change(wanted, evenLocked = false) {
    this.note("");
    const lock = evenLocked ? [] : this.model.get("lock");
    const patch = Object.fromEntries(
      Object.entries(wanted).filter(([name, value]) => !lock.includes(name) && String(this.model.get(name)) !== String(value)),
    );
    const m = patch.target_size ?? this.model.get("target_size");
    if ((patch.window ?? this.model.get("window")) > m - 1) patch.window = m - 1;
    if (!Object.keys(patch).length) return this.draw();
    this.ownChange = learnerChanges = true;
    for (const [name, value] of Object.entries(patch)) this.model.set(name, value);
    this.ownChange = learnerChanges = false;
    Object.assign(this.unsaved, patch);
    this.follow(Object.keys(patch));
    this.saveSoon();
  }

  follow(names) {
    const [n, m] = [this.model.get("input_size"), this.model.get("target_size")];
    if (!this.tables.knows(n, m)) return this.askForPair(n, m);
    clearTimeout(this.asking);
    this.known = [n, m];
    this.draw();
    if (names.some((name) => CLAIMED.includes(name) || name === "show")) this.checker.changed();
  }

  // The kernel hears of a state when the slider rests: every message would make it, and JupyterLab, busy.
  saveSoon() {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), REST_MS);
  }

  save() {
    clearTimeout(this.saving);
    this.unsaved = {};
    if (!this.checker.gone()) this.model.save_changes(); // gone: ipywidgets would log an error
  }

  /** Python, or another view of the same object, has changed something. */
  hear(name) {
    if (this.ownChange) return;
    if (learnerChanges) this.unsaved = {};
    else this.keepUnsaved();
    this.follow([name]);
  }

  /** An echo of an older state must not undo what the learner has changed since. */
  keepUnsaved() {
    this.ownChange = true;
    for (const [name, value] of Object.entries(this.unsaved)) if (this.model.get(name) !== value) this.model.set(name, value);
    this.ownChange = false;
  }

  // Sizes beyond the tables: the kernel sends the bins of that pair, or one sentence refuses.
  askForPair(wantedN, wantedM) {
    const [n, m] = this.known;
    const refuse = () => this.change({ input_size: n, target_size: m }, true);
    const asked = { n: wantedN, m: wantedM, max: this.limits.slider };
    if (this.checker.gone()) {
      refuse();
      return this.note(fill(this.words.too_large_gone, asked));
    }
    this.note(fill(this.words.asking_bins, asked));
    this.checker.changed(2 * TOO_LARGE_MS); // no verdict until the bins are there, or refused
    this.syncControls();
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
      refuse();
      this.note(fill(this.words.too_large_silent, asked));
    }, TOO_LARGE_MS);
  }

  takePair() {
    const pair = this.model.get("_bins");
    if (pair?.windows) this.tables.add(pair);
  }

  // Controls ----------------------------------------------------------------------------------------------

  build() {
    const { words } = this;
    const size = (name, trait) =>
      slider({
        name, box: fill(words.box, { name }), min: 1, max: this.limits.slider, typedMax: this.limits.typed,
        set: (value) => this.change({ [trait]: value }),
        refuse: (came) => this.refuseNumber(name, trait, came),
      });
    const rules = [...this.rules.values()].map((rule) => [rule.name, rule.title]);
    const examples = words.examples.map(({ sizes: [n, m], name }) => [`${n},${m}`, `${n} → ${m}, ${name}`]);
    this.controls = {
      input_size: size(words.input_size, "input_size"),
      target_size: size(words.target_size, "target_size"),
      rule: menu({ name: words.rule, options: rules, set: (rule) => this.change({ rule }) }),
      kind: menu({ name: words.kind, options: Object.entries(words.kinds), set: (kind) => this.change({ kind }) }),
      example: menu({ name: words.example, options: [["", words.choose], ...examples], set: (pair) => this.openExample(pair) }),
      window: slider({
        name: words.window, box: fill(words.box, { name: words.window }), min: 0, max: 3, typedMax: 3,
        set: (window) => this.step(window),
        refuse: (came) => this.refuseNumber(words.window, "window", came),
      }),
      x: this.numbersControl("x", words.x),
      upstream: this.numbersControl("upstream", words.upstream),
    };
    this.switches = Object.fromEntries(
      Object.entries(words.panels).map(([name, text]) => [name, tick({ name: text, set: (on) => this.toggle(name, on) })]),
    );
    this.panels = Object.fromEntries(Object.entries(PANEL_CLASSES).map(([name, Panel]) => [name, new Panel(this)]));
    this.controls.against = this.panels.duel.menu;
    this.presenter = tick({ name: words.presenter, set: (presenter) => this.change({ presenter }) });
    this.more = button(words.more, words.more_label, () => this.unfold(this.root.classList.toggle("pt-unfolded")));
    this.more.className = "pt-more";
    this.why = h("p", { className: "pt-why pt-fold" });
    this.root = h("div", { className: "pooltutor", role: "group", "aria-label": words.title });
    this.noteLine = h("div", { className: "pt-note", hidden: true });
    this.line = h("div", { className: "pt-line" });
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.status = h("div", { className: "pt-status", role: "status" });
    this.paragraph = h("p", { className: "pt-words", id: `pt-words-${this.id}-${Date.now()}` });
    this.svg.setAttribute("class", "pt-picture");
    this.svg.setAttribute("role", "group");
    this.svg.setAttribute("aria-label", words.picture);
    this.svg.setAttribute("aria-describedby", this.paragraph.id);
    this.hatchId = `${this.id}-${Date.now()}`; // another version of this code may draw on the same page
    this.svg.innerHTML = hatchPattern(this.hatchId);
    this.patch = new Patch(this.svg);
    const { input_size: n, target_size: m, rule, kind, example, x, upstream } = this.controls;
    const folded = [rule, kind, example].map(({ element }) => element);
    folded.forEach((element) => element.classList.add("pt-fold"));
    this.root.append(
      h("div", { className: "pt-controls" }, n.element, m.element, ...folded),
      this.why,
      this.noteLine,
      h("div", { className: "pt-stepper" }, this.stepButtons(), this.controls.window.element, this.line),
      this.svg,
      this.status,
      this.panels.duel.element,
      h("div", { className: "pt-controls pt-lower" },
        h("span", { className: "pt-show pt-fold" }, words.show, ...Object.values(this.switches).map((s) => s.element)),
        ...[x, upstream].map(({ element }) => (element.classList.add("pt-fold"), element)),
        h("span", { className: "pt-show" }, this.presenter.element, this.more)),
      this.panels.matrix.element, this.panels.table.element, this.panels.code.element,
      this.paragraph,
    );
    this.unfold(false);
    this.el.append(this.root);
  }

  /** In presenter size what a class need not see is folded away; one button brings it back. */
  unfold(open) {
    this.root.classList.toggle("pt-unfolded", open);
    this.more.setAttribute("aria-expanded", String(open));
  }

  numbersControl(trait, name) {
    const { words } = this;
    return numbersBox({
      name, typedName: fill(words.typed, { name }), own: words.own_numbers,
      presets: presetNames.map((preset) => [preset, words.presets[preset]]),
      set: (text) => this.setNumbers(trait, name, text),
    });
  }

  stepButtons() {
    const { words } = this;
    const last = () => this.state.m - 1;
    this.playButton = button(`▶ ${words.play}`, words.play, () => this.play());
    this.speed = menu({ name: words.speed, hiddenName: true, options: Object.entries(words.speeds), set: () => this.playing && this.play(true) });
    this.speed.show("normal");
    this.steps = [
      button("|◀", words.first, () => this.step(0)),
      button("◀", words.previous, () => this.step(this.state.window - 1)),
      this.playButton,
      button("▶", words.next, () => this.step(this.state.window + 1)),
      button("▶|", words.last, () => this.step(last())),
    ];
    return h("div", { className: "pt-buttons" }, ...this.steps, this.speed.element);
  }

  note(text) {
    this.noteLine.textContent = text;
    this.noteLine.hidden = !text;
  }

  refuseNumber(name, trait, { low, high, typed, kept }) {
    const shown = kept ?? "";
    const text = kept === null ? this.words.no_number : this.words.clamped;
    if (kept === null) this.syncControls();
    const shownNow = () => ({ input_size: this.state.n, target_size: this.state.m, window: this.state.window })[trait];
    // After set(): where the clamped size could not be opened, that sentence stands.
    queueMicrotask(() => (kept === null || shownNow() === kept) && this.note(fill(text, { name, low, high, typed, kept: shown })));
  }

  setNumbers(trait, name, text) {
    const { n, m } = this.state;
    const wanted = trait === "x" ? n : m;
    if (text === "") return this.syncControls(); // an emptied box says nothing
    const bad = isPreset(text) ? undefined : firstBad(text);
    if (bad !== undefined) {
      this.syncControls();
      return this.note(fill(this.words.bad_number, { name, token: bad }));
    }
    this.change({ [trait]: text });
    if (isPreset(text) || countOf(text) === wanted) return;
    this.note(fill(countOf(text) < wanted ? this.words.too_few : this.words.too_many, { name, wanted, came: countOf(text) }));
  }

  openExample(pair) {
    const lock = this.model.get("lock");
    if (!pair || lock.includes("input_size") || lock.includes("target_size")) return this.syncControls();
    const [n, m] = pair.split(",").map(Number);
    this.change({ input_size: n, target_size: m, window: Math.min(1, m - 1) });
  }

  toggle(panel, on) {
    const others = this.model.get("show").filter((name) => name !== panel);
    this.change({ show: on ? [...others, panel] : others });
  }

  step(window) {
    const { m } = this.state;
    this.pinned = null;
    this.change({ window: Math.max(0, Math.min(m - 1, window)) });
  }

  play(again = false) {
    clearInterval(this.playing);
    if (this.playing && !again) {
      this.playing = null;
    } else {
      if (this.state.window >= this.state.m - 1) this.step(0);
      this.playing = setInterval(() => {
        if (this.state.window >= this.state.m - 1) return this.play();
        this.step(this.state.window + 1);
      }, SPEEDS[this.speed.select.value]);
    }
    this.playButton.textContent = this.playing ? `⏸ ${this.words.pause}` : `▶ ${this.words.play}`;
    this.playButton.title = this.playing ? this.words.pause : this.words.play;
    this.playButton.setAttribute("aria-label", this.playButton.title);
  }

  // Drawing -----------------------------------------------------------------------------------------------

  get active() {
    return this.pinned ?? this.hovered ?? this.focused;
  }

  /** After a change of the state: the picture at once, what is read rather than watched when the slider rests. */
  draw() {
    const { state } = this;
    this.facts = factsOf(state, this.tables, this.random);
    for (const [kind, size] of [["cell", state.n], ["window", state.m], ["output", state.m]]) {
      this.roving[kind] = Math.min(this.roving[kind], size - 1);
    }
    this.dropLostTargets(state);
    this.root.classList.toggle("pt-big", state.presenter);
    this.redraw();
    this.syncControls();
    clearTimeout(this.settling);
    this.settled = false;
    if (this.facts.secret || !this.paragraph.textContent) this.settle(); // no text may outlive a secret
    else this.settling = setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** The picture and the line, from facts that are known: all that hovering changes. */
  redraw() {
    const width = this.innerWidth;
    const { marks, height } = sceneOf(this.facts, {
      width, id: this.hatchId, theme: this.colours, words: this.words.picture_words,
      active: this.active, pinned: this.pinned, roving: this.roving,
    });
    this.untampered(() => {
      const box = `0 0 ${width} ${height}`;
      if (this.svg.getAttribute("viewBox") !== box) this.svg.setAttribute("viewBox", box);
      if (this.svg.getAttribute("height") !== String(height)) this.svg.setAttribute("height", height);
      this.patch.apply(marks);
      this.showLine();
      if (this.panelOpen("matrix")) this.panels.matrix.show(true, this.facts, this);
    });
  }

  /** Labels for screen readers, the paragraph and the open panels. */
  settle() {
    clearTimeout(this.settling);
    if (this.settled) return;
    this.settled = true;
    const { facts, words } = this;
    this.untampered(() => {
      for (const [name, panel] of Object.entries(this.panels)) panel.show(this.panelOpen(name), facts, this);
      for (const [key, text] of labelsOf(facts, words.picture_words)) this.patch.describe(key, text);
    });
    this.paragraph.classList.toggle("pt-unseen", !this.panelOpen("words"));
    this.paragraph.textContent = describe(facts, words.description);
    const example = words.examples.find(({ sizes: [n, m] }) => n === facts.n && m === facts.m);
    this.why.textContent = example && !facts.hidden ? example.why : "";
    this.why.hidden = !this.why.textContent;
  }

  panelOpen(name) {
    return this.model.get("show").includes(name);
  }

  /** Draw unwatched; what somebody else changed just before still counts. */
  untampered(work) {
    const tampered = this.tamper.takeRecords().length > 0;
    this.tamper.disconnect();
    work();
    for (const shown of [this.svg, this.panels.matrix.element, this.panels.table.element]) {
      this.tamper.observe(shown, { subtree: true, attributes: true, characterData: true, childList: true });
    }
    if (tampered) this.checker.changed();
  }

  dropLostTargets({ n, m }) {
    const lost = (target) => target && (target.cell >= n || target.window >= m);
    for (const name of ["pinned", "hovered", "focused"]) if (lost(this[name])) this[name] = null;
  }

  syncControls() {
    const { controls, switches } = this;
    const { n, m, rule, kind, window, x, upstream } = this.state;
    const show = this.model.get("show");
    const lock = this.model.get("lock");
    controls.input_size.show(n);
    controls.target_size.show(m);
    controls.rule.show(rule);
    controls.kind.show(kind);
    controls.example.show(`${n},${m}`);
    controls.window.show(window, m - 1);
    const listed = (values) => values.slice(0, 12).map((v) => format(v)).join(", ") + (values.length > 12 ? ", …" : "");
    controls.x.show(x, listed(this.facts?.x ?? []));
    controls.upstream.show(upstream, listed(this.facts?.g ?? []));
    for (const [name, control] of Object.entries({ ...controls, ...switches })) control.lock(lock.includes(name));
    for (const [name, control] of Object.entries(switches)) control.show(show.includes(name));
    controls.example.lock(["example", "input_size", "target_size"].some((name) => lock.includes(name)));
    controls.against.show(this.state.against);
    this.presenter.show(this.state.presenter);
    this.presenter.lock(lock.includes("presenter"));
    for (const step of this.steps) step.disabled = lock.includes("window");
  }

  showLine() {
    const part = (text, className = "") => h("span", { className }, text);
    const { active, facts, words } = this;
    const rule = this.rules.get(facts.rule);
    const parts = active?.cell !== undefined ? cellLine(active.cell, facts, words.line) : windowLine(active?.window ?? facts.window, facts, rule, words.line);
    this.line.replaceChildren(...parts.map(([text, className]) => part(text, className)));
  }

  showVerdict(verdict, text, revision) {
    const { n, m, rule } = this.state;
    const mark = { agrees: "✓", disagrees: "✗", checking: "…", unchecked: "?" }[verdict];
    this.status.dataset.for = `${n},${m},${rule}`;
    this.status.dataset.rev = revision;
    this.status.dataset.verdict = verdict;
    this.status.replaceChildren(h("b", { "aria-hidden": "true" }, mark), h("span", {}, text));
    this.model.set("verdict", verdict);
    if (verdict === "unchecked") this.save(); // the kernel cannot know by itself
  }

  readClaim() {
    const { state, words } = this;
    if (!this.facts.defined) return { reason: state.undefinedSentence };
    if (state.hidden) return { reason: words.verdict.your_turn };
    this.settle(); // what is claimed is read from the page, so all of it must stand there
    return { n: state.n, m: state.m, kind: state.kind, state: CLAIMED.map((name) => this.model.get(name)), ...claimOf(this.root) };
  }

  // Listening ---------------------------------------------------------------------------------------------

  watch() {
    const on = (target, type, handler) => target.addEventListener(type, handler, { signal: this.stopWork.signal });
    this.onModel = REOPENED.map((name) => [`change:${name}`, () => this.hear(name)]);
    this.onModel.forEach(([event, handler]) => this.model.on(event, handler));
    this.onPair = () => {
      this.takePair();
      this.note("");
      this.follow(REOPENED); // asks again where these are not the bins that are wanted
    };
    this.model.on("change:_bins", this.onPair);
    this.resize = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width));
    this.resize.observe(this.root);
    on(this.root, "keydown", (event) => this.onKey(event));
    for (const type of ["keyup", "keypress"]) on(this.root, type, (event) => event.stopPropagation());
    on(this.svg, "pointerover", (event) => this.point("hovered", targetOf(event.target)));
    on(this.svg, "pointerleave", () => this.point("hovered", null));
    on(this.svg, "focusin", (event) => this.onFocus(event.target));
    on(this.svg, "focusout", () => this.point("focused", null));
    on(this.svg, "click", (event) => this.pin(targetOf(event.target)));
  }

  resized(width) {
    if (width === 0 || width === this.width) return;
    this.width = width;
    this.draw();
  }

  point(how, target) {
    if (same(this[how], target)) return;
    this[how] = target;
    this.redraw();
  }

  onFocus(element) {
    const target = targetOf(element);
    if (!target) return;
    const row = rowOf(element);
    this.roving[row.kind] = row.index;
    this.point("focused", target);
  }

  pin(target) {
    if (!target) return;
    this.pinned = same(this.pinned, target) ? null : target;
    if (target.window !== undefined) this.change({ window: target.window });
    else this.redraw();
  }

  /** Keys stay inside the view: JupyterLab would move cells with the arrows, insert with b, cut with x. */
  onKey(event) {
    const chord = event.ctrlKey || event.metaKey;
    if (chord && "scfb".includes(event.key.toLowerCase())) return; // save, copy, find, side bar: harmless to the cells
    event.stopPropagation();
    if (chord || event.altKey) return;
    const element = event.target;
    const typing = element.matches("input[type=text], input[type=number], select");
    if (event.key === "Escape") {
      this.pinned = this.hovered = this.focused = null;
      return this.redraw();
    }
    if (event.key.toLowerCase() === "w" && !element.matches("input[type=text], select")) {
      event.preventDefault();
      if (!this.model.get("lock").includes("windows")) this.toggle("windows", this.state.hidden);
      return;
    }
    if (typing || element.matches("input[type=range]")) return;
    const row = element.closest?.(".pt-target") ? rowOf(element) : null;
    const move = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, PageUp: -1, PageDown: 1 }[event.key];
    if (row && (event.key === "Enter" || event.key === " ")) this.pin(targetOf(element));
    else if (move === undefined) return;
    else if (row) this.moveFocus(row, move);
    else this.step(this.state.window + move);
    event.preventDefault();
  }

  moveFocus({ kind, index }, move) {
    const count = kind === "cell" ? this.state.n : this.state.m;
    const next = Math.max(0, Math.min(count - 1, index + move));
    this.patch.element(`${kind}:${next}`)?.focus();
  }
}

// Pieces --------------------------------------------------------------------------------------------------

/** Shared cells: stripes in the hues of both windows. The id is the view's own: url(#...) is looked up in the page. */
const hatchPattern = (id) => `<defs><pattern id="pt-hatch-${id}" width="8" height="8" patternUnits="userSpaceOnUse">
  <rect class="pt-hatch-ground" width="8" height="8"/>
  <path class="pt-hatch-even" d="M-2 2L2 -2M0 8L8 0M6 10L10 6"/><path class="pt-hatch-odd" d="M-2 6L2 10M0 0L8 8M6 -2L10 2"/></pattern></defs>`;

const same = (a, b) => a?.cell === b?.cell && a?.window === b?.window;

function rowOf(element) {
  const { dataset } = element.closest(".pt-target");
  if (dataset.cell !== undefined) return { kind: "cell", index: Number(dataset.cell) };
  if (dataset.output !== undefined) return { kind: "output", index: Number(dataset.output) };
  return { kind: "window", index: Number(dataset.window) };
}

/** What an element of the picture stands for: {cell} or {window}; an output stands for its window. */
function targetOf(element) {
  const mark = element.closest?.("[data-cell], [data-of], [data-feeding], [data-feeds], [data-window], [data-output], [data-rival-output]");
  if (!mark) return null;
  const { cell, of, feeding, feeds, window, output, rivalOutput } = mark.dataset;
  const j = cell ?? of ?? feeding ?? feeds;
  return j === undefined ? { window: Number(output ?? rivalOutput ?? window) } : { cell: Number(j) };
}
