import { writings } from "../pure/boxes.js";
import { feedsOf, range } from "../pure/windows.js";

// Displayed numbers, read back from the page: what both explorers claim in the same way.

export const marksOf = (root, name, data) =>
  [...root.querySelectorAll(`[data-${name}]`)].sort((a, b) => a.dataset[data ?? name] - b.dataset[data ?? name]);

/**
 * What of a picture nobody would judge, as the name of its data attribute: a number that the table of displayed numbers
 * does not know, or one whose part of the claim was not read. Undefined where everything is judged.
 */
export function unjudgedMark(root, parts, { kinds, given, places }) {
  const partOf = new Map(
    [...kinds.map(({ part, marks }) => [part, marks]), ...Object.entries(given)].flatMap(([part, marks]) =>
      marks.map((mark) => [mark, part]),
    ),
  );
  for (const element of root.querySelectorAll(":not([role=status])")) {
    for (const name of element.getAttributeNames()) {
      if (!name.startsWith("data-") || !isNumeric(element.getAttribute(name))) continue;
      const mark = name.slice("data-".length);
      if (!places.includes(mark) && !Object.hasOwn(parts, partOf.get(mark) ?? "")) return mark;
    }
  }
  return undefined;
}

const isNumeric = (text) => /\d|\bnan\b|\binf/i.test(text);

/** Starts and stops, as the windows of an axis are claimed. */
export const boundsAsSides = (bounds) => [0, 1].map((side) => bounds.map((sides) => sides[side]));

/**
 * A displayed value: the attribute at full precision, if the visible text is what format() makes of it. Where the
 * two differ nobody can tell which one the learner believes, so neither is claimed: NaN, which no number equals.
 */
export function seenNumber(value, text) {
  if (text === undefined || writings(Number(value)).includes(text)) return value;
  return value === "NaN" ? text : text === "nan" ? value : "NaN";
}

/** Start and stop of a window, likewise. */
export function seenWindow(mark) {
  const { start, stop } = mark.dataset;
  const text = mark.querySelector(".pt-bar-text")?.textContent;
  if (text === undefined || (start === stop && !/\d:\d/.test(text))) return [start, stop];
  const written = text.match(/^(?:✗ ?)?(\d+):(\d+)$/) ?? [];
  return [start, stop].map((side, k) => (side === written[k + 1] ? side : "NaN"));
}

/** Above n the bars say which outputs each cell feeds: where one says what the windows do not, no window is claimed. */
export function compareFeeds(root, bounds, name = "feeds") {
  const fedBy = feedsOfBounds(bounds);
  for (const bar of root.querySelectorAll(`[data-${name}]`)) {
    const text = bar.querySelector(".pt-bar-text")?.textContent.replace(/✗ ?/, "");
    if (text === undefined) continue;
    const fed = fedBy(Number(bar.getAttribute(`data-${name}`)));
    const right = fed.length ? text === `${fed[0]}:${fed.at(-1) + 1}` : !/\d:\d/.test(text);
    if (!right) bounds[fed[0] ?? 0] = ["NaN", "NaN"];
  }
}

export function feedsOfBounds(bounds) {
  const windows = bounds.map((sides) => sides.map(Number));
  return (cell) => windows.flatMap(([start, stop], i) => (start <= cell && cell < stop ? [i] : []));
}

/** Cells in several windows are hatched, above n outputs of several cells: where others are, no window is claimed. */
export function compareShared(root, bounds, { n, dual }, name = "shared") {
  const hatched = [...root.querySelectorAll(`[data-${name}]`)].flatMap((mark) =>
    mark.getAttribute(`data-${name}`).split(" "),
  );
  if (!hatched.length) return; // there may be no room for hatches
  hatched.sort((a, b) => a - b); // elements stand in the page as they came into it
  const [start, stop] = boundsAsSides(bounds).map((side) => side.map(Number));
  const sides = dual ? { start, stop } : feedsOf({ start, stop }, n);
  const several = range(0, sides.start.length).filter((k) => sides.stop[k] - sides.start[k] > 1);
  if (String(hatched) !== String(several)) bounds[0] = ["NaN", "NaN"];
}

/** The numbers that stand in a sentence, as text. */
export const numbersIn = (sentence) => sentence.match(/-?\d[\d.]*(?:e-?\d+)?|-?\binf\b|\bnan\b/g) ?? [];

/** A fraction or a number as text is that value; if not, neither is claimed. */
export function seenShare(value, text) {
  if (text === undefined) return value;
  const [a, b = 1] = text.split("/").map(Number);
  return Math.abs(a / b - Number(value)) < 1e-12 || writings(Number(value)).includes(text) ? value : "NaN";
}
