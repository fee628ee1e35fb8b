// The values of the 2-D explorer: its state, what follows from it, and what its picture is drawn from.

type Channels = Float64Array[];
type GridColour = "values" | "overlaps" | "influence" | "gradient";

interface Picture {
  name: string;
  channels: number;
  height: number;
  width: number;
  dtype: string;
  data: Uint8Array | Float64Array;
  /** Height and width before it was reduced. */
  whole?: Pair;
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
  /** The rule has windows, and they are not hidden. */
  visible: boolean;
  /** What of a question the picture shows; undefined where nothing is asked. */
  asked?: AskedInPicture;
}

/** What is pointed at: a cell or an output, by row and column. */
interface GridTarget {
  cell?: Pair;
  output?: Pair;
}

// Its picture -------------------------------------------------------------------------------------------------

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

/** What is written in outputs: on two lines, the first lifted and the second lowered where there are both. */
interface GridOutputTexts {
  first: Fitted | null;
  second: (Fitted & { name: string; hue: string }) | null;
  lift: number;
  drop: number;
}

type AxisName = "row" | "column";
type GridName = "input" | "output";

interface GridLook {
  theme: Theme;
  pinned: GridTarget | null;
  active: GridTarget | null;
  /** What is pointed at in the line of numbers. */
  lit?: Meant | null;
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

/** A 2-D picture as it was drawn, and the places of all marks that move. */
interface ShownGrid {
  facts: GridFacts;
  places: Map<string, Attributes>;
}

/** A grid that is painted, pixel after pixel. */
interface Painted {
  name: GridName;
  grid: GridBox;
  planes: Channels;
  shade: Shade;
}
