// One store for each view of a model: who may change what, who hears of it, and what the kernel is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LEARNER, OTHER_VIEW, REST_MS, Store, VIEW } from "../../pooltutor/live/js/pure/store.js";

/** A model as ipywidgets has it: all values are set, then every handler of each changed one is called. */
class FakeModel {
  constructor(state) {
    this.state = { lock: [], ...state };
    this.handlers = new Map();
    this.sent = []; // what the kernel was told
    this.comm_live = true;
  }

  get(name) {
    return this.state[name];
  }

  set(values) {
    const changed = Object.keys(values).filter((name) => this.state[name] !== values[name]);
    Object.assign(this.state, values);
    for (const name of changed) for (const handler of this.handlers.get(`change:${name}`) ?? []) handler();
  }

  on(event, handler) {
    this.handlers.set(event, [...(this.handlers.get(event) ?? []), handler]);
  }

  off(event, handler) {
    this.handlers.set(
      event,
      this.handlers.get(event).filter((each) => each !== handler),
    );
  }

  save_changes() {
    this.sent.push({ ...this.state });
  }
}

/** A model that takes one value at a time and tells of it at once, which is all that is promised outside ipywidgets. */
class OneByOne extends FakeModel {
  set(name, value) {
    super.set({ [name]: value });
  }
}

const NAMES = ["input_size", "target_size", "rule", "show"];
const live = () => ({ comm_live: true, widget_manager: { kernel: {} } });
const aModel = (more = {}) => new FakeModel({ input_size: 14, target_size: 4, rule: "pytorch", show: [], ...more });

/** A store of a model, and what it has heard. */
function aStore(model, shared = live(), more = {}) {
  const heard = [];
  const store = new Store({ model, shared, names: NAMES, heard: (...told) => heard.push(told), ...more });
  return { store, heard };
}

/** Keep one value of two models the same, as jslink does. */
function link(one, other, name) {
  one.on(`change:${name}`, () => other.set({ [name]: one.get(name) }));
  other.on(`change:${name}`, () => one.set({ [name]: other.get(name) }));
}

const rest = () => new Promise((rested) => setTimeout(rested, REST_MS + 40));

test("what the learner changes is in the model at once, and heard once", () => {
  const model = aModel();
  const { store, heard } = aStore(model);
  assert.equal(store.change({ input_size: 7, target_size: 5 }, LEARNER), true);
  assert.deepEqual([model.get("input_size"), model.get("target_size")], [7, 5]);
  assert.deepEqual(heard, [[["input_size", "target_size"], LEARNER]]);
  store.close();
});

test("a front end whose models take one value at a time gets them so", () => {
  const model = new OneByOne({ input_size: 14, target_size: 4, rule: "pytorch", show: [] });
  const { store, heard } = aStore(model, {});
  assert.equal(store.change({ input_size: 7, target_size: 5 }, LEARNER), true);
  assert.deepEqual([model.get("input_size"), model.get("target_size")], [7, 5]);
  assert.deepEqual(heard, [[["input_size", "target_size"], LEARNER]]);
  store.save();
  assert.deepEqual([model.sent.at(-1).input_size, model.sent.at(-1).target_size], [7, 5]);
});

test("what somebody who hears of a change makes of it is not set once more", () => {
  const model = aModel();
  const { store } = aStore(model);
  model.on("change:input_size", () => model.state.input_size === 7 && model.set({ input_size: 8 }));
  store.change({ input_size: 7, target_size: 5 }, LEARNER);
  assert.deepEqual([model.get("input_size"), model.get("target_size")], [8, 5]);
  store.close();
});

test("nothing happens where nothing is other than before", () => {
  const { store, heard } = aStore(aModel({ show: ["windows"] }));
  assert.equal(store.change({ input_size: 14, show: ["windows"] }, LEARNER), false);
  assert.deepEqual(heard, []);
});

test("an object is another one although it reads the same", () => {
  const model = aModel({ _own: {} });
  const { store } = aStore(model);
  const own = { height: 2 };
  assert.equal(store.change({ _own: own }, LEARNER), true);
  assert.equal(model.get("_own"), own);
  assert.equal(store.change({ _own: own }, LEARNER), false);
  store.close();
});

test("what is locked is refused to the learner, and to nobody else", () => {
  const model = aModel({ lock: ["rule"] });
  const { store } = aStore(model);
  assert.equal(store.change({ rule: "forum" }, LEARNER), false);
  store.change({ rule: "round", input_size: 7 }, LEARNER);
  assert.deepEqual([model.get("rule"), model.get("input_size")], ["pytorch", 7]);
  store.change({ rule: "forum" }, VIEW);
  assert.equal(model.get("rule"), "forum");
  store.change({ rule: "round" }, OTHER_VIEW);
  assert.equal(model.get("rule"), "round");
  store.close();
});

test("what must change with a change is part of it", () => {
  const model = aModel({ window: 3 });
  const tidy = (patch) => (patch.target_size ? { ...patch, window: patch.target_size - 1 } : patch);
  const { store, heard } = aStore(model, live(), { tidy });
  store.change({ target_size: 2 }, LEARNER);
  assert.equal(model.get("window"), 1);
  assert.deepEqual(heard, [[["target_size", "window"], LEARNER]]);
  store.close();
});

