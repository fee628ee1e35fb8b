import { isSamePair } from "./facts.js";
import { footOf, leftOf } from "./layout.js";

// What moves over the painted map, as marks: axes, names of rays, the marked pair and the one that is read out.

const RING = 4; // pixels between the marked cell and the ring around it
const TICKS = 8; // sizes from one number on an axis to the next, where there is room

/** @type {(key: string, tag: string, attrs: Attributes, text?: string | number) => Mark} */
const mark = (key, tag, attrs, text) => ({ key, tag, attrs, text: text === undefined ? undefined : String(text) });

/**
 * All marks of the map.
 * @param {AtlasDrawing} drawing
 */
export const atlasScene = (drawing) => [
  ...axes(drawing),
  ...rayMarks(drawing),
  ...halves(drawing),
  ...pointers(drawing),
];

/** @param {AtlasDrawing} drawing */
function axes({ places, active, words }) {
  const { margin, size, small, letters } = places;
  const [x, y] = [margin.left - 0.5, margin.top - 0.5];
  const edge = { class: "pt-map-edge", x, y, width: size + 1, height: size + 1 };
  const input = { class: "pt-axis", x: margin.left + size / 2, y: footOf(places, 1) + margin.bottom - 8 };
  const middle = `translate(${small ? 10 : 1.1 * letters} ${margin.top + size / 2}) rotate(-90)`;
  return [
    mark("axes", "rect", edge),
    ...tickMarks(places, active),
    mark("n", "text", input, words.input_axis),
    mark("m", "text", { class: "pt-axis", transform: middle }, words.target_axis),
  ];
}

/**
 * The sizes of the pair that is read out stand there too, and take the place of their neighbours.
 * @param {AtlasPlaces} places
 * @param {Pair | null} active
 */
function tickMarks(places, active) {
  const { cell, max, letters } = places;
  const every = cell * TICKS < 2.4 * letters ? 2 * TICKS : TICKS;
  /** @type {(k: number, size: number | undefined, room: number) => boolean} */
  const isFree = (k, size, room) => size === undefined || Math.abs(k - size) * cell >= room;
  const [n, m] = active ?? [];
  return [1, ...Array.from({ length: max / every }, (_, i) => (i + 1) * every)].flatMap((k) => [
    ...(isFree(k, n, 1.76 * letters) ? [inputTick(places, k, `n:${k}`, "pt-tick-text")] : []),
    ...(isFree(k, m, 1.28 * letters) ? [targetTick(places, k, `m:${k}`, "pt-tick-text")] : []),
  ]);
}

/** @type {(places: AtlasPlaces, n: number, key: string, className: string) => Mark} */
const inputTick = (places, n, key, className) =>
  mark(key, "text", { class: className, x: leftOf(places, n + 0.5), y: footOf(places, 1) + 4.5 + places.letters }, n);

/** @type {(places: AtlasPlaces, m: number, key: string, className: string) => Mark} */
function targetTick(places, m, key, className) {
  const { margin, letters } = places;
  const place = { x: margin.left - 7, y: footOf(places, m + 0.5) + 0.36 * letters };
  return mark(key, "text", { class: `${className} pt-to-right`, ...place }, m);
}

/**
 * Where a name stands that is read from below, right of the map.
 * @param {AtlasPlaces} places
 * @param {number} y
 */
function asideAt({ margin, size, letters }, y) {
  return { transform: `translate(${margin.left + size + 1.12 * letters} ${y}) rotate(-90)` };
}

/**
 * Rays are named where they leave the map, so that no name hides a cell.
 * @param {AtlasDrawing} drawing
 */
function rayMarks({ places, rays }) {
  const { margin, size, max } = places;
  return rays.flatMap(({ key, label, start, end: [n, m] }) => {
    const [x, y] = [leftOf(places, n + 0.5), footOf(places, m + 0.5)];
    const atCorner = m === max && n === max;
    const above = { x: n === max ? margin.left + size : x, y: margin.top - 8 };
    const d = `M${leftOf(places, start[0] + 0.5)} ${footOf(places, start[1] + 0.5)}L${x} ${y}`;
    return [
      mark(`under:${key}`, "path", { class: "pt-ray pt-ray-under", d }),
      mark(`ray:${key}`, "path", { class: "pt-ray", d }),
      mark(
        `label:${key}`,
        "text",
        { class: `pt-ray-text${atCorner ? " pt-to-right" : ""}`, ...(m < max ? asideAt(places, y) : above) },
        label,
      ),
    ];
  });
}

/**
 * Which half of the map is what, above the map and right of it.
 * @param {AtlasDrawing} drawing
 */
function halves({ places, words }) {
  const { margin, small, big } = places;
  const [above, below] = small || big ? [words.above_short, words.below_short] : [words.above, words.below];
  const left = { class: "pt-ray-text pt-from-left" };
  return [
    mark("above", "text", { ...left, x: margin.left, y: margin.top - 8 }, above),
    mark("below", "text", { ...left, ...asideAt(places, footOf(places, 1)) }, below),
  ];
}

/**
 * The marked pair, the one that is read out, and where that stands on both axes.
 * @param {AtlasDrawing} drawing
 */
function pointers({ places, active, marked }) {
  return [
    ...(active ? guides(places, active) : []),
    ...(marked ? ring(places, "mark", marked, RING) : []),
    ...(active && !isSamePair(active, marked) ? ring(places, "cursor", active, 2) : []),
  ];
}

/**
 * Lines from both axes, which end at the ring, so that its cell is seen whole.
 * @param {AtlasPlaces} places
 * @param {Pair} pair
 */
function guides(places, [n, m]) {
  const { left } = places.margin;
  const [x, y, foot] = [leftOf(places, n + 0.5), footOf(places, m + 0.5), footOf(places, 1)];
  const reach = places.cell / 2 + RING;
  const d = `M${left} ${y}H${Math.max(left, x - reach)}M${x} ${foot}V${Math.min(foot, y + reach)}`;
  return [
    mark("guide-under", "path", { class: "pt-guide pt-guide-under", d }),
    mark("guide", "path", { class: "pt-guide", d }),
    inputTick(places, n, "at-n", "pt-at"),
    targetTick(places, m, "at-m", "pt-at"),
  ];
}

/**
 * A frame around one cell that shows on every colour: ink between two lines of ground.
 * @type {(places: AtlasPlaces, key: string, pair: Pair, gap: number) => Mark[]}
 */
function ring(places, key, [n, m], gap) {
  const side = places.cell + 2 * gap;
  const box = { x: leftOf(places, n) - gap, y: footOf(places, m + 1) - gap, width: side, height: side, rx: 2 };
  return [
    mark(`${key}-under`, "rect", { class: `pt-ring pt-ring-under pt-${key}`, ...box }),
    mark(key, "rect", { class: `pt-ring pt-${key}`, ...box }),
  ];
}
