import { CHARACTER } from "../boxes.js";
import { laneCount } from "../lanes.js";
import { cutText } from "../numbers.js";
import { smallLetters, widthOfNumber } from "../ruler.js";
import { range } from "../windows.js";

// Where the two grids stand, with row bins at the left of the input and column bins above it. CSS pixels.

const CELLS_AS_MARKS = 16; // above so many in a row or a column, cells are pixels on a canvas
const WIDEST_CELL = 44;
const TALLEST = 352; // that the whole view stands on one screen: eight of the widest cells, sixteen with room for digits
const LEAST = 170; // and no lower than this, on whatever screen
const STRETCH = 4; // a thin pattern may have cells so many times longer than wide

/** @param {Pair} place */
const asMarks = ([height, width]) => height <= CELLS_AS_MARKS && width <= CELLS_AS_MARKS;

/**
 * @param {Axis} axis
 * @param {boolean} visible
 * @param {number} big
 */
function lanesOf(axis, visible, big) {
  // While windows are hidden the number of lanes would give the answer away.
  const count = visible ? laneCount(axis, axis.feeds, axis.windows) : 2;
  const lane = (count <= 2 ? 22 : Math.max(4, Math.trunc(66 / count))) * big;
  const step = lane + (count <= 2 ? 4 : 2) * big;
  return { count, height: lane, step, all: count * step };
}

/**
 * How wide the longest number of an axis's cuts is.
 * @param {Axis} axis
 * @param {number} letters
 */
export const widestCut = (axis, letters) =>
  Math.max(...range(0, axis.m + 1).map((i) => widthOfNumber(cutText(i, axis), letters)));

/**
 * How large a cell is: square; a pattern of few rows or columns is stretched.
 * @param {GridFacts} facts
 * @param {number} width
 * @param {number} height
 * @param {number} big
 */
function unitsOf({ n: [rows, columns], picture }, width, height, big) {
  const [wide, tall] = [width / columns, height / rows];
  const square = Math.min(wide, tall, WIDEST_CELL * big);
  if (picture) return [square, square];
  return [wide, tall].map((unit) => Math.min(unit, WIDEST_CELL * big, STRETCH * square));
}

/**
 * What stands left of the input and above it: the lanes of both axes, and room for numbers and names.
 * @param {GridFacts} facts
 * @param {{ narrow: boolean; big: number }} options
 */
function marginsOf(facts, { narrow, big }) {
  const size = narrow ? 0.82 * big : big;
  const [rowLanes, columnLanes] = [facts.rows, facts.columns].map((axis) => lanesOf(axis, facts.visible, size));
  const numbers = Math.max((narrow ? 34 : 50) * big, widestCut(facts.rows, smallLetters({ big })) + 6);
  const left = Math.max(numbers + rowLanes.all + 6, (narrow ? 96 : 104) * big); // numbers, bars, names
  const above = Math.max(columnLanes.all, 34 * big); // room for the names of both sides
  return { rowLanes, columnLanes, above, left, top: 22 * big + above + 6 };
}

/**
 * A grid of so many rows and columns in a box.
 * @param {Box} box
 * @param {Pair} sides
 */
const gridIn = (box, [rows, columns]) => ({
  rows,
  columns,
  unitX: box.width / columns,
  unitY: box.height / rows,
  pixels: !asMarks([rows, columns]),
  ...box,
});

/**
 * Where both grids stand: side by side, in a narrow picture one below the other.
 * @param {GridFacts} facts
 * @param {number} width
 * @param {number} screen how high both may be
 * @returns {GridPlaces}
 */
export function gridLayout(facts, width, screen = Infinity) {
  const narrow = width < 620;
  const big = facts.presenter ? 1.4 : 1;
  const { left, top, ...margins } = marginsOf(facts, { narrow, big });
  const gap = narrow ? 0 : 84 * big;
  const room = narrow ? width - left - 10 : (width - left - gap - 14) / 2;
  const below = 48 * big; // a grid's title and what its cells show
  const tallest = narrow ? 300 * big : Math.max(LEAST, Math.min(TALLEST, screen - top - below - 4));
  const [unitX, unitY] = unitsOf(facts, room, tallest, big);
  const size = { width: unitX * facts.n[1], height: unitY * facts.n[0] };
  const place = narrow ? { x: left, y: top + size.height + below + 34 * big } : { x: left + size.width + gap, y: top };
  return {
    narrow,
    big,
    width,
    ...margins,
    input: { ...gridIn({ x: left, y: top, ...size }, facts.n), unitX, unitY },
    output: gridIn({ ...place, ...size }, facts.m),
    height: place.y + size.height + below + 4,
  };
}

/**
 * The box of a cell or an output.
 * @param {GridBox} grid
 * @param {number} r
 * @param {number} c
 * @param {number} gap
 */
export const boxOf = (grid, r, c, gap) => ({
  x: grid.x + c * grid.unitX + gap / 2,
  y: grid.y + r * grid.unitY + gap / 2,
  width: grid.unitX - gap,
  height: grid.unitY - gap,
});

/**
 * Between the boxes of a grid.
 * @param {GridBox} grid
 */
export const gapOfGrid = ({ unitX, unitY }) => (Math.min(unitX, unitY) > 12 ? 2 : 1);

/**
 * @param {GridBox} grid
 * @param {number} r
 * @param {number} c
 * @returns {Pair}
 */
export const middleOf = (grid, r, c) => [grid.x + (c + 0.5) * grid.unitX, grid.y + (r + 0.5) * grid.unitY];

/**
 * The left and the upper edge of lane k.
 * @param {GridPlaces} places
 * @param {number} k
 */
export const rowLane = ({ input, rowLanes }, k) => input.x - 6 - rowLanes.all + (k % rowLanes.count) * rowLanes.step;
/**
 * @param {GridPlaces} places
 * @param {number} k
 */
export const columnLane = ({ input, columnLanes }, k) =>
  input.y - 6 - columnLanes.all + (k % columnLanes.count) * columnLanes.step;

/**
 * The cell or the output at a point: {cell: [row, column]} or {output: [row, column]}, or null.
 * @param {GridPlaces} places
 * @param {number} x
 * @param {number} y
 */
export function gridAt({ input, output }, x, y) {
  const inside = (/** @type {GridBox} */ grid) =>
    x >= grid.x && x < grid.x + grid.width && y >= grid.y && y < grid.y + grid.height;
  const place = (/** @type {GridBox} */ grid) => [
    Math.trunc((y - grid.y) / grid.unitY),
    Math.trunc((x - grid.x) / grid.unitX),
  ];
  return inside(input) ? { cell: place(input) } : inside(output) ? { output: place(output) } : null;
}

/**
 * A letter size at which a text of so many characters fits into a width, or null.
 * @param {number} length
 * @param {number} width
 * @param {number[]} sizes
 */
export const barLetters = (length, width, sizes) =>
  sizes.find((size) => length * CHARACTER * size + 2 <= width) ?? null;
