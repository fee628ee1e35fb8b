import { fill, format } from "../numbers.js";
import { joined, some } from "../terms.js";
import { fractionText, influenceOf, range, ratioOf, rowsOfP, shareText, windowText } from "../windows.js";

// The paragraph that describes the picture.

/**
 * The picture in words: what it is described by, and what the words panel shows.
 * @param {Facts} facts
 * @param {ViewWords["description"]} words
 */
export function describe(facts, words) {
  const { n, m, windows, hidden, defined, y, grad, winners } = facts;
  const sentences = [fill(words.sizes, { n, m })];
  if (!defined) return [...sentences, facts.undefinedSentence].join(" ");
  if (hidden) return [...sentences, words.hidden].join(" ");
  const each = (/** @type {number} */ count, /** @type {(k: number) => string | number} */ text) =>
    some(count, 16)
      .map((k) => (typeof k === "number" ? text(k) : k))
      .join(", ");
  sentences.push(
    fill(words.windows, { windows: each(m, (i) => windowText(windows.start[i], windows.stop[i], words)) }),
    lengthsText(windows, words),
    sharedText(facts, words),
    avgPoolText(facts, words),
    wrongText(facts, words),
    fill(words.outputs, { outputs: each(m, (i) => format(y[i], 6)) }),
    winners
      ? fill(words.winners, { winners: each(m, (i) => (winners[i] < 0 ? words.empty : winners[i])) })
      : countsText(facts, words),
  );
  if (facts.gradient) sentences.push(fill(words.gradients, { gradients: each(n, (j) => format(grad[j], 6)) }));
  return sentences.filter(Boolean).join(" ");
}

/**
 * How many windows of which length.
 * @param {Bins} bins
 * @param {ViewWords["description"]} words
 */
function lengthsText({ start, stop }, words) {
  const counts = new Map();
  for (const [i, from] of start.entries()) counts.set(stop[i] - from, (counts.get(stop[i] - from) ?? 0) + 1);
  const lengths = [...counts].sort(([a], [b]) => a - b);
  if (lengths.length === 1) return fill(words.one_length, { length: lengths[0][0] });
  return fill(words.lengths, {
    lengths: joined(
      lengths.map(([length, count]) => fill(words.of_length, { count, length })),
      ", ",
    ),
  });
}

/**
 * @param {Facts} facts
 * @param {ViewWords["description"]} words
 */
function sharedText({ n, feeds }, words) {
  const shared = range(0, n).filter((j) => feeds.stop[j] - feeds.start[j] > 1);
  if (!shared.length) return words.none_shared;
  return fill(shared.length === 1 ? words.shared_one : words.shared, {
    count: shared.length,
    cells: joined(shared, ", ", 16),
  });
}

/**
 * The AvgPool with the same windows, if there is one: equal steps and one kernel, of which padding may hide a cell at both ends.
 * @param {Facts} facts
 * @param {ViewWords["description"]} words
 */
function avgPoolText({ n, m, windows: { start, stop } }, words) {
  const lengths = range(0, m).map((i) => stop[i] - start[i]);
  const longest = Math.max(...lengths);
  for (const [kernel, padding] of [
    [longest, 0],
    [longest, 1],
    [longest + 1, 1],
  ]) {
    const stride = m > 1 ? start[1] + padding : n;
    const hidden = (/** @type {number} */ i) => (padding ? Number(i === 0) + Number(i === m - 1) : 0);
    const fits = (/** @type {number} */ i) =>
      start[i] === Math.max(0, i * stride - padding) && lengths[i] === kernel - hidden(i);
    if (stride >= 1 && range(0, m).every(fits))
      return fill(padding ? words.avg_pool_padded : words.avg_pool, { kernel, stride });
  }
  return words.no_avg_pool;
}

/**
 * @param {Facts} facts
 * @param {ViewWords["description"]} words
 */
function wrongText({ m, rule, wrong, truth }, words) {
  if (rule === "pytorch" || !wrong.length) return "";
  const [i] = wrong;
  return fill(words.wrong, { count: wrong.length, m, i, truth: windowText(truth.start[i], truth.stop[i], words) });
}

/**
 * Which cells count most and which least, with the shares that make it so.
 * @param {Facts} facts
 * @param {ViewWords["description"]} words
 */
function countsText(facts, words) {
  const shares = influenceOf(facts);
  const values = shares.map(([a, b]) => a / b);
  const ratio = ratioOf(shares);
  if (ratio === 1) return fill(words.count_same, { share: fractionText(shares[0]) });
  const [least, most] = [Math.min, Math.max].map((extreme) => values.indexOf(extreme(...values)));
  const why = (/** @type {number} */ j) => {
    const parts = rowsOfP(facts).slice(facts.feeds.start[j], facts.feeds.stop[j]).map(shareText);
    return parts.length > 1 ? `${joined(parts, " + ")} = ${fractionText(shares[j])}` : fractionText(shares[j]);
  };
  return fill(words.count, { most, least, why_most: why(most), why_least: why(least), ratio: format(ratio) });
}
