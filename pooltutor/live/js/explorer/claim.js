import { pool } from "../pure/kinds.js";
import { format } from "../pure/numbers.js";
import { feedsOf, range } from "../pure/windows.js";
import {
  boundsAsSides,
  compareFeeds,
  compareShared,
  feedsOfBounds,
  marksOf,
  numbersIn,
  seenNumber,
  seenShare,
  seenWindow,
} from "../view/claim.js";

// What is displayed is what is claimed: the numbers are read back from the picture, not from what it was drawn from.
// Sentences (the line, the words, the duel) say the same once more; they are not read back.

/** The numbers that a 1-D view displays, as text, by their parts of a claim. */
export function claimOf(root, panels, { m, n, kind, dual }) {
  const marks = (name) => marksOf(root, name);
  const [cells, windows, outputs] = [marks("cell"), marks("window"), marks("output")];
  const bounds = windows.map(seenWindow);
  const numbers = {
    x: cells.map((cell) => seen(cell, "x", ".pt-x")),
    gradients: cells.map((cell) => seen(cell, "grad", ".pt-grad")),
    outputs: outputs.map((output) => seen(output, "y", ".pt-y")),
    upstream: outputs.map((output) => seen(output, "upstream", ".pt-g")),
    ...(outputs[0]?.dataset.winner !== undefined && { winners: outputs.map(seenWinner) }),
    ...influenceClaim(root),
  };
  compareFeeds(root, bounds);
  compareFeeding(root, bounds);
  compareShared(root, bounds, { n, dual });
  for (const panel of panels) panel.compare(numbers, bounds, { n, m });
  compareRival(root, numbers, { kind, dual, m });
  compareTies(root, bounds, numbers);
  compareRatio(root, numbers.influence);
  const parts = panels.map((panel) => panel.parts());
  return Object.assign({ ...numbers, windows: [boundsAsSides(bounds)], ...truthClaim(root) }, ...parts);
}

function seen(mark, name, selector) {
  return seenNumber(mark.dataset[name], mark.querySelector(selector)?.textContent);
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

/** The outputs of the other side of a duel are what its own bars give: where they are not, no output is claimed. */
function compareRival(root, { x, outputs }, { kind, dual, m }) {
  const bars = marksOf(root, "rival").map(seenBar);
  const [start, stop] = boundsAsSides(bars).map((side) => side.map(Number));
  const y = bars.length && pool(kind, x.map(Number), dual ? feedsOf({ start, stop }, m) : { start, stop });
  marksOf(root, "rival-output", "rivalOutput").forEach((mark, i) => {
    if (seen(mark, "rivalY", ".pt-y") !== String(y[i])) outputs[i] = "NaN";
  });
}

/** Cells that are as large as the winner of their window are marked: where others are, no winner is claimed. */
function compareTies(root, bounds, { x, winners }) {
  const values = x.map(Number);
  const tiesOf = (won, i) =>
    range(Number(bounds[i][0]), Number(bounds[i][1])).filter(
      (j) => String(j) !== won && Object.is(values[j] + 0, values[won] + 0),
    );
  for (const mark of root.querySelectorAll("[data-ties]")) {
    const ties = winners.map(tiesOf).filter((_, i) => winners[i] !== "-1");
    if (mark.dataset.ties !== ties.map((cells) => cells.join(" ")).join(",")) winners[0] = "NaN";
  }
}

/** The largest influence over the smallest: where it is another one, the largest is not claimed. */
function compareRatio(root, influence) {
  for (const mark of root.querySelectorAll("[data-ratio]")) {
    const values = influence.map(Number);
    const most = Math.max(...values);
    const right =
      Number(mark.dataset.ratio) === most / Math.min(...values) &&
      String(numbersIn(mark.textContent)) === format(Number(mark.dataset.ratio));
    if (!right) influence[Math.max(0, values.indexOf(most))] = "NaN";
  }
}

function seenWinner(output) {
  const text = output.querySelector(".pt-won")?.textContent;
  const { winner } = output.dataset;
  return text === undefined || text === (winner === "-1" ? "" : `x[${winner}]`) ? winner : "NaN";
}

/** Where a bar reaches from and to, as text, likewise. */
function seenBar(mark) {
  const { from, to } = mark.dataset;
  const text = mark.querySelector("text")?.textContent.replace(/✗ ?/, "");
  if (text === undefined || (from === to && !/\d:\d/.test(text))) return [from, to];
  const written = text.split(":");
  return [from, to].map((side, k) => (side === written[k] ? side : "NaN"));
}

/** Bars that are said to be PyTorch's, beside a wrong rule: [number, from, to]. */
function truthClaim(root) {
  const marks = marksOf(root, "true");
  return marks.length && { truth: [marks.map((mark) => [mark.dataset.true, ...seenBar(mark)])] };
}

function influenceClaim(root) {
  const marks = marksOf(root, "influence", "of");
  return (
    marks.length && {
      influence: marks.map((mark) => seenShare(mark.dataset.influence, mark.querySelector(".pt-grad")?.textContent)),
    }
  );
}
