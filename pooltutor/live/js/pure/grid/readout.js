import { KINDS } from "../kinds.js";
import { cutText, fill, format, timesFraction } from "../numbers.js";
import { added, joined, partOf, signed } from "../terms.js";
import { fractionText, range, windowText } from "../windows.js";

// The line of numbers about the output or the cell that is pointed at.

/**
 * @param {Axis} axis
 * @param {number} k
 */
const lengthOf = ({ windows }, k) => windows.stop[k] - windows.start[k];
/**
 * @param {Axis} axis
 * @param {number} k
 * @param {{ empty: string }} words
 */
export const rangeOf = ({ windows }, k, words) => windowText(windows.start[k], windows.stop[k], words);
/**
 * Texts, one for each channel that is shown: of several each with the name of its channel.
 * @param {string[]} texts
 * @param {GridWords["line"]} words
 */
const named = (texts, { channels }) =>
  texts.length === 1 ? texts[0] : texts.map((text, k) => `${channels[k]} ${text}`).join(", ");
/**
 * @param {Channels} planes
 * @param {number} k
 * @param {GridWords["line"]} words
 */
const each = (planes, k, words) =>
  named(
    planes.map((plane) => format(plane[k], 6)),
    words,
  );
/**
 * @param {number} k
 * @param {number} width
 * @returns {Pair}
 */
export const placeOf = (k, width) => [Math.trunc(k / width), k % width];

/**
 * How one side of a window comes about, as this rule has it: 2:6 = ⌊8/3⌋:⌈16/3⌉.
 * @param {Axis} axis
 * @param {number} k
 * @param {GridFacts} facts
 * @param {GridWords["line"]} words
 */
function sideText(axis, k, { rule }, words) {
  const text = rangeOf(axis, k, words);
  const exact = [k, k + 1].map((cut) => cutText(cut, axis));
  return rule === "pytorch" && text !== words.empty ? `⌊${exact[0]}⌋:⌈${exact[1]}⌉ = ${text}` : text;
}

/**
 * @param {Pair} place
 * @param {GridFacts} facts
 * @param {GridWords["line"]} words
 * @returns {Line}
 */
export function outputLine([i, j], facts, words) {
  /** @type {Line[number]} */
  const title = [fill(words.output, { i, j }), "pt-line-title"];
  if (!facts.visible) return [title];
  const { rows, columns, m, winners, y } = facts;
  const k = i * m[1] + j;
  const [tall, wide] = [lengthOf(rows, i), lengthOf(columns, j)];
  const values = {
    rows: sideText(rows, i, facts, words),
    columns: sideText(columns, j, facts, words),
    tall,
    wide,
    count: tall * wide,
  };
  /** @type {Line} */
  const parts = [title, [fill(words.window, values)]];
  if (tall * wide === 0) return [...parts, [words.empty_value]];
  parts.push(
    [fill(tall * wide === 1 ? words.size_one : words.size, values)],
    partOf(["y = ", ...(winners ? [] : sumPieces(facts, i, j)), each(y, k, words)], "pt-line-result"),
  );
  return winners ? [...parts, ...winnerParts(facts, winners, k, words)] : parts;
}

/**
 * What is computed of one plane's window, as far as a line holds it.
 * @param {GridFacts} facts
 * @param {number} i
 * @param {number} j
 */
function sumPieces({ x, rows, columns, n, kind }, i, j) {
  if (x.length > 1) return [];
  const isShared = (/** @type {Axis} */ { dual, counts }, /** @type {number} */ k) => !dual && counts[k] > 1;
  const terms = range(rows.windows.start[i], rows.windows.stop[i]).flatMap((r) =>
    range(columns.windows.start[j], columns.windows.stop[j]).map((c) => ({
      text: signed(x[0][r * n[1] + c]),
      style: `pt-term ${isShared(rows, r) || isShared(columns, c) ? "pt-term-shared" : "pt-term-own"}`,
      meant: { cell: /** @type {Pair} */ ([r, c]) },
    })),
  );
  return [...KINDS[kind].sum(terms, 6), " = "];
}

/**
 * @param {GridFacts} facts
 * @param {Int32Array[]} winners
 * @param {number} k
 * @param {GridWords["line"]} words
 * @returns {Line}
 */
