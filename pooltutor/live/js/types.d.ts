// The values that flow through the modules, for the type checker alone: nothing here reaches a browser.

// Numbers and bins -------------------------------------------------------------------------------------------

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

// Words, colours and rules, as Python sends them ---------------------------------------------------------------

type Words = typeof import("../../words/en.json");
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

// The 1-D explorer -----------------------------------------------------------------------------------------------

interface ExplorerState {
  n: number;
  m: number;
  rule: string;
  kind: Kind;
  x: string;
  upstream: string;
  window: number;
  hidden: boolean;
  locked: boolean;
  gradient: boolean;
  influence: boolean;
  duel: boolean;
  against: string;
  presenter: boolean;
  ruleTitle: string;
  againstTitle: string;
  undefinedSentence: string;
}

/** What follows from a state. Where a rule is not defined, nothing below `secret` is there, and nobody asks for it. */
interface Facts extends Omit<ExplorerState, "x">, Bars {
  x: number[];
  g: number[];
  xSpec: string;
  upstreamSpec: string;
  truth: Bins;
  dual: boolean;
  defined: boolean;
  /** No window may, or can, be shown. */
  secret: boolean;
  windows: Bins;
  feeds: Bins;
  /** Of maximum pooling: for each window the cell that wins it, -1 where it is empty. */
  winners: Numbers | null;
  y: number[];
  grad: number[];
  wrong: number[];
  shares: Fraction[];
  rival?: Rival;
}

/** The other side of a duel. */
type Rival = { rule: string; defined: false } | DefinedRival;
interface DefinedRival extends Bars {
  rule: string;
  defined: true;
  windows: Bins;
  feeds: Bins;
  y: number[];
  first: number | undefined;
}

/** What is pointed at: a cell or a window. */
interface Target {
  cell?: number;
  window?: number;
}

// The 2-D explorer -----------------------------------------------------------------------------------------------

type Channels = Float64Array[];
type GridColour = "values" | "overlaps" | "influence" | "gradient";

interface Picture {
  name: string;
  channels: number;
  height: number;
  width: number;
  dtype: string;
  data: Uint8Array | Float64Array;
}

interface GridState {
  n: Pair;
  m: Pair;
  kept: boolean[];
  rule: string;
  kind: Kind;
  image: string;
  picture: Picture | null;
  colour: GridColour;
  channel: number | null;
  upstream: string;
  window: Pair;
  hidden: boolean;
  locked: boolean;
  presenter: boolean;
  undefinedSentence: string;
}

/** Rows or columns with the windows that contain each cell, their number, and the cell's share of all outputs. */
interface FedAxis {
  n: number;
  m: number;
  windows: Bins;
  feeds: Bins;
  counts: number[];
  shares: Fraction[];
}

interface Axis extends FedAxis, Bars {
  truth: Bins;
  dual: boolean;
  wrong: number[];
}

interface FedAxes {
  rows: FedAxis;
  columns: FedAxis;
}

/** Planes of numbers, row after row: one for each channel where channels differ. */
interface Pooled {
  winners: Int32Array[] | null;
  y: Channels;
  grad: Channels;
  coverage: Float64Array;
  influence: Channels;
}

/** What follows from a state, as in one dimension. */
interface GridFacts extends GridState, Pooled {
  rows: Axis;
  columns: Axis;
  x: Channels;
  g: Float64Array;
  defined: boolean;
  secret: boolean;
}

/** What is pointed at: a cell or an output, by row and column. */
interface GridTarget {
  cell?: Pair;
  output?: Pair;
}

// Pictures -------------------------------------------------------------------------------------------------------

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

interface Row {
  y: number;
  height: number;
  middle: number;
}

interface LaneRow extends Row {
  lanes: Lanes;
}