test("the kernel hears of it once, when the slider rests", async () => {
  const model = aModel();
  const { store } = aStore(model);
  for (const size of [5, 6, 7]) store.change({ input_size: size }, LEARNER);
  assert.deepEqual(model.sent, []);
  await rest();
  assert.deepEqual(
    model.sent.map(({ input_size }) => input_size),
    [7],
  );
});

test("nobody is told where there is no kernel, nor after the view has closed", async () => {
  const [gone, closed] = [aModel(), aModel()];
  const { store } = aStore(gone, { comm_live: false });
  store.change({ input_size: 7 }, LEARNER);
  const other = aStore(closed);
  other.store.change({ input_size: 7 }, LEARNER);
  other.store.close();
  await rest();
  assert.deepEqual([gone.sent, closed.sent], [[], []]);
});

test("what another view opens is told at once", () => {
  const model = aModel();
  const { store } = aStore(model);
  store.change({ input_size: 7 }, OTHER_VIEW);
  assert.equal(model.sent.length, 1);
});

test("what Python changes is heard", () => {
  const model = aModel();
  const { heard } = aStore(model);
  model.set({ input_size: 7 });
  assert.deepEqual(heard, [[["input_size"], "kernel"]]);
});

test("an echo of an older state does not undo what the learner has changed since", async () => {
  const model = aModel();
  const { store, heard } = aStore(model);
  store.change({ input_size: 9 }, LEARNER);
  model.set({ input_size: 8, target_size: 3 }); // the echo of 8 comes while 9 waits
  assert.deepEqual([model.get("input_size"), model.get("target_size")], [9, 3]);
  assert.deepEqual(heard.at(-1), [["target_size"], "kernel"]);
  await rest();
  model.set({ input_size: 8 }); // the kernel knows of 9: this is its own wish
  assert.equal(model.get("input_size"), 8);
});

test("two views of one model follow each other, and the last one counts", () => {
  const [model, shared] = [aModel(), live()];
  const [first, second] = [aStore(model, shared), aStore(model, shared)];
  first.store.change({ input_size: 9 }, LEARNER);
  assert.deepEqual(second.heard, [[["input_size"], OTHER_VIEW]]);
  second.store.change({ input_size: 5 }, LEARNER);
  assert.deepEqual(first.heard.at(-1), [["input_size"], OTHER_VIEW]);
  assert.equal(model.get("input_size"), 5);
  model.set({ input_size: 8 }); // an echo: what the first one had changed is no longer its own to keep
  assert.equal(model.get("input_size"), 5);
  for (const { store } of [first, second]) store.close();
});

test("a linked model follows, and what its own view had changed before is given up", () => {
  const [one, other, shared] = [aModel(), aModel(), live()];
  link(one, other, "input_size");
  const [moved, linked] = [aStore(one, shared), aStore(other, shared)];
  linked.store.change({ input_size: 20 }, LEARNER);
  moved.store.change({ input_size: 9 }, LEARNER);
  assert.deepEqual([one.get("input_size"), other.get("input_size")], [9, 9]);
  assert.deepEqual(linked.heard.at(-1), [["input_size"], OTHER_VIEW]);
  other.set({ target_size: 3 }); // an echo of something else
  assert.equal(other.get("input_size"), 9);
  for (const { store } of [moved, linked]) store.close();
});

test("a view whose kernel refuses a size puts the last known one back although it is locked", async () => {
  const model = aModel({ lock: ["input_size"] });
  const shared = live();
  const store = new Store({
    model,
    shared,
    names: NAMES,
    heard: () => model.get("input_size") > 64 && store.change({ input_size: 14 }, VIEW),
  });
  model.set({ input_size: 300 });
  assert.equal(model.get("input_size"), 14);
  await rest();
  assert.deepEqual(
    model.sent.map(({ input_size }) => input_size),
    [14],
  );
});

test("a change within a change ends neither too early", () => {
  const [one, second, third, shared] = [aModel(), aModel(), aModel(), live()];
  const moved = aStore(one, shared);
  const correcting = new Store({
    model: second,
    shared,
    names: NAMES,
    heard: (_names, origin) => origin === OTHER_VIEW && correcting.change({ target_size: 3 }, VIEW),
  });
  const last = aStore(third, shared);
  one.on("change:input_size", () => moved.store.change({ rule: "forum" }, VIEW));
  link(one, second, "input_size");
  link(one, third, "input_size");
  moved.store.change({ input_size: 9, target_size: 5 }, LEARNER);
  assert.deepEqual(last.heard, [[["input_size"], OTHER_VIEW]]);
  assert.deepEqual(moved.heard, [
    [["rule"], VIEW],
    [["input_size", "target_size"], LEARNER],
  ]);
  assert.equal(second.get("target_size"), 3);
  for (const store of [moved.store, correcting, last.store]) store.close();
});

test("a verdict is set without being heard, and is not kept from the kernel", () => {
  const model = aModel({ verdict: "unchecked" });
  const { store, heard } = aStore(model);
  store.listen("verdict", () => heard.push("verdict"));
  store.set({ verdict: "checking" });
  assert.deepEqual([model.get("verdict"), heard], ["checking", []]);
  model.set({ verdict: "agrees" });
  assert.deepEqual([model.get("verdict"), heard], ["agrees", ["verdict"]]);
});

test("a closed store hears nothing", () => {
  const model = aModel();
  const { store, heard } = aStore(model);
  store.close();
  model.set({ input_size: 7 });
  assert.deepEqual(heard, []);
});