function winnerParts({ n, x }, winners, k, words) {
  if (x.length > 1) {
    const cells = winners.map((won) => `(${placeOf(won[k], n[1]).join(", ")})`);
    return [[fill(words.winners, { cells: named(cells, words) })]];
  }
  const [row, column] = placeOf(winners[0][k], n[1]);
  return [[fill(words.winner, { flat: winners[0][k], row, column, width: n[1] })]];
}

/**
 * @param {Pair} place
 * @param {GridFacts} facts
 * @param {GridWords["line"]} words
 * @returns {Line}
 */
export function gridCellLine([r, c], facts, words) {
  const { rows, columns, n, x, grad, winners } = facts;
  const k = r * n[1] + c;
  /** @type {Line[number]} */
  const title = [fill(words.cell, { r, c, x: each(x, k, words) }), "pt-line-title"];
  if (!facts.visible) return [title];
  const fed = (/** @type {Axis} */ { feeds }, /** @type {number} */ at) => range(feeds.start[at], feeds.stop[at]);
  const [up, across] = [fed(rows, r), fed(columns, c)];
  const count = up.length * across.length;
  if (!count) return [title, [words.in_none]];
  const inside = fill(count === 1 ? words.in_one : words.in_many, {
    count,
    rows: joined(up, ", "),
    columns: joined(across, ", "),
    tall: up.length,
    wide: across.length,
  });
  const gradient = winners
    ? collectedPart(facts, winners, k, up, across, words)
    : partOf(["dL/dx = ", ...sharePieces(facts, up, across), format(grad[0][k], 6)], "pt-line-result");
  return [title, [inside], [influenceText(facts, r, c, k, words)], gradient];
}

/**
 * The shares that a cell gets of the gradients of its outputs.
 * @param {GridFacts} facts
 * @param {number[]} up
 * @param {number[]} across
 */
function sharePieces({ rows, columns, g, m }, up, across) {
  const terms = up.flatMap((i) =>
    across.map((j) => outputTerm(`${signed(g[i * m[1] + j])}/${lengthOf(rows, i) * lengthOf(columns, j)}`, [i, j])),
  );
  return [...added(terms), " = "];
}

/**
 * What an output gives back, as a term of a gradient.
 * @param {string} text
 * @param {Pair} output
 * @returns {Piece}
 */
const outputTerm = (text, output) => ({ text, style: "pt-term pt-term-own", meant: { output } });

/**
 * How much a cell counts in all outputs together: its row's share times its column's, or how often it wins.
 * @param {GridFacts} facts
 * @param {number} r
 * @param {number} c
 * @param {number} k
 * @param {GridWords["line"]} words
 */
function influenceText({ rows, columns, influence, winners }, r, c, k, words) {
  if (winners) return fill(words.wins, { count: each(influence, k, words) });
  const [a, b] = [rows.shares[r], columns.shares[c]];
  return fill(words.counts, {
    row: fractionText(a),
    column: fractionText(b),
    product: fractionText(timesFraction(a, b)),
  });
}

/**
 * @param {GridFacts} facts
 * @param {Int32Array[]} winners
 * @param {number} k
 * @param {number[]} up
 * @param {number[]} across
 * @param {GridWords["line"]} words
 * @returns {Line[number]}
 */
function collectedPart({ grad, g, m }, winners, k, up, across, words) {
  if (winners.length > 1) return [`dL/dx = ${each(grad, k, words)}`, "pt-line-result"];
  const won = up.flatMap((i) => across.map((j) => i * m[1] + j)).filter((output) => winners[0][output] === k);
  if (!won.length) return [words.wins_none, "pt-line-result"];
  const terms = won.map((output) => outputTerm(signed(g[output]), placeOf(output, m[1])));
  const sum = won.length > 1 ? [...added(terms), " = "] : [];
  return partOf(["dL/dx = ", ...sum, format(grad[0][k], 6)], "pt-line-result");
}

/**
 * What a screen reader says of the cell or the output under its cursor.
 * @param {GridName} name
 * @param {Pair} place
 * @param {GridFacts} facts
 * @param {GridWords["line"]} words
 */
export function spoken(name, [r, c], facts, words) {
  const parts = name === "input" ? gridCellLine([r, c], facts, words) : outputLine([r, c], facts, words);
  return parts.map(([text]) => text).join("; ");
}
