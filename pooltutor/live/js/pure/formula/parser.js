// The little language that rules are written in, from text to lines of nodes: pooltutor/formula/parser.py again.

const LONGEST = 1000;
const MOST_LINES = 20;
const MOST_DIGITS = 300;
/** Parentheses inside one another. */
const DEEPEST = 40;
/** Operations one upon the other. */
const HIGHEST = 100;

const GIVEN = ["i", "n", "m"];
const WANTED = ["start", "stop"];
const KEYWORDS = ["if", "else"];
const COMPARISONS = ["<", "<=", ">", ">=", "==", "!="];

/** The name in a text: what it does, the type it gives (null: that of its values), how many it takes. */
const FUNCTIONS = new Map(
  /** @type {[string, [op: string, type: ValueType | null, count: number]][]} */ ([
    ["floor", ["floor", "int", 1]],
    ["ceil", ["ceil", "int", 1]],
    ["round", ["round", "int", 1]],
    ["int", ["int", "int", 1]],
    ["min", ["min", null, 2]],
    ["max", ["max", null, 2]],
    ["abs", ["abs", null, 1]],
    ["f32", ["f32", "f32", 1]],
    ["float32", ["f32", "f32", 1]],
    ["float", ["float", "f64", 1]],
    ["float64", ["float", "f64", 1]],
  ]),
);

