import { range, windowText } from "./facts.js";
import { fill, format } from "./numbers.js";

// The picture in words and numbers: the line about a window or a cell, and the paragraph about it all.

const SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉";
const sub = (k) => [...String(k)].map((digit) => SUBSCRIPT[digit]).join("");

/** The numbers 0 .. count - 1; of many only the first three and the last two, and "…" for the rest. */
function some(count, most) {
  const all = range(0, count);
  return count <= most ? all : [...all.slice(0, 3), "…", ...all.slice(-2)];
}

/** Join terms; many are shortened in the middle. */
const joined = (terms, separator, most = 8) => some(terms.length, most).map((k) => (k === "…" ? k : terms[k])).join(separator);

/** An exact cut as text. Two decimals tell a line from its neighbourhood up to 64; beyond that only a fraction does. */
function cutText(i, { n, m }) {
  if ((i * n) % m === 0) return String((i * n) / m);
  return n <= 64 && m <= 64 ? String(Number(((i * n) / m).toFixed(2))) : `${i * n}/${m}`;
}

const ordinalRules = new Map(); // making one takes longer than everything else in the line
function ordinalForm(locale, number) {
  if (!ordinalRules.has(locale)) ordinalRules.set(locale, new Intl.PluralRules(locale, { type: "ordinal" }));
  return ordinalRules.get(locale).select(number);
}

export function windowLine(i, facts, rule, words) {
  const { n, m, x, windows, secret, y, kind } = facts;
  const ordinal = fill(words.ordinals[ordinalForm(words.locale, i + 1)], { n: i + 1 });
  const title = [fill(words.window, { i, ordinal, m }), `pt-line-title pt-ink-${i % 2}`];
  if (secret) return [title];
  const [start, stop] = [windows.start[i], windows.stop[i]];
  const values = { i, next: i + 1, succ: i + 1, n, m, start, cut: cutText(i, facts), next_cut: cutText(i + 1, facts) };
  const formula = (name, steps, result) => [`${name} = ${steps.map((step) => fill(step, values)).join(" = ")} = ${result}`, ""];
  const terms = Array.from(x.slice(start, stop), (value) => (value < 0 ? `(${format(value)})` : format(value)));
  const value = format(y[i], 6);
  const sum = start === stop ? words.empty : kind === "max" ? `max(${joined(terms, ", ")})` : terms.length === 1 ? `${terms[0]}/1` : `(${joined(terms, " + ")})/${stop - start}`;
  return [
    title,
    formula("start", rule.starts, start),
    formula("stop", rule.stops, stop),
    [start === stop ? `y${sub(i)}: ${sum}` : `y${sub(i)} = ${sum} = ${value}`, "pt-line-result"],
  ];
}

export function cellLine(j, facts, words) {
  const { x, g, grad, feeds, windows, secret, kind } = facts;
  const title = [fill(words.cell, { j, x: format(x[j], 6), sub: sub(j) }), "pt-line-title"];
  if (secret) return [title];
  const [a, b] = [feeds.start[j], feeds.stop[j]];
  const fed = range(a, b);
  const inside = fed.length === 0 ? words.in_none : fill(fed.length === 1 ? words.in_one : words.in_many, { windows: joined(fed, ", ") });
  if (!facts.gradient) return [title, [inside, ""]];
  if (kind === "max") return [title, [inside, ""], [`dL/dx${sub(j)} = ${format(grad[j], 6)}`, "pt-line-result"]];
  const length = (i) => windows.stop[i] - windows.start[i];
  const letters = joined(fed.map((i) => `g${sub(i)}/${length(i)}`), " + ", 6);
  const numbers = joined(fed.map((i) => `${g[i] < 0 ? `(${format(g[i])})` : format(g[i])}/${length(i)}`), " + ", 6);
  const share = fed.length ? `${letters} = ${numbers} = ` : "";
  return [title, [inside, ""], [`dL/dx${sub(j)} = ${share}${format(grad[j], 6)}`, "pt-line-result"]];
}

/** The picture in words: what it is described by, and what the words panel shows. */
export function describe(facts, words) {
  const { n, m, windows, hidden, defined, y, grad, feeds, truth, wrong, rule } = facts;
  const sentences = [fill(words.sizes, { n, m })];
  if (!defined) return [...sentences, facts.undefinedSentence].join(" ");
  if (hidden) return [...sentences, words.hidden].join(" ");
  const each = (count, text) => some(count, 16).map((k) => (k === "…" ? k : text(k))).join(", ");
  sentences.push(fill(words.windows, { windows: each(m, (i) => windowText(windows.start[i], windows.stop[i], words)) }));
  const shared = range(0, n).filter((j) => feeds.stop[j] - feeds.start[j] > 1);
  sentences.push(shared.length ? fill(shared.length === 1 ? words.shared_one : words.shared, { count: shared.length, cells: joined(shared, ", ", 16) }) : words.none_shared);
  if (rule !== "pytorch" && wrong.length) {
    sentences.push(fill(words.wrong, { count: wrong.length, m, i: wrong[0], truth: windowText(truth.start[wrong[0]], truth.stop[wrong[0]], words) }));
  }
  sentences.push(fill(words.outputs, { outputs: each(m, (i) => format(y[i], 6)) }));
  if (facts.gradient) sentences.push(fill(words.gradients, { gradients: each(n, (j) => format(grad[j], 6)) }));
  return sentences.join(" ");
}

/** What a screen reader says of every cell, window and output: [key of the mark, text]. */
export function labelsOf(facts, words) {
  const { n, m, dual, secret } = facts;
  const each = (kind, count, label) => range(0, count).map((k) => [`${kind}:${k}`, label(k)]);
  const windowOf = (i) => windowText(facts.windows.start[i], facts.windows.stop[i], words);
  const output = (i) => fill(words.output_label, { i, y: format(facts.y[i], 6), window: windowOf(i) });
  const window = (i) => fill(words.window_label, { i, window: windowOf(i) });
  return [
    ...each("cell", n, (j) => cellLabel(facts, j, words)),
    ...(dual ? [] : each("window", m, secret ? (i) => fill(facts.hidden ? words.window_hidden : words.window_undefined, { i }) : window)),
    ...each("output", m, secret ? (i) => fill(facts.hidden ? words.output_hidden : words.output_undefined, { i }) : output),
  ];
}

function cellLabel(facts, j, words) {
  const values = { j, x: format(facts.x[j], 6) };
  if (facts.secret) return fill(words.cell_hidden, values);
  const [a, b] = [facts.feeds.start[j], facts.feeds.stop[j]];
  const windows = a === b ? words.no_window : a + 1 === b ? String(a) : fill(words.through, { a, b: b - 1 });
  return fill(words.cell_label, { ...values, windows, grad: format(facts.grad[j], 6) });
}
