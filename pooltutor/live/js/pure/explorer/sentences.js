import { KINDS } from "../kinds.js";
import { cutText, fill, format, lookUp } from "../numbers.js";
import { joined, signed, some } from "../terms.js";
import { fractionText, influenceOf, range, ratioOf, rowsOfP, shareText, windowText } from "../windows.js";

// The picture in words and numbers: the line about a window or a cell, and the paragraph about it all.

const SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉";
/** @param {number} k */
const sub = (k) => [...String(k)].map((digit) => SUBSCRIPT[Number(digit)]).join("");

/** @type {Map<string, Intl.PluralRules>} */
const ordinalRules = new Map(); // making one takes longer than everything else in the line
/**
 * @param {string} locale
 * @param {number} number
 */
function ordinalForm(locale, number) {
  const rules = ordinalRules.get(locale) ?? new Intl.PluralRules(locale, { type: "ordinal" });
  ordinalRules.set(locale, rules);
  return rules.select(number);
}

/**
 * @param {number} i
 * @param {Facts} facts
 * @param {Rule} rule
 * @param {ViewWords["line"]} words
 * @returns {Line}
 */
export function windowLine(i, facts, rule, words) {
  const { n, m, x, windows, visible, y, kind, winners } = facts;
  const ordinal = fill(lookUp(words.ordinals, ordinalForm(words.locale, i + 1)) ?? words.ordinals.other, { n: i + 1 });
  const title = [fill(words.window, { i, ordinal, m }), `pt-line-title pt-ink-${i % 2}`];
  if (!visible) return [title];
  const [start, stop] = [windows.start[i], windows.stop[i]];
  const values = { i, next: i + 1, succ: i + 1, n, m, start, cut: cutText(i, facts), next_cut: cutText(i + 1, facts) };
  const formula = (/** @type {string} */ name, /** @type {string[]} */ steps, /** @type {number} */ result) => [
    `${name} = ${steps.map((/** @type {string} */ step) => fill(step, values)).join(" = ")} = ${result}`,
    "",
  ];
  const terms = Array.from(x.slice(start, stop), signed);
  const value = format(y[i], 6);
  const won = winners && start !== stop ? [[winnerText(i, facts, winners, words), ""]] : [];
  return [
    title,
    formula("start", rule.starts, start),
    formula("stop", rule.stops, stop),
    [
      start === stop ? `y${sub(i)}: ${words.empty}` : `y${sub(i)} = ${KINDS[kind].sum(terms)} = ${value}`,
      "pt-line-result",
    ],
    ...won,
  ];
}

/**
 * Which cell wins window i, and by which rule where several could.
 * @param {number} i
 * @param {Facts} facts
 * @param {Numbers} winners
 * @param {ViewWords["line"]} words
 */
function winnerText(i, { x, windows }, winners, words) {
  const j = winners[i];
  const inside = range(windows.start[i], windows.stop[i]);
  const equal = inside.filter((k) => x[k] === x[j] || (Number.isNaN(x[k]) && Number.isNaN(x[j])));
  const text = equal.length === 1 ? words.winner : Number.isNaN(x[j]) ? words.winner_nan : words.winner_tie;
  return fill(text, { j, cells: joined(equal, ", ") });
}

/**
 * @param {number} j
 * @param {Facts} facts
 * @param {ViewWords["line"]} words
 * @returns {Line}
 */
export function cellLine(j, facts, words) {
  const { x, g, grad, feeds, windows, visible, winners } = facts;
  const title = [fill(words.cell, { j, x: format(x[j], 6), sub: sub(j) }), "pt-line-title"];
  if (!visible) return [title];
  const [a, b] = [feeds.start[j], feeds.stop[j]];
  const fed = range(a, b);
  const inside =
    fed.length === 0
      ? words.in_none
      : fill(fed.length === 1 ? words.in_one : words.in_many, { windows: joined(fed, ", ") });
  if (!facts.gradient) return [title, [inside, ""]];
  if (winners) return [title, [inside, ""], [wonText(j, facts, winners, words), "pt-line-result"]];
  const length = (/** @type {number} */ i) => windows.stop[i] - windows.start[i];
  const letters = joined(
    fed.map((i) => `g${sub(i)}/${length(i)}`),
    " + ",
    6,
  );
  const numbers = joined(
    fed.map((i) => `${signed(g[i])}/${length(i)}`),
    " + ",
    6,
  );
  const share = fed.length ? `${letters} = ${numbers} = ` : "";
  return [title, [inside, ""], [`dL/dx${sub(j)} = ${share}${format(grad[j], 6)}`, "pt-line-result"]];
}

/**
 * What a cell of maximum pooling gets back: all of the gradient of each window that it wins.
 * @param {number} j
 * @param {Facts} facts
 * @param {Numbers} winners
 * @param {ViewWords["line"]} words
 */
function wonText(j, { g, grad, feeds }, winners, words) {
  const won = range(feeds.start[j], feeds.stop[j]).filter((i) => winners[i] === j);
  if (!won.length) return fill(words.wins_none, { sub: sub(j) });
  const numbers = joined(
    won.map((i) => signed(g[i])),
    " + ",
    6,
  );
  return `dL/dx${sub(j)} = ${joined(
    won.map((i) => `g${sub(i)}`),
    " + ",
    6,
  )} = ${numbers}${won.length > 1 ? ` = ${format(grad[j], 6)}` : ""}`;
}

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
  const values = { i, j, sub_i: sub(i), sub_j: sub(j), share: shareText(row) };
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
    sub: sub(i),
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
    sub: sub(j),
    terms: joined(terms, " + "),
    grad: format(facts.grad[j], 6),
    sum,
  });
}

