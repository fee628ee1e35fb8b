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

type Kind = "avg" | "max";
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

/** Where bins are looked up: null where a rule has none. */
interface BinTables {
  windows(rule: string, n: number, m: number): Bins | null;
}

// Words, colours and rules, as Python sends them --------------------------------------------------------------

type Words = typeof import("../../../words/en.json");
type ViewWords = Words["view"];
type GridWords = Words["grid"];
type PictureWords = ViewWords["picture_words"];
/** A line of numbers: [text, class of CSS] each. */
type Line = string[][];

/** A colour by the name of its meaning. */
type Theme = Record<string, string>;
/** [red, green, blue], each from 0 to 255 */
type Rgb = number[];
type Shade = (value: number) => Rgb;

interface Rule {
  name: string;
  title: string;
  formula: string;
  starts: string[];
  stops: string[];
  undefined: string;
  wrong_sizes: number;
  defined_sizes: number;
  smallest: Pair;
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
