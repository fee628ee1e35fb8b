import { KINDS } from "../kinds.js";
import { laneCount } from "../lanes.js";
import { tiles } from "../windows.js";

// Where the rows of the 1-D picture stand.

/**
 * Rows from top to bottom, each put below the one before: where they stand is noted in `rows`.
 * @param {Facts} facts
 * @param {Rows} rows
 */
function stackOf(facts, rows) {
  const { big, tall, narrow } = rows;
  let y = 4;
  const skip = (/** @type {number} */ gap) => {
    y += gap;
  };
  /** @type {(name: RowName, height: number, gap: number, titled?: boolean) => void} */
  const row = (name, height, gap, titled = true) => {
    const scale = name === "ruler" ? big : tall; // its numbers stand at fixed places
    if (narrow && titled) skip(19 * big);
    Object.assign(rows, { [name]: { y, height: height * scale, middle: y + (height * scale) / 2 } });
    skip((height + gap) * scale);
  };
  /** @type {(name: "windows" | "rival", feeds: Bins, windows: Bins, lanes?: number) => void} */
  const lanesRow = (name, feeds, windows, lanes = 2) => {
    // While windows are hidden the number of lanes would give the answer away.
    const count = facts.visible ? laneCount(facts, feeds, windows) : 2;
    const height = (count <= 2 ? 28 : Math.max(4, Math.trunc(96 / count))) * tall;
    const step = height + (count <= 2 ? 6 : 2) * tall;
    row(name, (Math.max(count, lanes) * step) / tall, 2); // one lane takes the room of two: what is below stays there
    Object.assign(rows[name], { lanes: { count, height, step } });
  };
  return { row, lanesRow, skip, end: () => y };
}

/**
 * Left and right of the rows, and how wide a cell is.
 * @param {Facts} facts
 * @param {number} width
 * @param {number} share of their usual height that the rows have
 */
function sidesOfPicture({ n, presenter, gradient, free }, width, share) {
  const narrow = width < 620;
  const big = presenter ? 1.4 : 1; // presenter size: rows and letters grow, the picture keeps its width
  const left = narrow ? 6 : presenter ? 240 : 200;
  // At the right end stand the arrow and the grips, each with its letter.
  const grips = free?.n || free?.m;
  const wide = gradient ? (grips ? 66 : 46) : grips ? 46 : 14;
  const right = width - (narrow ? (free?.n ? 10 : 6) : wide * big); // on a phone each cell keeps its 22 px for a number
  return { narrow, big, tall: big * share, left, right, unit: (right - left) / n, width };
}

/**
 * Where the ruler's line is, on which the cuts stand.
 * @param {Pick<Rows, "ruler">} rows
 */
export const rulerLine = ({ ruler }) => ruler.y + 11;

const OWN_ROW = 68; // pixels: two lanes, as high as those of hidden windows
const LEAST_SHARE = 0.72; // of a row's height in presenter size, in which its letters of 20 px still have room

/**
 * Where each row stands; where the screen has no room for that, the rows are lower.
 * @param {Facts} facts
 * @param {number} width
 * @param {number} room
 */
export function layout(facts, width, room = Infinity) {
  const rows = rowsOf(facts, width, 1);
  return rows.height <= room ? rows : rowsOf(facts, width, Math.max(LEAST_SHARE, room / rows.height));
}

/**
 * Where each row stands, from top to bottom: the sandwich of backward, input, windows, output, backward.
 * @param {Facts} facts
 * @param {number} width
 * @param {number} share
 */
function rowsOf(facts, width, share) {
  const { visible, gradient } = facts;
  const rows = /** @type {Rows} */ (sidesOfPicture(facts, width, share));
  const { row, lanesRow, skip, end } = stackOf(facts, rows);
  const tight = facts.presenter || rows.narrow ? 6 : 10;
  if (gradient) row("gradient", 32, 16);
  if (visible && facts.influence) {
    row("influence", 30, tight);
    row("dual", 30, tight);
  }
  row("input", 46, 0);
  row("ruler", 38, 4, false);
  const saysTiles = visible && tiles(facts); // in place of a second lane
  const own = Boolean(facts.asked?.own);
  if (own && visible) row("own", OWN_ROW, 8);
  lanesRow("windows", facts.feeds, facts.windows, saysTiles ? 1 : 2);
  if (own && !visible) rows.own = rows.windows;
  if (saysTiles) row("sentence", 28, 6, false);
  const rival = visible && facts.rival?.defined ? facts.rival : null;
  if (rival) {
    skip(10 * rows.tall);
    lanesRow("rival", rival.feeds, rival.windows);
  } else if (visible && facts.wrongBars.size) row("ghosts", 44, 6);
  skip(8);
  row("output", KINDS[facts.kind].picks ? 46 : 36, rival ? 6 : 12);
  if (rival) row("rivalOutput", 36, 12);
  if (gradient) row("upstream", 32, 4);
  rows.height = end() + 4;
  return rows;
}