/**
 * A duel in words: the first difference, the closest known reason for it, and how often this rule is wrong.
 * @param {Facts} facts
 * @param {Map<string, Rule>} rules
 * @param {ViewWords["duel"]} words
 */
export function duelSentences(facts, rules, words) {
  const { n, m, rule, against, rival } = facts;
  const [mine, theirs] = [rules.get(rule), rules.get(against)];
  if (rule === against) return [words.same_rule];
  if (!mine || !theirs || !rival) return [];
  if (!rival.defined) return [theirs.undefined];
  const values = { n, m, rule: mine.title, against: theirs.title };
  if (rival.first === undefined)
    return [fill(words.equal, values), ...frequency(rule === "pytorch" ? theirs : mine, words)];
  const i = rival.first;
  const text = (/** @type {Bins} */ { start, stop }) => windowText(start[i], stop[i], words);
  const first = fill(words.first, { ...values, i, mine: text(facts.windows), theirs: text(rival.windows) });
  // One of the two is not PyTorch's there, or they would be equal.
  const mineIs = differsAt(i, facts.windows, facts.truth);
  const wrong = mineIs ? mine : theirs;
  return [first, reason(wrong, (mineIs ? facts : rival).windows, i, facts, words), ...frequency(wrong, words)];
}

/**
 * @param {number} i
 * @param {Bins} a
 * @param {Bins} b
 */
const differsAt = (i, a, b) => a.start[i] !== b.start[i] || a.stop[i] !== b.stop[i];

/**
 * Why a rule's window i is not PyTorch's: the kernel, if only its length differs; else what the rule does to the cuts.
 * @param {Rule} rule
 * @param {Bins} bins
 * @param {number} i
 * @param {Facts} facts
 * @param {ViewWords["duel"]} words
 */
function reason(rule, { start, stop }, i, facts, words) {
  const { n, m, truth } = facts;
  const length = stop[i] - start[i];
  const values = {
    n,
    m,
    i,
    length,
    window: windowText(start[i], stop[i], words),
    true_length: truth.stop[i] - truth.start[i],
    start: start[i],
    true_start: truth.start[i],
    stop: stop[i],
    true_stop: truth.stop[i],
    cut: cutText(i, facts),
    next_cut: cutText(i + 1, facts),
    step: m > 1 ? start[1] - start[0] : n,
  };
  const oneKernel = rule.name === "equal_kernel" || (rule.name === "forum" && start[i] === truth.start[i]);
  return fill(oneKernel ? words.reasons.kernel : (lookUp(words.reasons, rule.name) ?? ""), values);
}

/**
 * How many of all small sizes a rule gets wrong.
 * @param {Rule} rule
 * @param {ViewWords["duel"]} words
 */
function frequency({ name, title, wrong_sizes: wrong, defined_sizes: defined, smallest }, words) {
  if (name === "pytorch") return [];
  return [
    fill(words.often, {
      title,
      wrong: wrong.toLocaleString(words.locale),
      defined: defined.toLocaleString(words.locale),
      n: smallest[0],
      m: smallest[1],
    }),
  ];
}

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
    fill(words.windows, {
      windows: each(m, (/** @type {number} */ i) => windowText(windows.start[i], windows.stop[i], words)),
    }),
  );
  sentences.push(
    lengthsText(windows, words),
    sharedText(facts, words),
    avgPoolText(facts, words),
    wrongText(facts, words),
  );
  sentences.push(fill(words.outputs, { outputs: each(m, (/** @type {number} */ i) => format(y[i], 6)) }));
  if (winners)
    sentences.push(
      fill(words.winners, {
        winners: each(m, (/** @type {number} */ i) => (winners[i] < 0 ? words.empty : winners[i])),
      }),
    );
  else sentences.push(countsText(facts, words));
  if (facts.gradient)
    sentences.push(fill(words.gradients, { gradients: each(n, (/** @type {number} */ j) => format(grad[j], 6)) }));
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

/**
 * What a screen reader says of every cell, window and output: [key of the mark, text].
 * @param {Facts} facts
 * @param {PictureWords} words
 */
export function labelsOf(facts, words) {
  const { n, m, dual, visible } = facts;
  const each = (/** @type {string} */ kind, /** @type {number} */ count, /** @type {(k: number) => string} */ label) =>
    range(0, count).map((k) => [`${kind}:${k}`, label(k)]);
  const windowOf = (/** @type {number} */ i) => windowText(facts.windows.start[i], facts.windows.stop[i], words);
  const output = (/** @type {number} */ i) =>
    fill(words.output_label, { i, y: format(facts.y[i], 6), window: windowOf(i) });
  const window = (/** @type {number} */ i) => fill(words.window_label, { i, window: windowOf(i) });
  return [
    ...each("cell", n, (/** @type {number} */ j) => cellLabel(facts, j, words)),
    ...(dual
      ? []
      : each(
          "window",
          m,
          visible
            ? window
            : (/** @type {number} */ i) => fill(facts.hidden ? words.window_hidden : words.window_undefined, { i }),
        )),
    ...each(
      "output",
      m,
      visible
        ? output
        : (/** @type {number} */ i) => fill(facts.hidden ? words.output_hidden : words.output_undefined, { i }),
    ),
  ];
}

/**
 * @param {Facts} facts
 * @param {number} j
 * @param {PictureWords} words
 */
function cellLabel(facts, j, words) {
  const values = { j, x: format(facts.x[j], 6) };
  if (!facts.visible) return fill(words.cell_hidden, values);
  const [a, b] = [facts.feeds.start[j], facts.feeds.stop[j]];
  const windows = a === b ? words.no_window : a + 1 === b ? String(a) : fill(words.through, { a, b: b - 1 });
  return fill(words.cell_label, { ...values, windows, grad: format(facts.grad[j], 6) });
}
