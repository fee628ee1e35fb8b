import { button, h, menu, numbersBox, slider, tick } from "./controls.js";
import { countOf, fill, firstBad, format, isPreset, presetNames } from "./numbers.js";

// The controls of an explorer: they show its state, and tell the view what the learner wants changed.

const SPEEDS = { slow: 2000, normal: 1000, fast: 400 };
const listedNumbers = (values) => values.slice(0, 12).map((v) => format(v)).join(", ") + (values.length > 12 ? ", …" : "");

/** An element that presenter size folds away. */
const fold = ({ element }) => (element.classList.add("pt-fold"), element);

export class Desk {
  constructor(view) {
    const { words } = view;
    Object.assign(this, { view, words });
    const rules = [...view.rules.values()].map((rule) => [rule.name, rule.title]);
    const examples = words.examples.map(({ sizes, name }) => [sizes.join(), `${sizes.join(" → ")}, ${name}`]);
    this.controls = {
      input_size: this.#size("input_size"),
      target_size: this.#size("target_size"),
      rule: menu({ name: words.rule, options: rules, set: (rule) => view.change({ rule }) }),
      kind: menu({ name: words.kind, options: Object.entries(words.kinds), set: (kind) => view.change({ kind }) }),
      example: menu({ name: words.example, options: [["", words.choose], ...examples], set: (pair) => this.#openExample(pair) }),
      window: slider({
        name: words.window, box: fill(words.box, { name: words.window }), min: 0, max: 3, typedMax: 3,
        set: (window) => view.step(window), refuse: (came) => this.#refuse(words.window, "window", came),
      }),
      x: this.#numbers("x", words.x),
      upstream: this.#numbers("upstream", words.upstream),
      against: menu({ name: words.duel.against, options: rules, set: (against) => view.change({ against }) }),
      presenter: tick({ name: words.presenter, set: (presenter) => view.change({ presenter }) }),
    };
    const panel = ([name, text]) => [name, tick({ name: text, set: (on) => view.toggle(name, on) })];
    this.switches = Object.fromEntries(Object.entries(words.panels).map(panel));
    this.noteLine = h("div", { className: "pt-note", hidden: true });
    this.why = h("p", { className: "pt-why pt-fold" });
    this.more = h("button", { type: "button", className: "pt-more", "aria-label": words.more_label, onclick: () => this.unfold(this.folded) }, words.more);
  }

  // What stands where -------------------------------------------------------------------------------------

  /** Above the picture: sizes, rule, example; a note; the stepper with the line about the current window. */
  above(line) {
    const { input_size: n, target_size: m, rule, kind, example, window } = this.controls;
    return [
      h("div", { className: "pt-controls" }, n.element, m.element, ...[rule, kind, example].map(fold)),
      this.why,
      this.noteLine,
      h("div", { className: "pt-stepper" }, this.#stepButtons(), window.element, line),
    ];
  }

  /** Below it: what is shown, and the numbers that are pooled. */
  below() {
    const { x, upstream, presenter } = this.controls;
    const switches = Object.values(this.switches).map(({ element }) => element);
    return h("div", { className: "pt-controls pt-lower" },
      h("span", { className: "pt-show pt-fold" }, this.words.show, ...switches), ...[x, upstream].map(fold),
      h("span", { className: "pt-show" }, presenter.element, this.more));
  }

  /** In presenter size what a class need not see is folded away; one button brings it back. */
  unfold(open) {
    this.folded = !open;
    this.view.root.classList.toggle("pt-unfolded", open);
    this.more.setAttribute("aria-expanded", String(open));
  }

  /** All controls show the state, and those that are locked do not move. */
  show({ n, m, rule, kind, window, x, upstream, against, presenter }, facts) {
    const { controls, switches, view } = this;
    const [show, lock] = [view.model.get("show"), view.model.get("lock")];
    controls.input_size.show(n);
    controls.target_size.show(m);
    controls.rule.show(rule);
    controls.kind.show(kind);
    controls.example.show(`${n},${m}`);
    controls.window.show(window, m - 1);
    controls.x.show(x, listedNumbers(facts?.x ?? []));
    controls.upstream.show(upstream, listedNumbers(facts?.g ?? []));
    controls.against.show(against);
    controls.presenter.show(presenter);
    for (const [name, control] of Object.entries({ ...controls, ...switches })) control.lock(lock.includes(name));
    for (const [name, control] of Object.entries(switches)) control.show(show.includes(name));
    controls.example.lock(["example", "input_size", "target_size"].some((name) => lock.includes(name)));
    for (const step of this.steps) step.disabled = lock.includes("window");
    if (this.playing && lock.includes("window")) this.#play();
  }

  note(text) {
    this.noteLine.textContent = text;
    this.noteLine.hidden = !text;
  }

  /** The sentence that says why an example is one. */
  explain({ n, m, hidden }) {
    const example = this.words.examples.find(({ sizes }) => sizes[0] === n && sizes[1] === m);
    this.why.textContent = example && !hidden ? example.why : ""; // it would give hidden windows away
    this.why.hidden = !this.why.textContent;
  }

  // Sizes and numbers -------------------------------------------------------------------------------------

  #size(trait) {
    const { view, words } = this;
    const name = words[trait];
    return slider({
      name, box: fill(words.box, { name }), min: 1, max: view.limits.slider, typedMax: view.limits.typed,
      set: (value) => view.change({ [trait]: value }), refuse: (came) => this.#refuse(name, trait, came),
    });
  }

  #refuse(name, trait, { low, high, typed, kept }) {
    const { view, words } = this;
    const text = kept === null ? words.no_number : words.clamped;
    if (kept === null) view.syncControls();
    const shown = () => ({ input_size: view.state.n, target_size: view.state.m, window: view.state.window })[trait];
    // After set(): where the clamped size could not be opened, that sentence stands.
    queueMicrotask(() => (kept === null || shown() === kept) && this.note(fill(text, { name, low, high, typed, kept: kept ?? "" })));
  }

  #numbers(trait, name) {
    const { words } = this;
    return numbersBox({
      name, typedName: fill(words.typed, { name }), own: words.own_numbers,
      presets: presetNames.map((preset) => [preset, words.presets[preset]]),
      set: (text) => this.#setNumbers(trait, name, text),
    });
  }

