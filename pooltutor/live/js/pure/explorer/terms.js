import { KINDS } from "../kinds.js";
import { format } from "../numbers.js";
import { partOf, signed, subscript } from "../terms.js";
import { range } from "../windows.js";

// What stands for something in the picture wears its mark: a term that of its cell, a share that of its window, a cut
// its diamond. The style sheet draws the marks.

/**
 * Is the cell hatched in the picture? Above n outputs are, in place of cells.
 * @param {Pick<Facts, "dual" | "feeds">} facts
 * @param {number} j
 */
const isShared = ({ dual, feeds }, j) => !dual && feeds.stop[j] - feeds.start[j] > 1;

/**
 * The cells of window i that are in no other: they are underlined in its hue, where shared ones are hatched.
 * @param {Facts} facts
 * @param {number} i
 */
export const ownCells = (facts, i) =>
  range(facts.windows.start[i], facts.windows.stop[i]).filter((j) => !isShared(facts, j));

/**
 * x of cell j, as a term of window i.
 * @param {Facts} facts
 * @param {number} i
 * @param {number} j
 * @param {number | undefined} lit the cell that is pointed at
 * @returns {Piece}
 */
const cellTerm = (facts, i, j, lit) => ({
  text: signed(facts.x[j]),
  style: `pt-term pt-term-${isShared(facts, j) ? "shared" : i % 2}${j === lit ? " pt-lit" : ""}`,
  meant: { cell: j },
});

/**
 * What window i gives back, as a term of a gradient.
 * @param {string} text
 * @param {number} i
 * @returns {Piece}
 */
export const windowTerm = (text, i) => ({ text, style: `pt-term pt-term-${i % 2}`, meant: { window: i } });

/**
 * How output i comes about, from the cells of its window.
 * @param {number} i
 * @param {Facts} facts
 * @param {string} style
 * @param {number} [lit]
 */
export function sumPart(i, facts, style, lit) {
  const { windows, kind, y } = facts;
  const terms = range(windows.start[i], windows.stop[i]).map((j) => cellTerm(facts, i, j, lit));
  /** @type {Piece} */
  const result = { text: format(y[i], 6), style: "pt-term pt-term-y", meant: { window: i } };
  return partOf([`y${subscript(i)} = `, ...KINDS[kind].sum(terms), " = ", result], style);
}

/**
 * The end of a window, in steps: the cut, where PyTorch's rule rounds it, wears its diamond.
 * @param {string} text
 * @param {string} rule
 * @param {number} cut
 */
export function endPart(text, rule, cut) {
  const found = rule === "pytorch" ? text.match(/^(.* = [⌊⌈])([\d./]+)([⌋⌉] = .*)$/) : null;
  if (!found) return partOf([text], "");
  const [before, rounded, after] = found.slice(1);
  return partOf([before, { text: rounded, style: "pt-term-cut", meant: { cut } }, after], "");
}
