import { format } from "./numbers.js";

// What is displayed is what is claimed: the numbers are read back from the picture, not from what it was drawn from.

/** The numbers that a picture displays, as text, by the names that the kernel's side of the check expects. */
export function claimOf(svg) {
  const marks = (name) => [...svg.querySelectorAll(`[data-${name}]`)].sort((a, b) => a.dataset[name] - b.dataset[name]);
  const [cells, windows, outputs] = [marks("cell"), marks("window"), marks("output")];
  const bounds = windows.map(seenWindow);
  compareFeeds(svg, bounds);
  return {
    x: cells.map((cell) => seen(cell, "x", ".pt-x")),
    gradients: cells.map((cell) => seen(cell, "grad", ".pt-grad")),
    start: bounds.map(([start]) => start),
    stop: bounds.map(([, stop]) => stop),
    outputs: outputs.map((output) => seen(output, "y", ".pt-y")),
    upstream: outputs.map((output) => seen(output, "upstream", ".pt-g")),
  };
}

/**
 * A displayed value: the attribute at full precision, if the visible text is what format() makes of it. Where the
 * two differ nobody can tell which one the learner believes, so neither is claimed: NaN, which no number equals.
 */
function seen(mark, name, selector) {
  const value = mark.dataset[name];
  const text = mark.querySelector(selector)?.textContent;
  if (text === undefined || [4, 3].some((digits) => text === format(Number(value), digits))) return value;
  return value === "NaN" ? text : text === "nan" ? value : "NaN";
}

/** Start and stop of a window, likewise. */
function seenWindow(mark) {
  const { start, stop } = mark.dataset;
  const text = mark.querySelector(".pt-bar-text")?.textContent;
  if (text === undefined || (start === stop && !/\d:\d/.test(text))) return [start, stop];
  const written = text.match(/^(?:✗ )?(\d+):(\d+)$/) ?? [];
  return [start, stop].map((side, k) => (side === written[k + 1] ? side : "NaN"));
}

/** Above n the bars say which outputs each cell feeds: where one says what the windows do not, no window is claimed. */
function compareFeeds(svg, bounds) {
  for (const bar of svg.querySelectorAll("[data-feeds]")) {
    const text = bar.querySelector(".pt-bar-text")?.textContent.replace("✗ ", "");
    if (text === undefined) continue;
    const cell = Number(bar.dataset.feeds);
    const fed = bounds.flatMap(([start, stop], i) => (Number(start) <= cell && cell < Number(stop) ? [i] : []));
    const right = fed.length ? text === `${fed[0]}:${fed.at(-1) + 1}` : !/\d:\d/.test(text);
    if (!right) bounds[fed[0] ?? 0] = ["NaN", "NaN"];
  }
}
