import { tiles } from "./facts.js";
import { format } from "./numbers.js";

// Where rows stand, which numbers fit their boxes, and which colours a row of numbers gets.

const longest = ({ start, stop }) => start.reduce((most, from, k) => Math.max(most, stop[k] - from), 0);

/** Where each row stands, from top to bottom: the sandwich of backward, input, windows, output, backward. */
export function layout(facts, width) {
  const narrow = width < 620;
  const big = facts.presenter ? 1.4 : 1; // presenter size: rows and letters grow, the picture keeps its width
  const left = narrow ? 6 : facts.presenter ? 240 : 200;
  const right = narrow ? 6 : (facts.gradient ? 46 : 14) * big;
  const rows = { narrow, big, left, right: width - right, unit: (width - left - right) / facts.n, width };
  const open = !facts.secret;
  let y = 4;
  const row = (name, height, gap, labelled = true) => {
    if (narrow && labelled) y += 19 * big;
    rows[name] = { y, height: height * big, middle: y + (height * big) / 2 };
    y += (height + gap) * big;
  };
  const lanesRow = (name, feeds, windows) => {
    // While windows are hidden the number of lanes would give the answer away.
    const lanes = open ? laneCount(facts, feeds, windows) : 2;
    const lane = (lanes <= 2 ? 28 : Math.max(4, Math.trunc(96 / lanes))) * big;
    const step = lane + (lanes <= 2 ? 6 : 2) * big;
    row(name, Math.max((lanes * step) / big, 28), 2);
    rows[name].lanes = { count: lanes, height: lane, step };
  };
  if (facts.gradient) row("gradient", 32, 16);
  if (open && facts.influence) {
    row("influence", 30, facts.presenter || narrow ? 6 : 10);
    row("dual", 30, facts.presenter || narrow ? 6 : 10);
  }
  row("input", 46, 0);
  row("ruler", 38, 4, false);
  lanesRow("windows", facts.feeds, facts.windows);
  if (open && tiles(facts)) row("sentence", 20, 2, false);
  const rival = open && facts.rival?.defined ? facts.rival : null;
  if (rival) y += 10 * big;
  if (rival) lanesRow("rival", rival.feeds, rival.windows);
  else if (open && facts.wrongBars.size) row("ghosts", 44, 6);
  y += 8;
  row("output", facts.kind === "max" ? 46 : 36, rival ? 6 : 12);
  if (rival) row("rivalOutput", 36, 12);
  if (facts.gradient) row("upstream", 32, 4);
  rows.height = y + 4;
  return rows;
}

// As many lanes as bars meet in one place; above n always two.
export const laneCount = ({ dual }, feeds, windows) => (dual ? Math.max(2, longest(windows)) : Math.max(1, longest(feeds)));

// Numbers in boxes ------------------------------------------------------------------------------------------

export const CHARACTER = 0.64; // width of a digit, in font sizes
const BESIDE = 0.32; // free space beside a number, in font sizes
export const NARROWEST = 22; // pixels; narrower boxes show no numbers
const LARGE_PRINT = [26, 23, 20]; // of presenter size

/** Letter sizes to try, the largest first. */
export const sizesOf = ({ big }, sizes) => (big > 1 ? LARGE_PRINT : sizes);

/** How wide a number is, in font sizes; a point is half as wide as a digit. */
const widthOf = (text) => (text.length - (text.includes(".") ? 0.5 : 0)) * CHARACTER;

/** The largest of these sizes at which all texts fit their boxes, or null. */
export function fitTexts(texts, width, sizes) {
  if (width < NARROWEST) return null;
  const size = sizes.find((each) => texts.every((text) => (widthOf(text) + BESIDE) * each <= width));
  return size === undefined ? null : { size, texts };
}

/** How wide words are, about, in letters of this size. */
export const widthOfWords = (text, letters) => text.length * letters * 0.57;

/** The first of these texts that is no wider than there is room, else the last. */
export const firstThatFits = (texts, room, letters) => texts.find((text) => widthOfWords(text, letters) <= room) ?? texts.at(-1);

/** The ways to write a number in a box, the best first: 0.333, then .333 where that is needed to fit. */
const plain = (digits) => (value) => format(value, digits);
const terse = (digits) => (value) => format(value, digits).replace(/^(-?)0\./, "$1.");
const WAYS = [plain(4), plain(3), terse(4), terse(3)];
export const writings = (value) => WAYS.map((write) => write(value));

/** The largest size and number of digits with which all values fit their boxes, or null. */
export function fit(values, width, sizes) {
  if (width < NARROWEST) return null;
  const written = new Map(); // most rows fit at once, and need no second way of writing
  for (const size of sizes) {
    for (const write of WAYS) {
      if (!written.has(write)) written.set(write, Array.from(values, write));
      const found = fitTexts(written.get(write), width, [size]);
      if (found) return found;
    }
  }
  return null;
}
