import { bytesOf } from "./base64.js";

// Bins, looked up. Python made the tables; nothing is rounded here.

const UNDEFINED = 255;

/**
 * How many windows come before those of n -> m in a table: the order is n, m, i.
 * @param {number} n
 * @param {number} m
 * @param {number} max
 */
const offset = (n, m, max) => ((n - 1) * max * (max + 1)) / 2 + (m * (m - 1)) / 2;

/** @param {string | ArrayBufferView<ArrayBuffer>} carried */
export async function inflate(carried) {
  const stream = new Blob([bytesOf(carried)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export class Tables {
  /**
   * @param {Uint8Array} bytes
   * @param {string[]} names
   * @param {number} max
   */
  constructor(bytes, names, max) {
    this.max = max;
    this.names = names;
    this.size = offset(max, max + 1, max);
    this.pairs = new Map(); // pairs beyond the tables, as they arrive
    this.axes = new Map(); // and input sizes beyond them, each to all small targets and to itself
    this.rules = new Map();
    this.#decode(bytes);
  }

  /**
   * Inflate the tables of the shared widget.
   * @param {Carrier} shared
   */
  static async open(shared) {
    const names = shared.get("rules").map((/** @type {Rule} */ rule) => rule.name);
    return new Tables(await inflate(shared.get("tables")), names, shared.get("limits").slider);
  }

  // PyTorch's table holds steps, every other one its difference to PyTorch's; both wrap at 256.
  /** @param {Uint8Array} bytes */
  #decode(bytes) {
    const { size, names, rules } = this;
    const part = (/** @type {number} */ k) => bytes.subarray(k * size, (k + 1) * size);
    const [start, stop] = [part(0), part(1)];
    for (const steps of [start, stop]) for (let k = 1; k < size; k++) steps[k] += steps[k - 1];
    rules.set(names[0], { start, stop });
    for (let r = 1; r < names.length; r++) {
      const [a, b] = [part(2 * r), part(2 * r + 1)];
      for (let k = 0; k < size; k++) {
        a[k] += start[k];
        b[k] += stop[k];
      }
      rules.set(names[r], { start: a, stop: b });
    }
  }

  /**
   * Take in the bins of one larger pair: {n, m, windows}, int32 starts and stops rule after rule.
   * @param {{ n: number; m: number; windows: string | ArrayBufferView<ArrayBuffer> }} options
   */
  add({ n, m, windows }) {
    this.pairs.set(`${n},${m}`, new Int32Array(bytesOf(windows).slice().buffer));
  }

  /**
   * Take in the bins of larger input sizes: {n: deflated}, int16 starts and stops for each target, rule after rule.
   * @param {Record<string, string | ArrayBufferView<ArrayBuffer>>} axes
   */
  async addAxes(axes) {
    const inflated = Object.entries(axes)
      .filter(([n]) => !this.axes.has(Number(n)))
      .map(async ([n, deflated]) => ({ n: Number(n), bytes: await inflate(deflated) }));
    for (const { n, bytes } of await Promise.all(inflated)) this.axes.set(n, new Int16Array(bytes.buffer));
  }

  /**
   * @param {number} n
   * @param {number} m
   */
  knows(n, m) {
    return (n <= this.max && m <= this.max) || this.pairs.has(`${n},${m}`) || this.#axisHas(n, m);
  }

  /**
   * @param {number} n
   * @param {number} m
   */
  #axisHas(n, m) {
    return this.axes.has(n) && (m <= this.max || m === n);
  }

  /**
   * {start, stop} of the windows of n -> m, or null where the rule has none.
   * @param {string} rule
   * @param {number} n
   * @param {number} m
   */
  windows(rule, n, m) {
    if (n > this.max || m > this.max) return this.#ofPair(rule, n, m);
    const table = this.rules.get(rule);
    const from = offset(n, m, this.max);
    if (table.start[from] === UNDEFINED) return null;
    return { start: table.start.subarray(from, from + m), stop: table.stop.subarray(from, from + m) };
  }

  /**
   * @param {string} rule
   * @param {number} n
   * @param {number} m
   */
  #ofAxis(rule, n, m) {
    const all = this.axes.get(n);
    const every = (this.max * (this.max + 1)) / 2 + n;
    const from = 2 * every * this.names.indexOf(rule) + (m <= this.max ? (m * (m - 1)) / 2 : every - n);
    if (all[from] < 0) return null;
    return { start: all.subarray(from, from + m), stop: all.subarray(from + every, from + every + m) };
  }

  /**
   * @param {string} rule
   * @param {number} n
   * @param {number} m
   */
  #ofPair(rule, n, m) {
    if (!this.pairs.has(`${n},${m}`)) return this.#ofAxis(rule, n, m);
    const all = this.pairs.get(`${n},${m}`);
    const from = 2 * m * this.names.indexOf(rule);
    if (all[from] < 0) return null;
    return { start: all.subarray(from, from + m), stop: all.subarray(from + m, from + 2 * m) };
  }
}

const tablesFor = new WeakMap();

/**
 * The tables of a shared widget, inflated once however many views there are.
 * @param {Carrier} shared
 */
export function tablesOf(shared) {
  if (!tablesFor.has(shared)) tablesFor.set(shared, Tables.open(shared));
  return tablesFor.get(shared);
}
