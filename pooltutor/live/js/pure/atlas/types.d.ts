// What flows through the atlas, for the type checker alone.

type AtlasWords = Words["atlas"];

interface AtlasState {
  colour: string;
  rule: string;
}

/** What the readout says of a pair: kernel 0 is no AvgPool, and `wrong` is of one rule. */
interface PairFacts {
  gcd: number;
  longest: number;
  numerator: number;
  denominator: number;
  kernel: number;
  stride: number;
  padding: number;
  wrong: number;
}

interface Margin {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where the map stands: the size of its cells, of all of them, and of the picture with its margin. */
interface AtlasPlaces {
  wide: boolean;
  small: boolean;
  big: boolean;
  margin: Margin;
  cell: number;
  size: number;
  max: number;
  width: number;
  height: number;
  letters: number;
}

/** The marked pair, and what the explorer shows of it. */
interface PairState {
  n: number;
  m: number;
  rule: string;
  hidden: boolean;
}

/** What the small picture of a pair shows; without bars where its windows are hidden, or the rule has none. */
interface SmallFacts {
  n: number;
  m: number;
  dual: boolean;
  hidden: boolean;
  bars: Bins | null;
  windows: Bins | null;
  wrongBars: Set<number>;
}

/** A line through all pairs of one ratio, with its name. */
interface Ray {
  key: string;
  label: string;
  start: Pair;
  end: Pair;
}

/** All that the marks over the map are drawn from. */
interface AtlasDrawing {
  places: AtlasPlaces;
  rays: Ray[];
  words: AtlasWords;
  active: Pair | null;
  marked: Pair | null;
}
