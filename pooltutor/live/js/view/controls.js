import { fill } from "../pure/numbers.js";
import { ownWork } from "./abstract.js";
import { button, h, menu, slider, tick } from "./form.js";

// The controls that every explorer has: they show its state, and tell the view what the learner wants changed.

const SPEEDS = { slow: 2000, normal: 1000, fast: 400 };

/** An element that presenter size folds away. */
export function fold({ element }) {
  element.classList.add("pt-fold");
  return element;
}

export class Controls {
  constructor(view) {
    const { words } = view;
    this.view = view;
    this.words = words;
    const rules = [...view.rules.values()].map((rule) => [rule.name, rule.title]);
    this.fields = {
      rule: menu({ name: words.rule, options: rules, set: (rule) => view.change({ rule }) }),
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
        refuse: (came) => this.refuse(words.window, () => this.place(view.state).window, came),
      }),
      presenter: tick({ name: words.presenter, set: (presenter) => view.change({ presenter }) }),
      ...this.ownControls(rules),
    };
    const panel = ([name, text]) => [name, tick({ name: text, set: (on) => view.toggle(name, on) })];
    this.switches = Object.fromEntries(Object.entries(words.panels).map(panel));
    this.noteLine = h("div", { className: "pt-note", hidden: true });
    this.why = h("p", { className: "pt-why pt-fold" });
    this.more = h(
      "button",
      { type: "button", className: "pt-more", "aria-label": words.more_label, onclick: () => this.unfold(this.folded) },
      words.more,
    );
  }

  // What each explorer overrides -------------------------------------------------------------------------------

  /** Its own controls by name; a rule's menu has these options. */
  ownControls(_rules) {
    return ownWork();
  }

  /** What stands above the picture, around the line about the current window. */
  above(_line) {
    return ownWork();
  }

  /** What stands below it. */
  below() {
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

  // What stands where -----------------------------------------------------------------------------------------

  stepper(line) {
    return h("div", { className: "pt-stepper" }, this.stepButtons(), this.fields.window.element, line);
  }

  panelSwitches() {
    const switches = Object.values(this.switches).map(({ element }) => element);
    return h("span", { className: "pt-show pt-fold" }, this.words.show, ...switches);
  }

  presenterSwitch() {
    return h("span", { className: "pt-show" }, this.fields.presenter.element, this.more);
  }

  /** In presenter size what a class need not see is folded away; one button brings it back. */
  unfold(open) {
    this.folded = !open;
    this.view.root.classList.toggle("pt-unfolded", open);
    this.more.setAttribute("aria-expanded", String(open));
  }

  /** All controls show the state, and those that are locked do not move. */
  show(state, facts) {
    const { fields, switches, view } = this;
    const [show, lock] = [view.model.get("show"), view.model.get("lock")];
    const { window, count } = this.place(state);
    fields.rule.show(state.rule);
    fields.rule.element.classList.toggle("pt-fold", state.rule === "pytorch"); // whose rule it is must be seen
    fields.kind.show(state.kind);
    fields.window.show(window, count - 1);
    fields.presenter.show(state.presenter);
    this.showOwn(state, facts);
    for (const [name, control] of Object.entries({ ...fields, ...switches }))
      control.lock(lock.includes(this.lockOf(name)));
    for (const [name, control] of Object.entries(switches)) control.show(show.includes(name));
    fields.example.lock(["example", "input_size", "target_size"].some((name) => lock.includes(name)));
    for (const step of this.steps) step.disabled = lock.includes("window");
    if (this.playing && lock.includes("window")) this.play();
  }

  /** The name in `lock` that holds a control. */
  lockOf(control) {
    return control;
  }

  note(text) {
    this.noteLine.textContent = text;
    this.noteLine.hidden = !text;
  }

  /** The sentence that says why an example is one. */
  explain(facts) {
    const example = this.exampleOf(facts);
    this.why.textContent = example && !facts.hidden ? example.why : ""; // it would give hidden windows away
    this.why.hidden = !this.why.textContent;
  }

  /** Say what became of a typed number; shown() is what the view shows afterwards. */
  refuse(name, shown, { low, high, typed, kept }) {
    const { view, words } = this;
    const text = kept === null ? words.no_number : words.clamped;
    if (kept === null) view.syncControls();
    const say = () => this.note(fill(text, { name, low, high, typed, kept: kept ?? "" }));
    const sayIfShown = () => shown() === kept && say();
    // After set(): where the kernel is asked for the size, this is said when the size is there, and else never.
    queueMicrotask(() => {
      if (kept === null || shown() === kept) say();
      else this.later = sayIfShown;
    });
  }

  /** What could only be said when the asked bins are there. */
  sayLater() {
    this.later?.();
    this.later = null;
  }

  // Stepping --------------------------------------------------------------------------------------------------

  stepButtons() {
    const { view, words } = this;
    const step = (to) => () => {
      const { window, count } = this.place(view.state);
      view.step(to(window, count));
    };
    this.playButton = button(`▶ ${words.play}`, words.play, () => this.play());
    this.speed = menu({
      name: words.speed,
      hiddenName: true,
      options: Object.entries(words.speeds),
      set: () => this.playing && this.play(true),
    });
    this.speed.show("normal");
    this.steps = [
      button(
        "|◀",
        words.first,
        step(() => 0),
      ),
      button(
        "◀",
        words.previous,
        step((window) => window - 1),
      ),
      this.playButton,
      button(
        "▶",
        words.next,
        step((window) => window + 1),
      ),
      button(
        "▶|",
        words.last,
        step((_, count) => count - 1),
      ),
    ];
    return h("div", { className: "pt-buttons" }, ...this.steps, this.speed.element);
  }

  play(again = false) {
    const { view, words, playButton } = this;
    const next = () => {
      const { window, count } = this.place(view.state);
      return window >= count - 1 ? null : window + 1;
    };
    clearInterval(this.playing);
    if (this.playing && !again) {
      this.playing = null;
    } else {
      if (next() === null) view.step(0);
      this.playing = setInterval(
        () => (next() === null ? this.play() : view.step(next())),
        SPEEDS[this.speed.select.value],
      );
    }
    playButton.textContent = this.playing ? `❚❚ ${words.pause}` : `▶ ${words.play}`;
    playButton.title = this.playing ? words.pause : words.play;
    playButton.setAttribute("aria-label", playButton.title);
  }

  close() {
    clearInterval(this.playing);
  }
}
