import { writings } from "./layout.js";
import { format } from "./numbers.js";

// What is displayed is what is claimed: the numbers are read back from the picture, not from what it was drawn from.
// Sentences (the line, the words, the duel, the ratio of influences) say the same once more; they are not read back.

export const marksOf = (root, name, data) => [...root.querySelectorAll(`[data-${name}]`)].sort((a, b) => a.dataset[data ?? name] - b.dataset[data ?? name]);

/** The numbers that a view displays, as text, by the names that the kernel's side of the check expects. */
export function claimOf(root) {
  const marks = (name) => marksOf(root, name);
  const [cells, windows, outputs] = [marks("cell"), marks("window"), marks("output")];
  const bounds = windows.map(seenWindow);
  compareFeeds(root, bounds);
  compareFeeding(root, bounds);
  const numbers = {
    x: cells.map((cell) => seen(cell, "x", ".pt-x")),
    ...(root.querySelector("[data-cell] .pt-grad-box") && { gradients: cells.map((cell) => seen(cell, "grad", ".pt-grad")) }),
    outputs: outputs.map((output) => seen(output, "y", ".pt-y")),
    upstream: outputs.map((output) => seen(output, "upstream", ".pt-g")),
  };
  compareSides(root, numbers);
  compareTable(root, bounds, numbers.outputs);
  return {
    ...numbers,
    start: bounds.map(([start]) => start),
    stop: bounds.map(([, stop]) => stop),
    ...(outputs[0]?.dataset.winner !== undefined && { winners: outputs.map(seenWinner) }),
    ...truthClaim(root),
    ...influenceClaim(root),
    ...matrixClaim(root),
  };
}

/**
 * A displayed value: the attribute at full precision, if the visible text is what format() makes of it. Where the
 * two differ nobody can tell which one the learner believes, so neither is claimed: NaN, which no number equals.
 */
function seen(mark, name, selector) {
  return seenNumber(mark.dataset[name], mark.querySelector(selector)?.textContent);
}

export function seenNumber(value, text) {
  if (text === undefined || writings(Number(value)).includes(text)) return value;
  return value === "NaN" ? text : text === "nan" ? value : "NaN";
}

/** Start and stop of a window, likewise. */
export function seenWindow(mark) {
  const { start, stop } = mark.dataset;
  const text = mark.querySelector(".pt-bar-text")?.textContent;
  if (text === undefined || (start === stop && !/\d:\d/.test(text))) return [start, stop];
  const written = text.match(/^(?:✗ ?)?(\d+):(\d+)$/) ?? [];
  return [start, stop].map((side, k) => (side === written[k + 1] ? side : "NaN"));
}

/** Above n the bars say which outputs each cell feeds: where one says what the windows do not, no window is claimed. */
export function compareFeeds(root, bounds, name = "feeds") {
  const fedBy = feedsOfBounds(bounds);
  for (const bar of root.querySelectorAll(`[data-${name}]`)) {
    const text = bar.querySelector(".pt-bar-text")?.textContent.replace(/✗ ?/, "");
    if (text === undefined) continue;
    const fed = fedBy(Number(bar.getAttribute(`data-${name}`)));
    const right = fed.length ? text === `${fed[0]}:${fed.at(-1) + 1}` : !/\d:\d/.test(text);
    if (!right) bounds[fed[0] ?? 0] = ["NaN", "NaN"];
  }
}

function feedsOfBounds(bounds) {
  const windows = bounds.map((sides) => sides.map(Number));
  return (cell) => windows.flatMap(([start, stop], i) => (start <= cell && cell < stop ? [i] : []));
}

/** Beside the influence stand the windows that contain each cell, as a range or as their number: likewise. */
function compareFeeding(root, bounds) {
  const fedBy = feedsOfBounds(bounds);
  for (const mark of root.querySelectorAll("[data-feeding]")) {
    const { feeding, from, to } = mark.dataset;
    const text = mark.querySelector(".pt-grad")?.textContent;
    const fed = fedBy(Number(feeding));
    const range = fed.length ? `${fed[0]}:${fed.at(-1) + 1}` : `${from}:${from}`;
    const right = range === `${from}:${to}` && (text === undefined || text === range || text === String(fed.length));
    if (!right) bounds[fed[0] ?? 0] = ["NaN", "NaN"];
  }
}

/** The table writes windows, lengths and outputs once more: likewise. */
function compareTable(root, bounds, outputs) {
  for (const row of root.querySelectorAll("[data-table-row]")) {
    const i = Number(row.dataset.tableRow);
    const [number, , , start, stop, length, output] = [...row.cells].map((cell) => cell.textContent);
    const right = start === stop ? !/\d/.test(length) : length === String(stop - start);
    if (number !== String(i) || start !== bounds[i]?.[0] || stop !== bounds[i][1] || !right) bounds[i] = ["NaN", "NaN"];
    if (output !== format(Number(outputs[i]), 6)) outputs[i] = "NaN";
  }
}

/** Beside the matrix stand x, y and both gradients once more: where a text is another number's, that one is not claimed. */
function compareSides(root, { x, outputs, upstream, gradients }) {
  for (const [side, values] of Object.entries({ x, y: outputs, g: upstream, grad: gradients })) {
    for (const mark of values ? root.querySelectorAll(`[data-side-${side}]`) : []) {
      const k = mark.getAttribute(`data-side-${side}`);
      const text = mark.querySelector("text")?.textContent;
      if (text !== undefined && !writings(Number(values[k])).includes(text)) values[k] = "NaN";
    }
  }
}

/** A fraction or a number as text is that value; if not, neither is claimed. */
export function seenShare(value, text) {
  if (text === undefined) return value;
  const [a, b = 1] = text.split("/").map(Number);
  return Math.abs(a / b - Number(value)) < 1e-12 || writings(Number(value)).includes(text) ? value : "NaN";
}

function seenWinner(output) {
  const text = output.querySelector(".pt-won")?.textContent;
  const { winner } = output.dataset;
  return text === undefined || text === (winner === "-1" ? "" : `x[${winner}]`) ? winner : "NaN";
}

/** Bars that are said to be PyTorch's, beside a wrong rule: [number, from, to]. */
function truthClaim(root) {
  const marks = marksOf(root, "true");
  const side = (mark, name, k) => {
    const text = mark.querySelector("text")?.textContent;
    return text === undefined || text.split(":")[k] === mark.dataset[name] ? mark.dataset[name] : "NaN";
  };
  return marks.length && { truth: marks.map((mark) => [mark.dataset.true, side(mark, "from", 0), side(mark, "to", 1)]) };
}

function influenceClaim(root) {
  const marks = marksOf(root, "influence", "of");
  return marks.length && { influence: marks.map((mark) => seenShare(mark.dataset.influence, mark.querySelector(".pt-grad")?.textContent)) };
}

/** The rows of P: from, to and the one value of the entries that are not zero. */
function matrixClaim(root) {
  const rows = marksOf(root, "row");
  const weight = (row) => [...row.querySelectorAll(".pt-share")].reduce((value, text) => seenShare(value, text.textContent), row.dataset.weight);
  return rows.length && { matrix: rows.map((row) => [row.dataset.from, row.dataset.to, weight(row)]) };
}
