import { numberText, quotientText } from "./text.js";

// A formula as it is shown: pooltutor/formula/printing.py again.

// How tightly an operation holds what it joins; in a place of a tighter one it gets parentheses.
const TIGHT = { loose: 0, compared: 1, sum: 2, mod: 3, product: 4, sign: 5, atom: 6 };
/** @type {Record<string, string>} */
const COMPARED_AS = { "<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠" };
/** @type {Record<string, [string, string]>} */
const BRACKETS = { floor: ["⌊", "⌋"], ceil: ["⌈", "⌉"] };
const ROUNDING = ["floor", "ceil", "round", "int"];

/**
 * @param {string} op
 * @param {string[]} args
 */
function called(op, args) {
  const [open, close] = BRACKETS[op] ?? [`${op === "float" ? "f64" : op}(`, ")"];
  return open + args.join(", ") + close;
}

/**
 * Is it the number of a window near this one, such as i + 1?
 * @param {FormulaNode} node
 */
const isNeighbour = ({ op, args: [left, right] }) =>
  (op === "+" || op === "-") && left.value === "i" && right.op === "number";

/**
 * The node without the minus that it begins with: -(i + 1) * n begins with one, too.
 * @param {FormulaNode} node
 * @returns {FormulaNode | null}
 */
function positive(node) {
  if (node.op === "neg") return node.args[0];
  const left = node.op === "*" ? positive(node.args[0]) : null;
  return left && { ...node, args: [left, node.args[1]] };
}

/**
 * What is divided by what, and rounded which way: a // b, and -(-a // b), which is the ceiling of a/b for integers.
 * @param {FormulaNode} node
 */
function roundedQuotient(node) {
  if (node.op === "//" && node.type === "int") return { bracket: "floor", top: node.args[0], bottom: node.args[1] };
  const inner = node.op === "neg" ? node.args[0] : null;
  if (inner?.op !== "//" || inner.type !== "int") return null;
  const top = positive(inner.args[0]);
  return top && { bracket: "ceil", top, bottom: inner.args[1] };
}

/** Writes nodes: in letters, or with the numbers that `find` finds. */
class Printer {
  /** @param {((node: FormulaNode) => any) | null} find */
  constructor(find) {
    this.find = find;
  }

  /**
   * @param {FormulaNode} node
   * @returns {string}
   */
  text(node, tightness = TIGHT.loose) {
    const [text, own] = this.written(node);
    return own < tightness ? `(${text})` : text;
  }

  /**
   * A node as text, and how tightly that holds together.
   * @param {FormulaNode} node
   * @returns {[string, number]}
   */
  written(node) {
    const { op, type, value } = node;
    if (op === "number" || (this.find && (op === "name" || isNeighbour(node)))) {
      const found = this.find ? this.find(node) : type === "int" ? BigInt(value) : Number(value);
      const text = numberText(found, type);
      return [text, text.startsWith("-") ? TIGHT.sign : TIGHT.atom];
    }
    if (op === "name") return [value, TIGHT.atom];
    const rounded = roundedQuotient(node);
    if (!rounded) return this.joined(node);
    return [
      called(rounded.bracket, [`${this.text(rounded.top, TIGHT.product)}/${this.text(rounded.bottom, TIGHT.sign)}`]),
      TIGHT.atom,
    ];
  }

  /**
   * @param {FormulaNode} node
   * @returns {[string, number]}
   */
  joined(node) {
    const { op, args } = node;
    const [left, right, third] = args;
    const two = (/** @type {string} */ sign, /** @type {number} */ a, /** @type {number} */ b) =>
      this.text(left, a) + sign + this.text(right, b);
    if (op === "+" || op === "-") return [two(isNeighbour(node) ? op : ` ${op} `, TIGHT.sum, TIGHT.mod), TIGHT.sum];
    if (op === "*" || op === "/" || op === "//")
      return [two(op === "*" ? "·" : op, TIGHT.product, TIGHT.sign), TIGHT.product];
    if (op === "%") return [two(" mod ", TIGHT.product, TIGHT.sign), TIGHT.mod];
    if (op === "neg") return [`-${this.text(left, TIGHT.sign)}`, TIGHT.sign];
    if (Object.hasOwn(COMPARED_AS, op)) return [two(` ${COMPARED_AS[op]} `, TIGHT.sum, TIGHT.sum), TIGHT.compared];
    if (op === "if")
      return [
        `${this.text(right, TIGHT.compared)} if ${this.text(left, TIGHT.compared)} else ${this.text(third)}`,
        TIGHT.loose,
      ];
    return [
      called(
        op,
        args.map((arg) => this.text(arg)),
      ),
      TIGHT.atom,
    ];
  }

  /**
   * A rounding with the value that it rounds.
   * @param {FormulaNode} node
   */
  rounded(node) {
    const find = this.find ?? Number;
    const quotient = roundedQuotient(node);
    if (quotient) return [called(quotient.bracket, [quotientText(find(quotient.top), find(quotient.bottom))])];
    const [inside] = node.args;
    if (!ROUNDING.includes(node.op) || inside.type === "int") return [];
    const exact = inside.op === "/" && inside.args.every((arg) => arg.type === "int");
    const [top, bottom] = exact ? inside.args.map(find) : [];
    return [called(node.op, [exact ? quotientText(top, bottom) : numberText(find(inside), inside.type)])];
  }
}

/**
 * The formula with its names: "start = ⌊i·n/m⌋, stop = ⌈(i+1)·n/m⌉".
 * @param {import("./evaluator.js").Formula} formula
 */
export const inLetters = ({ lines }) =>
  lines.map(({ name, value }) => `${name} = ${new Printer(null).text(value)}`).join(", ");

/**
 * For each line its name and its steps: filled in, what is rounded, the result; none twice in a row.
 * @param {import("./evaluator.js").Formula} formula
 * @param {number} i
 * @param {number} n
 * @param {number} m
 * @returns {{ name: string; steps: string[] }[]}
 */
export function inNumbers(formula, i, n, m) {
  return formula.trace(i, n, m, ({ name, value: node }, find) => {
    const printer = new Printer(find);
    const steps = [printer.text(node), ...printer.rounded(node), numberText(find(node), node.type)];
    return { name, steps: steps.filter((step, k) => k === 0 || step !== steps[k - 1]) };
  });
}
