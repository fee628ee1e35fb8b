import { attempt, FormulaFailure } from "./formula/parser.js";
import { windowsOf } from "./rules.js";

// A formula beside PyTorch's rule at every size that a slider has, 4,096 in all. That takes longer than a key press may
// wait, so it goes size by size, and whoever looks at it is asked in between.

/** In place of a number of wrong windows: there are no windows at all. */
export const NO_WINDOWS = 255;

/** Of work, after which a page may answer keys. */
const SLICE_MS = 12;
/** Comparisons: of those who type, go back, and look at two views. */
const MOST_COMPARISONS = 8;

/**
 * All pairs [n, m] to the largest size, those with the smallest n + m first: what is found first is the smallest.
 * @param {number} max
 * @returns {Pair[]}
 */
function inOrder(max) {
  const pairs = /** @type {Pair[]} */ ([]);
  for (let sum = 2; sum <= 2 * max; sum++)
    for (let n = Math.max(1, sum - max); n <= Math.min(max, sum - 1); n++) pairs.push([n, sum - n]);
  return pairs;
}

/**
 * How many windows differ: this is asked for 4,096 sizes while somebody types, so it makes no list of them.
 * @param {Bins} a
 * @param {Bins} b
 */
function countDifferent(a, b) {
  let count = 0;
  for (let i = 0; i < a.start.length; i++) if (a.start[i] !== b.start[i] || a.stop[i] !== b.stop[i]) count++;
  return count;
}

/** All sizes to the largest one, with the windows of known rules: PyTorch's are computed once. */
export class AllSizes {
  #truth = { name: "pytorch", windows: /** @type {Bins[]} */ ([]) };
  /** Of the known rule that was last compared: who writes it differently does so letter by letter. */
  #other = { name: "", windows: /** @type {Bins[]} */ ([]) };
  #kept = /** @type {Map<string, Comparison>} */ (new Map());

  /**
   * @param {import("./rules.js").Rules} rules
   * @param {number} max
   */
  constructor(rules, max) {
    this.rules = rules;
    this.max = max;
    this.pairs = inOrder(max);
  }

  /**
   * The windows of a known rule at the pair that has this place in the order; FormulaFailure where it has none.
   * @param {string} name
   * @param {number} k
   */
  windows(name, k) {
    if (name !== "pytorch" && name !== this.#other.name) this.#other = { name, windows: [] };
    const { windows } = name === "pytorch" ? this.#truth : this.#other;
    windows[k] ??= this.#computed(name, k);
    return windows[k];
  }

  /**
   * @param {string} name
   * @param {number} k
   */
  #computed(name, k) {
    const { formula } = this.rules.get(name);
    if (!formula) throw new FormulaFailure("missing");
    return windowsOf(formula, ...this.pairs[k]);
  }

  /**
   * The comparison of a formula that can be read, as far as it has got.
   * @param {string} text
   */
  of(text) {
    const kept = this.#kept.get(text) ?? new Comparison(this, text);
    this.#kept.delete(text); // the oldest one that nobody asks for goes first
    this.#kept.set(text, kept);
    for (const old of this.#kept.keys()) if (this.#kept.size > MOST_COMPARISONS) this.#kept.delete(old);
    return kept;
  }
}

/** What becomes of one formula at all sizes. */
export class Comparison {
  /** How many windows are wrong, or NO_WINDOWS, for each pair: m after m, n after n. */
  wrong;
  differs = 0;
  without = 0;
  #differsInside = 0;
  smallest = /** @type {Pair | null} */ (null);
  /** The same with m <= n. */
  smallestInside = /** @type {Pair | null} */ (null);
  withoutFirst = /** @type {Pair | null} */ (null);
  /** The first window that ends beyond the input, and the first that begins before it. */
  beyond = /** @type {RawEnd | null} */ (null);
  before = /** @type {RawEnd | null} */ (null);
  /** The rule in the list that has the same windows wherever both have some, and at how many sizes that is. */
  known = /** @type {{ rule: Rule; count: number } | null} */ (null);
  done = false;

  #own = /** @type {(Bins | null)[]} */ ([]);
  #steps;

