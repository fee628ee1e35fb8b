import { lookUp } from "../pure/numbers.js";

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

/** The same of SVG, with attributes and a text. */
export function svgElement(tag, attributes = {}, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text) element.textContent = text;
  return element;
}

let ids = 0;
/** An id that no other element of the page has, of whichever version of this code. */
export const newId = () => `pt-${++ids}-${Date.now()}`;

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
  const show = (value, last) => {
    // Only what differs is set: setting costs even where nothing changes.
    const text = String(value);
    if (last !== undefined && number.max !== String(last)) number.max = last;
    const reach = Math.max(last ?? max, value); // a slider follows a size beyond it
    if (range.max !== String(reach)) range.max = reach;
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

export function button(content, name, press) {
  return h("button", { type: "button", "aria-label": name, title: name, onclick: press }, content);
}

/** A picture of 16 by 16 units, drawn as one path in the colour of the text around it. */
export function icon(path, className = "") {
  const svg = svgElement("svg", { class: `pt-icon ${className}`, viewBox: "0 0 16 16", "aria-hidden": true });
  svg.append(svgElement("path", { d: path }));
  return svg;
}

/** Let a control explain itself on hover and focus, until Escape; return the element of the explanation. */
export function hinted(element, text) {
  const hint = h("span", { className: "pt-hint", role: "tooltip", id: newId() }, text);
  element.classList.add("pt-hinted");
  element.append(hint);
  element.querySelector("input, select, button").setAttribute("aria-describedby", hint.id);
  const quiet = (/** @type {boolean} */ on) => element.classList.toggle("pt-quiet", on);
  element.addEventListener("keydown", ({ key }) => key === "Escape" && quiet(true));
  for (const type of ["pointerenter", "focusin"])
    element.addEventListener(type, () => {
      quiet(false);
      keepInside(hint, element);
    });
  return hint;
}

/** What is said at an element in the right half of its view ends where the element ends, not where the view does. */
export function keepInside(said, element) {
  const [view, own] = [element.closest(".pooltutor"), element].map((each) => each.getBoundingClientRect());
  said.classList.toggle("pt-to-left", own.left + own.width / 2 > view.left + view.width / 2);
}

export function tick({ name, set }) {
  const box = h("input", { type: "checkbox", id: newId() });
  box.addEventListener("change", () => set(box.checked));
  const element = h("span", { className: "pt-tick" }, box, h("label", { for: box.id }, name));
  return { element, box, show: (on) => (box.checked = on), lock: (locked) => (box.disabled = locked) };
}

/** Say of a field that what stands in it is refused, or that nothing is any more. */
export function markRefused(field, isRefused) {
  if (isRefused) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/** A preset menu beside a text box for a list of one's own. */
export function numbersBox({ name, typedName, presets, set, own }) {
  const choose = menu({ name, options: [...presets, ["", own]], set: (value) => (value ? set(value) : text.focus()) });
  const text = h("input", { type: "text", "aria-label": typedName, spellcheck: false, autocomplete: "off" });
  text.addEventListener("change", () => set(text.value.trim()));
  const element = h("div", { className: "pt-numbers" }, choose.element, text);
  let last;
  const refuse = (isRefused = true) => markRefused(text, isRefused);
  const show = (spec, shown) => {
    const preset = presets.some(([known]) => known === spec);
    const typed = preset ? "" : spec;
    choose.select.value = preset ? spec : "";
    text.placeholder = shown; // a new value would move the selection, which every editor on the page listens to
    const isRefused = text.hasAttribute("aria-invalid") && spec === last; // what was typed stays, to be mended
    last = spec;
    if (isRefused) return;
    refuse(false);
    if (text.value !== typed) text.value = typed;
  };
  const lock = (locked) => (choose.select.disabled = text.disabled = locked);
  return { element, text, show, lock, refuse };
}

/** Keep a key inside a view, where JupyterLab would use it on its cells; say whether it may mean something to the view. */
export function keepKey(event) {
  const { key, ctrlKey, metaKey } = event;
  if ((ctrlKey || metaKey) && "scfb".includes(key.toLowerCase())) return false; // save, copy, find, side bar: harmless to the cells
  event.stopPropagation();
  return !isChord(event);
}

/** Is a key pressed together with one that gives it another meaning? */
export const isChord = ({ ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey;

/** Give a key to another element; false where that made use of it. */
export const passKey = (key, element) =>
  element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

/** The two keys of a clicker, and how many windows or steps each of them goes on. */
const CLICKER = { PageUp: -1, PageDown: 1 };

/** How far a clicker goes on, whatever was clicked before; 0 for other keys, and where one scrolls what has to be scrolled. */
export const clickerStep = (event) =>
  isChord(event) || event.target.closest(".pt-scroll, textarea") ? 0 : (lookUp(CLICKER, event.key) ?? 0);

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
