// The values of questions: what is asked, what was answered, and what follows from both.

/** A question as data; stories/questions.py says what each kind has. */
interface Question {
  kind: string;
  index?: number | number[];
  cells?: number[];
  of?: string;
  rule?: string;
  prompt?: string;
  hints?: string[];
  /** The answer is sent to the teacher, and not judged here. */
  send?: boolean;
}

/** What somebody has answered, as far as they have got. */
interface Answer {
  given: string;
  /** What of it was last compared with what is right. */
  checked: string;
  tries: number;
  hints: number;
  state: "open" | "sent" | "right" | "shown";
  seed: number;
}

type QuestionWords = Words["question"];
/** The words of a view, of which questions use their own and those of the lessons' exercises. */
type AskingWords = ViewWords & { question: QuestionWords; exercises: Words["exercises"] };

/** A size, of one axis or of two. */
type AskedSize = number | number[];

/** What a question is about: the size and the numbers of the view that asks. */
interface About {
  question: Question;
  /** How the kind is called in the words: its name, with what it counts or how many axes it has. */
  name: string;
  form: string;
  n: number[];
  m: number[];
  rule: string;
  kind: Kind;
  x: Numbers;
  g: Numbers;
  /** The windows of each axis by a rule, null where the rule has none. */
  windows(rule: string): Bins[] | null;
  /** The same question about another size. */
  at(n: number[], m: number[]): About;
  rules: import("../rules.js").Rules;
}

/** An answer that could be read: its value, and the one text for all texts with that value. */
interface Reading {
  value: any;
  text: string;
}

/** A known idea that gives an answer: its name, what is said about it, and a size where it is right. */
interface Idea {
  name: string;
  sentence: string;
  size: { n: number[]; m: number[]; text: string } | null;
}

/** An answer, judged: which of its parts are right, and the idea behind it or what to look at. */
interface Judged {
  right: boolean;
  /** For each window of the answer whether it is right; for each cell of it whether it is shared. */
  parts: boolean[];
  idea: Idea | null;
  sentence: string;
}

/** A window that a learner has drawn; null for one that is not there yet. */
type OwnWindow = Pair | null;

/** What of a question the picture shows. */
interface AskedInPicture {
  kind: string;
  open: boolean;
  /** The cell or the output that is asked for, the cells that are to be put in order. */
  cells: number[];
  output: number | null;
  /** Of two axes the row and the column of either. */
  place?: Pair;
  /** One's own windows, which of them are right, and whether anything is said of the others. */
  own: OwnWindow[] | null;
  right: boolean[];
  judged: boolean;
  /** Which of them is being drawn. */
  current: number;
  /** Cells that are marked as shared. */
  marked: number[] | null;
  /** An end that is being dragged, before it is let go. */
  drag: { end: "start" | "stop"; at: number } | null;
  words: QuestionWords;
}
