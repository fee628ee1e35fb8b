import { leastAndMost, SHOWN_PARTS } from "../pure/grid/facts.js";
import { format } from "../pure/numbers.js";
import { range } from "../pure/windows.js";
import {
  boundsAsSides,
  compareFeeds,
  compareShared,
  marksOf,
  numbersIn,
  seenNumber,
  seenShare,
  seenWindow,
} from "../view/claim.js";
import { seenPlanes } from "./canvas.js";

// What a 2-D view displays, read back: from the attributes and texts of its cells, and where cells are pixels from the
// numbers that were painted, as far as the pixels have their colours.

const marked = (root, name) => [...root.querySelectorAll(`[data-${name}]`)];

/** The cells or outputs of a grid in row order, which is not the order in which they came into the page. */
function cellsOf(root, name) {
  const placed = marked(root, name).map((mark) => [mark.dataset[name].split(",").map(Number), mark]);
  return placed.sort(([[r, c]], [[s, d]]) => r - s || c - d).map(([, mark]) => mark);
}

/** Texts by the place that they stand in. */
function textsOf(root, name) {
  return new Map(marked(root, name).map((text) => [text.getAttribute(`data-${name}`), text.textContent]));
}

const toNumber = (text) => (String(text).trim() === "" ? NaN : Number(text));

/** Attributes of several channels, "1 2 3" for each cell, as one plane for each channel. */
function planesOfTexts(texts) {
  const split = texts.map((text) => text.split(" "));
  return range(0, split[0]?.length ?? 1).map((k) => Float64Array.from(split, (channels) => toNumber(channels[k])));
}

/** Attribute and visible text of each cell; where they differ, neither is claimed. */
function seenAll(marks, place, data, texts, seen = seenNumber) {
  return marks.map((mark) => seen(mark.dataset[data], texts.get(mark.dataset[place])));
}

/** The numbers of the input's marks. */
function inputMarks(root, colour) {
  const marks = cellsOf(root, "cell");
  const texts = textsOf(root, "of");
  const read = (data, shown, seen) => planesOfTexts(seenAll(marks, "cell", data, shown ? texts : new Map(), seen));
  const times = textsOf(root, "times-of");
  return {
    x: read("x", colour === "values"),
    gradients: read("grad", colour === "gradient"),
    ...(colour === "influence" && { influence: read("influence", true, seenShare) }),
    ...(colour === "overlaps" && { coverage: read("count", true) }),
    ...(times.size && {
      coverage: [
        Float64Array.from(marks, ({ dataset: { cell } }) => (times.has(cell) ? toNumber(times.get(cell).slice(1)) : 1)),
      ],
    }),
  };
}

/** The numbers of painted cells; what the picture does not show of gradients and counts is not claimed. */
function inputPixels({ facts, painted, canvases }) {
  const shown = seenPlanes(
    canvases.input,
    painted.find(({ name }) => name === "input"),
  );
  return { x: facts.x, [SHOWN_PARTS[facts.colour].part]: shown };
}

function outputMarks(root, { facts }) {
  const marks = cellsOf(root, "output");
  const [y, g, won] = ["y-of", "g-of", "won-of"].map((name) => textsOf(root, name));
  const upstream = marks.map(({ dataset }) =>
    g.has(dataset.output) && g.get(dataset.output) !== `g ${seenText(dataset.upstream, g.get(dataset.output))}`
      ? "NaN"
      : dataset.upstream,
  );
  const width = facts.n[1];
  const place = (at) => (at === "-1" ? "" : `x[${Math.trunc(at / width)},${at % width}]`);
  const winners = marks.map(({ dataset }) =>
    won.has(dataset.output) && won.get(dataset.output) !== place(dataset.winner) ? "NaN" : dataset.winner,
  );
  return {
    outputs: planesOfTexts(seenAll(marks, "output", "y", y)),
    upstream: planesOfTexts(upstream),
    ...(facts.winners && { winners: planesOfTexts(winners) }),
  };
}

/** What stands after "g ", if it is that number. */
const seenText = (value, text) => (seenNumber(value, text.slice(2)) === value ? text.slice(2) : "");

