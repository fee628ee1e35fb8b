import { KINDS } from "../kinds.js";
import { fill, format } from "../numbers.js";
import { joined, signed, subscript } from "../terms.js";
import { fractionText, influenceOf, range, rowsOfP, shareText } from "../windows.js";

// The line of numbers about the row, the column or the entry of P that is pointed at.

/**
 * The line of the matrix panel about a row, a column or an entry.
 * @param {MatrixTarget} target
 * @param {Facts} facts
 * @param {ViewWords["matrix"]} words
 */
export function matrixLine({ row, column }, facts, words) {
  const { n, m } = facts;
  const [i, j] = [row !== undefined && row < m ? row : null, column !== undefined && column < n ? column : null];
  if (i === null) return j === null ? "" : columnLine(j, facts, words);
  return j === null ? rowLine(i, facts, words) : entryLine(i, j, facts, words);
}

/**
 * @param {Numbers | number[]} options
 * @param {number} j
 */
const holds = ([from, to], j) => from <= j && j < to;

/**
 * @param {number} i
 * @param {number} j
 * @param {Facts} facts
 * @param {ViewWords["matrix"]} words
 */
function entryLine(i, j, facts, words) {
  const row = rowsOfP(facts)[i];
  const values = { i, j, sub_i: subscript(i), sub_j: subscript(j), share: shareText(row) };
  return fill(holds(row, j) ? words.entry : words[KINDS[facts.kind].words.zero], values);
}

/**
 * @param {number} i
 * @param {Facts} facts
 * @param {ViewWords["matrix"]} words
 */
function rowLine(i, facts, words) {
  const row = rowsOfP(facts)[i];
  const terms = range(row[0], row[1]).map((j) => `${shareText(row)}·${signed(facts.x[j])}`);
  return fill(terms.length ? words.row : words.row_empty, {
    i,
    sub: subscript(i),
    terms: joined(terms, " + "),
    y: format(facts.y[i], 6),
  });
}

/**
 * @param {number} j
 * @param {Facts} facts
 * @param {ViewWords["matrix"]} words
 */
function columnLine(j, facts, words) {
  const fed = rowsOfP(facts)
    .map((row, i) => ({ row, i }))
    .filter(({ row }) => holds(row, j));
  const terms = fed.map(({ row, i }) => `${shareText(row)}·${signed(facts.g[i])}`);
  const total = fractionText(influenceOf(facts)[j]);
  const sum =
    fed.length > 1
      ? `${joined(
          fed.map(({ row }) => shareText(row)),
          " + ",
        )} = ${total}`
      : total;
  return fill(fed.length ? words.column : words.column_empty, {
    j,
    sub: subscript(j),
    terms: joined(terms, " + "),
    grad: format(facts.grad[j], 6),
    sum,
  });
}
