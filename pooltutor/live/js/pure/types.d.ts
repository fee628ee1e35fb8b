// The values that flow through all modules, for the type checker alone: nothing here reaches a browser.

// Numbers and bins --------------------------------------------------------------------------------------------

/** An array of numbers or a typed one. */
interface Numbers extends Iterable<number> {
  readonly length: number;
  [k: number]: number;
  entries(): IterableIterator<[number, number]>;
  reduce(combine: (sum: number, value: number, k: number) => number, first: number): number;
  some(test: (value: number, k: number) => boolean): boolean;
}

type Pair = [number, number];
/** [numerator, denominator] */
type Fraction = [number, number];

/** A row of P: from and to of the entries that are not zero, and their one value. */
type RowOfP = [from: number, to: number, weight: number];

/** The half-open windows of one size pair: window i reads the cells start[i] to stop[i] - 1. */
interface Bins {
  start: Numbers;
  stop: Numbers;
}

/** What is drawn of bins: the windows, or above n the outputs that each cell feeds; and which are not PyTorch's. */
interface Bars {
  bars: Bins;
  trueBars: Bins;
  wrongBars: Set<number>;
}

/** Where bins come from: null where a rule has none, and then a sentence says why. */
interface BinSource {
  windows(rule: string, n: number, m: number): Bins | null;
  refusal(rule: string, n: number, m: number): string;
}

// Formulas ----------------------------------------------------------------------------------------------------

type ValueType = "int" | "f32" | "f64";
/** Where something stands in a text, both counted from 1. */
interface Place {
  line: number;
  character: number;
}
interface Token {
  kind: string;
  text: string;
  place: Place;
}
/** An operation, the values it takes, the type of its own value; of a number or a name, its text. */
interface FormulaNode {
  op: string;
  args: FormulaNode[];
  type: ValueType;
  place: Place;
  value: string;
  /** How many operations stand one upon the other. */
  height: number;
}
interface FormulaLine {
  name: string;
  value: FormulaNode;
  place: Place;
}
/** A node as a function of the values of all names: numbers, or integers of any size. */
type Evaluate = (values: any[]) => any;

// Words, colours and rules, as Python sends them --------------------------------------------------------------

type Words = typeof import("../../../words/en.json");
type ViewWords = Words["view"];
type GridWords = Words["grid"];
type FormulaWords = Words["formula"];
type OwnWords = ViewWords["own"];
type PictureWords = ViewWords["picture_words"];
/** What of a picture a piece of a line stands for: a cell, a window or output, a cut. */
interface Meant {
  cell?: number | Pair;
  window?: number;
  output?: Pair;
  cut?: number;
}
/** A piece of a line: as it is, or in the mark of what it stands for. */
interface Piece {
  text: string;
  style?: string;
  meant?: Meant;
}
/** A line of numbers: for each part its text, its class of CSS, and of some the pieces of which the text consists. */
type Line = [text: string, style?: string, pieces?: Piece[]][];

/** A colour by the name of its meaning. */
type Theme = Record<string, string>;
/** [red, green, blue], each from 0 to 255 */
type Rgb = number[];
type Shade = (value: number) => Rgb;

/** The name of a kind of pooling. */
type Kind = keyof typeof import("./kinds.js").KINDS;

/** What is particular to a kind of pooling. Winners, cells by number, are null where no cell wins, and -1 in an empty window. */
interface PoolingKind {
  /** One cell of each window wins, and the output is that cell. */
  picks: boolean;
  line: {
    winners(x: Numbers, windows: Bins): number[] | null;
    outputs(x: Numbers, windows: Bins, winners: Numbers | null): number[];
    gradient(g: Numbers, windows: Bins, n: number, winners: Numbers | null): number[];
  };
  plane: {
    winners(x: Float64Array, axes: FedAxes): Int32Array | null;
    outputs(x: Float64Array, axes: FedAxes, winners: Int32Array | null): Float64Array;
    gradient(g: Float64Array, axes: FedAxes, winners: Int32Array | null): Float64Array;
    influence(axes: FedAxes, winners: Int32Array | null): Float64Array;
  };
  /** The terms of a window in what is computed of them; many are shortened in the middle. */
  sum(terms: Piece[], most?: number): Piece[];
  /** Keys of the words that differ from kind to kind. */
  words: { output: "output" | "output_max"; zero: "zero" | "zero_max" };
  /** PyTorch's own operation but for its dimension; the output of one window; and whether that takes an empty window. */
  code: { whole: string; line: string; plane: string; takesEmpty: boolean };
}

/** A rule as Python sends it. */
interface SentRule {
  name: string;
  title: string;
  found_in: string;
  text: string;
  needs_m_up_to_n: boolean;
  undefined: string;
  wrong_sizes?: number;
  defined_sizes?: number;
  smallest?: Pair;
}
/** A rule whose formula is read; one that cannot be read has a sentence that says why. */
interface Rule extends SentRule {
  formula: import("./formula/evaluator.js").Formula | null;
  letters: string;
  unreadable?: string;
}

/** An end of window i of n -> m as a formula has it, outside the input. */
interface RawEnd {
  i: number;
  n: number;
  m: number;
  end: number;
}

// Marks -------------------------------------------------------------------------------------------------------

interface Attributes {
  width?: number;
  height?: number;
  rx?: number;
  [name: string]: string | number | undefined;
}

/** One element of a picture; its key says which one it is from picture to picture. */
interface Mark {
  key: string;
  parent?: string | null;
  tag: string;
  attrs: Attributes;
  text?: string;
}

/** How a mark looks at a moment of its motion: properties of CSS. */
interface Frame {
  offset?: number;
  easing?: string;
  opacity?: number;
  [property: string]: string | number | undefined;
}
interface Motion {
  key: string;
  frames: Frame[];
}
/** What happened between two pictures, and what is then seen to move. */
interface Happened {
  kind: "size" | "step" | "reveal" | "none";
  motions(): Motion[];
}

type Add = (parent: string | null, key: string, tag: string, attrs: Attributes, text?: string) => void;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Texts that fit their boxes, and the size of their letters. */
interface Fitted {
  size: number;
  texts: string[];
}

interface Lanes {
  count: number;
  height: number;
  step: number;
}

/** A number of a ruler: which one of its row, where its middle stands, from where to where it reaches, how much it matters. */
interface RulerNumber {
  k: number;
  text: string;
  at: number;
  rank: number;
  from: number;
  to: number;
}
