import { KINDS } from "../kinds.js";
import { laneCount } from "../lanes.js";
import { tiles } from "../windows.js";

// Where the rows of the 1-D picture stand.

/**
 * Where each row stands, from top to bottom: the sandwich of backward, input, windows, output, backward.
 * @param {Facts} facts
 * @param {number} width
 */
export function layout(facts, width) {
  const narrow = width < 620;
  const big = facts.presenter ? 1.4 : 1; // presenter size: rows and letters grow, the picture keeps its width
  const left = narrow ? 6 : facts.presenter ? 240 : 200;
  const right = narrow ? 6 : (facts.gradient ? 46 : 14) * big;
  const rows = /** @type {Rows} */ ({
    narrow,
    big,
    left,
    right: width - right,
    unit: (width - left - right) / facts.n,
    width,
  });
  let y = 4;
  /** @type {(name: RowName, height: number, gap: number, labelled?: boolean) => void} */
  const row = (name, height, gap, labelled = true) => {
    if (narrow && labelled) y += 19 * big;
    Object.assign(rows, { [name]: { y, height: height * big, middle: y + (height * big) / 2 } });
    y += (height + gap) * big;
  };
  /** @type {(name: RowName, feeds: Bins, windows: Bins) => void} */
  const lanesRow = (name, feeds, windows) => {
    // While windows are hidden the number of lanes would give the answer away.
    const lanes = facts.visible ? laneCount(facts, feeds, windows) : 2;
    const lane = (lanes <= 2 ? 28 : Math.max(4, Math.trunc(96 / lanes))) * big;
    const step = lane + (lanes <= 2 ? 6 : 2) * big;
    row(name, Math.max((lanes * step) / big, 28), 2);
    Object.assign(rows[name], { lanes: { count: lanes, height: lane, step } });
  };
  if (facts.gradient) row("gradient", 32, 16);
  if (facts.visible && facts.influence) {
    row("influence", 30, facts.presenter || narrow ? 6 : 10);
    row("dual", 30, facts.presenter || narrow ? 6 : 10);
  }
  row("input", 46, 0);
  row("ruler", 38, 4, false);
  lanesRow("windows", facts.feeds, facts.windows);
  if (facts.visible && tiles(facts)) row("sentence", 20, 2, false);
  const rival = facts.visible && facts.rival?.defined ? facts.rival : null;
  if (rival) y += 10 * big;
  if (rival) lanesRow("rival", rival.feeds, rival.windows);
  else if (facts.visible && facts.wrongBars.size) row("ghosts", 44, 6);
  y += 8;
  row("output", KINDS[facts.kind].picks ? 46 : 36, rival ? 6 : 12);
  if (rival) row("rivalOutput", 36, 12);
  if (facts.gradient) row("upstream", 32, 4);
  rows.height = y + 4;
  return rows;
}