function outputPixels({ facts, painted, canvases }) {
  return {
    outputs: seenPlanes(
      canvases.output,
      painted.find(({ name }) => name === "output"),
    ),
    upstream: [facts.g],
    ...(facts.winners && { winners: facts.winners }),
  };
}

/** The planes without a number that is not the one displayed elsewhere. */
const withoutNumber = (planes, number) =>
  planes.map((plane) => Float64Array.from(plane, (v) => (v === number ? NaN : v)));

/** Under the input stand the least and the most that it shows: where one is another, the number is not claimed. */
function compareEnds(root, numbers) {
  for (const { part, mark } of Object.values(SHOWN_PARTS)) {
    for (const shown of marked(root, `${mark}-ends`)) {
      const ends = leastAndMost(numbers[part]);
      const [values, texts] = [shown.getAttribute(`data-${mark}-ends`).split(" "), numbersIn(shown.textContent)];
      const wrong = ends.find((end, k) => values[k] !== String(end) || texts[k] !== format(end));
      if (wrong !== undefined) numbers[part] = withoutNumber(numbers[part], wrong);
    }
  }
}

/** Winning cells are marked: where others are, the first winner is not claimed. */
function compareWinners(root, numbers) {
  for (const { dataset } of marked(root, "winners")) {
    const won = [...new Set(numbers.winners[0])].filter((at) => at >= 0);
    if (dataset.winners !== won.join(" ")) numbers.winners = withoutNumber(numbers.winners, numbers.winners[0][0]);
  }
}

/** Every displayed number by its part of a claim: planes, one for each channel. */
export function gridNumbers(view) {
  const { facts, places, root } = view;
  const numbers = {
    ...(places.input.pixels ? inputPixels(view) : inputMarks(root, facts.colour)),
    ...(places.output.pixels ? outputPixels(view) : outputMarks(root, view)),
  };
  compareEnds(root, numbers);
  compareWinners(root, numbers);
  return numbers;
}

/** Starts and stops of an axis, as text, from its bars. */
function axisBounds(root, name, axis) {
  const bounds = marksOf(root, `${name}-window`, `${name}Window`).map(seenWindow);
  compareFeeds(root, bounds, `${name}-feeds`);
  compareShared(root, bounds, axis, `shared-${name}`);
  return boundsAsSides(bounds);
}

/** Bars that are said to be PyTorch's. */
const axisTruth = (root, axis) =>
  marked(root, `${axis}-true`).map((bar) => [bar.getAttribute(`data-${axis}-true`), bar.dataset.from, bar.dataset.to]);

/** A row of numbers as bytes: small integers take one each. */
function packed(planes) {
  const bytes = planes.every((plane) => plane.every((v) => v >= 0 && v <= 255 && Number.isInteger(v)));
  const all = new (bytes ? Uint8Array : Float64Array)(planes.length * planes[0].length);
  for (const [k, plane] of planes.entries()) all.set(plane, k * plane.length);
  return { dtype: bytes ? "u1" : "<f8", buffer: all.buffer };
}

/** The claim of a 2-D view: sizes, windows of both axes, and planes of numbers in buffers. */
export function gridClaim(view) {
  const { facts, root } = view;
  const sizes = {
    x: facts.n,
    gradients: facts.n,
    influence: facts.n,
    coverage: facts.n,
    outputs: facts.m,
    winners: facts.m,
    upstream: facts.m,
  };
  const buffers = [];
  const numbers = Object.entries(gridNumbers(view)).map(([part, planes]) => {
    const { dtype, buffer } = packed(planes);
    const [{ length }, [height, width]] = [planes[0], sizes[part]];
    const shape = length === height * width ? sizes[part] : [length]; // somebody took one out of the picture
    return [part, { dtype, channels: planes.length, shape, buffer: buffers.push(buffer) - 1 }];
  });
  const windows = [
    ["row", facts.rows],
    ["column", facts.columns],
  ].map(([name, axis]) => axisBounds(root, name, axis));
  const truth = ["row", "column"].map((axis) => axisTruth(root, axis));
  return { n: facts.n, m: facts.m, parts: { windows, truth, ...Object.fromEntries(numbers) }, buffers };
}