  #setNumbers(trait, name, text) {
    const { view, words } = this;
    const wanted = trait === "x" ? view.state.n : view.state.m;
    if (text === "") return view.syncControls(); // an emptied box says nothing
    const bad = isPreset(text) ? undefined : firstBad(text);
    if (bad !== undefined) {
      view.syncControls();
      return this.note(fill(words.bad_number, { name, token: bad }));
    }
    view.change({ [trait]: text });
    if (isPreset(text) || countOf(text) === wanted) return;
    this.note(fill(countOf(text) < wanted ? words.too_few : words.too_many, { name, wanted, came: countOf(text) }));
  }

  #openExample(pair) {
    const { view } = this;
    const lock = view.model.get("lock");
    if (!pair || lock.includes("input_size") || lock.includes("target_size")) return view.syncControls();
    const [n, m] = pair.split(",").map(Number);
    view.change({ input_size: n, target_size: m, window: Math.min(1, m - 1) });
  }

  // Stepping ----------------------------------------------------------------------------------------------

  #stepButtons() {
    const { view, words } = this;
    this.playButton = button(`▶ ${words.play}`, words.play, () => this.#play());
    this.speed = menu({ name: words.speed, hiddenName: true, options: Object.entries(words.speeds), set: () => this.playing && this.#play(true) });
    this.speed.show("normal");
    this.steps = [
      button("|◀", words.first, () => view.step(0)),
      button("◀", words.previous, () => view.step(view.state.window - 1)),
      this.playButton,
      button("▶", words.next, () => view.step(view.state.window + 1)),
      button("▶|", words.last, () => view.step(view.state.m - 1)),
    ];
    return h("div", { className: "pt-buttons" }, ...this.steps, this.speed.element);
  }

  #play(again = false) {
    const { view, words, playButton } = this;
    const atEnd = () => view.state.window >= view.state.m - 1;
    clearInterval(this.playing);
    if (this.playing && !again) {
      this.playing = null;
    } else {
      if (atEnd()) view.step(0);
      this.playing = setInterval(() => (atEnd() ? this.#play() : view.step(view.state.window + 1)), SPEEDS[this.speed.select.value]);
    }
    playButton.textContent = this.playing ? `⏸ ${words.pause}` : `▶ ${words.play}`;
    playButton.title = this.playing ? words.pause : words.play;
    playButton.setAttribute("aria-label", playButton.title);
  }

  close() {
    clearInterval(this.playing);
  }
}
