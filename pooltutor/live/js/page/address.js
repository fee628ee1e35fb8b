import { ruleOfMap } from "../pure/atlas/facts.js";
import { firstBad, isPreset, lookUp } from "../pure/numbers.js";
import { questionFrom, questionText } from "../pure/question/address.js";
import { freshAnswer } from "../pure/question/state.js";
import { rulesOf } from "../pure/rules.js";
import { changeModel } from "../pure/store.js";

// A state as the end of an address, and back: #tab=explorer&n=7&m=5&show=windows,influence. What is as usual is left
// out, and what an address says wrongly is passed over: a link always opens something.

const SHORT_NAMES = { input_size: "n", target_size: "m", question: "ask" };
/** What every address says, even if it is as usual. */
const ALWAYS = ["input_size", "target_size", "step"];
const WRITE_MS = 200;
const addressName = (name) => lookUp(SHORT_NAMES, name) ?? name;

/** A value of the state as text. */
function written(value) {
  if (value?.kind) return questionText(value);
  if (Array.isArray(value))
    return value.some((each) => typeof each === "string") || !value.length
      ? value.join(",")
      : value.map((side) => side ?? "keep").join("x");
  return value === null ? "" : value === true ? "1" : value === false ? "0" : String(value);
}

const wholeNumber = (low, high) => (text) =>
  /^\d{1,4}$/.test(text) && text >= low && text <= high ? Number(text) : undefined;
const oneOf = (names) => (text) => (names.includes(text) ? text : undefined);
/** A rule's name, or the text of a formula that can be read. */
const ruleOf = (rules) => (text) => (rules.get(text).formula ? text : undefined);
const someOf = (names) => (text) => {
  const asked = [...new Set(text.split(",").filter(Boolean))];
  return asked.every((name) => names.includes(name)) ? asked : undefined;
};
const pairOf = (side) => (text) => {
  const sides = text.split("x").map(side);
  return sides.length === 2 && !sides.includes(undefined) ? sides : undefined;
};
const truth = (text) => lookUp({ 1: true, 0: false }, text);
const numbersText = (text) => (text && (isPreset(text) || firstBad(text) === undefined) ? text : undefined);

/** For each part of the state of a view a function from text to its value, undefined where it has none. */
function readersOf(model, shared) {
  const words = shared.get("words");
  const rule = ruleOf(rulesOf(shared));
  const { slider, typed, grid } = shared.get("limits");
  const size = wholeNumber(1, slider);
  const larger = wholeNumber(1, typed);
  const side = wholeNumber(1, grid);
  const kept = (text) => (text === "keep" ? null : side(text));
  const asked = (/** @type {number} */ axes) => (text) =>
    questionFrom(text, axes, (each) => rulesOf(shared).get(each).formula !== null);
  const common = { rule, kind: oneOf(Object.keys(words.kinds)), presenter: truth, more: truth, upstream: numbersText };
  return {
    explorer: {
      input_size: larger,
      target_size: larger,
      show: someOf(Object.keys(words.panels)),
      window: wholeNumber(0, typed - 1),
      ...common,
      x: numbersText,
      against: rule,
      question: asked(1),
    },
    grid: {
      input_size: pairOf(side),
      target_size: pairOf(kept),
      show: someOf(Object.keys(words.grid.panels)),
      window: pairOf(wholeNumber(0, typed - 1)),
      ...common,
      colour: oneOf(Object.keys(words.grid.colours)),
      image: oneOf(Object.keys(words.grid.images).filter((image) => image !== "own")),
      channel: wholeNumber(0, 2),
      question: asked(2),
    },
    atlas: {
      input_size: size,
      target_size: size,
      rule,
      colour: oneOf(Object.keys(shared.get("charts").words?.colours ?? {})),
    },
    story: { step: wholeNumber(0, (model.get("story")?.steps.length ?? 1) - 1) },
  }[model.get("_view")];
}

/** A tab {name, model} with how its state is read, and the state that it has now, which links leave out. */
export function addressTab({ name, model, beside }, shared) {
  const readers = readersOf(model, shared);
  const usual = usualOf(model, readers);
  return {
    name,
    model,
    shared,
    readers,
    usual,
    beside: beside && { model: beside, usual: usualOf(beside, readersOf(beside, shared)) },
  };
}

const usualOf = (model, readers) => Object.fromEntries(Object.keys(readers).map((part) => [part, model.get(part)]));

/** Open a state; an explorer beside a map is then what it was at first, for links say nothing of it but its pair and rule. */
function openState({ model, beside, shared }, state) {
  const { input_size, target_size } = state;
  if (beside) changeModel(beside.model, shared, { ...beside.usual, input_size, target_size, rule: ruleOfMap(state) });
  changeModel(model, shared, "question" in state ? { ...state, answer: freshAnswer() } : state);
}

/** The end of the address that opens a tab as it is. */
export function addressOf({ name, model, usual }) {
  const changed = Object.keys(usual).filter(
    (part) => ALWAYS.includes(part) || written(model.get(part)) !== written(usual[part]),
  );
  // Commas stay readable; everything else is as addresses have it.
  const parts = changed.map(
    (part) => `${addressName(part)}=${encodeURIComponent(written(model.get(part))).replaceAll("%2C", ",")}`,
  );
  return `#${[`tab=${name}`, ...parts].join("&")}`;
}

/** What an address says: a tab, and the state of its view, as at first where nothing is said. */
export function readAddress(hash, tabs) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const tab = tabs.find(({ name }) => name === said.get("tab")) ?? tabs[0];
  const state = { ...tab.usual };
  for (const [part, read] of Object.entries(tab.readers)) {
    const text = said.get(addressName(part));
    const value = text === null ? undefined : read(text);
    if (value !== undefined) state[part] = value;
  }
  return { tab, state: windowInside(state) };
}

/** Drop the number of a window that the target does not have. */
function windowInside(state) {
  if (state.window === undefined) return state;
  const [n, m, window] = [state.input_size, state.target_size, state.window].map((sides) => [sides].flat());
  return window.every((k, axis) => k < (m[axis] ?? n[axis]))
    ? state
    : { ...state, window: window.length > 1 ? [0, 0] : 0 };
}

/** Keep the address of the page and the tabs the same, until the signal; returns a function to call when another tab is opened. */
export function followAddress({ tabs, selected, select, signal }) {
  let timer;
  let reading = false;
  const open = (hash) => {
    const { tab, state } = readAddress(hash, tabs);
    reading = true;
    openState(tab, state);
    select(tab.name);
    reading = false;
    write(); // without what could not be read
    // A link opens a page as it was made: at its top, and with the keys for the picture instead of the last slider.
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    for (const scroller of [document.scrollingElement, document.getElementById("rendered_cells")])
      scroller?.scrollTo(0, 0);
  };
  const write = () => history.replaceState(null, "", addressOf(tabs.find(({ name }) => name === selected())));
  const later = () => {
    clearTimeout(timer);
    if (!reading) timer = setTimeout(write, WRITE_MS);
  };
  for (const { model, usual } of tabs) {
    const events = Object.keys(usual).map((part) => `change:${part}`);
    for (const event of events) model.on(event, later);
    signal.addEventListener("abort", () => {
      for (const event of events) model.off(event, later);
    });
  }
  signal.addEventListener("abort", () => clearTimeout(timer));
  // The link itself: by now the address may be that of the last state again, whose writing was due.
  addEventListener("hashchange", ({ newURL }) => open(new URL(newURL).hash), { signal });
  if (location.hash.length > 1) open(location.hash);
  return later;
}