  /**
   * @param {AllSizes} sizes
   * @param {string} text
   */
  constructor(sizes, text) {
    this.sizes = sizes;
    this.text = text;
    this.total = sizes.pairs.length;
    this.wrong = new Uint8Array(sizes.max * sizes.max).fill(NO_WINDOWS);
    this.#steps = this.#run();
  }

  /**
   * Go on size by size until a function says that it is late; true when everything is known.
   * @param {() => boolean} isLate
   */
  goOn(isLate) {
    while (!this.done) {
      this.done = this.#steps.next().done ?? false;
      if (isLate()) break;
    }
    return this.done;
  }

  *#run() {
    for (const k of this.sizes.pairs.keys()) {
      this.#compare(k);
      yield;
    }
    for (const rule of this.#candidates()) {
      const count = yield* this.#countSame(rule);
      if (count) {
        this.known = { rule, count };
        break;
      }
    }
    this.#own = [];
  }

  /** @param {number} k */
  #compare(k) {
    const { sizes } = this;
    const [n, m] = sizes.pairs[k];
    const windows = this.#windows(n, m);
    this.#own.push(windows);
    if (!windows) {
      this.without++;
      this.withoutFirst ??= [n, m];
      return;
    }
    const wrong = countDifferent(sizes.windows("pytorch", k), windows);
    this.wrong[(n - 1) * sizes.max + m - 1] = wrong;
    if (!wrong) return;
    this.differs++;
    this.smallest ??= [n, m];
    if (m > n) return;
    this.#differsInside++;
    this.smallestInside ??= [n, m];
  }

  /**
   * The windows of the formula; null where it has none. Those that go from right to left, which no view draws, are some.
   * @param {number} n
   * @param {number} m
   */
  #windows(n, m) {
    const { formula } = this.sizes.rules.get(this.text);
    if (!formula) return null;
    const seen = (/** @type {number} */ i, /** @type {number} */ start, /** @type {number} */ stop) => {
      if (stop > n) this.beyond ??= { i, n, m, end: stop };
      if (start < 0) this.before ??= { i, n, m, end: start };
    };
    return attempt(
      () => /** @type {Bins | null} */ (windowsOf(formula, n, m, seen)),
      () => null,
    );
  }

  /** Known rules that are wrong at as many sizes: only theirs can be the same windows. */
  #candidates() {
    const { rules } = this.sizes;
    return rules.names
      .map((name) => rules.get(name))
      .filter(
        ({ wrong_sizes, needs_m_up_to_n: inside }) => wrong_sizes === (inside ? this.#differsInside : this.differs),
      );
  }

  /**
   * At how many sizes a known rule has these windows; 0 if they differ where both have some. With one output there may be
   * none: a formula that divides by m - 1 is known by all the others.
   * @param {Rule} rule
   */
  *#countSame({ name, needs_m_up_to_n }) {
    let count = 0;
    for (const [k, [n, m]] of this.sizes.pairs.entries()) {
      if (needs_m_up_to_n && m > n) continue;
      const own = this.#own[k];
      if (own && countDifferent(this.sizes.windows(name, k), own)) return 0;
      if (!own && m > 1) return 0;
      count += Number(Boolean(own));
      yield;
    }
    return count;
  }
}

const allSizesFor = /** @type {WeakMap<import("./rules.js").Rules, AllSizes>} */ (new WeakMap());

/**
 * The one AllSizes of the rules of a kernel, however many views there are.
 * @param {import("./rules.js").Rules} rules
 * @param {number} max
 */
export function allSizesOf(rules, max) {
  const sizes = allSizesFor.get(rules) ?? new AllSizes(rules, max);
  allSizesFor.set(rules, sizes);
  return sizes;
}

/**
 * Finish a comparison in slices, between which a page answers keys, and then call a function; returns one that stops it.
 * @param {Comparison} comparison
 * @param {() => void} whenDone
 */
export function inSlices(comparison, whenDone) {
  /** @type {number | undefined} */
  let timer;
  const slice = () => {
    const end = Date.now() + SLICE_MS;
    if (comparison.goOn(() => Date.now() >= end)) whenDone();
    else timer = setTimeout(slice);
  };
  timer = setTimeout(slice);
  return () => clearTimeout(timer);
}