const TOKEN =
  /(?<number>(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?:(?:math|np|torch)\.)?(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<sign>\/\/|<=|>=|==|!=|[-+*/%()<>=,])|(?<nothing>[ \t]+|#[^\n]*)|(?<end>\n)/y;

/** What a formula is refused for: the key of a sentence, its places, and where in the text. */
export class FormulaFailure extends Error {
  /**
   * @param {string} key
   * @param {Place | null} [place]
   * @param {Record<string, any>} [places]
   */
  constructor(key, place = null, places = {}) {
    super(key);
    this.key = key;
    this.place = place;
    this.places = places;
  }
}

/**
 * What a function returns, or what is made of the failure of a formula.
 * @template T
 * @param {() => T} run
 * @param {(failure: FormulaFailure) => T} otherwise
 */
export function attempt(run, otherwise) {
  try {
    return run();
  } catch (error) {
    if (error instanceof FormulaFailure) return otherwise(error);
    throw error;
  }
}

/**
 * The type of what has values of these types: float32 wins over everything, float64 over integers.
 * @param {ValueType[]} types
 * @returns {ValueType}
 */
export const promoted = (...types) => (types.includes("f32") ? "f32" : types.includes("f64") ? "f64" : "int");

/**
 * The lines of a text; FormulaFailure says what cannot be read, and where.
 * @param {string} given
 * @returns {FormulaLine[]}
 */
export function parsed(given) {
  if (given.length > 2 * LONGEST || [...given].length > LONGEST)
    throw new FormulaFailure("long", null, { most: LONGEST });
  const text = given.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  if (text.replace(/[ \t\n]+$/, "").split("\n").length > MOST_LINES)
    throw new FormulaFailure("lines", null, { most: MOST_LINES });
  const lines = new Parser([...tokensOf(text)]).lines();
  for (const name of WANTED) {
    if (!lines.some((line) => line.name === name)) throw new FormulaFailure("missing", null, { name });
  }
  return lines;
}

/**
 * The tokens; inside parentheses the end of a line is none, as in Python.
 * @param {string} text
 * @returns {Generator<Token>}
 */
function* tokensOf(text) {
  let [at, line, begins, depth] = [0, 1, 0, 0];
  while (at < text.length) {
    const place = { line, character: at - begins + 1 };
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new FormulaFailure("character", place, { came: String.fromCodePoint(text.codePointAt(at) ?? 0) });
    const [[kind, token]] = Object.entries(found.groups ?? {}).filter(([, part]) => part !== undefined);
    depth += Number(token === "(") - Number(token === ")");
    at = TOKEN.lastIndex;
    if (kind === "end") [line, begins] = [line + 1, at];
    if (kind !== "nothing" && !(kind === "end" && depth > 0)) yield { kind, text: token, place };
  }
  yield { kind: "end", text: "", place: { line, character: at - begins + 1 } };
}

class Parser {
  at = 0;
  depth = 0;
  types = new Map(GIVEN.map((name) => [name, /** @type {ValueType} */ ("int")]));

  /** @param {Token[]} tokens */
  constructor(tokens) {
    this.tokens = tokens;
  }

  // Tokens --------------------------------------------------------------------------------------------------

  get token() {
    return this.tokens[this.at];
  }

  next() {
    const { token } = this;
    this.at = Math.min(this.at + 1, this.tokens.length - 1);
    return token;
  }

  /** @param {string[]} texts */
  isHere(...texts) {
    return ["sign", "name"].includes(this.token.kind) && texts.includes(this.token.text);
  }

  /**
   * @param {string} text
   * @param {string} wanted
   */
  expect(text, wanted) {
    if (!this.isHere(text)) throw this.refusal(wanted);
    this.next();
  }

  /**
   * What is said where something else belongs: "value", "operator", "close" or "else".
   * @param {string} wanted
   */
  refusal(wanted) {
    const { kind, text, place } = this.token;
    const key = kind === "end" ? "ends" : "expected";
    return new FormulaFailure(key, place, { came: text.slice(0, 20), wanted });
  }

  /**
   * @param {string} op
   * @param {FormulaNode[]} args
   * @param {ValueType} type
   * @param {Place} place
   * @returns {FormulaNode}
   */
  node(op, args, type, place) {
    const height = 1 + Math.max(...args.map((arg) => arg.height));
    if (height > HIGHEST) throw new FormulaFailure("high", place, { most: HIGHEST });
    return { op, args, type, place, value: "", height };
  }

  refuseDepth(depth = this.depth) {
    if (depth > DEEPEST) throw new FormulaFailure("deep", this.token.place, { most: DEEPEST });
  }

  // Lines ---------------------------------------------------------------------------------------------------

  lines() {
    const lines = [];
    for (;;) {
      while (this.token.kind === "end") {
        if (this.at === this.tokens.length - 1) return lines;
        this.next();
      }
      lines.push(this.line());
    }
  }

  line() {
    const { kind, text: name, place } = this.token;
    const refusal = () => new FormulaFailure("assigns", place, { came: name.slice(0, 20) });
    if (kind !== "name" || KEYWORDS.includes(name)) throw refusal();
    this.next();
    if (!this.isHere("=")) throw refusal();
    if (GIVEN.includes(name) || FUNCTIONS.has(name)) throw new FormulaFailure("taken", place, { name });
    this.next();
    const value = this.expression();
    if (this.token.kind !== "end") throw this.refusal("operator");
    this.types.set(name, value.type);
    return { name, value, place };
  }

  // Expressions ---------------------------------------------------------------------------------------------

  /** @returns {FormulaNode} */
  expression() {
    this.depth++;
    this.refuseDepth();
    let value = this.comparison();
    if (this.isHere("if")) {
      const { place } = this.next();
      const condition = this.comparison();
      this.expect("else", "else");
      const other = this.expression();
      value = this.node("if", [condition, value, other], promoted(value.type, other.type), place);
    }
    this.depth--;
    return value;
  }

  comparison() {
    const left = this.sum();
    if (!this.isHere(...COMPARISONS)) return left;
    const sign = this.next();
    const right = this.sum();
    if (this.isHere(...COMPARISONS)) throw new FormulaFailure("chained", this.token.place);
    return this.node(sign.text, [left, right], "int", sign.place);
  }

  sum() {
    let value = this.product();
    while (this.isHere("+", "-")) {
      const sign = this.next();
      const other = this.product();
      value = this.node(sign.text, [value, other], promoted(value.type, other.type), sign.place);
    }
    return value;
  }

  product() {
    let value = this.factor();
    while (this.isHere("*", "/", "//", "%")) {
      const sign = this.next();
      const other = this.factor();
      const at_least = sign.text === "/" ? "f64" : "int";
      value = this.node(sign.text, [value, other], promoted(value.type, other.type, at_least), sign.place);
    }
    return value;
  }

  factor() {
    const signs = [];
    while (this.isHere("-")) {
      signs.push(this.next());
      this.refuseDepth(this.depth + signs.length);
    }
    let value = this.atom();
    for (const sign of signs.reverse()) value = this.node("neg", [value], value.type, sign.place);
    return value;
  }

  /** @returns {FormulaNode} */
  atom() {
    const { token } = this;
    if (token.kind === "number") return this.number();
    if (this.isHere("(")) {
      this.next();
      const value = this.expression();
      this.expect(")", "close");
      return value;
    }
    if (token.kind !== "name" || KEYWORDS.includes(token.text)) throw this.refusal("value");
    this.next();
    if (this.isHere("(")) return this.call(token);
    const type = this.types.get(token.text);
    if (!type) throw new FormulaFailure("unknown", token.place, { name: token.text.slice(0, 20) });
    return { op: "name", args: [], type, place: token.place, value: token.text, height: 1 };
  }

  /** @returns {FormulaNode} */
  number() {
    const { text, place } = this.next();
    const whole = /^[0-9]+$/.test(text);
    if (whole && text.length > MOST_DIGITS) throw new FormulaFailure("digits", place, { most: MOST_DIGITS });
    return { op: "number", args: [], type: whole ? "int" : "f64", place, value: text, height: 1 };
  }

  /** @param {Token} token */
  call(token) {
    const found = FUNCTIONS.get(token.text);
    if (!found) throw new FormulaFailure("function", token.place, { name: token.text.slice(0, 20) });
    const [op, type, count] = found;
    this.next();
    const args = [this.expression()];
    while (this.isHere(",")) {
      this.next();
      args.push(this.expression());
    }
    this.expect(")", "close");
    if (args.length < count || (count === 1 && args.length > 1))
      throw new FormulaFailure(count === 1 ? "takes_one" : "takes_two", token.place, { name: token.text });
    return this.node(op, args, type ?? promoted(...args.map((arg) => arg.type)), token.place);
  }
}
