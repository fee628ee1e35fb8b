import { bounded, divmod, floatDivmod, quotientOf, roundHalfEven, safe, TOO_LONG } from "./arithmetic.js";
import { FormulaFailure, parsed, promoted } from "./parser.js";
import { numberText } from "./text.js";

// The values of a formula: pooltutor/formula/evaluation.py again. Each node becomes a function of the values of all
// names, made for its type. Integers are JavaScript's numbers, exact to 2^53; a window for which one gets longer is
// evaluated once more with integers of any size.

// From nodes to functions ----------------------------------------------------------------------------------------

const ROUNDINGS = { floor: Math.floor, ceil: Math.ceil, round: roundHalfEven, int: Math.trunc };

/** @type {Record<string, (a: any, b: any) => boolean>} */
const COMPARE = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** @type {Record<string, (a: any, b: any) => any>} */
const OF_INTEGERS = {
  "+": (a, b) => safe(a + b),
  "-": (a, b) => safe(a - b),
  "*": (a, b) => safe(a * b),
  "//": (a, b) => Math.floor(a / b),
  "%": (a, b) => a - b * Math.floor(a / b),
};

/** @type {Record<string, (a: any, b: any) => any>} */
const OF_LONG_INTEGERS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "//": (a, b) => divmod(a, b)[0],
  "%": (a, b) => divmod(a, b)[1],
};

/** @type {Record<string, (a: any, b: any) => any>} */
const OF_FLOATS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => floatDivmod(a, b)[0],
  "%": (a, b) => floatDivmod(a, b)[1],
};

/** Makes functions of nodes: with plain numbers, or with integers of any size. */
class Compiler {
  /**
   * @param {Map<string, number>} slots where the values of names are
   * @param {boolean} long
   */
  constructor(slots, long) {
    this.slots = slots;
    this.long = long;
  }

  /**
   * @param {FormulaNode} node
   * @returns {Evaluate}
   */
  of(node) {
    const { op, args, value } = node;
    if (op === "name") {
      const slot = this.slots.get(value) ?? 0;
      return (values) => values[slot];
    }
    if (op === "number") return this.constant(node);
    if (op === "if") return this.chosen(node);
    if (Object.hasOwn(ROUNDINGS, op)) return this.rounded(node);
    if (Object.hasOwn(COMPARE, op)) return this.compared(node);
    if (op === "min" || op === "max") return this.extreme(node);
    if (op === "f32" || op === "float") return this.as(args[0], node.type);
    if (op === "neg" || op === "abs") return this.signed(node);
    return this.computed(node);
  }

  /**
   * @param {FormulaNode} node
   * @returns {Evaluate}
   */
  constant({ type, value: text }) {
    if (type !== "int") return () => Number(text);
    if (this.long) return () => BigInt(text);
    return Number.isSafeInteger(Number(text)) ? () => Number(text) : () => safe(Infinity);
  }

  /**
   * A value of one type as another: an integer as the nearest float64, and that as the nearest float32.
   * @param {FormulaNode} node
   * @param {ValueType} wanted
   * @returns {Evaluate}
   */
  as(node, wanted) {
    const value = this.of(node);
    if (node.type === wanted || wanted === "int") return value;
    const wide = this.long && node.type === "int" ? (/** @type {any[]} */ values) => Number(value(values)) : value;
    return wanted === "f64" ? wide : (values) => Math.fround(wide(values));
  }

  /** @param {FormulaNode} node */
  chosen({ args: [condition, then, other], type }) {
    const holds = this.of(condition);
    const [yes, no] = [this.as(then, type), this.as(other, type)];
    return (/** @type {any[]} */ values) => (Number(holds(values)) === 0 ? no(values) : yes(values));
  }

  /** @param {FormulaNode} node */
  rounded({ op, args: [arg], place }) {
    const value = this.of(arg);
    if (arg.type === "int") return value;
    const round = ROUNDINGS[/** @type {keyof typeof ROUNDINGS} */ (op)];
    const { long } = this;
    return (/** @type {any[]} */ values) => {
      const found = value(values);
      if (!Number.isFinite(found))
        throw new FormulaFailure("infinite", place, { name: op, value: numberText(found, arg.type) });
      return long ? BigInt(round(found)) : safe(round(found));
    };
  }

  /** @param {FormulaNode} node */
  compared({ op, args }) {
    const type = promoted(...args.map((arg) => arg.type));
    const [left, right] = args.map((arg) => this.as(arg, type));
    const [holds, one, zero] = [COMPARE[op], ...(this.long ? [1n, 0n] : [1, 0])];
    return (/** @type {any[]} */ values) => (holds(left(values), right(values)) ? one : zero);
  }

  /** @param {FormulaNode} node */
  extreme({ op, args, type }) {
    const all = args.map((arg) => this.as(arg, type));
    const least = op === "min";
    /** @type {(a: any, b: any) => any} NaN where one is NaN */
    const better = (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : a < b === least ? a : b);
    return (/** @type {any[]} */ values) => all.map((value) => value(values)).reduce(better);
  }

