/**
 * The body of a method that every subclass must implement.
 * @returns {any}
 */
export function ownWork() {
  throw new Error("a subclass must implement this");
}

/** What each explorer implements or overrides; View does the rest. */
export class AbstractView {
  /**
   * The classes of its controls, its pointing, its questions and its panels, what moves in its picture, and the class of
   * CSS of its element.
   * @type {{
   *   Controls: any;
   *   Pointing: any;
   *   Asking?: any;
   *   panels: (typeof import("./panels.js").Panel)[];
   *   motion: { keysOf(facts: any): string[]; motionOf(before: any, after: any): Happened };
   *   className: string;
   * }}
   */
  static parts;

  /** Where the rows or grids of the picture stand. @type {any} */
  places;

  // What it may say differently -------------------------------------------------------------------------------

  wordsOf(words) {
    return words;
  }

  /** Before anything is built: what needs the words and the model. */
  prepare() {}

  /** Of an accepted change: what follows from it. */
  tidy(patch) {
    return patch;
  }

  /** Names in the model, apart from those of the state, after whose change the view is drawn again. */
  get carriers() {
    return [];
  }

  /** More to draw than marks, from the scene. */
  drawMore(_scene) {}

  // What it must say ------------------------------------------------------------------------------------------

  /** The element around the picture `svg`: what the verdict stands below. */
  stageOf(_svg) {
    return ownWork();
  }

  /** Patterns for the picture, as SVG; their ids are the view's own, since url(#...) is looked up in the page. */
  patternsOf(_drawingId) {
    return ownWork();
  }

  /** The state as the pure modules take it. */
  get state() {
    return ownWork();
  }

  factsOf(_state) {
    return ownWork();
  }

  /** The picture as marks: {marks, height}, from the facts and a look. */
  sceneOf(_look) {
    return ownWork();
  }

  /** The line of numbers about what is pointed at, else about the current window. */
  lineOf(_active) {
    return ownWork();
  }

  /** The size and the numbers that a question may be about. */
  askedView() {
    return ownWork();
  }

  /** What a verdict is about, for `data-for`. */
  about() {
    return ownWork();
  }

  /** Names for a screen reader. */
  label() {
    ownWork();
  }

  /** The paragraph that describes the picture. */
  describe() {
    return ownWork();
  }

  /** The texts of the code panel: with PyTorch alone, and the call that opens this view again. */
  programs(_facts) {
    return ownWork();
  }

  /** The displayed numbers: {n, m, parts, buffers}. */
  claim() {
    return ownWork();
  }
}