/** Where the rows of a 1-D picture stand; those that it does not show are not there. */
interface Rows {
  narrow: boolean;
  big: number;
  left: number;
  right: number;
  unit: number;
  width: number;
  height: number;
  gradient: Row;
  influence: Row;
  dual: Row;
  input: Row;
  ruler: Row;
  windows: LaneRow;
  sentence: Row;
  rival: LaneRow;
  ghosts: Row;
  output: Row;
  rivalOutput: Row;
  upstream: Row;
}

type RowName = Exclude<keyof Rows, "narrow" | "big" | "left" | "right" | "unit" | "width" | "height">;

interface Look {
  theme: Theme;
  pinned: Target | null;
  active: Target | null;
  /** Which mark of each row has the tab stop. */
  roving: { cell: number; window: number; output: number };
}

/** All that a part of the 1-D picture is drawn from. */
interface Drawing extends Look {
  facts: Facts;
  rows: Rows;
  /** From a place between cells to pixels. */
  at: (position: number) => number;
  /** From a cut to pixels. */
  cut: (i: number) => number;
  add: Add;
  words: PictureWords;
  hatch: string;
}

/** A grid of cells in a 2-D picture. */
interface GridBox extends Box {
  unitX: number;
  unitY: number;
  rows: number;
  columns: number;
  /** Cells are pixels on a canvas. */
  pixels: boolean;
}

interface AxisLanes extends Lanes {
  all: number;
}

interface GridPlaces {
  narrow: boolean;
  big: number;
  width: number;
  height: number;
  above: number;
  input: GridBox;
  output: GridBox;
  rowLanes: AxisLanes;
  columnLanes: AxisLanes;
}

type AxisName = "row" | "column";
type GridName = "input" | "output";

interface GridLook {
  theme: Theme;
  pinned: GridTarget | null;
  active: GridTarget | null;
  cursor: Record<GridName, Pair>;
  id: string;
}

/** All that a part of the 2-D picture is drawn from. */
interface GridDrawing extends GridLook {
  facts: GridFacts;
  places: GridPlaces;
  add: Add;
  words: GridWords["picture_words"];
  shown: Channels;
  inputShade: Shade;
  outputShade: Shade;
}

/** A grid that is painted, pixel after pixel. */
interface Painted {
  name: GridName;
  grid: GridBox;
  planes: Channels;
  shade: Shade;
}

interface MatrixPlaces {
  big: number;
  side: number;
  unit: number;
  tall: number;
  band: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What is pointed at in the matrix: a row, a column, or where both meet. */
interface MatrixTarget {
  row?: number;
  column?: number;
}

/** All that a part of the matrix is drawn from. */
interface MatrixDrawing {
  facts: Facts;
  places: MatrixPlaces;
  add: Add;
  theme: Theme;
  words: ViewWords["matrix"];
}

// Claims ---------------------------------------------------------------------------------------------------------

/** Numbers of a claim in a buffer of their own: planes, one for each channel. */
interface Packed {
  dtype: string;
  channels: number;
  shape: number[];
  buffer: number;
}

/** What a view says that it displays; parts are those of displayed.py. */
interface Claim {
  n: number[];
  m: number[];
  kind: Kind;
  parts: Record<string, any>;
  buffers?: ArrayBuffer[];
}

/** One kind of displayed numbers, a row of the table in displayed.py. */
interface DisplayedKind {
  part: string;
  marks: string[];
  word: string;
  of: "window" | "cell" | "output" | "entry";
  once: boolean;
  exact: boolean;
}

type Verdict = "agrees" | "disagrees" | "checking" | "recorded" | "unchecked";

// Models ---------------------------------------------------------------------------------------------------------

/** A widget's model, as ipywidgets has it, and a page without a kernel. */
interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  set(values: Record<string, unknown>): void;
  on(event: string, handler: (message?: any) => void): void;
  off(event: string, handler: (message?: any) => void): void;
  once?(event: string, handler: (message?: any) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
  save_changes(): void;
  comm_live: boolean;
  widget_manager: any;
}