  /** @param {FormulaNode} node */
  signed({ op, args: [arg] }) {
    const value = this.of(arg);
    if (op === "neg") return (/** @type {any[]} */ values) => -value(values);
    return (/** @type {any[]} */ values) => {
      const found = value(values);
      return found < 0 ? -found : found;
    };
  }

  /**
   * + - * / // %
   * @param {FormulaNode} node
   */
  computed({ op, args, type, place }) {
    const divides = op === "/" || op === "//" || op === "%";
    const ofIntegers = args.every((arg) => arg.type === "int");
    const kind = ofIntegers ? "int" : type === "f32" && (op === "//" || op === "%") ? "f64" : type;
    const [left, right] = args.map((arg) => this.as(arg, kind));
    const make = this.maker(op, ofIntegers, place);
    const round = type === "f32" ? Math.fround : null;
    return (/** @type {any[]} */ values) => {
      const [a, b] = [left(values), right(values)];
      if (divides && (b === 0 || b === 0n)) throw new FormulaFailure("zero", place);
      return round ? round(make(a, b)) : make(a, b);
    };
  }

  /**
   * @param {string} op
   * @param {boolean} ofIntegers
   * @param {Place} place
   * @returns {(a: any, b: any) => any}
   */
  maker(op, ofIntegers, place) {
    if (!ofIntegers) return OF_FLOATS[op];
    if (op === "/") return this.long ? quotientOf : OF_FLOATS["/"];
    if (!this.long) return OF_INTEGERS[op];
    const make = OF_LONG_INTEGERS[op];
    return (a, b) => bounded(make(a, b), place);
  }
}

// Formulas -------------------------------------------------------------------------------------------------------

/** A text of the language, read once. */
export class Formula {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.lines = parsed(text);
    const names = new Set(["i", "n", "m", ...this.lines.map(({ name }) => name)]);
    this.slots = new Map([...names].map((name, k) => [name, k]));
    this.#programs = [false, true].map((long) => this.#program(long));
    this.ends = ["start", "stop"].map((name) => {
      const { value, place } = /** @type {FormulaLine} */ (this.lines.findLast((line) => line.name === name));
      return { name, slot: this.slots.get(name) ?? 0, type: value.type, place };
    });
    this.#values = Array.from({ length: names.size }, () => 0);
  }

  #values; // of one window after the other: to make an array for each would take longer than to fill it

  /** @type {((values: any[]) => any[])[]} */
  #programs;

  /**
   * A function that puts in the values of all names.
   * @param {boolean} long
   */
  #program(long) {
    const compiler = new Compiler(this.slots, long);
    const steps = this.lines.map(({ name, value }) => ({ slot: this.slots.get(name) ?? 0, run: compiler.of(value) }));
    return (/** @type {any[]} */ values) => {
      for (const { slot, run } of steps) values[slot] = run(values);
      return values;
    };
  }

  /**
   * The values of all names for window i of n -> m, by slot; those of the next window take their place.
   * @param {number} i
   * @param {number} n
   * @param {number} m
   */
  values(i, n, m) {
    try {
      const values = this.#values;
      [values[0], values[1], values[2]] = [i, n, m];
      return this.#programs[0](values);
    } catch (error) {
      if (error !== TOO_LONG) throw error;
      return this.#programs[1]([i, n, m].map(BigInt));
    }
  }

  /**
   * Start and stop of window i of n -> m, before they are clipped; FormulaFailure, with i, where it has none.
   * @param {number} i
   * @param {number} n
   * @param {number} m
   * @returns {Pair}
   */
  window(i, n, m) {
    try {
      const values = this.values(i, n, m);
      const [start, stop] = this.ends;
      return [this.#whole(values, start), this.#whole(values, stop)];
    } catch (error) {
      if (error instanceof FormulaFailure) Object.assign(error.places, { i, n, m });
      throw error;
    }
  }

  /**
   * What is told of each line, given a function that finds the value of any of its nodes in window i of n -> m.
   * @template T
   * @param {number} i
   * @param {number} n
   * @param {number} m
   * @param {(line: FormulaLine, find: (node: FormulaNode) => any) => T} tell
   * @returns {T[]}
   */
  trace(i, n, m, tell) {
    const told = (/** @type {boolean} */ long) => {
      const [compiler, values] = [new Compiler(this.slots, long), long ? [i, n, m].map(BigInt) : [i, n, m]];
      return this.lines.map((line) => {
        const find = (/** @type {FormulaNode} */ node) => compiler.of(node)(values);
        const [value, said] = [find(line.value), tell(line, find)]; // the value first: it refuses what cannot be told
        values[this.slots.get(line.name) ?? 0] = value;
        return said;
      });
    };
    try {
      return told(false);
    } catch (error) {
      if (error !== TOO_LONG) throw error;
      return told(true);
    }
  }

  /**
   * @param {any[]} values
   * @param {{ name: string; slot: number; type: ValueType; place: Place }} end
   */
  #whole(values, { name, slot, type, place }) {
    const value = values[slot];
    if (type !== "int" && !Number.isInteger(value))
      throw new FormulaFailure("whole", place, { name, value: numberText(value, type) });
    return Number(value) + 0; // no -0
  }
}
