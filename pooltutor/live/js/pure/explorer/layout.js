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
  const { big, narrow } = rows;
  let y = 4;
  const skip = (/** @type {number} */ gap) => {
    y += gap;
  };
  /** @type {(name: RowName, height: number, gap: number, titled?: boolean) => void} */
  const row = (name, height, gap, titled = true) => {
    if (narrow && titled) skip(19 * big);
    Object.assign(rows, { [name]: { y, height: height * big, middle: y + (height * big) / 2 } });
    skip((height + gap) * big);
  };
  /** @type {(name: "windows" | "rival", feeds: Bins, windows: Bins) => void} */
  const lanesRow = (name, feeds, windows) => {
    // While windows are hidden the number of lanes would give the answer away.
    const count = facts.visible ? laneCount(facts, feeds, windows) : 2;
    const height = (count <= 2 ? 28 : Math.max(4, Math.trunc(96 / count))) * big;
    const step = height + (count <= 2 ? 6 : 2) * big;
    row(name, Math.max((count * step) / big, 28), 2);
    Object.assign(rows[name], { lanes: { count, height, step } });
  };
  return { row, lanesRow, skip, end: () => y };
}

/**
 * Left and right of the rows, and how wide a cell is.
 * @param {Facts} facts
 * @param {number} width
 */
function sidesOfPicture({ n, presenter, gradient }, width) {
  const narrow = width < 620;
  const big = presenter ? 1.4 : 1; // presenter size: rows and letters grow, the picture keeps its width
  const left = narrow ? 6 : presenter ? 240 : 200;
  const right = width - (narrow ? 6 : (gradient ? 46 : 14) * big);
  return { narrow, big, left, right, unit: (right - left) / n, width };
}

/**
 * Where each row stands, from top to bottom: the sandwich of backward, input, windows, output, backward.
 * @param {Facts} facts
 * @param {number} width
 */
export function layout(facts, width) {
  const { visible, gradient } = facts;
  const rows = /** @type {Rows} */ (sidesOfPicture(facts, width));
  const { row, lanesRow, skip, end } = stackOf(facts, rows);
  const tight = facts.presenter || rows.narrow ? 6 : 10;
  if (gradient) row("gradient", 32, 16);
  if (visible && facts.influence) {
    row("influence", 30, tight);
    row("dual", 30, tight);
  }
  row("input", 46, 0);
  row("ruler", 38, 4, false);
  lanesRow("windows", facts.feeds, facts.windows);
  if (visible && tiles(facts)) row("sentence", 20, 2, false);
  const rival = visible && facts.rival?.defined ? facts.rival : null;
  if (rival) {
    skip(10 * rows.big);
    lanesRow("rival", rival.feeds, rival.windows);
  } else if (visible && facts.wrongBars.size) row("ghosts", 44, 6);
  skip(8);
  row("output", KINDS[facts.kind].picks ? 46 : 36, rival ? 6 : 12);
  if (rival) row("rivalOutput", 36, 12);
  if (gradient) row("upstream", 32, 4);
  rows.height = end() + 4;
  return rows;
}
