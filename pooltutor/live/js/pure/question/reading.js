import { format } from "../numbers.js";
import { range } from "../windows.js";
import { LONGEST_GIVEN } from "./state.js";

// An answer as a person types it: read, and written in one way for all texts that mean the same.

const SPAN = /(\d+)\s*:\s*(\d+)/g;
const NUMBER_IN_TEXT = /-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?(?:\/\d+)?/gi;
const NOTHING = /^(none|no|nothing|-|–|0 cells)$/i;
const MISSING = "?";
const LARGEST_READ = 4096;

/** @param {string} text */
const numbersOfText = (text) =>
  [...text.matchAll(NUMBER_IN_TEXT)].map(([each]) => {
    const [a, b = "1"] = each.split("/");
    return Number(a) / Number(b);
  });

/** @param {string} text */
function wholeNumbers(text) {
  const found = numbersOfText(text);
  return found.every((each) => Number.isInteger(each) && each >= 0) ? found : null;
}

/**
 * Windows in the order in which they were typed; null for those that are still missing, which "?" stands for.
 * @param {string} text
 * @returns {OwnWindow[] | null}
 */
export function ownWindows(text) {
  if (/\d\s*:\s*\d/.test(text) || text.includes(MISSING)) {
    const found = [...text.matchAll(/(\d+)\s*:\s*(\d+)|\?/g)];
    return found.map(([, start, stop]) => (start === undefined ? null : [Number(start), Number(stop)]));
  }
  const flat = wholeNumbers(text);
  if (!flat || flat.length % 2) return null;
  return range(0, flat.length / 2).map((k) => [flat[2 * k], flat[2 * k + 1]]);
}

/**
 * Windows as they are typed; those that are missing at the end are left out.
 * @param {OwnWindow[]} windows
 */
export const windowsText = (windows) =>
  windows
    .map((each) => (each ? each.join(":") : MISSING))
    .join(" ")
    .replace(/( ?\?)+$/, "");

/** @type {Record<string, (text: string) => Reading | null>} */
const READERS = {
  windows: (text) => {
    const found = ownWindows(text);
    if (!found?.length) return null;
    // The leftmost comes first, as far as all are there.
    const sorted = found.every(Boolean)
      ? [.../** @type {Pair[]} */ (found)].sort(([a, b], [c, d]) => a - c || b - d)
      : found;
    return { value: sorted, text: windowsText(sorted) };
  },
  cells: (text) => {
    if (NOTHING.test(text)) return { value: [], text: "none" };
    const spans = [...text.matchAll(SPAN)].map(([, start, stop]) => [
      Number(start),
      Math.min(Number(stop), LARGEST_READ),
    ]);
    const single = wholeNumbers(text.replace(SPAN, " "));
    if (!single) return null;
    const all = [...new Set([...single, ...spans.flatMap(([start, stop]) => range(start, stop))])].sort(
      (a, b) => a - b,
    );
    return all.length ? { value: all, text: all.join(" ") } : null;
  },
  number: (text) => {
    const found = numbersOfText(text);
    const isNumber = found.length === 1 && Number.isFinite(found[0]);
    return isNumber ? { value: found[0], text: format(found[0], 6) } : null;
  },
  order: (text) => {
    const found = wholeNumbers(text);
    return found?.length ? { value: found, text: found.join(" ") } : null;
  },
  size: (text) => {
    const found = wholeNumbers(text);
    const isSize = found?.length === 2 && found.every((each) => each >= 1 && each <= LARGEST_READ);
    return isSize ? { value: found, text: found.join(" ") } : null;
  },
  formula: (text) => ({ value: text, text: text.replace(/[ \t]+/g, " ") }),
};

/**
 * An answer of a form, read; null for what cannot be read. Nobody needs to trust the text: it may come from anywhere.
 * @param {string} form
 * @param {unknown} given
 * @returns {Reading | null}
 */
export function readAnswer(form, given) {
  if (typeof given !== "string" || given.length > LONGEST_GIVEN || !Object.hasOwn(READERS, form)) return null;
  const text = given.trim();
  return text === "" ? null : READERS[form](text);
}
