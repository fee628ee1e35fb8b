import { kernelGone } from "./kernel.js";

// The state of a view lives in its model, which others change too: Python, a link to another widget, a second view of
// the same model. A store is the one place where a view changes its model, and where it hears what others changed.

export const REST_MS = 60; // a slider that has not moved for so long has come to rest

/** Who a change comes from. A store makes those of the first three itself, and hears of the last two. */
export const LEARNER = "learner";
/** The view itself, which puts a refused size back: no lock forbids that. */
export const VIEW = "view";
/** Another view of this model, a map that opens a pair, an address that opens a state: they keep to the locks themselves. */
export const OTHER_VIEW = "other view";
/** Python, or a link that does not say who moved the other end. */
export const KERNEL = "kernel";

/** The pages, each by its shared widget, on which a store changes its model at this moment. */
const changing = /** @type {WeakSet<Carrier>} */ (new WeakSet());

/**
 * Lists are compared by what they hold, other objects by being the same one.
 * @param {unknown} a
 * @param {unknown} b
 */
export const isSameValue = (a, b) => a === b || ([a, b].every(isListed) && String(a) === String(b));

/** @param {unknown} value */
const isListed = (value) => typeof value !== "object" || value === null || Array.isArray(value);

/**
 * Set values of a model. ipywidgets takes several at once, and tells of them when all are set; of other front ends no more
 * is promised than one at a time.
 * @param {Model} model
 * @param {State} values
 */
function setAll(model, values) {
  model.set(values);
  const untaken = Object.entries(values).filter(([name, value]) => model.get(name) !== value);
  if (untaken.length < Object.keys(values).length) return; // what differs now was changed by whoever heard of it
  for (const [name, value] of untaken) model.set(name, value);
}

/**
 * Change a model from outside its view: the view hears of it, and so does the kernel.
 * @param {Model} model
 * @param {Carrier} shared
 * @param {State} values
 */
export const changeModel = (model, shared, values) => new Store({ model, shared }).change(values, OTHER_VIEW);

export class Store {
  /** What the learner has changed since the kernel was last told. */
  #unsaved = /** @type {State} */ ({});
  #own = false; // while this store sets its model, it hears of it and need not be told
  #stop = /** @type {(() => void)[]} */ ([]);
  /** @type {number | undefined} */
  #saving;

  /**
   * heard(names, origin) is told what has changed; tidy(patch) adds what must change with it; held() names what no
   * learner may change at the moment, apart from what is locked.
   * @param {{
   *   model: Model;
   *   shared: Carrier;
   *   names?: string[];
   *   heard?: (names: string[], origin: string) => void;
   *   tidy?: (patch: State) => State;
   *   held?: () => string[];
   * }} options
   */
  constructor({ model, shared, names = [], heard = () => {}, tidy = (patch) => patch, held = () => [] }) {
    this.model = model;
    this.shared = shared;
    this.heard = heard;
    this.tidy = tidy;
    this.held = held;
    for (const name of names) this.listen(name, () => this.#hear(name));
  }

  close() {
    clearTimeout(this.#saving);
    for (const stop of this.#stop) stop();
  }

  /**
   * Call a function whenever somebody else has set `name`.
   * @param {string} name
   * @param {() => void} handler
   */
  listen(name, handler) {
    const event = `change:${name}`;
    const unlessOwn = () => this.#own || handler();
    this.model.on(event, unlessOwn);
    this.#stop.push(() => this.model.off(event, unlessOwn));
  }

  /** @param {string} name */
  isLocked(name) {
    return [...(this.model.get("lock") ?? []), ...this.held()].includes(name);
  }

  /** Is one of the sizes locked? */
  get sizesLocked() {
    return this.isLocked("input_size") || this.isLocked("target_size");
  }

  /**
   * Change some of the state, a learner only what is not locked; false where nothing is other than before.
   * @param {State} wanted
   * @param {string} origin
   */
  change(wanted, origin) {
    const asked = Object.entries(wanted).filter(([name]) => origin !== LEARNER || !this.isLocked(name));
    const patch = this.tidy(this.#different(Object.fromEntries(asked)));
    const names = Object.keys(patch);
    if (!names.length) return false;
    this.#setAsLearner(patch);
    if (origin === OTHER_VIEW) this.save();
    else Object.assign(this.#unsaved, patch);
    this.heard(names, origin);
    if (origin !== OTHER_VIEW) this.#saveSoon();
    return true;
  }

  /**
   * Set what is no part of the state, such as the verdict, without a word to anybody.
   * @param {State} values
   */
  set(values) {
    const outer = this.#own;
    this.#own = true;
    try {
      setAll(this.model, values);
    } finally {
      this.#own = outer;
    }
  }

  /** Tell the kernel now. */
  save() {
    clearTimeout(this.#saving);
    this.#unsaved = {};
    if (!kernelGone(this.shared)) this.model.save_changes(); // gone: ipywidgets would log an error
  }

  /** The kernel hears of a state when the slider rests: every message would make it, and JupyterLab, busy. */
  #saveSoon() {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), REST_MS);
  }

  /** @param {string} name */
  #hear(name) {
    const origin = changing.has(this.shared) ? OTHER_VIEW : KERNEL;
    if (origin === OTHER_VIEW) this.#unsaved = {};
    else this.#keepUnsaved();
    this.heard([name], origin);
  }

  /** An echo of an older state must not undo what the learner has changed since. */
  #keepUnsaved() {
    const undone = this.#different(this.#unsaved);
    if (Object.keys(undone).length) this.set(undone);
  }

  /**
   * What of these values the model does not have yet.
   * @param {State} values
   */
  #different(values) {
    return Object.fromEntries(
      Object.entries(values).filter(([name, value]) => !isSameValue(this.model.get(name), value)),
    );
  }

  /**
   * Set the model so that no other view on the page, of this model or of one that is linked to it, takes it for an echo.
   * @param {State} patch
   */
  #setAsLearner(patch) {
    const outermost = !changing.has(this.shared);
    changing.add(this.shared);
    try {
      this.set(patch);
    } finally {
      if (outermost) changing.delete(this.shared);
    }
  }
}
