// Form controls, native ones: they have names, keys and touch of their own.

/** An HTML element with properties and children; `aria-*`, `data-*`, `for` and `role` become attributes. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "for" || name === "role" || name.includes("-")) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

let ids = 0;
const newId = () => `pt-${++ids}-${Date.now()}`;

/** A slider with its name beside a number box for the same value. */
export function slider({ name, box, min, max, typedMax, set, refuse }) {
  const range = h("input", { type: "range", id: newId(), min, max, step: 1 });
  const number = h("input", { type: "number", min, max: typedMax, step: 1, "aria-label": box, inputMode: "numeric" });
  range.addEventListener("input", () => set(Number(range.value)));
  // While a number is being typed only a value the slider has is taken at once; the rest waits for Enter.
  number.addEventListener("input", () => {
    const value = Number(number.value);
    if (number.value !== "" && Number.isInteger(value) && value >= Number(range.min) && value <= Number(range.max))
      set(value);
  });
  number.addEventListener("change", () => {
    const [low, high] = [Number(number.min), Number(number.max)];
    const typed = Number(number.value);
    if (number.value === "" || !Number.isFinite(typed)) return refuse({ low, high, typed: number.value, kept: null });
    const kept = Math.min(high, Math.max(low, Math.trunc(typed)));
    if (kept !== typed) refuse({ low, high, typed: number.value, kept });
    set(kept);
  });
  const element = h("div", { className: "pt-slider" }, h("label", { for: range.id }, name), range, number);
  const show = (value, max) => {
    // Only what differs is set: setting costs even where nothing changes.
    const text = String(value);
    if (max !== undefined && range.max !== String(max)) range.max = number.max = max;
    if (range.value !== text) range.value = value;
    if (range.getAttribute("aria-valuetext") !== text) range.setAttribute("aria-valuetext", text);
    if (Number(number.value) !== value || number.value === "") number.value = value;
  };
  const lock = (locked) => (range.disabled = number.disabled = locked);
  return { element, range, number, show, lock };
}

/** A select with its name; options are [value, text]. An unknown value shows the first option. */
export function menu({ name, options, set, hiddenName = false }) {
  const select = h("select", { id: newId() }, ...options.map(([value, text]) => h("option", { value }, text)));
  if (hiddenName) select.setAttribute("aria-label", name);
  select.addEventListener("change", () => set(select.value));
  const label = hiddenName ? [] : [h("label", { for: select.id }, name)];
  const element = h("div", { className: "pt-menu" }, ...label, select);
  const show = (value) => (select.value = options.some(([known]) => known === value) ? value : options[0][0]);
  return { element, select, show, lock: (locked) => (select.disabled = locked) };
}

export function button(text, name, press) {
  return h("button", { type: "button", "aria-label": name, title: name, onclick: press }, text);
}

export function tick({ name, set }) {
  const box = h("input", { type: "checkbox", id: newId() });
  box.addEventListener("change", () => set(box.checked));
  const element = h("span", { className: "pt-tick" }, box, h("label", { for: box.id }, name));
  return { element, box, show: (on) => (box.checked = on), lock: (locked) => (box.disabled = locked) };
}

/** A preset menu beside a text box for a list of one's own. */
export function numbersBox({ name, typedName, presets, set, own }) {
  const choose = menu({ name, options: [...presets, ["", own]], set: (value) => (value ? set(value) : text.focus()) });
  const text = h("input", { type: "text", "aria-label": typedName, spellcheck: false, autocomplete: "off" });
  text.addEventListener("change", () => set(text.value.trim()));
  const element = h("div", { className: "pt-numbers" }, choose.element, text);
  const show = (spec, shown) => {
    const preset = presets.some(([known]) => known === spec);
    const typed = preset ? "" : spec;
    choose.select.value = preset ? spec : "";
    text.placeholder = shown; // a new value would move the selection, which every editor on the page listens to
    if (text.value !== typed) text.value = typed;
  };
  const lock = (locked) => (choose.select.disabled = text.disabled = locked);
  return { element, text, show, lock };
}

/** Keep a key inside a view, where JupyterLab would use it on its cells; say whether it may mean something to the view. */
export function keepKey(event) {
  const chord = event.ctrlKey || event.metaKey;
  if (chord && "scfb".includes(event.key.toLowerCase())) return false; // save, copy, find, side bar: harmless to the cells
  event.stopPropagation();
  return !chord && !event.altKey;
}

/** Give a key to another element; false where that made use of it. */
export const passKey = (key, element) =>
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

/** The two keys of a clicker, and how many windows each of them goes on. */
export const CLICKER = { PageUp: -1, PageDown: 1 };

/** In presenter size a clicker steps whatever was clicked before, and scrolls only what has to be scrolled. */
export const isClicker = ({ key, target }) => Object.hasOwn(CLICKER, key) && !target.closest(".pt-scroll");

/** Put text on the clipboard. Plain http beyond this machine has no clipboard of its own: there a selection is copied. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
}

function copySelection(text) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const area = h("textarea", { value: text, className: "pt-clipboard", readOnly: true });
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before?.focus();
  return copied;
}
