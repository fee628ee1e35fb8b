import { tiles } from "./facts.js";
import { format } from "./numbers.js";

// Where rows stand, which numbers fit their boxes, and which colours a row of numbers gets.

const longest = ({ start, stop }) => start.reduce((most, from, k) => Math.max(most, stop[k] - from), 0);

/** Where each row stands, from top to bottom: the sandwich of backward, input, windows, output, backward. */
export function layout(facts, width) {
  const narrow = width < 620;
  const left = narrow ? 6 : 200;
  const right = narrow ? 6 : facts.gradient ? 46 : 14;
  const rows = { narrow, left, right: width - right, unit: (width - left - right) / facts.n, width };
  let y = 4;
  const row = (name, height, gap, labelled = true) => {
    if (narrow && labelled) y += 19;
    rows[name] = { y, height, middle: y + height / 2 };
    y += height + gap;
  };
  if (facts.gradient) row("gradient", 32, 16);
  row("input", 46, 0);
  row("ruler", 38, 4, false);
  const open = !facts.secret;
  const lanes = open ? laneCount(facts) : 2; // the number of lanes would give the answer away
  const lane = lanes <= 2 ? 28 : Math.max(4, Math.trunc(96 / lanes));
  rows.lanes = { count: lanes, height: lane, step: lane + (lanes <= 2 ? 6 : 2) };
  row("windows", Math.max(lanes * rows.lanes.step, 28), 2);
  if (open && tiles(facts)) row("sentence", 20, 2, false);
  if (open && facts.wrongBars.size) row("ghosts", 44, 6);
  y += 8;
  row("output", 36, 12);
  if (facts.gradient) row("upstream", 32, 4);
  rows.height = y + 4;
  return rows;
}

// As many lanes as bars meet in one place; above n always two.
const laneCount = (facts) => (facts.dual ? Math.max(2, longest(facts.windows)) : Math.max(1, longest(facts.feeds)));

// Numbers in boxes ------------------------------------------------------------------------------------------

export const CHARACTER = 0.64; // width of a digit, in font sizes
export const NARROWEST = 22; // pixels; narrower boxes show no numbers

/** The largest size and number of digits with which all values fit their boxes, or null. */
export function fit(values, width, sizes) {
  if (width < NARROWEST) return null;
  for (const size of sizes) {
    for (const digits of [4, 3]) {
      const texts = values.map((value) => format(value, digits));
      if (texts.every((text) => text.length * CHARACTER * size + 5 <= width)) return { size, texts };
    }
  }
  return null;
}

// Colours ----------------------------------------------------------------------------------------------------

const channels = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
const blend = (from, to, t) => {
  const [a, b] = [channels(from), channels(to)];
  return `#${a.map((c, k) => Math.round(c + (b[k] - c) * t).toString(16).padStart(2, "0")).join("")}`;
};
const luminance = (hex) => {
  const [r, g, b] = channels(hex).map((c) => ((c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
export const textOn = (hex) => (luminance(hex) > 0.18 ? "pt-on-light" : "pt-on-dark");

/** Fills of the gradient row: light to dark for one sign, two hues around zero as soon as signs mix. */
export function gradientFills(grad, theme) {
  const finite = grad.filter(Number.isFinite);
  const most = Math.max(...finite.map(Math.abs), 0);
  const mixed = finite.some((v) => v < 0) && finite.some((v) => v > 0);
  return grad.map((v) => {
    if (!Number.isFinite(v)) return theme.unchecked_ground;
    const end = mixed && v < 0 ? theme.gradient_minus : theme.gradient_high;
    return blend(theme.gradient_low, end, most ? Math.abs(v) / most : 0);
  });
}
