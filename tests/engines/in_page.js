// What the scenario asks of a page. Each function is sent there by its text, so it uses nothing from outside.

/** Whether a view that can be seen has this verdict about this. */
export function hasVerdict(word, about) {
  const lines = document.querySelectorAll(`[role=status][data-verdict='${word}'][data-for='${about}']`);
  return [...lines].some((line) => line.checkVisibility());
}

/** The numbers of the first view of one axis that can be seen. */
export function numbers() {
  const root = [...document.querySelectorAll(".pooltutor:has(svg.pt-picture)")].find((view) => view.checkVisibility());
  const read = (mark, name) =>
    [...root.querySelectorAll(`[data-${mark}]`)]
      .sort((a, b) => a.dataset[mark] - b.dataset[mark])
      .map((each) => Number(each.dataset[name]));
  const [x, grad] = ["x", "grad"].map((name) => read("cell", name));
  const [start, stop] = ["start", "stop"].map((name) => read("window", name));
  const [y, upstream] = ["y", "upstream"].map((name) => read("output", name));
  return { x, grad, start, stop, y, upstream };
}

/** The numbers of the view of two axes, as it says that it shows them. */
export function planes() {
  const root = [...document.querySelectorAll(".pt-grid")].find((view) => view.checkVisibility());
  const shown = Object.entries(root.shown()).map(([name, values]) => [name, [values].join(" ").replaceAll(",", " ")]);
  return { planes: Object.fromEntries(shown) };
}

/** The colours of the map's cells. */
export function pixels() {
  const canvas = document.querySelector("[data-atlas] .pt-cells");
  return [...canvas.getContext("2d").getImageData(0, 0, 64, 64).data].join(" ");
}

/** Focus one of what a selector finds and can be seen. */
export function focus(selector, nth) {
  const found = [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility())[nth];
  found?.focus();
  return document.activeElement === found;
}

/** Focus a slider by its label. */
export function focusSlider(label) {
  const found = [...document.querySelectorAll("input[type=range]")].find(
    (each) => each.checkVisibility() && each.labels[0]?.textContent === label,
  );
  found?.focus();
  return document.activeElement === found;
}

/** Focus the first size of a text that says this. */
export function focusSize(text) {
  const found = [...document.querySelectorAll("a.site-size")].find((each) => each.textContent === text);
  found?.focus();
  return document.activeElement === found;
}

/** Select all that stands in the field with the focus. */
export function selectAll() {
  document.activeElement.select?.();
}

/** Whether the sentence about an answer has these words. */
export function says(words) {
  const lines = [...document.querySelectorAll(".pt-answer-said")].filter((line) => line.checkVisibility());
  return lines.some((line) => line.textContent.includes(words));
}

/** Where a pointer goes to draw a window from one place of the cells to another. */
export function places(from, to, lane) {
  const zone = document.querySelector(".pt-own-zone");
  if (!zone) return null;
  zone.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = zone.getBoundingClientRect();
  const cells = document.querySelectorAll("[data-cell]").length;
  return [from, (from + to) / 2, to].map((line) => [left + (line * width) / cells, top + ((lane + 0.4) * height) / 2]);
}

/** The way of a grip by some cells, as a pointer goes that drags it. */
export function wayOfGrip(name, cells) {
  const grip = document.querySelector(`[role=slider][aria-label='${name}']`);
  if (!grip) return null;
  const { left, top, width, height } = grip.getBoundingClientRect();
  const step = document.querySelector("[data-cell]").getBoundingClientRect().width * cells;
  return [0, 0.5, 0.95].map((part) => [left + width / 2 + part * step, top + height / 2]);
}

/** The middle of the first of what a selector finds and can be seen. */
export function middle(selector) {
  const found = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility());
  if (!found || found.disabled) return null;
  found.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { left, top, width, height } = found.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

/** What the open step of a story says, once it is not this. */
export function storySays(before) {
  const said = document.querySelector(".pt-story-bar .pt-say")?.textContent;
  return said !== before && said;
}

/** Whether the open step of a story says this. */
export function storySaysAgain(text) {
  return document.querySelector(".pt-story-bar .pt-say")?.textContent === text;
}

/** How many views a page of the site has; what is folded opens. */
export function countOfViews() {
  for (const folded of document.querySelectorAll("main details")) folded.open = true;
  return document.querySelectorAll("[data-saved]").length;
}

/** Scroll to a view, which wakes it. */
export function scrollToView(k) {
  document.querySelectorAll("[data-saved]")[k].scrollIntoView({ behavior: "instant" });
}

/** Whether a view lives. */
export function isAlive(k) {
  const figure = document.querySelectorAll("[data-saved]")[k];
  return figure.matches("[data-alive]") || Boolean(figure.querySelector("[data-alive]"));
}

/** Whether no view of the page is still being compared. */
export function isAllJudged() {
  return !document.querySelector("[data-verdict=checking]");
}

/** What a page asked for that is neither its own nor part of it. */
export function foreign(own) {
  const names = performance.getEntriesByType("resource").map((each) => each.name);
  return names.filter((name) => !/^(file|data|blob):/.test(name) && !(own && name.startsWith(own)));
}

/** What stands on the page, for whoever reads of a failure. */
export function summary() {
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  return {
    at: location.href.slice(-80),
    focus: document.activeElement?.outerHTML.slice(0, 120),
    verdicts: visible("[role=status]").map((line) => `${line.dataset.verdict} ${line.dataset.for}`),
    answers: visible(".pt-answer-said").map((line) => line.textContent),
  };
}
