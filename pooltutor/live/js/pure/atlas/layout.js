// Where the map of all sizes stands. Cells are whole device pixels, so that each is as large as the next and its edges
// are sharp.

const MARGIN = { left: 46, top: 26, right: 22, bottom: 44 };
const BIG_MARGIN = { left: 74, top: 36, right: 34, bottom: 66 }; // where the explorer is in presenter size, so is the map
const SMALL_MARGIN = { left: 40, top: 22, right: 18, bottom: 42 };
const LARGEST_CELL = 7; // CSS pixels
const SIDE = 300; // width of what stands beside the map, where there is room for both
const SMALL = 460; // CSS pixels: a phone

/**
 * @param {{ width: number; max: number; presenter: boolean; dots: number }} options of the view: its width, the largest
 *   size, whether it is in presenter size, and device pixels for each CSS pixel
 * @returns {AtlasPlaces}
 */
export function atlasPlaces({ width, max, presenter, dots }) {
  const wide = width >= SIDE + SMALL_MARGIN.left + 5 * max;
  const small = width < SMALL;
  const big = !small && presenter;
  const room = wide ? width - SIDE : width;
  const margin = small ? SMALL_MARGIN : big ? BIG_MARGIN : MARGIN;
  const device = Math.trunc(((room - margin.left - margin.right) / max) * dots);
  const cell = Math.max(1, Math.min(device, Math.trunc(LARGEST_CELL * dots))) / dots;
  const size = cell * max;
  return {
    ...{ wide, small, big, margin, cell, size, max },
    width: size + margin.left + margin.right,
    height: size + margin.top + margin.bottom,
    letters: big ? 20 : 12.5,
  };
}

/**
 * The left edge of the cells of input size n; n + 0.5 is their middle.
 * @param {AtlasPlaces} places
 * @param {number} n
 */
export const leftOf = ({ margin, cell }, n) => margin.left + (n - 1) * cell;

/**
 * The lower edge of the cells of target size m; m + 0.5 is their middle.
 * @param {AtlasPlaces} places
 * @param {number} m
 */
export const footOf = ({ margin, size, cell }, m) => margin.top + size - (m - 1) * cell;

/**
 * The pair at a place of the map, given in parts of its width from the left and of its height from the foot; null beside it.
 * @param {number} max
 * @param {number} across
 * @param {number} up
 * @returns {Pair | null}
 */
export function pairAt(max, across, up) {
  const [n, m] = [across, up].map((part) => Math.trunc(part * max + 1));
  return Math.min(n, m) >= 1 && Math.max(n, m) <= max ? [n, m] : null;
}
