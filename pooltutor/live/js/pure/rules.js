import { Formula } from "./formula/evaluator.js";
import { attempt } from "./formula/parser.js";
import { inLetters } from "./formula/printer.js";
import { fill, lookUp } from "./numbers.js";

// The rules, by name or by formula, and the windows that they give: clipped to the input, each size computed once.

/** The name of every rule that is not in the list: its formula tells it from others. */
export const OWN = "own";

/** Sizes of which the windows are kept. */
const MOST_KEPT = 200;

/**
 * What is wrong with a formula, as a sentence.
 * @param {import("./formula/parser.js").FormulaFailure} failure
 * @param {FormulaWords} words
 */
export function sentenceOf({ key, place, places }, words) {
  const { wanted } = places;
  const said = fill(/** @type {any} */ (words)[key], { ...places, expected: wanted && lookUp(words.wanted, wanted) });
  return place ? `${said} ${fill(words.place, place)}` : said;
}

/**
 * The first window that begins or ends left of the one before it.
 * @param {Bins} bins
 */
function firstBack({ start, stop }) {
  for (let i = 1; i < start.length; i++) if (start[i] < start[i - 1] || stop[i] < stop[i - 1]) return i;
  return undefined;
}

/**
 * All windows of n -> m, clipped to the input; an empty one has stop = start. FormulaFailure where one has none.
 * @param {Formula} formula
 * @param {number} n
 * @param {number} m
 * @param {(i: number, start: number, stop: number) => void} [seen] is told both ends of each window before they are clipped
 */
export function windowsOf(formula, n, m, seen) {
  const [start, stop] = [new Int32Array(m), new Int32Array(m)];
  for (let i = 0; i < m; i++) {
    const [from, to] = formula.window(i, n, m);
    seen?.(i, from, to);
    start[i] = Math.min(Math.max(from, 0), n);
    stop[i] = Math.min(Math.max(to, start[i]), n);
  }
  return { start, stop };
}

export class Rules {
  #kept = /** @type {Map<string, { windows: Bins | null; refusal: string }>} */ (new Map());
  #sent = /** @type {Map<string, SentRule>} */ (new Map());
  #known = /** @type {Map<string, Rule>} */ (new Map());
  #own = /** @type {Map<string, Rule>} */ (new Map());

  /**
   * @param {SentRule[]} sent
   * @param {{ formula: FormulaWords; own: OwnWords }} words
   */
  constructor(sent, words) {
    this.words = words;
    for (const rule of sent) this.#sent.set(rule.name, rule);
  }

  /** The names of the rules in the list. */
  get names() {
    return [...this.#sent.keys()];
  }

  /**
   * What a rule of the list is called; its formula need not be read for that.
   * @param {string} name
   */
  title(name) {
    return /** @type {SentRule} */ (this.#sent.get(name)).title;
  }

  /**
   * A rule by its name, or by its formula; one that cannot be read has a sentence in place of windows.
   * @param {string} rule
   */
  get(rule) {
    return this.#known.get(rule) ?? this.#own.get(rule) ?? this.#listed(rule) ?? this.#read(rule);
  }

  /** @param {string} rule */
  isOwn(rule) {
    return !this.#sent.has(rule);
  }

  /**
   * Has a rule a line for more than a start and a stop? One that is being typed always has the room.
   * @param {string} rule
   */
  isLong(rule) {
    return this.isOwn(rule) || (this.get(rule).formula?.lines.length ?? 0) > 2;
  }

  /**
   * A rule of the list is read when somebody wants it: a view begins with one, and there are many.
   * @param {string} name
   */
  #listed(name) {
    const sent = this.#sent.get(name);
    if (!sent) return undefined;
    const rule = withFormula(sent);
    this.#known.set(name, rule);
    return rule;
  }

  /** @param {string} text */
  #read(text) {
    if (this.#own.size > MOST_KEPT) this.#own.clear();
    const { title } = this.words.own;
    const named = { name: OWN, title, found_in: "", undefined: "", needs_m_up_to_n: false, text };
    const rule = attempt(
      () => withFormula(named),
      (failure) => ({ ...named, formula: null, letters: "", unreadable: sentenceOf(failure, this.words.formula) }),
    );
    this.#own.set(text, rule);
    return rule;
  }

  /**
   * {start, stop} of the windows of n -> m, or null where the rule has none.
   * @param {string} rule
   * @param {number} n
   * @param {number} m
   */
  windows(rule, n, m) {
    return this.#of(rule, n, m).windows;
  }

  /**
   * Why a rule has no windows for n -> m; "" where it has.
   * @param {string} rule
   * @param {number} n
   * @param {number} m
   */
  refusal(rule, n, m) {
    return this.#of(rule, n, m).refusal;
  }

  /**
   * @param {string} rule
   * @param {number} n
   * @param {number} m
   */
  #of(rule, n, m) {
    const key = `${n},${m},${rule}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    if (this.#kept.size > MOST_KEPT) this.#kept.clear();
    const found = this.#computed(this.get(rule), n, m);
    this.#kept.set(key, found);
    return found;
  }

  /**
   * @param {Rule} rule
   * @param {number} n
   * @param {number} m
   * @returns {{ windows: Bins | null; refusal: string }}
   */
  #computed({ name, formula, unreadable, undefined: refusal, needs_m_up_to_n }, n, m) {
    if (!formula) return { windows: null, refusal: unreadable ?? "" };
    if (needs_m_up_to_n && m > n) return { windows: null, refusal };
    return attempt(
      () => {
        const windows = windowsOf(formula, n, m);
        const i = name === OWN ? firstBack(windows) : undefined;
        return i === undefined ? { windows, refusal: "" } : { windows: null, refusal: this.#order(windows, i, n) };
      },
      (failure) => ({ windows: null, refusal: sentenceOf(failure, this.words.formula) }),
    );
  }

  /**
   * @param {Bins} windows
   * @param {number} i
   * @param {number} n
   */
  #order({ start, stop }, i, n) {
    const text = (/** @type {number} */ k) => (start[k] === stop[k] ? this.words.own.empty : `${start[k]}:${stop[k]}`);
    return fill(this.words.formula.order, { i, n, m: start.length, window: text(i), before: text(i - 1) });
  }
}

/**
 * @param {SentRule} rule
 * @returns {Rule}
 */
function withFormula(rule) {
  const formula = new Formula(rule.text);
  return { ...rule, formula, letters: inLetters(formula) };
}

const rulesFor = /** @type {WeakMap<object, { sent: SentRule[]; rules: Rules }>} */ (new WeakMap());

/**
 * The rules of a kernel, read once however many views there are, and once more after the language has changed.
 * @param {Carrier} shared
 */
export function rulesOf(shared) {
  const sent = shared.get("rules");
  const known = rulesFor.get(shared);
  if (known && known.sent === sent) return known.rules;
  const rules = new Rules(sent, shared.get("words"));
  rulesFor.set(shared, { sent, rules });
  return rules;
}
