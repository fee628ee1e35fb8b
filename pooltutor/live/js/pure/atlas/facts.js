import { NO_WINDOWS } from "../all_sizes.js";
import { inflate } from "../base64.js";

// What is known of all pairs of sizes: Python says the class and the values of each. Of a formula of one's own the browser
// finds them itself.

const MOST_TYPED = 8; // formulas of which the map is kept

export class Charts {
  #typed = /** @type {string[]} */ ([]);

  /**
   * @param {Uint8Array} bytes
   * @param {{ drawn: string[][]; values: string[] }} names of the maps, as [colour, rule], and of the values
   * @param {string[]} rules
   * @param {number} max the largest size
   */
  constructor(bytes, { drawn, values }, rules, max) {
    const chart = (/** @type {number} */ k) => bytes.subarray(k * max * max, (k + 1) * max * max);
    this.max = max;
    this.classes = new Map(drawn.map((map, k) => [map.join(), chart(k)]));
    this.values = new Map(values.map((name, k) => [name, chart(drawn.length + k)]));
    this.wrong = new Map(rules.map((rule, k) => [rule, chart(drawn.length + values.length + k)]));
  }

  /** @param {Carrier} shared */
  static async open(shared) {
    const sent = shared.get("charts");
    const rules = shared.get("rules").map((/** @type {Rule} */ rule) => rule.name);
    return new Charts(await inflate(sent.packed), sent, rules, shared.get("limits").slider);
  }

  /**
   * Everything that is known of a pair; under `rule`, how many windows are wrong, or NO_WINDOWS.
   * @param {Pair} pair
   * @param {string} rule
   * @returns {PairFacts}
   */
  of([n, m], rule) {
    const place = (n - 1) * this.max + m - 1;
    const values = Object.fromEntries([...this.values].map(([name, chart]) => [name, chart[place]]));
    return /** @type {PairFacts} */ ({ ...values, wrong: this.wrong.get(rule)?.[place] });
  }

  /**
   * Is there a map of agreement for this rule?
   * @param {string} rule
   */
  has(rule) {
    return this.wrong.has(rule);
  }

  /**
   * Take in a formula: how many of its windows are wrong at each pair. The classes are those of the known rules: it
   * agrees, it differs, it has no windows.
   * @param {string} rule
   * @param {Uint8Array} wrong
   */
  put(rule, wrong) {
    if (this.wrong.has(rule)) return; // another map has it already
    this.#typed.push(rule);
    for (const old of this.#typed.splice(0, this.#typed.length - MOST_TYPED)) {
      this.wrong.delete(old);
      this.classes.delete(mapOf({ colour: "agreement", rule: old }));
    }
    this.wrong.set(rule, wrong);
    this.classes.set(
      mapOf({ colour: "agreement", rule }),
      wrong.map((count) => (count === NO_WINDOWS ? 2 : Number(count > 0))),
    );
  }

  /**
   * How many pairs of each class there are on a map.
   * @param {string} map
   * @param {number} classes
   */
  counts(map, classes) {
    const counts = Array.from({ length: classes }, () => 0);
    for (const k of this.classes.get(map) ?? []) counts[k]++;
    return counts;
  }
}

const chartsOf = /** @type {WeakMap<Carrier, Promise<Charts>>} */ (new WeakMap()); // for each shared widget, however many views

/**
 * The charts of a shared widget, which may have been there before the first atlas: they then come in a message of their own.
 * @param {Carrier} shared
 * @returns {Promise<Charts>}
 */
export async function openCharts(shared) {
  if (!shared.get("charts").packed) await new Promise((arrived) => shared.once?.("change:charts", arrived));
  const charts = chartsOf.get(shared) ?? Charts.open(shared);
  chartsOf.set(shared, charts);
  return charts;
}

/**
 * Only one map differs from rule to rule; the others are PyTorch's.
 * @param {AtlasState} state
 */
export const ruleOfMap = ({ colour, rule }) => (colour === "agreement" ? rule : "pytorch");

/**
 * The name of a map among all that can be drawn.
 * @param {AtlasState} state
 */
export const mapOf = (state) => `${state.colour},${ruleOfMap(state)}`;

/**
 * @param {Pair | null} a
 * @param {Pair | null} b
 */
export const isSamePair = (a, b) => a?.[0] === b?.[0] && a?.[1] === b?.[1];
