// The values of a story, for the type checker alone.

/** Answers by the numbers of the steps that asked. */
type Answers = Record<string, Answer>;

/** A step as Python sends it: with the whole state of its view, and CSS selectors of what it points at. */
interface StoryStep {
  say: string;
  view: "explorer" | "grid" | "atlas";
  set: State;
  point: string[];
  ask: Question | null;
  simple: boolean;
}

/** Where the answer to a question of the site is kept: at a step of a story, or at the place of a view. */
interface PlacedQuestion {
  story?: string;
  step?: number;
  place?: string;
}

interface Story {
  name: string;
  title: string;
  steps: StoryStep[];
}
