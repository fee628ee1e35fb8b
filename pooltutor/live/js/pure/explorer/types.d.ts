// The values of the 1-D explorer: its state, what follows from it, and what its picture is drawn from.

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
  /** What may be changed in the picture itself: the sizes, up to the most that a slider has, x and the gradient. */
  free?: { n: boolean; m: boolean; x: boolean; upstream: boolean; most: number };
  gradient: boolean;
  influence: boolean;
  duel: boolean;
  against: string;
  presenter: boolean;
  ruleTitle: string;
  againstTitle: string;
  undefinedSentence: string;
  /** What of a question the picture shows; undefined where nothing is asked. */
  asked?: AskedInPicture;
}

/** What follows from a state. Where a rule is not defined, nothing below `visible` is there, and nobody asks for it. */
interface Facts extends Omit<ExplorerState, "x">, Bars {
  x: number[];
  g: number[];
  xSpec: string;
  upstreamSpec: string;
  truth: Bins;
  dual: boolean;
  defined: boolean;
  /** The rule has windows, and they are not hidden. */
  visible: boolean;
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

// Its picture -------------------------------------------------------------------------------------------------

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
  tall: number;
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
  /** The learner's own windows: in place of the others while a question is open, above them when it is answered. */
  own: Row;
  sentence: Row;
  rival: LaneRow;
  ghosts: Row;
  output: Row;
  rivalOutput: Row;
  upstream: Row;
}

type RowName = Exclude<keyof Rows, "narrow" | "big" | "tall" | "left" | "right" | "unit" | "width" | "height">;

/** What stands beside a row: templates of its name and of what is in it. */
interface RowTitle {
  row: RowName;
  name: string;
  more: string;
  hue?: string;
  data?: Attributes;
}

/** How wide outputs are, with the gap between them and without, and where output i stands in a row. */
interface OutputBoxes {
  unit: number;
  width: number;
  box(i: number, row: Row): Box & { rx: number };
}

interface Look {
  theme: Theme;
  pinned: Target | null;
  active: Target | null;
  /** What is pointed at in the line of numbers. */
  lit?: Meant | null;
  /** The border between outputs that is held. */
  held?: { border?: number } | null;
  /** Which mark of each row has the tab stop: its number, or AT_GRIP. */
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
  /** The fill of cells that are missing in a learner's window. */
  missing: string;
}

/** A 1-D picture as it was drawn: of what, where its rows stand, and the places of all marks that move. */
interface Shown {
  facts: Facts;
  rows: Rows;
  places: Map<string, Attributes>;
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

/** Numbers along a side of the matrix: the room for each, its box, the fills of boxes, and the class of a text. */
interface MatrixSide {
  name: string;
  values: number[];
  room: number;
  box(k: number): Box;
  fills?: string[];
  ink(k: number): string;
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
